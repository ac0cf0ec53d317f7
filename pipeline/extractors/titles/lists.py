"""Lists of occupations in running text: « responsable qualité, directeur du site ou de la production ».

A stretch of text in normal form goes in, the names it lists come out, each with its label and the
words it was read from. A head that several complements share is repeated in their labels; a feminine
and a masculine side by side make one name.
"""

from __future__ import annotations

import re

from pipeline.extractors.titles.heads import (
    PREPOSITION,
    belongs,
    both_adjectives,
    in_singular,
    is_rank,
    is_verb,
    of_both,
    share,
    tails_in_bracket,
    with_tail,
)
from pipeline.extractors.titles.members import ADVERB, Item, Name, bracket_end, items
from pipeline.french.occupations import abbreviates, is_adjective, is_head, name_end, names_occupation
from pipeline.reading import Reading

#: What may stand before a name: articles, adverbs, « un poste de », « celui de », quotes.
_LEAD = re.compile(
    rf"(?:\s+|[\"«»:]|-\s|(?:{ADVERB}|(?:de\s+)?l'anglais|devenir|évoluer\s+vers|passer|vers|comme|en\s+tant\s+que|en\s+qualité\s+de|cel(?:ui|le)|ceux|"
    r"au|aux|à|en|sur|de|du|des|les?|la|une?|son|leurs?|ses|votre|propre|nouveaux?|futurs?|véritables?|tels?|telles?|que|"
    r"(?:postes?|fonctions?|emplois?|métiers?|rangs?|grades?|titres?|statuts?|missions?|rôles?|noms?|appellations?|intitulés?|"
    r"dénominations?|termes?)"
    r"(?:\s+(?:plus\s+)?(?:supérieurs?|importants?|suivants?|proches?))?)"
    r"(?=[\s\"«:])|[ldn]'(?=[\w«\"])|ex-(?=\w))*"
)
_OBJECT = re.compile(r"[^\s'-]+er\s+(?:l[ae]s?|une?|des|leurs?|ses|son|sa|ces|cette|aux?)\s")
_DEFINITE = re.compile(r"\s*(?:l[ae]s?\s+|l')")
_CIRCUMSTANCE = re.compile(
    r"\s*(?:(?:sur|dans|chez|selon|pour|par|à|au|aux|quand|dès|si|lorsque|après|avant|avec|sans|sous|grâce)\s|lorsqu'|s'ils?\s)"
)
#: Nouns that an adjective tells more of: « des fonctions [commerciales] ».
_POST = re.compile(r"(?:postes?|fonctions?|emplois?|métiers?|missions?|rôles?|carrières?)\s+$")
#: What ends a list whose members name no occupation: people that somebody leads, papers that somebody holds.
_OTHER_MATTER = re.compile(
    r"\b(?:(?:composée?|constituée?|formée?|entourée?)s?\s+d|chargée?s?\s+d(?:e\s+|')[\w-]+(?:er|ir|re)\b|"
    r"(?:comprenant|regroupant|réunissant|diplômes?|certificats?|titulaires?)\b)"
)
#: « un ou une médiathécaire »: the first of two articles is no member.
_EITHER = frozenset(("un", "une", "le", "la"))


