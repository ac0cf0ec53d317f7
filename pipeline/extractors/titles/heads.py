"""What the members of a list share: a head, a complement, an adjective, or one name in both genders and numbers.

A name read before and the words of the next member go in; out comes what they say together: « directeur de la production
[ou qualité] », « responsable (marketing, logistique) », « éducateurs [ou éducatrices de rue] ». Text is in normal form.
"""

from __future__ import annotations

import re

from pipeline.extractors.titles.members import Item, Name
from pipeline.french import verbs
from pipeline.french.gender import forms
from pipeline.french.inflection import is_pair, singular
from pipeline.french.occupations import is_generic, is_head, name_end, names_occupation

PREPOSITION = re.compile(r"(?:de|du|des|en)\s|d'", re.IGNORECASE)
_COMPLEMENT = re.compile(r"\s(?:(?:de|du|des|en|à|au|aux)\s|d')")
_VERB = re.compile(
    r"(?:[^\s'-]+(?:er|ir|oir|re|[^m]ent|ons|ez)|se|s'\w+|ils?|elles?|on|nous|vous|ce|c'est|est|sont|a|ont|fait|peut|doit|va|"
    r"les?|la|mais|plus)(?=\s|$)",
    re.IGNORECASE,
)
_LONGEST_TAIL = 3


def both_adjectives(label: str, word: str) -> bool:
    """« directeur administratif » et « financier »: a word that could be a head continues an adjective."""
    return " " in label and _ADJECTIVE.search(label) is not None and _ADJECTIVE.fullmatch(word) is not None


#: Endings that adjectives of relation share with a few names of occupations (« commercial », « militaire »).
_ADJECTIVE = re.compile(
    r"(?<![^\W\d_])[^\W\d_]+(?:ifs?|ives?|als?|ales?|els?|elles?|iques?|aires?|ières?|iers?)$", re.IGNORECASE
)


def of_both(text: str, last: Name, start: int, end: int) -> str | None:
    """« éducateur ou éducatrice de rue »: two names as one, in the singular, where they are it in both genders."""
    one = in_singular(text[last.start : last.end])
    other = in_singular(text[start:end])
    width = one.count(" ") + 1
    halves = other.split(" ")
    same = " ".join(halves[:width])
    if width > len(halves) or not (is_pair(one, same) or is_pair(same, one)):
        return None
    between = text[last.end : start]
    if between.strip() == ",":  # « marinier, marinière »
        return one + other[len(same) :] if is_pair(one, same) else other
    return one + (" ou " if between.startswith((" ou ", " et ")) else between) + other


#: « ou de préparer le diplôme »: an infinitive with its object, not the complement of the name before.
_TO_DO = re.compile(
    r"(?:de\s+|d')(?:s'|se\s|l[ae]s?\s)?[^\s'-]+(?:er|ir|re)"
    r"(?:\s+(?:l[ae]s?|une?|des?|du|leurs?|ses|son|sa|ces|cette|aux?|à|en|vers|dans)\s|\s+l'|[.;]?$)|d'(?:avoir|être)\s",
    re.IGNORECASE,
)
_COMPLEMENTED = re.compile(r"[^\W\d_]+ (?:(?:de|du|des|en|à|au|aux) |d')[^\W\d_]+(?: [^\W\d_]+)?")
_NO_COMPLEMENT = (
    *("autre", "certain", "comme ", "de plus", "d'ailleurs", "de préférence", "d'autres", "d'encadrement", "de management"),
    *("par ", "pour ", "quelques", "sans ", "vers"),
)


def belongs(text: str, label: str, item: Item) -> bool:
    """Whether a member without a head of its own shares the head of ``label``, the name before it."""
    tail = text[item.start : name_end(text, item.start, item.end)].strip()
    if not tail or not tail[0].islower() or tail.startswith(_NO_COMPLEMENT) or _VERB.match(tail):
        return False
    if _TO_DO.match(text, item.start, item.end) or is_head(PREPOSITION.sub("", tail, count=1).split(" ", maxsplit=1)[0]):
        return False  # « préparer le diplôme »; « adjudant et major »: a rank of its own
    if PREPOSITION.match(tail):
        return item.joint != "," or item.next_joint in {"ou", "et", "voire"}
    width, whole = len(tail.split()), not text[item.start + len(tail) : item.end].strip(' ."»)')
    if item.joint == "et":
        last = whole and not item.next_joint
        complemented = last and _COMPLEMENTED.fullmatch(tail) is not None  # « conseiller sport [et loisirs en entreprise] »
        return complemented or (whole and width < _LONGEST_TAIL) or both_adjectives(label, tail)
    return (item.joint != "," or item.next_joint == "ou") and (width == 1 or (whole and width < _LONGEST_TAIL))


