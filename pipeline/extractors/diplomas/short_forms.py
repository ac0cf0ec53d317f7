"""Which mentions only recall a fuller one: « le CAP » after « CAP cuisine », « un BTS » in a sheet that lists its BTS.

The mentions of a sheet go in; :class:`ShortForms` tells which of them are none of their own, and to which they lend what is
asked of them. A sheet of the register names in prose what it prints in full in a list by level, often in other words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.extractors.diplomas.identity import same_name, telling_words
from pipeline.extractors.diplomas.labels import is_short_name
from pipeline.extractors.diplomas.mention import Mention
from pipeline.normal import fold

#: How a second mention is introduced; what is asked of one that may name any of several.
_SECOND, _NOT_ASKED = frozenset({"definite", "recalled"}), (None, "possible")
#: Names under which what a name shortens may stand: « le DE » may be that « de docteur en médecine ».
_FULLER = {
    "CAP": ("CAP", "CAP agricole"), "diplôme d'État": ("diplôme d'État", "docteur"), "licence": ("licence", "licence pro"),
}  # fmt: skip
_ENGINEERS = frozenset(("ecole", "grande", "ingenieur"))
#: How fully names are printed: in the list by level, in a list of ways in, in a sentence (0).
_PRINTED = {"listed-by-level": 2, "listed-after-school": 1}
#: What a sentence adds to a name of the list: « le BP coiffure, option coloriste ».
_ADDED = re.compile(r",? (?:options?|parcours|sp[eé]cialit[eé]) ")


class ShortForms:
    """Tells which mentions shorten any of ``found``, without comparing each with each; ``register``: in a sheet of one."""

    def __init__(self, found: Iterable[Mention], *, register: bool) -> None:
        self.register = register
        self.acronyms: set[str] = set()
        self.specialties: dict[str, set[tuple[frozenset[str], int | None]]] = {}
        self.listed: dict[str, list[Mention]] = {}  # name → what is listed under it
        self.only: dict[str, Mention | None] = {}  # the same, unless there are several
        for mention in found:
            if mention.kind == "qualification":
                if mention.acronym:
                    self.acronyms.add(fold(mention.acronym))
                self.specialties.setdefault(mention.head, set()).add((mention.specialty, mention.level))
                if mention.rule in _PRINTED:
                    self.listed.setdefault(mention.head, []).append(mention)
                    known = self.only.setdefault(mention.head, mention)
                    if mention.shares:
                        continue
                    self.only[mention.head] = mention if known is not None and same_name(known, mention) else None

    def __contains__(self, mention: Mention) -> bool:
        if mention.kind != "qualification":
            return False
        if self.acronyms and mention.acronym == "" and not mention.specialty and fold(mention.label) in self.acronyms:
            return True
        heads = _fuller(mention)
        if mention.head == "diplôme d'État" and not mention.specialty:
            return sum(len(self.specialties.get(head, ())) for head in heads) > 1  # « les titulaires d'un DE »
        if any(self.shortens(mention, full) for head in heads for full in self.listed.get(head, ())):
            return True
        if mention.determiner not in _SECOND:
            return self._listed_once(mention) is not None
        return not is_short_name(mention.label) and any(
            _of_diploma(mention, head) < fuller and not _differ(mention, level)
            for head in heads
            for fuller, level in self.specialties.get(head, ())
        )

    def shortens(self, short: Mention, full: Mention) -> bool:
        """Whether ``short`` (« le CAP ») is a second mention of ``full`` (« CAP cuisine »)."""
        if short.kind != "qualification" or full.kind != "qualification" or short is full:
            return False
        if short.acronym == "" and full.acronym and not short.specialty and fold(short.label) == fold(full.acronym):
            return True
        if full.head not in _fuller(short) or is_short_name(short.label) or _differ(short, full.level):
            return False
        if not _of_diploma(short, full.head) < full.specialty:
            return self.register and _says_more(short, full)
        return short.determiner in _SECOND or self._recalls(short, full)

    def _recalls(self, short: Mention, full: Mention) -> bool:
        """Whether a name of the text means what a list prints in full.

        Anywhere by its first words (« un CAP agricole »), in the register by any or none (« un master »).
        """
        if not _is_printed_in_full(full, short):
            return False
        if self.register and short.requirement in _NOT_ASKED:
            return True
        if short.school:
            return not short.label.lower().startswith("dipl")  # « un diplôme d'école de commerce » is a name of its own
        if not short.specialty and short.head != "CAP agricole":
            return False
        words, longer = (telling_words(mention.label) for mention in (short, full))
        return longer[: len(words)] == words

    def _listed_once(self, short: Mention) -> Mention | None:
        """What a bare « un BTS » of the text means in a sheet that lists just one."""
        if short.determiner != "indefinite" or short.specialty or short.school or is_short_name(short.label):
            return None
        full = self.only.get(short.head)
        return full if full is not None and full.specialty else None

    def lends(self, short: Mention, full: Mention) -> bool:
        """Whether a shortened mention lends its requirement to ``full``."""
        listed = self._listed_once(short)
        if listed is not None and full.shares and full.head == listed.head:
            return True
        return self.shortens(short, full) or (listed is not None and same_name(listed, full))


def _is_printed_in_full(full: Mention, short: Mention) -> bool:
    return _PRINTED.get(full.rule, 0) > _PRINTED.get(short.rule, 0)


def _says_more(named: Mention, listed: Mention) -> bool:
    """Whether a sentence adds an option to what is listed without one."""
    label = listed.label.lower()
    return (
        _is_printed_in_full(listed, named)
        and listed.specialty < named.specialty
        and named.label.lower().startswith(label)
        and _ADDED.match(named.label, len(label)) is not None
    )


def _differ(short: Mention, level: int | None) -> bool:
    """Whether both levels are known, and two: « le titre d'aide vétérinaire, de niveau 3 » recalls none of level 4."""
    return short.level is not None and level is not None and short.level != level and not short.weak_level


def _of_diploma(short: Mention, head: str) -> frozenset[str]:
    """The words that tell a shortened mention from others under ``head``: « école d'ingénieurs » is one of any engineer."""
    return short.specialty if short.head != "diplôme d'école" or head == short.head else short.specialty - _ENGINEERS


def _fuller(short: Mention) -> tuple[str, ...]:
    """The names under which what a mention shortens may stand: « une école d'ingénieurs » gives a diplôme d'ingénieur."""
    if short.head == "diplôme d'école" and "ingenieur" in short.specialty:
        return (short.head, "diplôme d'ingénieur")
    return _FULLER.get(short.head, (short.head,))
