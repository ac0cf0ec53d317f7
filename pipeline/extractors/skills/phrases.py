"""A noun phrase or infinitive of an enumeration → the skill it names.

:func:`elements` cuts a stretch of text at its commas and conjunctions; :func:`name` strips what is no
part of a skill's name (article, degree, « connaissance de », what follows « qui ») and says its category.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline import verbs
from pipeline.clauses import DETERMINERS, PREPOSITIONS, is_adverb
from pipeline.extractors.skills.vocabulary import Spot, Token, levels, spot, tokens, words_of

_DETERMINER = r"(?:de la |de l'|du |des |de |d'|la |le |les |l'|un |une |son |sa |ses |leur |leurs |votre |vos |notre |nos |au |aux |à la |à l'|en |cette |ce |cet )"
_DEGREE = (
    r"(?:(?:très|assez|bien|plus|particulièrement|extrêmement|vraiment|parfaitement|également|aussi|surtout|notamment|enfin|tout|toute|"
    r"fort|si|à la fois|bon|bonne|bons|bonnes|grand|grande|grands|grandes|solide|solides|excellent|excellente|excellents|excellentes|"
    r"forte|forts|fortes|certain|certaine|certains|certaines|parfait|parfaite|parfaites|réel|réelle|réels|réelles|véritable|véritables|vrai|vraie|vrais|"
    r"vraies|fin|fine|fines|haut|haute|petit|petite|beaucoup de|beaucoup d'|énormément de|"
    r"meilleur|meilleure|minimum de|minimum d'|maximum de|maximum d'|bonne dose de|bonne dose d'|dose de|dose d'|peu de|"
    r"principaux|principales|différents|différentes|divers|diverses|nombreux|nombreuses|quelques|plusieurs|large|larges|vaste|vastes|"
    r"profond|profonde|immense|extrême|énorme|incroyable|fameux|fameuse|indispensable|nécessaire|sérieux|sérieuse|sérieuses|"
    r"remarquable|remarquables|impeccable|irréprochable|inébranlable|inépuisable|constante|première|premier|bref|tous|toutes|chaque|"
    r"même|mêmes|autre|autres|en particulier|plutôt|moins|au moins|sans doute|évidemment|naturellement|bien sûr|forcément|ensuite|puis|d'abord|avant tout|en outre|de plus) )"
)
_LEADING = re.compile(
    rf"\s*(?:[-•*–·\"«]\s*|(?:et|ou|mais|ainsi que|avec|comme|voire|soit|être|avoir|ayant|posséder|disposer de|disposer d'|faire preuve de|"
    rf"faire preuve d'|qu'il soit|tels? que|telles? que|tout comme|outre|dont|aimer|apprécier|aimez|appréciez|avez|êtes|en particulier|en outre|en plus|en effet|à la fois) |(?=\w){_DETERMINER}|(?=\w){_DEGREE})",
)
_KNOWING = re.compile(
    r"(?:(?:connaissances?|maîtrise|pratique|notions?|rudiments|compréhension|utilisation|usage|familiarité|bases|concepts|expertise|"
    r"compétences?|respect|celles?|niveau|règles en matière)"
    r"(?: (?:de base|approfondies?|solides?|avancées?|étendues?|pointues?|parfaite|bonnes?|fines?|courante|élémentaires|minimales?|générales?|basiques|précises?|"
    r"excellente|opérationnelle|techniques? et pratiques?))*"
    r"(?: dans le domaine| en matière| dans les domaines)? )(?:de la |de l'|des |du |de |d'|en |dans le |dans la |dans les |sur la |sur le |sur les |à |aux |avec )"
    r"(?!soi\b|ses\b)(?:(?:base|bases|l'utilisation|utilisation) (?:de la |de l'|des |du |de |d'|en ))?"
)
_SAVOIR = re.compile(r"(?:(?:bien )?(?:savoir|sait|sachant|savent|sachez|savez|capable de |capable d'|capables de |être capable de |apte à |pouvoir|connaître|maîtriser|parler|lire|pratiquer|écrire|comprendre|utiliser)\b ?)")
_TAIL = re.compile(
    r" (?:(?:qui|que|dont|car|parce|puisque|afin|lorsqu\w*|quand|si|s'il|sans|dès|depuis|chez|face|devant|selon|grâce|tout|notamment|"
    r"tels?|telles?|surtout|ainsi|\w+er(?:a|ont)|seront|serait|seraient|étaient|vont|va|ont|peuvent|doivent|constituent?|forment|y compris|par exemple|en vue|est|sont|était|font|fait|plus que|sinon|permettant|permet\w*|"
    r"lui|leur (?:sert|permet)|au moins|c'est|etc|via|pendant|lors|autant|liée?s? (?:à|au|aux)|relati(?:f|fs|ve|ves) (?:à|au|aux)|"
    r"comme|jusqu|avant|après|voire|appliquée?s?|indispensables?|nécessaires?|exigée?s?|requise?s?|souhaitée?s?|appréciée?s?|obligatoires?|"
    r"recommandée?s?|demandée?s?|débordante?s?|à toute épreuve|sans faille|exemplaires?|constante?s?|développée?s?|aigus?|aiguës?|innée?s?|aiguisée?s?|prononcée?s?|"
    r"affirmée?s?|avérée?s?|confirmée?s?|hors pair|hors du commun|infinie?|absolue?|permanente?s?|accrue?|poussée?s?|approfondie?s?|certaine?s?|"
    r"fortement|obligatoirement|impérativement|(?:très |fort )?(?:utiles?|importante?s?))(?![\w-])|s'\w)"
    r"|(?<= )où\b|(?<=[ ,])qu'|[.!?:(\[«»\"]|(?:\s[-–]\s)|^(?:etc|notamment)\b"
)
_CIRCUMSTANCE = re.compile(
    r" (?:(?:dans|pour|par|avec|auprès|sous|entre|vers|en toutes?) (?:le|la|les|un|une|des|ce|cette|ses|son|sa|vos|leurs?|tous|toute|mieux|pouvoir|être|"
    r"circonstances?|\w+(?:er|ir|oir|re))(?![\w-])|(?:dans|pour|par|avec|auprès|sous|entre|vers) l')"
)
_HANGING = re.compile(r"(?: (?:de|du|des|d'|le|la|les|l'|à|au|aux|en|un|une|et|ou|pour|par|sur|avec|dans))+$")
_SPLIT = re.compile(r"\s*[,;•·()\n\t]\s*(?:(?:et|ou|ainsi que|mais aussi|mais|tout comme|de même que)\s+)?|\s+(?:tout comme|de même que|et/ou|et|ou|ni|ainsi que|mais aussi|mais également|mais|&|\+|/|[-–]|voire|comme|puis|tels? que|telles? que)\s+|\s*(?:\.\.\.|…)\s*|\s+(?:ou|et) (?=d'|l')")
_INFINITIVE = re.compile(r"(?:s'|se |ne pas |bien |ne )?([a-zà-ÿœ-]+(?:er|ir|re|oir))\b")
_NO_VERB = frozenset("savoir devoir pouvoir être avoir sourire dîner goûter".split())
_ADJECTIVES = frozenset("continue complète précise ferme calme sensible mobile concrète discrète vive propre libre active".split())
_OPENS_NOUN = (DETERMINERS | PREPOSITIONS) - {"en"}
_OBJECT = re.compile(r" (?:le|la|les|un|une|des|du|d'|l'|en|avec|à|au|aux)\b")
_SHAPED = re.compile(r"[A-Za-z]*[a-z][A-Z]\w*|[A-Z]\w*[+#]+|[A-Z][\w.]*\d[\w.]*|\w+\.(?:js|io|net)")
_LEVEL = re.compile(r"\b(?:niveau )?([abc][12])\b")
_ADJECTIVAL = re.compile(r".*(?:iques?|els?|elles?|ales?|als?|aux|ifs?|ives?|eux|euses?|aires?|aises?|ains?|aines?|iers?|ières?|ées?|és|bles|ble|oires?)$")


class Element(NamedTuple):
    """A part of an enumeration: offsets, and the separator before it (a comma, « et » …)."""

    start: int
    end: int
    before: str


@dataclass(slots=True)
class Text:
    """A sentence: as printed, in lower case (same offsets), its words and the terms among them."""

    printed: str
    low: str
    start: int
    end: int
    words: list[Token] = field(init=False)
    spots: list[Spot] = field(init=False)

    def __post_init__(self) -> None:
        self.words = tokens(self.low, self.start, self.end)
        self.spots = spot(self.printed, self.words)

    def words_in(self, start: int, end: int) -> list[str]:
        """The words of ``start:end``, at least one."""
        return [t.word for t in self.words if start <= t.start < end] or [""]

    def spot_at(self, start: int, end: int) -> Spot | None:
        """The first term that lies in ``start:end``."""
        return next((s for s in self.spots if s.start >= start and s.end <= end), None)


class Named(NamedTuple):
    """A skill by name: offsets of its evidence, label, category, level."""

    start: int
    end: int
    label: str
    category: str
    level: str | None = None
    known: bool = False


def elements(text: Text, start: int, end: int) -> Iterator[Element]:
    """The parts of the enumeration ``text[start:end]``, never cutting a known term."""
    first, before = start, ""
    for match in _SPLIT.finditer(text.low, start, end):
        if any(s.start < match.start() and match.end() <= s.end - 1 for s in text.spots):
            continue
        if match.start() > first:
            yield Element(first, match.start(), before)
        first, before = match.end(), match.group().split()[-1] if match.group().strip() else ","
    if first < end:
        yield Element(first, end, before)


def trimmed(text: Text, start: int, end: int) -> tuple[int, int]:
    """``start:end`` without articles, words of degree and « être », and without what follows « qui », « dans le »."""
    low = text.low
    while start < end and not (low[start].isalnum() or low[start] == "."):
        start += 1
    while start < end and (match := _LEADING.match(low, start, end)) and match.end() > start:
        known = text.spot_at(start, end)
        if known is not None and known.start == start and known.end > match.end():
            break
        start = match.end()
    for tail in _TAIL.finditer(low, start, end):
        if not _inside_term(text, tail.start()):
            end = tail.start()
            break
    circumstance = None if is_infinitive(low[start:end]) else _CIRCUMSTANCE.search(low, start, end)
    if circumstance is not None and not _inside_term(text, circumstance.start()):
        end = circumstance.start()
    for place, token in enumerate(text.words):
        if start < token.start < end and is_finite(text, place):
            end = token.start
            break
    while end > start and not (low[end - 1].isalnum() or low[end - 1] in "+#"):
        end -= 1
    hanging = _HANGING.search(low, start, end)
    if hanging is not None and not _inside_term(text, hanging.start() + 1):
        end = hanging.start()
    return start, end


def _inside_term(text: Text, place: int) -> bool:
    return any(s.start <= place < s.end for s in text.spots)


def name(text: Text, element: Element, hint: str | None = None, *, strict: bool = False) -> Named | None:
    """The skill that ``element`` names, or None. ``strict``: only one whose first word is known to open a skill."""
    start, end = trimmed(text, element.start, element.end)
    if re.search(r"\bautres? $", text.low[max(element.start, start - 8) : start]):
        return None
    knowing = False
    if match := _SAVOIR.match(text.low, start, end):
        inner = trimmed(text, match.end(), end)
        if inner[0] < inner[1]:
            verb = text.low[start : match.end()]
            if re.match(r"(?:connaître|maîtriser|parler|lire|pratiquer|écrire|comprendre|utiliser)", verb):
                term = text.spot_at(*inner)
                if verb.startswith(("connaître", "maîtriser")) or (term is not None and term.term.kind in {"language", "tool", "machine"}):
                    start, end, knowing = *inner, True
            else:
                start, end = inner
    while match := _KNOWING.match(text.low, start, end):
        if match.end() >= end:
            break
        if match.group() == "maîtrise d'" and text.low.startswith(("un ", "une "), match.end()) and not text.spot_at(match.end(), end):
            return Named(start, end, text.printed[start:end].lower(), "know-how")
        start, end = trimmed(text, match.end(), end)
        knowing = True
    if end - start < 1:
        return None
    return _known(text, start, end, hint) or _by_head(text, start, end, hint, strict=strict, knowing=knowing)


def _known(text: Text, start: int, end: int, hint: str | None) -> Named | None:
    found = text.spot_at(start, end)
    if found is None:
        return None
    if text.words_in(start, end)[0] in words_of("fields", "never") and found.start > start:
        return None
    term, at_head = found.term, not text.low[start : found.start].strip(" \"'")
    to_end = found.end >= end - 1
    if term.kind == "language" and (at_head or text.low[start : found.start].strip() in {"langue", "en", "l'"}):
        return Named(found.start, end, term.label, "language", level(text, found.start, end), known=True)
    if term.kind == "tool" and (at_head or len(text.low[start : found.start].split()) <= 3 or _INFINITIVE.match(text.low, start)):
        wide = text.low[start : found.start].strip()
        if at_head or wide.split()[0].rstrip("s") in {"logiciel", "requête", "langage", "outil", "environnement", "suite", "pack", "écrire", "coder", "lire", "programmer", "développer", "progiciel", "plateforme", "tableur"}:
            return Named(found.start, found.end, text.printed[found.start : found.end], "tool", known=True)
        if to_end and not _INFINITIVE.match(text.low, start):
            return Named(start, end, text.printed[start:end], "tool", known=True)
    if term.kind == "machine" and at_head:
        return Named(start, end, text.printed[start:end].lower() if text.printed[start].isupper() else text.printed[start:end], "tool", known=True)
    if term.kind == "doing" and (not to_end or hint == "know-how"):
        return None
    if term.kind in {"quality", "trait", "doing"} and at_head:
        if term.kind == "trait" or to_end or term.trait:
            return Named(start if at_head else found.start, found.end, term.label, "soft", known=True)
        if term.kind == "doing" or len(text.low[start:end].split()) <= 6:
            label = term.label if term.kind == "doing" else singular(lowered(text.printed[start:end]))
            return Named(start, found.end if term.kind == "doing" else end, label, "soft", known=True)
    if term.kind == "field" and at_head and to_end:
        return Named(start, end, lowered(text.printed[start:end]), field_category(term.label), known=True)
    return None


def field_category(label: str) -> str:
    """A field is knowledge, one named by a noun of action know-how (« gestion de projet »)."""
    return "know-how" if " " in label and label.split()[0].lower() in {"animation", "conduite", "couture", "gestion", "rédaction"} else "knowledge"


def _by_head(text: Text, start: int, end: int, hint: str | None, *, strict: bool, knowing: bool) -> Named | None:
    low, label = text.low[start:end], text.printed[start:end]
    words = [t.word for t in text.words if start <= t.start < end]
    if not words or len(words) > 9 or not any(c.isalpha() for c in low):
        return None
    head = words[0]
    if len(words) > 1 and head in {"compétences", "connaissances", "qualités", "aptitudes", "capacités"}:
        return Named(start, end, singular(lowered(label)), {"compétences": "know-how", "connaissances": "knowledge"}.get(head, "soft"))
    if len(words) > 1 and words[0] in {"bon", "bonne", "double", "fine"}:
        head = words[1]
    if head in words_of("fields", "never") or (len(words) == 1 and head in _GENERIC):
        return None
    if head in _FINITE or head.isdigit():
        return None
    category = None
    if head == "techniques" and len(words) > 1 and words[1] in {"de", "d'"}:
        category = "know-how"
    elif head in words_of("qualities", "heads") and len(words) > 1:
        category = "soft"
    elif head in words_of("tools", "heads"):
        category = "tool"
    elif is_infinitive(low):
        if strict or (len(words) < 2 and hint not in {"know-how", "soft", "knowledge"}):
            return None
        category = "know-how"
    elif head in words_of("fields", "actions") or (head.endswith("age") and len(head) > 5 and head not in _NO_ACTION) or head == "compétences":
        category = "know-how"
    elif head in words_of("fields", "heads") or head in words_of("fields", "fields"):
        category = "knowledge"
    if category == "know-how" and hint == "knowledge" and not is_infinitive(low):
        category = "knowledge" if len(words) == 1 else category
    if hint in {"tool", "language"} and category in {None, "knowledge"}:
        category = "tool" if hint == "tool" else None
        if hint == "language":
            return None
    if category is None:
        if strict:
            return None
        category = hint or ("tool" if _SHAPED.fullmatch(label) else "knowledge" if knowing or not hint else hint)
    return Named(start, end, singular(lowered(label)), category, known=False)


_GENERIC = frozenset(
    "savoir savoirs savoir-faire savoir-être outil outils logiciel logiciels langue langues langage langages technique techniques norme normes produit "
    "produits matériel machine machines équipement équipements règle règles méthodes procédures système systèmes solution solutions moins tout monde "
    "application applications plateforme plateformes type types secteur milieu éléments caractéristiques domaine domaines fonctionnement usages public".split()
)
_NO_ACTION = frozenset("langage courage avantage image voyage personnage message ouvrage étage visage page village chômage outillage équipage dommage".split())
_FINITE = frozenset(
    "il elle ils elles on vous tu nous je est sont a ont doit doivent faut peut peuvent c'est ce cela ça voilà voici ne n' y lui celui celle "
    "ceux celles qui que quel quelle où comment pourquoi plus etc sans selon pour dans chez après avant oui non deux trois quatre cinq".split()
)


def adjectival(word: str) -> bool:
    """Whether a word ends as adjectives of relation do: « nerveuse », « fiscal »."""
    return _ADJECTIVAL.match(word) is not None


def opens_knowing(low: str, start: int, end: int) -> bool:
    """Whether « connaissance de », « maîtrise du » … opens ``low[start:end]``."""
    return _KNOWING.match(low, start, end) is not None


def is_infinitive(low: str) -> bool:
    """Whether a phrase opens with an infinitive."""
    match = _INFINITIVE.match(low)
    if match is None or match.group(1) in _NO_VERB:
        return False
    form = verbs.read(match.group(1))
    if form is not None:
        return form.mood == "infinitive"
    return match.group(1).endswith(("er", "ir")) and _OBJECT.match(low, match.end()) is not None


def is_finite(text: Text, place: int) -> bool:
    """Whether the word at ``place`` is a verb that says what somebody does; one that is also a noun needs an object after it."""
    token = text.words[place]
    form = verbs.read(token.word)
    if token.word in _ADJECTIVES or form is None or form.mood not in {"singular", "plural", "second"} or _inside_term(text, token.start):
        return False
    before = text.words[place - 1].word if place else ""
    if before in _OPENS_NOUN:
        return False
    if token.word not in verbs.nouns():
        return True
    after = text.words[place + 1].word if place + 1 < len(text.words) else ""
    return bool(before) and (after in DETERMINERS - {"du", "des"} or is_adverb(after))


def lowered(label: str) -> str:
    """A label without the capital of a sentence's first word; acronyms and names keep theirs."""
    first = re.match(r"\w+", label)
    if first and len(first.group()) > 1 and first.group()[1:].islower():
        return label[0].lower() + label[1:]
    if label.isupper() and " " in label:
        return label.lower()
    return label


def singular(label: str) -> str:
    """« capacités de synthèse » → « capacité de synthèse », of the nouns that head a quality."""
    return re.sub(r"^(capacité|aptitude|facilité|talent|don|faculté)s\b", r"\1", label)


def level(text: Text, start: int, end: int) -> str | None:
    """The level of a language: a CEFR level anywhere near, else the sheet's own word beside it."""
    if match := _LEVEL.search(text.low, start, min(text.end, end + 25)):
        return match.group(1).upper()
    around = text.low[max(text.start, start - 16) : min(text.end, end + 22)]
    if match := levels().search(around):
        return {"courante": "courant", "courants": "courant", "maternelle": "maternel"}.get(match.group(), match.group())
    return None
