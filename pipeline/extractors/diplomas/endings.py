"""Which words end the name of a diploma: verbs, adverbs, determiners, another diploma, what is thought of the one before.

A place in a text goes in; out comes whether a name that stands before it is over. What stands in the way of a name are
words of the lexicon's ``[label]``.
"""

from __future__ import annotations

import re
from functools import cache

from pipeline.extractors.diplomas.places import FIRST, tried
from pipeline.french.verbs import nouns, read
from pipeline.lexicons import load

#: The next word, bracket, quotation or sign of a text.
TOKEN = re.compile(
    r"\s*(?:(?P<bracket>\([^()]*\))|(?P<quote>[«\"][^»\"]{2,80}[»\"])|(?P<mark>[,;:!?()«»\"…/]|\.{2,}|"
    r"\.(?=\s|$))|(?P<word>[^\s,;:!?()«»\"…/]+))",
)
#: Behind a dash: how long it takes, what is thought of it, what else is asked for.
_REMARKED = re.compile(
    r"\s+(?:\d|(?:un|deux|trois|quatre|cinq) ans?\b|(?:appréci|conseill|exig|recommand|souhait)ée?s?\b|facultati|idéale?\b|"
    r"indispensable|obligatoire|requise?\b|un (?:atout|plus)\b|(?:alternance|durée|expérience|permis|stage)\b)"
)
#: What follows a preposition that is no part of the name: « en alternance », « à l'université », « au minimum »; « – 2 ans »,
#: and two verbs that are nouns, too: « le CAP aide à trouver un poste », « le titre d'aide à domicile ».
_BEFORE_PREPOSITION = {
    "-": _REMARKED,
    "–": _REMARKED,
    "compte": re.compile(r"\s+(?:beaucoup|double|pour)\b"),
    "aide": re.compile(r"\s+(?:à \w+(?:er|ir)|beaucoup|bien|grandement)\b"),
    "en": re.compile(
        r"\s+(?:\d|(?:une?|deux|trois|quatre|cinq|alternance|apprentissage|formation|école|université|lycée|"
        r"poche|cours|vue|main|plus|parallèle|complément|candidat|France|Suisse|Belgique|ligne(?! de)|continu|contrat|"
        r"institut|IUT|CFA|IAE|IFSI|section|voie|tant|ce|sortie|fin|général|moyenne|revanche|effet|outre|particulier|"
        r"initial|temps|première?|dernière|priorité|amont|complet|rapport|\w+ ans?)\b)",
        re.IGNORECASE,
    ),
    "à": re.compile(
        r"\s+(?:[A-Z\d]|(?:l'(?:université|école|issue|étranger|entrée|embauche|origine|IUT|IAE|Institut|I?EN[A-Z]+|ESJ)|"
        r"partir|temps|conditions?|savoir|"
        r"bac|ceux|celles|qui|quiconque|une?|ce|son|sa|la (?:fois|rentrée|sortie|fac)|travers|défaut|terme|plein)\b)"
    ),
    "au": re.compile(
        r"\s+(?:minimum|moins|lycée|CFA|niveau|sein|cours|choix|terme|bout|recrutement|Cnam|CNAM|plus|bac|"
        r"début|diplôme|titulaire|titre|poste|métier d)\b"
    ),
    "aux": re.compile(
        r"(?<!aptitude aux)\s+(?:titulaires|besoins|candidats|concours|diplômée?s|élèves|emplois|étudiants|fonctions|"
        r"jeunes|postes)\b"
    ),
    "de": re.compile(
        r"\s+(?:\d|(?:niveau|préférence|manière|façon|plus|moins|deux|trois|quatre|l'Éducation|même|ce|cette|"
        r"son|leur|type)\b)",
        re.IGNORECASE,
    ),
    "du": re.compile(r"\s+(?:même|type|niveau|ministère|secteur|domaine)\b", re.IGNORECASE),
    "dans": re.compile(
        r"(?!\s+(?:l[ea]s? |l'|un |ce )?(?:domaines?|secteurs?|métiers?|spécialité|filière|commerce|marketing|"
        r"finance|gestion|biologie|audiovisuel|transports?))",
        re.IGNORECASE,
    ),
    "avec": re.compile(
        r"(?!\s+(?:une? |l'|la )?(?:option|spécialité|spécialisation|mention|parcours|dominante|majeure|"
        r"filière|orientation))",
        re.IGNORECASE,
    ),
    "sur": re.compile(
        r"(?!\s+(?:l[ea]s? |l')?(?:bois|cuir|machines?|mesures?|métaux|métal|ordinateur|patrimoine|pierre|porteur|"
        r"tous|véhicules?|verre))"
    ),
}
#: « sciences pour l'ingénieur », « métiers du son », « avec une spécialisation »: what ends other names stands inside these.
_SET_PHRASES = frozenset({("avec", "une"), ("sciences", "pour"), ("du", "son"), ("loisirs", "tous"), ("sur", "tous")})
#: « certificat d'aptitude à la profession »: an article after these belongs to the name.
_LINKING = frozenset({"à", "de", "dans", "pour", "sur"})
_ARTICLE = frozenset({"la", "le", "les"})
_OPENING = _ARTICLE | {"option"}
_CLITIC = re.compile(r"(?:s|n|c|qu|lorsqu|puisqu|j|m|t)'", re.IGNORECASE)
_NEXT = r"\s*(?:de |d'|du |en |l'|l[ea]s? |un |une |des )?"
_NEXT_HEAD = re.compile(
    rf"{_NEXT}(?:(?:bac|baccalaur[eé]at|BTSA?|DUT|CAPA?|BEPA?|DEUST|DCG|DSCG|MBA|CQP|"
    r"IEP|PhD|M[12]|L[23]|(?-i:AEC|AFP|BM|BP|BUT|CFC|CS|DEC|DEP|DES?|DN|DU|MC|TP))s?\b|(?:licence|master|mast[eè]re|bachelor|doctorat|"
    r"dipl[oô]m|titre|[eé]cole|grandes? [eé]coles?|mention compl|brevet|certificat|formation|"
    r"cursus|niveau|concours|ma[iî]trise(?! (?:de l'|des |du |sanitaire|d'(?:énergie|œuvre|ouvrage)))|th[eè]se))",
    re.IGNORECASE,
)
_ACRONYM = re.compile(rf"{_NEXT}(?P<a>[A-Z]{{2}})", re.IGNORECASE)