def share(text: str, last: Name, item: Item, end: int) -> list[Name]:
    """A name and the tail that follows it: one longer name after « et », else a second name with the same head."""
    while end > item.start and (text[end - 1].isspace() or text[end - 1] == "."):
        end -= 1
    tail = text[item.start : end]
    if item.joint in {"et", "et/ou"}:
        return [Name(last.start, end, f"{last.label} {item.joint} {tail}")]
    complement = _COMPLEMENT.search(last.label)
    if PREPOSITION.match(tail):
        head = last.label[: complement.start()] if complement else last.label
    else:
        head = last.label.rpartition(" ")[0] or last.label
        if complement and head.endswith(_ARTICLES):  # « directeur de la production ou qualité », but « …, élu local »
            if " " in tail:
                return [last]
            head = last.label[: complement.start()]
    return [last, Name(last.start, end, f"{head} {tail}")]


_ARTICLES = (" la", " le", " les")


def is_verb(phrase: str) -> bool:
    """Whether words open with a verb: what is shaped as one and none that is known is a name (« hotliner », « nez »)."""
    match = _VERB.match(phrase)
    return match is not None and (not match.group().endswith(("er", "ez")) or verbs.read(match.group().lower()) is not None)


#: What a plural of :func:`pipeline.french.inflection.singular` ends in.
_PLURAL_ENDINGS = frozenset("sxSX")


def in_singular(label: str) -> str:
    """A plural name in the singular: the head and the words that agree with it."""
    head = label.partition(" ")[0]
    first = head.partition("-")[0]  # « doreurs-relieurs », « experts-conseil »
    if head[-1:] not in _PLURAL_ENDINGS and first[-1:] not in _PLURAL_ENDINGS:
        return label
    words = label.split(" ")
    head = "-".join(map(singular, words[0].split("-"))) if is_head(singular(first)) else singular(words[0])
    if head == words[0] or not is_head(head) or words[0].lower() in {"dans", "gens"}:
        return label
    done = [head]
    for rank, word in enumerate(words[1:], 1):
        if PREPOSITION.match(word + " ") or word in {"à", "au", "aux", "et", "sur"}:
            return " ".join([*done, *words[rank:]])
        done.append(singular(word) if rank == 1 and not word.isupper() else word)
    return " ".join(done)


#: What opens no complement of a head before a bracket: « directeur (niveau cadre, …) ».
_NO_TAIL = re.compile(
    r"(?:ou|et|niveau|bac|catégorie|voir|soit|notamment|souvent|selon|environ|dans|chez|sur|par|si|une?|l[ae]s?)\b|l'|s'|d'abord"
)


def tails_in_bracket(text: str, start: int, head: str, end: int) -> list[Name]:
    """The complements in the bracket after a head that needs one: « responsable (de la production, marketing…) »."""
    opening = start + len(head)
    if " " in head or text[opening : opening + 2] != " (" or not is_generic(singular(head)):
        return []
    closing = text.find(")", opening, end)
    words = text[opening + 2 : closing].rstrip(" .…") if closing >= 0 else ""
    tails = [tail.strip() for tail in _MEMBERS.split(words)]
    if len(tails) == 1 or not all(map(_completes, tails)):
        return []
    return [Name(start, closing + 1, tail) for tail in tails if tail != "etc"]


_MEMBERS = re.compile(r"\s*,\s*(?:(?:ou|et|voire)\s+)?|\s+(?:ou|et|voire)\s+")
_COMPLETING = re.compile(r"[a-zà-ÿ][\w' -]{2,40}")


def _completes(tail: str) -> bool:
    plain = _COMPLETING.fullmatch(tail) is not None and _NO_TAIL.match(tail) is None
    return plain and not names_occupation(tail) and not is_verb(tail)


#: Ranks that a complement makes an occupation, and that share it with the next: « second ou chef [de cuisine] ».
_RANKS = frozenset(("adjoint", "chef", "expert", "référent", "responsable", "second", "spécialiste"))
_CHIEFS = ("chef ", "cheffe ", "chefs ")


def is_rank(phrase: str) -> bool:
    """Whether a member of a list says little alone, in either gender and number: « second/e », « responsables », « agent »."""
    masculine = forms(phrase).masculine if phrase and " " not in phrase else None
    return masculine is not None and ((rank := singular(masculine.lower())) in _RANKS or is_generic(rank))


def with_tail(rank: Name, name: str, end: int) -> Name | None:
    """A rank with what completes the ``name`` after it, which ends at ``end``: « second ou chef de cuisine ».

    What completes a chief belongs to them: « technicien ou chef [d'équipe] » leaves the technician alone. None for a mere rank.
    """
    tail = name.partition(" ")[2]
    if tail and (not name.startswith(_CHIEFS) or not names_occupation(rank.label)):
        return Name(rank.start, end, f"{rank.label} {tail}")
    return rank if names_occupation(rank.label) else None