def names(reading: Reading, start: int, end: int, *, skipping: bool = False, lenient: int = 0) -> list[Name]:
    """The occupations that the text lists from ``start`` to ``end``.

    The list must open with one, unless ``skipping``: then members that name none are passed over.
    Where ``lenient`` is 1, a short opening member without an article is taken for a name, whatever its words; where
    it is 2, any such member; so is a member after an aside (« ou, dans les parcs anglophones, wind tech »).
    """
    text, low = reading.text, reading.lower
    if skipping and (other := _OTHER_MATTER.search(low, start, end)):
        end = other.start()
    read = _Read(text)
    passed = ""
    for item in items(text, start, bracket_end(text, start, end)):
        first = _LEAD.match(low, item.start, item.end)
        at = first.end() if first else item.start
        if read.names and not skipping and item.joint == "," and _DEFINITE.fullmatch(low, item.start, at):
            break  # « aussi appelé relieur, le doreur … »: the sentence goes on
        phrase = text[at : name_end(text, at, item.end)].rstrip(" \"«»'-.")
        if phrase.isupper():
            at, phrase = _spelt_out(text, at, phrase, item.end)
        if tails := tails_in_bracket(text, at, phrase, item.end):
            read.add_each(at, phrase, tails)
        elif item.next_joint == "ou" and is_rank(phrase) and at + len(phrase) == item.end:
            read.ranks.append(Name(at, item.end, phrase))
        elif _names(low, item, at, phrase, later=bool(read.names), passed=passed):
            read.add(item, at, phrase)
            passed = ""
        elif _says_nothing(low, item, at, later=bool(read.names)) or read.shares(item):
            continue
        elif _is_taken(text, item, at, phrase, lenient=lenient, read=read):
            read.names.append(Name(at, at + len(phrase), phrase))
            read.open = True
        elif skipping:
            read.open, passed = False, phrase
        else:
            break
    alone = (rank for rank in read.ranks if names_occupation(rank.label))
    return [_of_one(name) for name in (*read.names, *alone)]


