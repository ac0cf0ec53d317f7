"""What the job holder is called: the nouns of a sheet's titles, whatever their gender and number, and those of any sheet.

Titles go in; a :class:`Holder` comes out, which tells of a word whether it heads a noun phrase that means the job holder.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from pipeline.french.words import Words
from pipeline.lexicons import load
from pipeline.normal import fold
from pipeline.remembered import Remembered

#: « ce technicien », « cet artiste »: after a demonstrative, a word for people means the job holder …
_AGENT = re.compile(
    r"(?!(?:secteur|quartier|métier|dossier|chantier|atelier|papier|moteur|matière|manière|carrière|filière|chaleur|"
    r"valeur|moyen|lien|soutien|entretien|courrier|fichier|ordinateur|rigueur|dernier|dernière|heure|liste|piste|vérité)s?$)"
    r"[^\W\d_]+(?:eur|euse|trice|ier|ière|iste|ien|ienne|logue|graphe)s?"
)
_DOING = ("ant", "ante", "prete")  # other endings of the second name of « aide-soignant », « traducteur-interprète »
#: Endings of gender → what stands for both; the rest of a word keeps its letters.
_GENDERS = (
    (re.compile(r"(?:euse|eure|eur|rice)$"), "E"),
    (re.compile(r"(?:iere|ier)$"), "I"),
    (re.compile(r"(?:ere|er)$"), "R"),
    (re.compile(r"(?:ienne|ien)$"), "N"),
    (re.compile(r"(?:ive|if)$"), "V"),
    (re.compile(r"(?:onne|on)$"), "O"),
    (re.compile(r"e$"), ""),
)
_WORDS = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_JOINS = re.compile(r"[·•.(){}]+")
_SPLITS = re.compile(r"[/,]| ou | et ")
_SHORTEST = 3  # letters that a stem keeps
#: What may stand where « fromager affineur » and « plongeur scaphandrier » have their second name, and is none.
_ADJECTIVE = re.compile(
    r"(?:.*ien(?:ne)?|(?:maj|min|exteri|interi|superi)eure?|(?:finan|poli)ci(?:er|ere)|"
    r"(?:foresti|hospitali|hoteli|immobili|laiti|routi)(?:er|ere))"
)
_SHORTENED = re.compile(r"\([A-Z]{2}\)")
_BRACKETED = re.compile(r"\(([A-Z]{2,6})\)")
_SMALL = frozenset(("aux", "chez", "des", "dans", "les", "par", "pour", "sur"))
#: Last words of English titles that have two words and are called by their initials: « community manager », CM.
_ENGLISH = frozenset(("analyst", "designer", "manager", "master", "officer", "owner"))
_PAIR = 2
#: Words before the name of a trade that tell a rank or a standing in it.
_RANKS = frozenset(
    ("artisan", "artisane", "chauffeur", "chauffeuse", "chef", "cheffe", "compagnon", "maitre", "ouvrier", "ouvriere")
)
_NEAR = 10  # words in which another occupation's name ends
POINTING = frozenset(("ce", "cet", "cette", "ces"))
#: Stands among the stems for words of which one stem cannot tell.
UNTOLD = "-"


class Holder:
    """The names of the job holder.

    Attributes: ``heads``, the stems of head words; ``words``, every word of the titles; ``others``, the occupations that the
    sheet tells apart from it (« rédacteur en chef »), word for word; ``nouns``, what :func:`noun` says of a word near an
    article that opens a name of the holder or of the work.
    """

    __slots__ = ("_others_open", "heads", "nouns", "others", "words")

    def __init__(self, heads: frozenset[str], words: frozenset[str], others: frozenset[tuple[str, ...]] = frozenset()) -> None:
        self.heads = heads
        self.words = words
        self.others = others
        self._others_open = frozenset(other[0] for other in others)
        self.nouns = heads | works() | {UNTOLD}

    @classmethod
    def of(cls, labels: Iterable[str], others: Iterable[str] = ()) -> Holder:
        """The holder that titles such as « coiffeur / coiffeuse » name; ``others`` are titles of someone else."""
        labels = list(labels)
        named = [_NAMED[label] for label in labels]
        own = {_respelt(label) for label in labels}  # « chef de projet web-mobile »: no other is « chef de projet web/mobile »
        apart = (_APART[other] for other in others if _respelt(other) not in own)
        return cls(
            _generic().union(*(heads for heads, _ in named)),
            frozenset().union(*(words for _, words in named)),
            frozenset(other for other in apart if len(other) > 1),
        )

    def abbreviated(self, labels: Iterable[str], text: str) -> Holder:
        """The holder, called as ``text`` shortens a title of two words: « directrice artistique (DA) »."""
        if _SHORTENED.search(text) is None:
            return self
        names = (_main(_WORDS.findall(part)) for label in labels for part in _SPLITS.split(fold(label)))
        shorts = {name[0][0] + name[1][0] for name in names if len(name) == _PAIR}
        known = frozenset(stem(short) for short in shorts if f"({short.upper()})" in text)
        return Holder(self.heads | known, self.words, self.others) if known else self

    def known_as(self, form: str) -> Holder:
        """The holder, called ``form`` too."""
        return Holder(self.heads | {stem_of(form)}, self.words, self.others)

    def is_other(self, words: Words, head: int) -> bool:
        """Whether the name whose noun stands at ``head`` is another occupation's: « le rédacteur en chef »."""
        if folded(words[head]) not in self._others_open and "chef" not in words[head : head + _NEAR]:
            return False
        following = [folded(form).rstrip("'") for form in words[head : head + _NEAR] if form[0].isalnum()]
        if following[1:3] == ["en", "chef"] and "chef" not in self.words:
            return True
        return any(following[: len(other)] == list(other) for other in self.others)

    def is_titled(self, form: str) -> bool:
        """Whether a title has ``form`` as its head; « l'expert » may mean the job holder without."""
        return stem_of(form) not in _generic() or folded(form) in self.words

    def named(self, form: str) -> bool:
        """Whether ``form`` heads a noun phrase that means the job holder."""
        return stem_of(form) in self.heads or ("-" in form and stem_of(form.split("-", 1)[0]) in self.heads)


