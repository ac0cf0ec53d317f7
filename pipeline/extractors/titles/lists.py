"""Lists of occupations in running text: « responsable qualité, directeur du site ou de la production ».

A stretch of text in normal form goes in, the names it lists come out, each with its label and the
words it was read from. A head that several complements share is repeated in their labels; a feminine
and a masculine side by side make one name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.french import verbs
from pipeline.french.gender import is_pair, singular
from pipeline.french.occupations import is_head, name_end, names_occupation
from pipeline.reading import Reading


class Name(NamedTuple):
    """An occupation of a list; ``label`` differs from the text where a head was shared or a plural undone."""

    start: int
    end: int
    label: str


class _Item(NamedTuple):
    """A member of the list as split: after which separator, from where, to where, and where the next separator stands.

    ``aside``: whether the separator says where or when the member is said (« ou, en agence, »).
    """

    joint: str
    start: int
    end: int
    next_joint: str
    aside: bool = False


_ADVERB = (
    r"puis|ensuite|voire|même|soit|tantôt|enfin|encore|aussi|également|bien|alors|d'abord|notamment|plutôt|directement|rapidement|"
    r"éventuellement|volontiers|souvent|parfois|quelquefois|bientôt|vite|naturellement|logiquement|fréquemment|"
    r"progressivement|facilement|généralement|finalement|peu\s+à\s+peu|d'autres|certaine?s|par\s+exemple|à\s+son\s+tour|à\s+leur\s+tour|un\s+jour|à\s+terme|plus\s+tard|simple|mais\s+aussi|ainsi\s+que"
)
#: « ou, en agence, », « et parfois, dans le privé, »: a conjunction and where its member is said or found.
_ASIDE = (
    r"(?P<aside>ou|et|puis|voire)\s*,?\s+(?:parfois\s+|encore\s+|aussi\s+|bien(?=\W)\s*)?,?\s*(?:en|dans|chez|à|au|aux|selon|pour|sur|sous(?!-)|s'il|si|"
    r"depuis|avec|après|moyennant|plus\s+\w+|outre-\w+|dès|lorsqu\w+|quand|là|entre|parmi|devant|auprès|côté)\b[^,;.:()]{0,60},\s*(?:(?:un|une|de)\s+|d')?"
)
#: What parts two members. It begins with a set of characters, for which a text is searched at once.
_SEPARATOR = re.compile(
    r"[\s,;•|→➜➔>](?:"
    rf"(?<=\s)\s*(?:{_ASIDE}|(?P<conjunction>et/ou|ou|et|puis|voire|soit|ainsi\s+que|mais\s+aussi)\s+(?:(?:{_ADVERB})\s+)?)"
    r"|(?:(?<=[,;•|→➜➔>])|\s*(?:[,;•|→➜➔>]|(?<=\s)[/·-]\s))"
    rf"\s*(?:(?P<word>et/ou|ou|et|puis|voire|soit)\b\s*(?:(?:{_ADVERB})\s+)?)?)"
)
#: What may stand before a name: articles, adverbs, « un poste de », « celui de », quotes.
_LEAD = re.compile(
    rf"(?:\s+|[\"«»:]|-\s|(?:{_ADVERB}|devenir|évoluer\s+vers|passer|vers|comme|en\s+tant\s+que|en\s+qualité\s+de|cel(?:ui|le)|ceux|"
    r"au|aux|à|en|sur|de|du|des|les?|la|une?|son|leurs?|ses|votre|propre|nouveaux?|futurs?|véritables?|tels?|telles?|que|"
    r"(?:postes?|fonctions?|emplois?|métiers?|rangs?|grades?|titres?|statuts?|missions?|rôles?|noms?|appellations?|intitulés?|"
    r"dénominations?|termes?)"
    r"(?:\s+(?:plus\s+)?(?:supérieurs?|importants?|suivants?|proches?))?)"
    r"(?=[\s\"«:])|[ldn]'(?=[\w«\"])|ex-(?=\w))*"
)
_PREPOSITION = re.compile(r"(?:de|du|des|en)\s|d'", re.IGNORECASE)
_COMPLEMENT = re.compile(r"\s(?:(?:de|du|des|en|à|au|aux)\s|d')")
_VERB = re.compile(
    r"(?:[^\s'-]+(?:er|ir|oir|re|[^m]ent|ons|ez)|se|s'\w+|ils?|elles?|on|nous|vous|ce|c'est|est|sont|a|ont|fait|peut|doit|va|"
    r"les?|la|mais|plus)(?=\s|$)",
    re.IGNORECASE,
)
_OBJECT = re.compile(r"[^\s'-]+er\s+(?:l[ae]s?|une?|des|leurs?|ses|son|sa|ces|cette|aux?)\s")
_DEFINITE = re.compile(r"\s*(?:l[ae]s?\s+|l')")
_CIRCUMSTANCE = re.compile(r"\s*(?:(?:sur|dans|chez|selon|pour|par|à|au|aux|quand|dès|si|lorsque)\s|lorsqu'|s'ils?\s)")
_BRACKET = re.compile(r"(?<=\s)\([^()]*\)?")
#: « un ou une médiathécaire »: the first of two articles is no member.
_EITHER = frozenset(("un", "une", "le", "la"))
_LONGEST_TAIL = 3


def names(reading: Reading, start: int, end: int, *, skipping: bool = False, lenient: int = 0) -> list[Name]:
    """The occupations that the text lists from ``start`` to ``end``.

    The list must open with one, unless ``skipping``: then members that name none are passed over.
    Where ``lenient`` is 1, a short opening member without an article is taken for a name, whatever its words; where
    it is 2, any such member; so is a member after an aside (« ou, dans les parcs anglophones, wind tech »).
    """
    text, low = reading.text, reading.lower
    found: list[Name] = []
    open_head = False
    for item in _items(text, start, _bracket_end(text, start, end)):
        last = found[-1] if found else None
        first = _LEAD.match(low, item.start, item.end)
        at = first.end() if first else item.start
        if found and not skipping and item.joint == "," and _DEFINITE.fullmatch(low, item.start, at):
            break  # « aussi appelé relieur, le doreur … »: the sentence goes on
        stop = name_end(text, at, item.end)
        phrase = text[at:stop].rstrip(" \"«»'-.")
        if (
            phrase
            and (names_occupation(phrase) or (last and _in_charge(low, item, at)))
            and not _OBJECT.match(low, at, item.end)
        ):
            stop = at + len(phrase)
            if last and open_head and item.joint == "et" and _adjectives(last.label, phrase):
                found[-1] = Name(last.start, stop, f"{last.label} et {phrase}")
            elif last and open_head and _doublet(text, last, at, stop):
                found[-1] = Name(last.start, stop, text[last.start : stop])
            else:
                found.append(Name(at, stop, phrase))
            rest = text[stop : item.end].strip(" \"»'.)")
            open_head = not rest or rest[0] == "("
        elif not found and item.next_joint == "ou" and low[item.start : item.end] in _EITHER:  # noqa: SIM114 -- apart, to be read
            continue
        elif found and (
            at >= item.end
            or _CIRCUMSTANCE.match(low, item.start, item.end)
            or (item.next_joint == "ou" and is_head(phrase))  # « de responsable ou directeur technique »
        ):
            continue
        elif last and open_head and not item.aside and _belongs(text, item):
            stop = name_end(text, item.start, item.end)
            found[-1:] = _shared(text, last, item, stop)
            open_head = stop == item.end
        elif (lenient > 1 or (lenient and not found) or (last and item.aside and not is_head(phrase))) and _plausible(
            text, item.start, at, phrase
        ):
            found.append(Name(at, at + len(phrase), phrase))
            open_head = True
        else:
            open_head = False
            if not skipping:
                break
    return [_of_one(name) for name in found]


def _bracket_end(text: str, start: int, end: int) -> int:
    """Where a list ends: with the bracket in which it stands, if in one: « le conseil ([chef de cave]) ou l'État »."""
    closing = text.find(")", start, end)
    return closing if closing >= 0 and text.find("(", start, closing) < 0 else end


