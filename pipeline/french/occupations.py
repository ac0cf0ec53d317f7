"""What names an occupation: head words, and where a name ends in a sentence.

Works on text in normal form; words are in ``lexicons/occupations.toml``. A French name opens with
its head (« responsable logistique »), an English one closes with it (« product owner »).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from pipeline.french import verbs
from pipeline.french.inflection import feminine_of, singular
from pipeline.lexicons import load
from pipeline.remembered import Remembered


class _Words(NamedTuple):
    heads: frozenset[str]
    suffixes: tuple[str, ...]
    things: frozenset[str]
    english: frozenset[str]
    acronyms: frozenset[str]
    states: frozenset[str]
    generic: frozenset[str]
    adjectives: frozenset[str]


@cache
def _words() -> _Words:
    data = load("occupations")
    both = {form.lower() for word in data["heads"] for form in (word, feminine_of(word)) if form}
    states = {form for word in data["states"] for form in (word, feminine_of(word)) if form}
    return _Words(
        frozenset(both),
        tuple(data["suffixes"]),
        frozenset(data["things"]),
        frozenset(data["english"]),
        frozenset(data["acronyms"]),
        frozenset(states),
        frozenset(form for word in data["generic"] for form in (word, feminine_of(word)) if form),
        frozenset(form for word in data["adjectives"] for form in (word, feminine_of(word)) if form),
    )


def is_adjective(word: str) -> bool:
    """Whether a word that heads names is an adjective of relation, too, in any gender and number: « commerciales »."""
    return singular(word.lower()) in _words().adjectives


def is_generic(name: str) -> bool:
    """Whether a head says little without a complement: « agent », « chef »."""
    return name.lower() in _words().generic


_PREFIXES = frozenset(("auto", "bio", "co", "cyber", "e", "ex", "mini", "multi", "neuro", "pré", "sous", "vice", "éco"))


@lru_cache(maxsize=16384)
def is_head(word: str) -> bool:
    """Whether a French name of an occupation may open with ``word`` (either gender, either number)."""
    words, low = _words(), word.lower()
    if word in words.acronyms or low in words.heads:
        return True
    alone = singular(low)
    if alone in words.heads:
        return True
    if both := _MASCULINE.fullmatch(alone):
        return alone not in words.things and is_head(both[1] or both[2])
    first, _, rest = alone.partition("-")
    if rest and first not in words.things and is_head(rest if first in _PREFIXES else first):
        return True
    if alone.startswith("web") and len(alone) > len("webmaster") - 2 and is_head(alone[3:]):
        return True
    return alone not in words.things and low not in words.things and len(alone) >= _SHORTEST and _agent_noun(alone)


_SHORTEST = 5


def _agent_noun(word: str) -> bool:
    """Whether a word ends as names of occupations do, and is no infinitive (« confier », « s'associer »)."""
    if not word.endswith(_words().suffixes):
        return False
    form = verbs.read(word.rpartition("'")[2])
    return form is None or form.mood != "infinitive"


#: « technico-commercial-e », « chargé-e », « ingénieure »: the masculine, and the ending that makes the feminine.
_MASCULINE = re.compile(r"(.{3,})-(?:e|ne|le|se|te|fe|ve|re|ère|ière|euse|rice|trice|ive)(?:-s)?|(.{2,}eur)e")
_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_OPENING = frozenset(
    (
        *("ancien", "ancienne", "bon", "bonne", "deuxième", "futur", "future", "grand"),
        *("grande", "haut", "haute", "jeune", "premier", "première", "simple", "sous", "vice"),
    )
)


def names_occupation(phrase: str) -> bool:
    """Whether ``phrase`` is the name of an occupation; a bare rank or status (« cadre », « salarié ») is not."""
    return _NAMING[phrase]


def _names_occupation(phrase: str) -> bool:
    found = _WORD.findall(phrase)
    if not found:
        return False
    words, first = _words(), found[0].lower()
    if (len(found) == 1 or found[1:-1] == ["ou"]) and all(singular(word.lower()) in words.states for word in found[::2]):
        return False  # « expert », « expert ou experte »
    if first.startswith("charg") and _CHARGED.match(phrase):
        return False
    if first.startswith(_ENGLISH_HEADS) and _HEAD_OF.match(phrase):
        return True
    if is_head(_base(found[0])) or (len(found) > 1 and first in _OPENING and is_head(found[1])):
        return True
    return _closes(found[-1]) and first not in _FRENCH and (first in _ENGLISH_FIRST or not conjugated(first))


#: The names of a list are read again where a sentence takes them up, and most stand in many sheets.
_NAMING = Remembered(_names_occupation)


def closes_english(phrase: str) -> str | None:
    """The English name of several words that ``phrase`` opens with, up to a closing word before any French preposition."""
    words = _WORD.finditer(phrase)
    first = next(words, None)
    for word in words:
        if word.group().lower() in _FRENCH:
            return None
        if _closes(word.group()):
            return None if first is None or first.group().lower() in _words().things else phrase[: word.end()]
    return None


#: « chargé de la paie », « chargés d'organiser »: what someone does, not what they are called.
_CHARGED = re.compile(r"chargée?s?\s+(?:du|des|de\s+l[a'e]|d'\w+(?:er|ir)\b|de\s+\w+(?:er|ir|re)\b)", re.IGNORECASE)

#: English names that open with their head: « Head of Product », « VP Sales », « Chief of Staff ».
_HEAD_OF = re.compile(r"(?:(?:Head|Chief|Director|Manager|Lead)\s+of|VP|Lead|Vice[ -]President)\s+[A-Z]", re.IGNORECASE)

#: First words of English names that are forms of French verbs, too: « content manager ».
_ENGLISH_FIRST = frozenset(("content", "lead", "tape"))

_ENGLISH_HEADS = ("head", "chief", "director", "manager", "lead", "vp", "vice")


def opens_english(word: str) -> bool:
    """Whether an English name may open with ``word``, which heads no French one: « head of data », « lead designer »."""
    return word.lower() in {"chief", "head", "lead", "vp"}


_FRENCH = frozenset(
    (
        *("de", "du", "des", "d", "en", "à", "au", "aux", "et", "ou", "le", "la", "les", "un", "une", "est", "qui", "dans"),
        *("par", "pour", "sous", "sur"),
    )
)


def abbreviates(acronym: str, name: str) -> bool:
    """Whether ``acronym`` is made of initials of ``name``, in order: « RRH », « responsable des ressources humaines »."""
    if not (2 <= len(acronym) <= _LONGEST_ACRONYM and acronym.isupper() and acronym.isalpha()):  # noqa: PLR2004
        return False
    initials = [word[0] for word in _WORD.findall(name.lower().replace("-", " ").replace("'", " "))]
    if not initials or initials[0] != acronym[0].lower():
        return False
    rest = iter(initials)
    return all(letter in rest for letter in acronym.lower())


_LONGEST_ACRONYM = 6


def _closes(word: str) -> bool:
    """Whether an English name may close with ``word`` (« e-marketer » closes with « marketer »)."""
    last = word.lower().rpartition("-")[2]
    return singular(last) in _words().english and last not in _words().things


def _base(word: str) -> str:
    """« d'agence » is no head; « l'agent » is."""
    before, mark, after = word.partition("'")
    return after if mark and before.lower() == "l" else word


#: Endings in brackets that close no name: « technicien(ne) ».
_FEMININE = "".join(
    rf"(?<!\({ending}\))"
    for ending in ("e", "ne", "le", "se", "ve", "fe", "te", "s", "ère", "ière", "rice", "trice", "euse", "ive")
)
#: Words before the name's last that an article follows: « chef de la fabrication ».
_BEFORE_ARTICLE = "".join(rf"(?<!\s{word}\s)" for word in ("de", "à", "et", "sur", "dans", "pour", "près"))
#: Words that begin a clause, a circumstance or a comment.
_CLAUSE = (
    r"(?:à\s[A-ZÉÈ][a-zà-ÿ]\w*|à\s[\w-]+\sans\b|à\s(?:vingt|trente|quarante|cinquante)\b|à\scel(?:ui|le)|cel(?:ui|le)|ailleurs|ici|là|tout\scourt|outre-\w+|ayant|titulaires?\sd'une?\b|proprement\sdit|"
    r"en\s(?:Suisse|Belgique|Wallonie|Bretagne|Alsace|Provence|Angleterre|Allemagne|Italie|Espagne|Afrique|Amérique|Normandie|Corse|Savoie)|"
    r"au\s(?:Québec|Canada|Luxembourg|Maroc)|aux\s(?:États-Unis|Antilles)|"
    r"qui|que|qu'|dont|où|lorsqu|quand|si|s'il|s'ils|(?<!\sde\s)car|mais|afin|avec|sans|après(?!-vente)|avant|selon|grâce|par|pour(?!\s(?:l[ae]\s|l')(?!suite|reste|plupart|plus|moment|instant|compte|grand\spublic))|chez|"
    r"parmi|depuis|dès|d'ici|pendant|durant|suivant|via|comme|tout en|"
    r"en\s(?:\w+ant|ville|fonction|cas|interne|externe|reprenant|passant|"
    r"charge|partant|quelques|plus|moins|peu|\d+|un\s(?:an|mois)|deux|trois|quatre|cinq|six|sept|huit|dix|douze|quinze|vingt|"
    r"tant|parallèle|France|CDI|CDD|Europe|fin|début|milieu|libéral|indépendant)|"
    r"au sein|au-delà|au bout|au fil|au niveau|à condition|à terme|à l'(?:échelle|étranger|international|issue|occasion)|"
    r"à (?:son|leur|votre) compte|à (?:la|sa) tête|"
    r"à la (?:chambre|mairie|DSI|préfecture|région|direction|coopérative)|au (?:ministère|siège|rectorat|tribunal)|"
    r"à l'(?:université|hôpital|usine|office)|à partir|à temps|"
    r"dans (?:un|une|le|la|les|l'|des|son|sa|ses|leur|leurs|certaine?s?|cette|ce|plusieurs|d'autres)|"
    r"sous(?!\s(?:contrat|pression|serres?|tension|vide)\b)|sur (?:leurs?|ses|sa|son|votre|vos|nos|notre)|"
    r"auprès(?!\sd(?:es|e\sla)\s(?:tribuna|cour))|vers|"
    r"jusqu|plutôt|ainsi|notamment|"
    r"autrefois|jadis|naguère|aujourd'hui|désormais|souvent|parfois|rarement|toujours|expérimentée?s?|confirmée?s?|reconnue?s?|plus|"
    r"(?:manqu|recrut|offr|travaill|exerç|maîtris|dispos|possé?d|justifi|bénéfici)ant|représente\w*|permet\w*|constitue\w*|reste\w*|nécessite\w*|demande\w*|exige\w*|implique\w*|offre\w*|suppose\w*|"
    r"consiste\w*|devien\w+|encadre\w*|assure\w*|réels?|réelles?|possibles?|accessibles?|envisageables?|est|sont|peut|peuvent|doit|a|ont|était|sera|"
    r"s'(?!il)\w+|lui|leur|nous|vous|se|exerce|travaille|ne|n'|il|elle|ils|elles|on|ce|cela|y|doivent|puis|ensuite|alors|également|aussi|"
    r"eux-mêmes|lui-même|elle-même|à leur tour|à son tour|un jour|spécialisée?s? (?:dans|sur))\b"
)
#: Where a name ends in running text: at a mark, or at white space before one or before a word that is no part of it. The
#: pattern begins with a set of characters, for which a text is searched at once.
_NAME_END = re.compile(
    r"[\s;:!?\[\]…\"«»*.(),→➜➔>](?:"
    rf"(?<=[;:!?\[\]…\"«»*→➜➔>])|(?<=\.)(?=\s|$)|(?<=\s\()|(?<=\)){_FEMININE}|(?<=,)\s|"
    rf"(?<=\s)\s*(?:[;:!?\[\]…\"«»*→➜➔>]|\.(?=\s|$)|\(|\){_FEMININE}|,\s|"
    rf"{_BEFORE_ARTICLE}(?:l[ae]s?\s|une?\s|l'|etc\b)|-\s|/\s(?![a-zà-ÿ])|{_CLAUSE}))"
)


def name_end(text: str, start: int, end: int) -> int:
    """Where the name of an occupation that opens at ``start`` ends, at most at ``end``."""
    match = _NAME_END.search(text, start, end)
    stop = match.start() if match else end
    pieces = text[start:stop].split()
    if len(pieces) < 2:  # noqa: PLR2004
        return stop
    for piece in pieces:
        if _ONLY_A_VERB[piece]:
            stop = _before_verb(text, start, stop, end)
            break
    else:
        governed = pieces[-2] in _GOVERNING
        if match is not None and not governed and match.group().strip() in _OBJECTS and _IS_FINITE[pieces[-1]]:
            stop = text.rindex(pieces[-1], start, stop)  # « courtier [tente les uns] »: no article follows a noun
            return start + len(text[start:stop].rstrip())
    if text.endswith(_JOINTS, start, stop):
        return text.rindex(" ", start, stop)
    for article in _OF_ONE:  # « directeur juridique [d'un promoteur] », but « directeur d'un musée »
        one = text.find(article, start, stop)
        if one >= 0 and " " in text[start:one]:
            return one
    return stop


#: What opens an object or tells more of a verb, and after which no verb stands.
_OBJECTS = frozenset(("l'", "la", "le", "les", "un", "une", "souvent", "parfois", "rarement", "toujours"))
_GOVERNING = frozenset(("à", "de", "des", "du", "en", "et", "ou", "par", "pour", "sans", "sur"))
_JOINTS = (" et", " ou", " puis", " à", " chez", " dans", " de", " en", " par", " pour", " sur")
_OF_ONE = (" d'un ", " d'une ")


def _before_verb(text: str, start: int, stop: int, end: int) -> int:
    """Where the first verb with an object stands in the words of a name that would end at ``stop``."""
    head = _WORD.search(text, start, stop)
    if head is not None:
        for space in _SPACED.finditer(text, head.end(), end):
            if space.start() >= stop:
                break
            if _ONLY_A_VERB[space[1]]:
                return space.start()
    return stop


#: A word between a noun and what may follow a verb: « supervise les … », « veille à … », « gagne 3 000 € ».
_SPACED = re.compile(
    r"\s(?<!\sde\s)(?<!\sau\s)(?<!\sla\s)(?<!\sle\s)\s*([a-zà-ÿ]{3,})"
    r"(?=\s+(?:l[ae]s?|l'|une?|des|du|de|d'|ses|son|sa|leurs?|ce|cette|ces|à|aux?|en|pas|plus|chaque|tout|toute|\d+)(?:(?<=')|\b))"
)


@lru_cache(maxsize=16384)
def conjugated(word: str) -> bool:
    """Whether ``word`` is a verb in the third person and nothing else: « supervise », « garantissent »."""
    return _IS_FINITE[word] and word not in verbs.nouns()


#: Whether a word may be a verb in the third person, whatever else it may be.
_IS_FINITE = Remembered(lambda word: (form := verbs.read(word)) is not None and form.mood in {"singular", "plural"})
#: Whether a word is a verb and heads no name.
_ONLY_A_VERB = Remembered(lambda word: conjugated(word) and not is_head(word))