class _Read:
    """What has been read of a list.

    Its ``names``; whether the last is ``open`` for a member that shares its head; and ``ranks`` that wait for the complement
    of the next name: « second [ou chef de cuisine] ».
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self.names: list[Name] = []
        self.ranks: list[Name] = []
        self.open = False

    def add(self, item: Item, start: int, phrase: str) -> None:
        """Take a member that names an occupation, alone or together with the name before it."""
        stop = start + len(phrase)
        last = self.names[-1] if self.names and self.open else None
        if last and item.joint == "et" and both_adjectives(last.label, phrase):
            self.names[-1] = Name(last.start, stop, f"{last.label} et {phrase}")
        elif last and (both := of_both(self._text, last, start, stop)):
            self.names[-1] = Name(last.start, stop, both)
        else:
            both = of_both(self._text, self.ranks[-1], start, stop) if self.ranks else None
            if both:
                start, phrase = self.ranks.pop().start, both
            self.names += [whole for rank in self.ranks if (whole := with_tail(rank, phrase, stop))]
            self.names.append(Name(start, stop, phrase))
        self.ranks = []
        rest = self._text[stop : item.end].strip(" \"»'.)")
        self.open = not rest or rest[0] == "("

    def add_each(self, start: int, head: str, tails: list[Name]) -> None:
        """Take a head with each of its complements in brackets: « responsable (marketing, logistique) »."""
        last = self.names[-1] if self.names and self.open else None
        both = of_both(self._text, last, start, start + len(head)) if last else None
        if last and both:
            del self.names[-1]
            start, head = last.start, both
        self.names += [Name(start, tail.end, f"{in_singular(head)} {tail.label}") for tail in tails]
        self.ranks, self.open = [], False

    def shares(self, item: Item) -> bool:
        """Take a member without a head of its own where it shares that of the last name."""
        last = self.names[-1] if self.names and self.open and not item.aside else None
        if last is None or not belongs(self._text, last.label, item):
            return False
        stop = name_end(self._text, item.start, item.end)
        self.names[-1:] = share(self._text, last, item, stop)
        self.open = stop == item.end
        return True


def _spelt_out(text: str, start: int, acronym: str, end: int) -> tuple[int, str]:
    """Where the name stands that the bracket after an acronym spells out, and its words: « DA (directeur artistique) »."""
    opening = start + len(acronym) + len(" (")
    if text[opening - 2 : opening] == " (":
        closing = text.find(")", opening, end)
        name = text[opening:closing] if closing >= 0 else ""
        if abbreviates(acronym, name) and names_occupation(name):
            return opening, name
    return start, acronym


def _says_nothing(low: str, item: Item, start: int, *, later: bool) -> bool:
    """Whether a member is no more than an article (« un [ou une médiathécaire] ») or a circumstance between two names."""
    if not later:
        return item.next_joint == "ou" and low[item.start : item.end] in _EITHER
    return start >= item.end or _CIRCUMSTANCE.match(low, item.start, item.end) is not None


def _is_taken(text: str, item: Item, start: int, phrase: str, *, lenient: int, read: _Read) -> bool:
    """Whether a member of no known occupation is taken for a name all the same."""
    both = bool(read.names) and (lenient == 1 or text.endswith(_QUOTED, 0, read.names[0].start))
    quoted = both and text.endswith(_QUOTED, 0, start) and " d" not in phrase
    aside = (item.aside or quoted) and bool(read.names) and not is_head(phrase)
    return (lenient > 1 or (lenient == 1 and not read.names) or aside) and _plausible(text, item.start, start, phrase)


def _names(low: str, item: Item, start: int, phrase: str, *, later: bool, passed: str) -> bool:
    """Whether a member of a list, whose words after the articles are ``phrase``, names an occupation.

    ``passed`` is the member before, if that named none.
    """
    if not phrase or not (names_occupation(phrase) or (later and _in_charge(low, item, start))):
        return False
    if is_adjective(phrase.partition(" ")[0]) and ((passed and item.start == start) or _POST.search(low, item.start, start)):
        return False  # « des fonctions [commerciales] », « les services du personnel, [commerciaux] »: of a post or a field
    if is_adjective(phrase) and low.endswith("le ", item.start, start):
        return False  # « vers le [technico-commercial], la formation »: the field
    if passed and item.joint in {"et", "ou"} and item.start == start and is_verb(passed):
        return False  # « et encadrer des maçons ou [coffreurs] »
    verb = _OBJECT.match(low, start, item.end)
    if verb is None:
        return True
    governed = item.start < start or not item.joint
    return governed and verb.group().endswith(("des ", "aux "))  # « au poste de [conseiller des activités] »


def _of_one(name: Name) -> Name:
    """A name, in the singular where it was read in the plural."""
    label = in_singular(name.label)
    return name if label is name.label else Name(name.start, name.end, label)


#: What opens a quotation: where names are told of any words, or the first in quotes, so may one of no known occupation.
_QUOTED = ("« ", "«", '"')
_ARTICLE = re.compile(r"(?:.*[\s\"«'])?(?:le|la|les|une?|l|son|leur|ce)[\s']*$", re.IGNORECASE)
_PLAIN = re.compile(r"[^\W\d_][\w' -]*")
_MOST_WORDS, _SHORTEST = 5, 3


def _plausible(text: str, start: int, at: int, phrase: str) -> bool:
    """Whether words of no known occupation may be a name all the same: few of them, no verb, no article before."""
    return (
        len(phrase) >= (_SHORTEST - phrase.isupper())
        and phrase.lower() != "etc"
        and len(phrase.split()) <= _MOST_WORDS
        and _PLAIN.fullmatch(phrase) is not None
        and not is_verb(phrase)
        and PREPOSITION.match(phrase) is None
        and _ARTICLE.fullmatch(text, start, at) is None
        and not text.startswith((":", " :"), at + len(phrase))  # « ; anglais : … »
    )


#: « …, tantôt chargé des achats », « médiateur ou chargé de la vente »: in a list of names it is one, too.
_CHARGED = re.compile(r"chargée?s?\s+(?:du|des|de\s+l['a])")


def _in_charge(low: str, item: Item, start: int) -> bool:
    """Whether a later member of a list says what somebody is in charge of, and that as their name."""
    told = "ou" in {item.joint, item.next_joint} or low.endswith(("tantôt ", "parfois "), 0, start)
    return told and _CHARGED.match(low, start, item.end) is not None