def is_linked(previous: str, lower: str) -> bool:
    """Whether a word belongs to the one before it, whatever ends other names: « aptitude à la profession », « option A »."""
    lettered = len(lower) == 1 and previous in {"classe", "mention"}
    return lettered or previous in _OPENING or (lower in _ARTICLE and previous in _LINKING) or (previous, lower) in _SET_PHRASES


@cache
def listed(*kinds: str) -> frozenset[str]:
    """The words of some lists of the lexicon's ``[label]``."""
    return frozenset().union(*(load("diplomas")["label"][kind] for kind in kinds))


def word_ends(text: str, lower: str, after: int, limit: int, *, first: bool) -> bool:
    """Whether a word, in lower case, ends the name that it follows."""
    lower = lower.rstrip(".")
    if lower in {"et", "ou"}:
        parallel = lower == "et" and not first and _PARALLEL.search(text, max(0, after - _REACH), after) is not None
        return _conjunction_ends(text, lower, after, limit, parallel=parallel)
    if lower in _ONE and _OF_ONE.match(text, after, limit):
        return False
    if lower in listed("stop", "determiner") or lower.endswith(_ADVERB) or ("'" in lower and _CLITIC.match(lower)):
        return True
    if (pattern := _BEFORE_PREPOSITION.get(lower)) is not None:
        if first and _QUOTED.match(text, after, limit):
            return False
        return pattern.match(text, after, limit) is not None or (
            lower == "de" and _is_infinitive(text, after, limit, by_object=True)
        )
    return first and lower.startswith("l'")


#: « gestion d'une entreprise », « réalisation d'un projet »: what names of specialties have one of.
_ONE = frozenset(("d'un", "d'une"))
_OF_ONE = re.compile(
    r"\s+(?:association|chantier|élevage|entreprise|équipe|établissement|exploitation|magasin|point de vente|projet|"
    r"rayon|structure|unité)\b"
)


def _is_infinitive(text: str, at: int, limit: int, *, by_object: bool) -> bool:
    """Whether an infinitive follows, ``by_object`` with an object: « de tirer leur épingle », not « de conseiller »."""
    token = TOKEN.match(text, at, limit)
    if token is None or not token["word"]:
        return False
    form = read(token["word"].lower().removeprefix("d'").rstrip("."))
    if form is None or form.mood != "infinitive":
        return False
    return not by_object or _OBJECT.match(text, token.end()) is not None