def _of_one(name: Name) -> Name:
    """A name, in the singular where it was read in the plural."""
    label = in_singular(name.label)
    return name if label is name.label else Name(name.start, name.end, label)


_ARTICLE = re.compile(r"(?:.*[\s\"«'])?(?:le|la|les|une?|l|son|leur|ce)[\s']*$", re.IGNORECASE)
_PLAIN = re.compile(r"[^\W\d_][\w' -]*")
_MOST_WORDS, _SHORTEST = 5, 3


def _plausible(text: str, start: int, at: int, phrase: str) -> bool:
    """Whether words of no known occupation may be a name all the same: few of them, no verb, no article before."""
    return (
        len(phrase) >= _SHORTEST
        and phrase.lower() != "etc"
        and len(phrase.split()) <= _MOST_WORDS
        and _PLAIN.fullmatch(phrase) is not None
        and not _is_verb(phrase)
        and _PREPOSITION.match(phrase) is None
        and _ARTICLE.fullmatch(text, start, at) is None
        and not text.startswith((":", " :"), at + len(phrase))  # « ; anglais : … »
    )


#: « …, tantôt chargé des achats », « médiateur ou chargé de la vente »: in a list of names it is one, too.
_CHARGED = re.compile(r"chargée?s?\s+(?:du|des|de\s+l['a])")


