"""Mentions of the job holder in running text, for names that are said of it: « le responsable e-CRM (ou … ».

The sheet's title goes in, a :class:`Holder` comes out. A mention is a noun phrase with its determiner: the whole title or
its head noun alone, either gender, either number, or one of the words that sheets use for any job holder
(« le professionnel », « ce spécialiste », « ce technicien »). The text must be in normal form
(:attr:`pipeline.reading.Reading.text`). Who acts in a sentence is another question: :mod:`pipeline.extractors.tasks.subjects`.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache

from pipeline.french.gender import forms
from pipeline.normal import normalise
from pipeline.records import Title


class Holder:
    """What denotes the job holder.

    Its whole names, in lower case (``names``), those and shorter ones (``nouns``).
    """

    def __init__(self, names: frozenset[str]) -> None:
        self.names = names
        self.nouns = frozenset(shorter for name in names for shorter in _shorter(name))
        #: What any of these begins with in either number.
        self._stems = frozenset(noun.split()[0].partition("-")[0][:-1] for noun in self.nouns)

    def mentions(self, low: str, start: int = 0, end: int | None = None) -> list[int]:
        """Where the noun phrases end that denote the job holder in ``low[start:end]``, a text in lower case."""
        stop = len(low) if end is None else end
        named = any(low.find(stem, start, stop) >= 0 for stem in self._stems)
        return [match.end() for match in (self._by_name if named else _UNNAMED).finditer(low, start, stop)]

    @cached_property
    def _by_name(self) -> re.Pattern[str]:
        """What denotes the job holder, by its names, too: compiled where a text has one, for that costs as much as a page."""
        names = (_plural_too(name) for name in sorted(self.nouns, key=lambda n: (-len(n), n)))
        return _denoting("|".join((*names, _ANYONE)))


def holder_of(title: Title) -> Holder:
    """The job holder of a sheet, from its title."""
    return _holder(title.label, title.feminine, title.masculine)


_ADJECTIVE = r"(?:bon|bonne|futur|future|jeune|vrai|vraie|véritable|simple|parfait|parfaite|excellent|excellente)s?\s+"
_DETERMINER = (
    r"(?:(?:l'|(?:le\s+ou\s+la|la\s+ou\s+le|un\s+ou\s+une|une\s+ou\s+un|le/la|la/le|un\(e\)|un/e|un·e|"
    r"le|la|les|un|une|des|ce|cet|cette|ces|notre|nos|votre|tout|toute|tous\s+les|toutes\s+les|chaque|certains|certaines|"
    r"la\s+plupart\s+des|beaucoup\s+de|de\s+nombreux|de\s+nombreuses)\s+)"
    rf"(?:{_ADJECTIVE})?)"
)
_ANYONE = (
    r"professionnel(?:·le|\(le\)|/le)?s?|professionnelles?|praticiens?|praticiennes?|titulaires?\s+du\s+(?:poste|titre)|"
    r"(?:collaborateur|salarié|personne)s?\s+(?:chargé|en\s+charge|qui\s+occup)\w*"
)
#: With a demonstrative (« ce technicien ») any word for people points back to the job holder.
_POINTED = (
    r"(?:ce|cet|cette|ces)\s+(?!secteur|métier|dernier\s+point|dossier|chantier|atelier|quartier|papier|calendrier|moteur|"
    r"matière|manière|carrière|filière|lumière|piste|liste|chaleur|couleur|valeur|moyen|lien|soutien|entretien|maintien|courrier|"
    r"fichier|ordinateur|rigueur|catalogue|dialogue)"
    r"(?:[^\W\d_]+(?:eur|euse|trice|ier|ière|iste|ien|ienne|logue|graphe)s?|experte?s?|spécialistes?|responsables?|agente?s?|"
    r"chefs?|manager?s?|cadres?|artisane?s?|médecins?|assistante?s?|pros?|artistes?|architectes?|consultante?s?|"
    r"gestionnaires?|fonctionnaires?|commerçante?s?|enseignante?s?|chargée?s?|derniers?|dernières?)\b"
)


@lru_cache(maxsize=256)
def _holder(label: str, feminine: str | None, masculine: str | None) -> Holder:
    plain = normalise(label).text
    derived = forms(plain)
    names = (plain, feminine, masculine, derived.feminine, derived.masculine)
    return Holder(frozenset(normalise(name).text.strip().lower() for name in names if name))


def _denoting(people: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{_DETERMINER}(?:{people})(?!-?\w)|{_POINTED})")


#: What denotes the job holder by none of its names.
_UNNAMED = _denoting(_ANYONE)
_WORDS = re.compile(r"[^\s,/()]+")


def _shorter(name: str) -> list[str]:
    """« chef de projet digital », « chef de projet », « chef »: the name, up to its first complement, its head word."""
    words = _WORDS.findall(name)
    if not words or "/" in name:
        return [name] if words else []
    found = [name, words[0]]
    if len(words) > 3 and words[1] in {"de", "des", "du", "en"}:  # noqa: PLR2004
        found.append(" ".join(words[:3]))
    elif len(words) > 2:  # noqa: PLR2004
        found.append(" ".join(words[:2]))
    return [f for f in found if len(f) > 2]  # noqa: PLR2004


_PREPOSITIONS = frozenset(("de", "des", "du", "en", "à", "au", "aux", "et", "sur"))


def _plural_too(name: str) -> str:
    """A pattern for the name in both numbers: every word but those after a preposition may take -s or -x."""
    pieces, agreeing = [], True
    for word in name.split():
        agreeing = agreeing and word not in _PREPOSITIONS and not word.startswith("d'")
        escaped = re.escape(word)
        if agreeing and word.endswith("al"):
            escaped = re.escape(word[:-1]) + "(?:l|ux)"
        elif agreeing and word[-1] not in "sx":
            escaped = r"s?-".join(re.escape(part) for part in word.split("-")) + "[sx]?"
        pieces.append(escaped)
    return r"\s+".join(pieces)