def is_verb(text: str, word: str, after: int) -> bool:
    """Whether a word can only be a finite verb, whose subject the name is: « le BTS notariat restent … »."""
    form = read(word) if word.islower() else None
    if form is None or form.mood not in {"singular", "plural"}:
        return False
    return (word not in nouns() and word not in listed("noun")) or _OBJECT.match(text, after) is not None


#: What follows a noun that is a verb here: « un master ferme bien des portes ».
_OBJECT = re.compile(r" (?:(?:l[ea]s?|leurs?|ses|une?|aussi|bien|davantage|encore|mal|partout|souvent|toujours)\b|l')")


#: What adverbs end with, and hardly a noun does: « uniquement », « idéalement », « vivement ».
_ADVERB = ("airement", "alement", "amment", "emment", "èrement", "eulement", "eusement", "iquement", "ivement", "oirement")

#: « titre RNCP de niveau 7 « … » »: the level stands inside the name.
_QUOTED = re.compile(r"\s+niveau (?:[3-8]|[IV]+) [«\"]")


def opens(word: str) -> bool:
    """Whether a word after « et » or a comma begins something else than a further specialty."""
    return word in listed("after_conjunction", "stop", "determiner") or _CLITIC.match(word) is not None


#: « gestion des entreprises et des administrations », and the characters before « et » that are looked at.
_PARALLEL = re.compile(r"[a-zà-ÿ],? (?:des? |du |de la |d(?:e l)?')[^,;:.()]{3,40} et$")
_REACH = 60


def _conjunction_ends(text: str, word: str, after: int, limit: int, *, parallel: bool) -> bool:
    following = TOKEN.match(text, after, limit)
    if following is None or not following["word"]:
        return True
    lower = following["word"].lower()
    if opens(lower) or lower in {"avec", "à", "au"} or (lower == "des" and not parallel) or lower[0].isdigit():
        return True
    if _is_infinitive(
        text, following.end() if lower == "de" else after, limit, by_object=False
    ):  # « jusqu'au BTS ou de partir »
        return True
    return names_another(text, after, limit) and not (word == "et" and lower == "de")


def names_another(text: str, at: int, limit: int) -> bool:
    """Whether another diploma or way in is named at a place, behind an article or none: « et le DNSEP », « ou une école »."""
    if _NEXT_HEAD.match(text, at, limit) is not None:
        return True
    acronym = _ACRONYM.match(text, at, limit)
    return acronym is not None and acronym["a"].isupper() and is_head(text, acronym.start("a"), limit)


def is_head(text: str, at: int, limit: int) -> bool:
    """Whether a name of the lexicon stands at a place."""
    known = tried[text[at : at + FIRST]]
    return known is not None and known[0].match(text, at, limit) is not None


#: « , très apprécié des services », « , désormais obligatoire »: what is thought of a diploma is no part of its name.
REMARK = re.compile(
    r"\s*(?:(?:assez|bien|désormais|encore|fort|parfois|plutôt|si|souvent|toujours|très|[a-zé]{3,20}ment|l[ea]s? plus) )?"
    r"(?:(?:appréci|conseill|demand|exig|favoris|plébiscit|préfér|pris|privilégi|recherch|recommand|souhait|valoris)ée?s?|"
    r"(?:idéale?|incontournable|indispensable|nécessaire|obligatoire|recommandable|requise?|réputée?|souhaitable)s?|"
    r"facultati(?:f|ve)s?)\b|"
    r"\s*(?:(?:premi[eè]re?|derni[eè]re?|meilleure?|principale?|seule?|unique|ultime|véritable|vraie?|simple) )?"
    r"(?:atout|bagage|base|clef?|diplôme|équivalent|étape|gage|marche|passage|passeport|porte|point de départ|préalable|"
    r"sésame|socle|tremplin|valeur sûre|voie)s? (?:d|obligé|indispensable|idéale?|incontournable|royale|vers|pour|classique|"
    r"habituelle?|apprécié|sûr)|"
    r"\s*(?:premi[eè]re?|derni[eè]re?|seule?|unique) (?:d[eu]s? |à |diplôme|titre|voie|certification)",
    re.IGNORECASE,
)