def _in_charge(low: str, item: _Item, start: int) -> bool:
    """Whether a later member of a list says what somebody is in charge of, and that as their name."""
    told = item.joint == "ou" or low.endswith(("tantôt ", "parfois "), 0, start)
    return told and _CHARGED.match(low, start, item.end) is not None


def _is_verb(phrase: str) -> bool:
    """Whether words open with a verb: what is shaped as an infinitive and none that is known is a name (« hotliner »)."""
    match = _VERB.match(phrase)
    return match is not None and (not match.group().endswith("er") or verbs.read(match.group().lower()) is not None)


def _items(text: str, start: int, end: int) -> Iterator[_Item]:
    """The members of a list; what stands in brackets separates nothing."""
    brackets = [m.span() for m in _BRACKET.finditer(text, start, end)] if text.find("(", start, end) >= 0 else []
    joint, first, aside = "", start, False
    for separator in _SEPARATOR.finditer(text, start, end):
        stop, after = separator.span()
        if brackets and any(a <= stop < b for a, b in brackets):
            continue
        kind = separator.lastgroup or "mark"
        next_joint = "," if kind == "mark" else separator[kind]
        if next_joint == "ou" and _is_rank(text, first, stop, after):
            continue
        yield _Item(joint, first, stop, next_joint, aside)
        joint, first, aside = next_joint, after, kind == "aside"
    yield _Item(joint, first, end, "", aside)


_FIRST_WORD = re.compile(r"[^\W\d_]+")
#: What follows a rank in both genders that heads a name: « chef ou cheffe [d'atelier] », but « expert ou experte, il … ».
_HEADED = re.compile(r" (?=\w)(?!(?:et|ou|ni|qui|que|puis|voire|dans|chez|avec|est|sont|a|peut)\b)")


def _is_rank(text: str, first: int, stop: int, after: int) -> bool:
    """« chef [ou] cheffe d'atelier »: a word that alone names no occupation stands in both genders before what it heads."""
    one, other = text[first:stop].replace("'", " ").rpartition(" ")[2], _FIRST_WORD.match(text, after)
    if other is None or names_occupation(one) or not is_head(one):
        return False
    heads = _HEADED.match(text, other.end()) is not None
    return heads and (is_pair(one, other.group()) or is_pair(other.group(), one))


def _adjectives(label: str, word: str) -> bool:
    """« directeur administratif » et « financier »: a word that could be a head continues an adjective."""
    return " " in label and _ADJECTIVE.search(label) is not None and _ADJECTIVE.fullmatch(word) is not None


#: Endings that adjectives of relation share with a few names of occupations (« commercial », « militaire »).
_ADJECTIVE = re.compile(
    r"(?<![^\W\d_])[^\W\d_]+(?:ifs?|ives?|als?|ales?|els?|elles?|iques?|aires?|ières?|iers?)$", re.IGNORECASE
)