def is_person(form: str) -> bool:
    """Whether a noun after « ce » means the job holder: « ce technicien », « cette salariée »."""
    return is_agent(form) or stem_of(form) in _pointed_at()


def is_agent(form: str) -> bool:
    """Whether a noun ends as those do that say who acts: « technicien », « fleuriste »."""
    return _AGENT.fullmatch(form) is not None


def _respelt(label: str) -> str:
    """A title, the same with blanks, hyphens and slashes."""
    return " ".join(_APART[label]).replace("-", " ")


def _named(label: str) -> tuple[frozenset[str], frozenset[str]]:
    """The stems of the head words of a title, and all its words."""
    plain = _JOINS.sub("-", fold(label).replace("'", " "))
    heads: set[str] = set()
    for form in [w for part in _SPLITS.split(plain) for w in _heads(_WORDS.findall(part))]:
        first, *later = form.split("-")
        joined = [piece for piece in later if _AGENT.fullmatch(piece) or piece.endswith(_DOING)]
        heads.update(stem(piece) for piece in (form, first, *joined) if len(piece) >= _SHORTEST)
    heads.update(stem(short) for part in _SPLITS.split(plain) for short in _initials(_WORDS.findall(part)))
    heads.update(stem(short.lower()) for short in _BRACKETED.findall(label))
    return frozenset(heads), frozenset(piece for part in _WORDS.findall(plain) for piece in (part, *part.split("-")))


def _heads(title: list[str]) -> list[str]:
    """The words of a title that may stand for all of it: « le chef cuisinier », « le cuisinier »."""
    second = len(title) > 1 and is_agent(title[1]) and (title[0] in _RANKS or _ADJECTIVE.fullmatch(title[1]) is None)
    return title[: 1 + second]


def _initials(title: list[str]) -> Iterator[str]:
    """How a long title is called for short: « responsable de la sécurité des systèmes d'information », RSSI."""
    main = _main(title)
    if len(main) >= _SHORTEST or (len(main) == len(title) == _PAIR and main[1] in _ENGLISH):
        yield "".join(word[0] for word in main)


def _main(title: list[str]) -> list[str]:
    """The words of a title without small ones."""
    return [word for word in title if len(word) >= _SHORTEST and word not in _SMALL]


#: Titles, most of which stand in several sheets: what they name, and their words.
_NAMED = Remembered(_named)
_APART = Remembered(lambda label: tuple(_WORDS.findall(fold(label).replace("'", " "))))
_FOLDED = Remembered(fold)


def folded(form: str) -> str:
    """A form as it stands in a text, without accents."""
    return _FOLDED[form]


@lru_cache(maxsize=8192)
def stem(form: str) -> str:
    """``form`` (folded), the same for both genders and numbers: « coiffeur », « coiffeuses » → « coiffE »."""
    single = form[:-1] if form[-1:] in {"s", "x"} else form
    for ending, mark in _GENDERS:
        match = ending.search(single)
        if match and match.start() >= _SHORTEST:
            return single[: match.start()] + mark
    return single


_STEMS = Remembered(lambda form: stem(fold(form)))


def stem_of(form: str) -> str:
    """The stem of a form as it stands in a text."""
    return _STEMS[form]


def _noun(form: str) -> str:
    """The stem by which a form may head a name of the holder or the work, as far as one stem can tell.

    The first half of « aide-soignante » is among the heads wherever the whole is, unless it is too short (« e-commerçant »);
    after « cet », any word for people means the holder.
    """
    first, hyphen, _ = form.partition("-")
    return UNTOLD if form in POINTING or (hyphen and len(first) < _SHORTEST) else stem_of(first)


#: Words → what :attr:`Holder.nouns` must hold where they stand for the holder or the work.
NOUNS = Remembered(_noun)


@cache
def _generic() -> frozenset[str]:
    return frozenset(stem(fold(word)) for word in load("tasks")["holders"].split())


@cache
def _pointed_at() -> frozenset[str]:
    """Stems of nouns that mean the job holder after « ce » only: « ce salarié », but « le salarié »."""
    return frozenset(stem(fold(word)) for word in load("tasks")["pointed_holders"].split())


@cache
def works() -> frozenset[str]:
    """Stems of the nouns of the work itself."""
    return frozenset(stem(fold(word)) for word in load("tasks")["works"].split())
