"""The lowest level of education at which a sheet opens its occupation.

A sheet names many levels: those asked for, those of people promoted later, those that lead on. Which
of its ``diplomas`` says where one gets in follows from how the row was read. The rows are tried in
this order, and of the first kind that the sheet has, the lowest level decides:

1. the register's own field (``rule = 'register-minimum'``) or a line so labelled (``'minimum-label'``);
2. a layout by level (« Niveau bac + 2 » over its diplomas, ``'level-heading'``; diplomas under « Après la
   3e », ``'listed-after-school'``), which a sheet begins with its lowest way in;
3. levels that are required;
4. qualifications that are required;
5. any other level;
6. any other qualification.

As SQL over the table::

    SELECT sheet_id, level, years_after_bac FROM (
      SELECT *, row_number() OVER (PARTITION BY sheet_id ORDER BY
        CASE WHEN rule IN ('register-minimum', 'minimum-label') THEN 1
             WHEN rule IN ('level-heading', 'listed-after-school') THEN 2
             WHEN requirement = 'required' AND kind = 'level' THEN 3
             WHEN requirement = 'required' THEN 4
             WHEN kind = 'level' THEN 5 ELSE 6 END,
        level, years_after_bac NULLS LAST, "start") AS rank
      FROM diplomas WHERE level IS NOT NULL) WHERE rank = 1
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.records import Diploma

_UNKNOWN_YEARS = 99


def minimum_level(diplomas: Iterable[Diploma]) -> Diploma | None:
    """The row of one sheet's ``diplomas`` that gives its minimum level; None where none has a level."""
    return min((d for d in diplomas if d.level is not None), key=_order, default=None)


def _order(diploma: Diploma) -> tuple[int, int, int, int]:
    required, is_level = diploma.requirement == "required", diploma.kind == "level"
    if diploma.rule in {"register-minimum", "minimum-label"}:
        rank = 1
    elif diploma.rule in {"level-heading", "listed-after-school"}:
        rank = 2
    elif required:
        rank = 3 if is_level else 4
    else:
        rank = 5 if is_level else 6
    years = diploma.years_after_bac
    return rank, diploma.level or 0, _UNKNOWN_YEARS if years is None else years, diploma.start