def _doublet(text: str, last: Name, start: int, end: int) -> bool:
    """Whether two names are one in both genders: « éducateur ou éducatrice de rue »."""
    left, right = text[last.start : last.end].split(" "), text[start:end].split(" ")
    one, other = " ".join(left), " ".join(right[: len(left)])
    return len(left) <= len(right) and (is_pair(one, other) or is_pair(other, one))


#: « ou de préparer le diplôme »: an infinitive with its object, not the complement of the name before.
_TO_DO = re.compile(
    r"(?:de\s+|d')(?:s'|se\s|l[ae]s?\s)?[^\s'-]+(?:er|ir|re)"
    r"(?:\s+(?:l[ae]s?|une?|des?|du|leurs?|ses|son|sa|ces|cette|aux?|à|en|vers|dans)\s|\s+l'|[.;]?$)",
    re.IGNORECASE,
)
_COMPLEMENTED = re.compile(r"[^\W\d_]+ (?:(?:de|du|des|en|à|au|aux) |d')[^\W\d_]+(?: [^\W\d_]+)?")
_NO_COMPLEMENT = ("comme ", "de plus", "d'ailleurs", "de préférence", "d'autres", "par ", "pour ", "sans ", "vers")


def _belongs(text: str, item: _Item) -> bool:
    """Whether a member without a head of its own shares the head before it."""
    tail = text[item.start : name_end(text, item.start, item.end)].strip()
    if not tail or _VERB.match(tail) or not tail[0].islower() or tail.startswith(_NO_COMPLEMENT):
        return False
    if _TO_DO.match(text, item.start, item.end) or is_head(_PREPOSITION.sub("", tail, count=1).split(" ", maxsplit=1)[0]):
        return False  # « préparer le diplôme »; « adjudant et major »: a rank of its own
    if _PREPOSITION.match(tail):
        return item.joint != "," or item.next_joint in {"ou", "et", "voire"}
    if item.joint == "," and item.next_joint != "ou":
        return False
    width, whole = len(tail.split()), not text[item.start + len(tail) : item.end].strip(' ."»)')
    if item.joint == "et" and not item.next_joint and whole and _COMPLEMENTED.fullmatch(tail):
        return True  # « conseiller sport [et loisirs en entreprise] »
    return width < _LONGEST_TAIL and (whole or (width == 1 and item.joint != "et"))


def _shared(text: str, last: Name, item: _Item, end: int) -> list[Name]:
    """A name and the tail that follows it: one longer name after « et », else a second name with the same head."""
    while end > item.start and (text[end - 1].isspace() or text[end - 1] == "."):
        end -= 1
    tail = text[item.start : end]
    if item.joint == "et":
        return [Name(last.start, end, f"{last.label} et {tail}")]
    complement = _COMPLEMENT.search(last.label)
    if _PREPOSITION.match(tail):
        head = last.label[: complement.start()] if complement else last.label
    else:
        head = last.label.rpartition(" ")[0] or last.label
        if complement and head.endswith(_ARTICLES):  # « directeur de la production ou qualité », but « …, élu local »
            if " " in tail:
                return [last]
            head = last.label[: complement.start()]
    return [last, Name(last.start, end, f"{head} {tail}")]


_ARTICLES = (" la", " le", " les")

#: What a plural of :func:`pipeline.french.gender.singular` ends in.
_PLURAL_ENDINGS = frozenset("sxSX")


def in_singular(label: str) -> str:
    """A plural name in the singular: the head and the words that agree with it."""
    head = label.partition(" ")[0]
    if head[-1:] not in _PLURAL_ENDINGS:
        return label
    words = label.split(" ")
    first = words[0].partition("-")[0]  # « doreurs-relieurs »
    head = "-".join(map(singular, words[0].split("-"))) if is_head(singular(first)) else singular(words[0])
    if head == words[0] or not is_head(head) or words[0].lower() in {"dans", "gens"}:
        return label
    done = [head]
    for rank, word in enumerate(words[1:], 1):
        if _PREPOSITION.match(word + " ") or word in {"à", "au", "aux", "et", "sur"}:
            return " ".join([*done, *words[rank:]])
        done.append(singular(word) if rank == 1 and not word.isupper() else word)
    return " ".join(done)
