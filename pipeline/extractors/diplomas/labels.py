"""Where the name of a diploma ends.

« BTS Management commercial opérationnel en alternance, puis … » → up to « opérationnel ». In prose a
name ends at a verb, a relative clause, a determiner or a preposition that no specialty begins with; in
a line that is nothing but a name, commas, dashes and « avec option » belong to it.
"""

from __future__ import annotations

import re
from functools import cache

from pipeline.extractors.diplomas.acronyms import spells
from pipeline.french.openings import branches
from pipeline.french.verbs import nouns, read
from pipeline.lexicons import load

_TOKEN = re.compile(
    r"\s*(?:(?P<bracket>\([^()]*\))|(?P<quote>[«\"][^»\"]{2,80}[»\"])|(?P<mark>[,;:!?()«»\"…/]|\.{2,}|"
    r"\.(?=\s|$))|(?P<word>[^\s,;:!?()«»\"…/]+))",
)
_ACRONYM = re.compile(r"\((?:ex )?(?P<a>[A-Z][A-Za-zÀ-ÿ0-9&-]{1,9})\)$")
#: What follows a preposition that is no part of the name: « en alternance », « à l'université », « au minimum »; « – 2 ans ».
_BEFORE_PREPOSITION = {
    "-": re.compile(r"\s+\d"),
    "–": re.compile(r"\s+\d"),
    "en": re.compile(
        r"\s+(?:\d|(?:une?|deux|trois|quatre|cinq|alternance|apprentissage|formation|école|université|lycée|"
        r"poche|cours|vue|main|plus|parallèle|complément|candidat|France|Suisse|Belgique|ligne(?! de)|continu|contrat|"
        r"institut|IUT|CFA|IAE|IFSI|section|voie|tant|ce|sortie|fin|général|moyenne|revanche|effet|outre|particulier|"
        r"initial|temps|première?|dernière|priorité|amont|complet|rapport|\w+ ans?)\b)",
        re.IGNORECASE,
    ),
    "à": re.compile(
        r"\s+(?:[A-Z\d]|(?:l'(?:université|école|issue|étranger|entrée|embauche|origine|IUT|IAE|Institut|I?EN[A-Z]+|ESJ)|"
        r"partir|temps|conditions?|savoir|bac|une?|ce|son|sa|la (?:fois|rentrée|sortie|fac)|travers|défaut|terme|plein)\b)"
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
#: « métiers du bâtiment : gros œuvre », « option A : produits alimentaires »: names that the ministry prints with a colon.
_MENTION = r"(?: ?\([^()]*\))? ?(?:mention |spécialité )?"
_BEFORE_COLON = re.compile(
    rf"{_MENTION}(?:conducteurs? d'engins|m[ée]tiers? d(?:e |es |u |')[^:;.()]{{2,70}}|[^:;.()]{{2,70}} option [A-E])",
    re.IGNORECASE,
)
_AFTER_COLON = re.compile(r" {1,3}([a-zà-ÿœ]{3,})\b")
#: « sciences pour l'ingénieur », « métiers du son », « avec une spécialisation »: what ends other names stands inside these.
_SET_PHRASES = frozenset({("avec", "une"), ("sciences", "pour"), ("du", "son"), ("sur", "tous")})
#: « certificat d'aptitude à la profession »: an article after these belongs to the name.
_LINKING = frozenset({"à", "de", "dans", "pour", "sur"})
_ARTICLE = frozenset({"la", "le", "les"})
_OPENING = _ARTICLE | {"option"}
_CLITIC = re.compile(r"(?:s|n|c|qu|lorsqu|puisqu|j|m|t)'", re.IGNORECASE)
NEXT_HEAD = re.compile(
    r"\s*(?:de |d'|du |l'|l[ea]s? |un |une |des )?(?:(?:bac|baccalaur[eé]at|BTSA?|DUT|CAPA?|BEPA?|DEUST|DCG|DSCG|MBA|CQP|"
    r"IEP|PhD|M[12]|L[23]|(?-i:AEC|AFP|BM|BP|BUT|CFC|CS|DEC|DEP|DES?|DN|DU|MC|TP))s?\b|(?:licence|master|mast[eè]re|bachelor|doctorat|"
    r"dipl[oô]m|titre|[eé]cole|grandes? [eé]coles?|mention compl|brevet|certificat|formation|"
    r"cursus|niveau|concours|ma[iî]trise(?! (?:de l'|des |du |sanitaire|d'(?:énergie|œuvre|ouvrage)))|th[eè]se))",
    re.IGNORECASE,
)


@cache
def _words(*kinds: str) -> frozenset[str]:
    """The words of some lists of the lexicon's ``[label]``."""
    return frozenset().union(*(load("diplomas")["label"][kind] for kind in kinds))


@cache
def _official(kind: str) -> re.Pattern[str]:
    """The official names that hold a comma or take a colon, after « mention » or nothing, with accents or without."""
    names = [tuple(_LETTER.get(letter, re.escape(letter)) for letter in name) for name in load("specialties")[kind]]
    return re.compile(rf"{_MENTION}{branches(names)}(?![\wà-ÿ])", re.IGNORECASE)


_LETTER = {"é": "[ée]", "É": "[Ée]", "è": "[èe]", "ê": "[êe]", "ô": "[ôo]", "î": "[îi]"}


def label_end(text: str, start: int, head_end: int, limit: int, *, line: bool) -> tuple[int, str]:
    """End of the name that begins at ``start`` and whose known head ends at ``head_end``; and its acronym, if printed.

    Never beyond ``limit``.
    """
    end = position = head_end
    acronym = previous = ""
    words = 0
    first = True
    while position < limit and words < (30 if line else 16):
        token = _TOKEN.match(text, position, limit)
        if token is None:
            break
        after = token.end()
        kind, said = token.lastgroup, token[token.lastindex or 0]
        if kind == "word":
            lower = said.lower()
            # « certificat d'aptitude à la profession »; « métiers de la forme », « option A »: no verb after these
            linked = previous in _OPENING or (lower in _ARTICLE and previous in _LINKING) or (previous, lower) in _SET_PHRASES
            if not linked and (
                _word_ends(text, lower, after, limit, first=first) or (not line and _is_verb(text, said, after))
            ):
                break
            previous = lower
            words += 1
            end = after
            if not line and said[-1] == ".":  # « un bac L. » ends its sentence
                break
        elif kind == "mark":
            if not _mark_continues(text, said, (head_end, token.start()), after, limit, line=line):
                break
            end = after if said == "/" else end
        elif kind == "quote":
            end = after
            break
        else:
            known = _ACRONYM.search(said)
            printed = known["a"] if known and any(c.isupper() for c in known["a"][1:]) else ""
            acronym = acronym or printed
            belongs = bool(printed) or spells(_last_word(text, start, position), said)
            end = after if belongs else end
            if not _specialty_follows(text, after, limit) or not (belongs or first or line):
                break
        position = after
        first = False
    return _trim(text, start, end, head_end), acronym


def _last_word(text: str, start: int, end: int) -> str:
    """The word that a bracket follows: « PSE 2 » is one, too."""
    word = _LAST_WORD.search(text, max(start, end - 16), end)
    return word["word"] if word is not None else ""


_LAST_WORD = re.compile(r"(?P<word>[A-Z][A-Za-zÀ-ÿ0-9]{1,9})(?: ?\d)?\s*$")


def _mark_continues(text: str, mark: str, name: tuple[int, int], after: int, limit: int, *, line: bool) -> bool:
    """Whether a mark stands inside a name, of which ``name`` bounds the words before it."""
    if mark in ",:" and (official := _official("commas").match(text, name[0])) is not None and official.end() > after:
        return True
    if mark in "/,":
        if name[0] == name[1] or NEXT_HEAD.match(text, after, limit):
            return False
        return mark == "/" or _comma_continues(text, after, limit, line=line)
    if mark == ":":
        named = _BEFORE_COLON.fullmatch(text, *name) or _official("colons").fullmatch(text, *name)
        following = _AFTER_COLON.match(text, after, limit) if named else None
        return following is not None and not _opens(following[1])
    return False


def _specialty_follows(text: str, at: int, limit: int) -> bool:
    """Whether, after a bracket, the name goes on: « CAP (certificat …) fleuriste »."""
    if _SPECIALTY.match(text, at, limit) is None:
        return False
    token = _TOKEN.match(text, at, limit)
    return (
        token is not None
        and bool(token["word"])
        and token["word"] not in {"et", "ou"}
        and not _word_ends(text, token["word"].lower(), token.end(), limit, first=True)
    )


_SPECIALTY = re.compile(r" (?:d'|de |en |du |des |mention |option )?[a-zàâéèêîôûœç]")


def ends_name(text: str, at: int, limit: int) -> bool:
    """Whether what stands at a place is no further specialty: another diploma, a remark, a word that no name holds."""
    token = _TOKEN.match(text, at, limit)
    if token is None or not token["word"] or NEXT_HEAD.match(text, at, limit) or REMARK.match(text, at, limit):
        return True
    lower = token["word"].lower()
    return (
        lower[0].isdigit()
        or lower.rstrip(".") in _words("after_conjunction", "elsewhere")
        or _word_ends(text, lower, token.end(), limit, first=True)
        or _is_verb(text, token["word"], token.end())
    )


def opens_other(text: str, at: int, limit: int) -> bool:
    """Whether what stands behind a comma or a conjunction is nothing that could be one more specialty."""
    token = _TOKEN.match(text, at, limit)
    return token is None or not token["word"] or ends_name(text, at, limit)


def _word_ends(text: str, lower: str, after: int, limit: int, *, first: bool) -> bool:
    """Whether a word, in lower case, ends the name that it follows."""
    lower = lower.rstrip(".")
    if lower in {"et", "ou"}:
        parallel = lower == "et" and not first and _PARALLEL.search(text, max(0, after - _REACH), after) is not None
        return _conjunction_ends(text, lower, after, limit, parallel=parallel)
    if lower in _words("stop", "determiner") or lower.endswith(_ADVERB) or ("'" in lower and _CLITIC.match(lower)):
        return True
    if (pattern := _BEFORE_PREPOSITION.get(lower)) is not None:
        if first and _QUOTED.match(text, after, limit):
            return False
        return pattern.match(text, after, limit) is not None
    return first and lower.startswith("l'")


def _is_verb(text: str, word: str, after: int) -> bool:
    """Whether a word can only be a finite verb, whose subject the name is: « le BTS notariat restent … »."""
    form = read(word) if word.islower() else None
    if form is None or form.mood not in {"singular", "plural"}:
        return False
    return (word not in nouns() and word not in _words("noun")) or _OBJECT.match(text, after) is not None


#: What follows a noun that is a verb here: « un master ferme bien des portes ».
_OBJECT = re.compile(r" (?:l[ea]s?|une?|bien) ")


#: What adverbs end with, and hardly a noun does: « uniquement », « idéalement », « vivement ».
_ADVERB = ("airement", "alement", "amment", "emment", "èrement", "eulement", "eusement", "iquement", "ivement", "oirement")

#: « titre RNCP de niveau 7 « … » »: the level stands inside the name.
_QUOTED = re.compile(r"\s+niveau (?:[3-8]|[IV]+) [«\"]")


def _opens(word: str) -> bool:
    """Whether a word after « et » or a comma begins something else than a further specialty."""
    return word in _words("after_conjunction", "stop", "determiner") or _CLITIC.match(word) is not None


#: « gestion des entreprises et des administrations », and the characters before « et » that are looked at.
_PARALLEL = re.compile(r"[a-zà-ÿ],? (?:des? |du |de la |d(?:e l)?')[^,;:.()]{3,40} et$")
_REACH = 60


def _conjunction_ends(text: str, word: str, after: int, limit: int, *, parallel: bool) -> bool:
    following = _TOKEN.match(text, after, limit)
    if following is None or not following["word"]:
        return True
    lower = following["word"].lower()
    if _opens(lower) or lower in {"avec", "à", "au"} or (lower == "des" and not parallel) or lower[0].isdigit():
        return True
    if lower == "de" and (then := _TOKEN.match(text, following.end(), limit)) is not None:
        lower = (then["word"] or lower).lower()  # « jusqu'au BTS ou de partir »
    form = read(lower.removeprefix("d'"))
    if form is not None and form.mood == "infinitive":
        return True
    return NEXT_HEAD.match(text, after, limit) is not None and not (word == "et" and lower == "de")


_ENUMERATION = re.compile(r"[^,;.:()]{2,50}?(?:, [^,;.:()]{2,50}?){0,3} (?:et|ou) ")


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
#: What names a part of a diploma, even after a comma: « bac pro métiers d'art, option tapisserie ».
_PARTS = frozenset({"mention", "option", "parcours", "spécialité"})


def _comma_continues(text: str, after: int, limit: int, *, line: bool) -> bool:
    """Whether a comma stands inside the name: « chauffage, climatisation et énergies renouvelables »."""
    following = _TOKEN.match(text, after, limit)
    if following is None or not following["word"] or REMARK.match(text, after, limit):
        return False
    word = following["word"]
    lower = word.lower()
    if (
        _opens(lower)
        or lower[0].isdecimal()
        or lower in {"à", "au", "avec", "dans", "des", "et", "ou"}
        or (lower == "en" and not line)
    ):
        return False
    if line or lower in _PARTS:
        return True
    enumeration = _ENUMERATION.match(text, after, limit)
    if enumeration is None or lower.startswith(("l'", "d'")):
        return False
    return _words("stop", "determiner").isdisjoint(enumeration.group().lower().split())


#: What a name cannot end with: signs, and a word that announces another.
_SIGNS = " \t\n\r\f\v\x85\u2028\u2029,;:.-–+/"
_ANNOUNCING = frozenset(
    ("et", "ou", "de", "du", "des", "en", "d'", "l'", "la", "le", "les", "à", "au", "aux", "avec", "dans", "mention", "option")
)


def _trim(text: str, start: int, end: int, head_end: int) -> int:
    while end > head_end:
        label = text[head_end:end].rstrip(_SIGNS)
        cut = head_end + len(label)
        if cut == end:
            kept, blank, word = label.rpartition(" ")
            if not blank or word.lower() not in _ANNOUNCING:
                break
            cut = head_end + len(kept)
        end = cut
    return max(end, start)


def is_short_name(label: str) -> bool:
    """Whether a label is a name of its own although short (« master 2 »)."""
    return _DIGIT.search(label) is not None


_DIGIT = re.compile(r"\d")
