"""A diff as Markdown for a pull request: counts, figures on the gold, then the most telling changes.

The text of sheets is hostile: it is escaped so that it makes no markup, link or mention.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from pipeline.records import TABLES
from pipeline.review.context import place, show, visible
from pipeline.review.decisions import Decisions, open_changes
from pipeline.review.diff import Change, Diff

if TYPE_CHECKING:
    from pipeline.review.evaluation import Evaluation

KINDS = ("gained", "lost", "changed")
#: The losses first: they are what a reviewer must not miss.
_ORDER = ("lost", "changed", "gained")
_AROUND = 90
_VALUE = 120
#: GitHub takes comments of 65,536 characters.
_LENGTH = 60_000
_SPECIAL = re.compile(r"[\\`*_{}\[\]<>#|~&$^]|:(?=//)|^[-+=]")


def markdown(
    found: Diff, decisions: Decisions, figures: tuple[Evaluation, Evaluation] | None = None, *,
    show_reviewed: bool = False, limit: int = 20,
) -> str:  # fmt: skip
    """The report. ``figures`` are the evaluations of the old and the new output; ``limit`` caps the changes shown."""
    shown = found.real if show_reviewed else open_changes(found.real, decisions)
    parts = [f"## Job sheets: {_headline(found)}", *_counts(found, decisions), *_sheets(found)]
    if figures:
        parts += ["### Figures on the annotated sheets", *figures_table(*figures)]
    if shown:
        parts += ["### The most telling changes", *_examples(found, shown, limit, sum(map(len, parts)))]
    return "\n\n".join(parts) + "\n"


def _headline(found: Diff) -> str:
    totals = {kind: sum(count[kind] for count in found.counts().values()) for kind in KINDS}
    return ", ".join(f"{total:,} {kind}" for kind, total in totals.items() if total) or "nothing differs"


def _counts(found: Diff, decisions: Decisions) -> Iterator[str]:
    still_open = open_changes(found.real, decisions)
    rows = ["| table | gained | lost | changed | unchanged | open |", "| --- | ---: | ---: | ---: | ---: | ---: |"]
    for name, count in found.counts().items():
        if any(count[kind] for kind in KINDS):
            waiting = sum(change.table == name for change in still_open)
            rows.append(f"| {name} | {' | '.join(f'{count[kind]:,}' for kind in (*KINDS, 'unchanged'))} | {waiting:,} |")
    if len(rows) > 2:  # noqa: PLR2004  heading and rule
        yield "\n".join(rows)
    if fields := changed_fields(found):
        yield "Fields that changed: " + "; ".join(fields) + "."
    reviewed = len(found.real) - len(still_open)
    if reviewed:
        yield f"{reviewed:,} of {len(found.real):,} changes were reviewed before."


def changed_fields(found: Diff) -> list[str]:
    """``salaries: minimum 3, period 1``, a table with changed records each."""
    counters = sorted(found.field_counts().items())
    ordered = ((name, sorted(counter.items(), key=lambda item: (-item[1], item[0]))) for name, counter in counters)
    return [f"{name}: " + ", ".join(f"{column} {count:,}" for column, count in items) for name, items in ordered]


def _sheets(found: Diff, most: int = 5) -> Iterator[str]:
    for what, sources in (("added", found.sheets_added), ("removed", found.sheets_removed)):
        if sources:
            named = ", ".join(escape(source) for source in sorted(sources)[:most])
            more = f" and {len(sources) - most:,} more" if len(sources) > most else ""
            yield f"Sheets {what}: {len(sources):,} ({named}{more})."


def figures_table(old: Evaluation, new: Evaluation) -> list[str]:
    """What the change did to precision, recall and F1, a field; only what moved, and a sentence on the rest."""
    from pipeline.review.evaluation import Tally

    before, after = old.figures(), new.figures()
    rows = ["| field | precision | recall | F1 | was | |", "| --- | ---: | ---: | ---: | ---: | ---: |"]
    still = []
    for name in after | before:
        was, now = before.get(name, Tally()), after.get(name, Tally())
        if was == now:
            still.append(name)
            continue
        step = round(now.f1, 3) - round(was.f1, 3)
        sign = "▲" if step > 0 else "▼" if step < 0 else "="
        rows.append(f"| {name} | {now.precision:.3f} | {now.recall:.3f} | {now.f1:.3f} | {was.f1:.3f} | {sign} {step:+.3f} |")
    moved = ["\n".join(rows)] if len(rows) > 2 else []  # noqa: PLR2004  heading and rule
    return [*moved, *([f"{len(new.sheets)} sheets. Unmoved: {', '.join(still)}."] if still else [])]


def _examples(found: Diff, shown: Sequence[Change], limit: int, used: int) -> Iterator[str]:
    examples = list(telling(shown))
    count = 0
    for change, like_it in examples[:limit]:
        text = _example(found, change, like_it)
        used += len(text)
        if used > _LENGTH:
            break
        count += 1
        yield text
    if len(examples) > count:
        yield f"… and {len(examples) - count:,} more."


def telling(changes: Sequence[Change]) -> Iterator[tuple[Change, int]]:
    """Every change with the number of those like it (same table, kind and rule), one of each sort before a second.

    Sorts come in order of loss, change, gain, the largest first; within one, sheets whose bytes are the same first.
    """
    rank = {name: i for i, name in enumerate(TABLES)}
    sorts: Mapping[tuple[str, str, str], list[Change]] = defaultdict(list)
    for change in changes:
        sorts[change.kind, change.table, change.rule].append(change)
    ordered = sorted(sorts.items(), key=lambda item: (_ORDER.index(item[0][0]), -len(item[1]), rank[item[0][1]], item[0][2]))
    rows = [sorted(group, key=lambda change: change.sheet_change != "same") for _, group in ordered]
    for turn in zip_longest(*rows):
        for group, change in zip(rows, turn, strict=True):
            if change is not None:
                yield change, len(group)


def _example(found: Diff, change: Change, like_it: int) -> str:
    like = f", one of {like_it:,}" if like_it > 1 else ""
    rule = f" by the rule {escape(change.rule)}" if change.rule else ""
    lines = [f"- **{change.kind}** in {change.table}{rule}{like} ({escape(change.source)})"]
    old, new = found.sheets[change.sheet_id]
    quotes = [(change.old, old.sheet), (change.new, new.sheet)]
    said = dict.fromkeys(quote for row, sheet in quotes if (quote := _quote(row, sheet)))
    lines += [f"  > {quote}" for quote in said]
    if said:
        lines.append("")
    lines.append("  " + "; ".join(_values(change)))
    return "\n".join(lines)


def _quote(row: Mapping[str, object] | None, sheet: Mapping[str, object] | None) -> str:
    where = place(row, sheet)  # type: ignore[arg-type]
    if where is None or sheet is None:
        return ""
    text = str(sheet["text"])
    first, start, end, last = where
    before, after = text[first:start], text[end:last]
    if len(before) > _AROUND:
        before = "… " + before[-_AROUND:].partition(" ")[2]
    if len(after) > _AROUND:
        after = after[:_AROUND].rpartition(" ")[0] + " …"
    return f"{escape(before)}<b>{escape(_cut(text[start:end], 3 * _VALUE))}</b>{escape(after)}"


def _values(change: Change) -> Iterator[str]:
    if change.old is not None and change.new is not None:
        for name in change.fields:
            yield f"{name} {_value(change.old[name])} → {_value(change.new[name])}"
        return
    hidden = {"start", "end", "evidence", "rule", "sheet_id", "text", "content_hash", f"{TABLES[change.table].singular}_id"}
    for name, value in (change.new or change.old or {}).items():
        if name not in hidden and value is not None and value is not False:
            yield f"{name} {_value(value)}"


def _value(value: object) -> str:
    return escape(_cut(show(value), _VALUE))


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"


def escape(text: str) -> str:
    """Text that Markdown shows as it is, on one line, without mentions or links."""
    one_line = " ".join(visible(text.replace("\n", " ⏎ ")).split(" "))
    safe = _SPECIAL.sub(lambda match: f"&#{ord(match.group())};", one_line)
    # A forge looks for mentions and addresses in what it rendered; a word joiner takes the sign from the name.
    return re.sub(r"@(?=\w)|(?<=www)\.", lambda match: f"{match.group()}\u2060", safe)
