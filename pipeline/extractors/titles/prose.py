"""Which occupation running text is about, where no headline says so.

Text in normal form goes in with the blocks to read, the place of the name comes out. The occupation that the sentences
speak of most is taken, in the longest form that recurs, or as the sheet gives it in full before it shortens it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from pipeline.french import verbs
from pipeline.french.inflection import is_pair
from pipeline.french.occupations import closes_english, is_generic, is_head, name_end

#: A determiner and the noun after it, in lower case. It begins with a set of characters, for which a text is searched at once.
_SUBJECT = re.compile(r"[^\w'-]([ld]'|(?:le|la|les|un|une|des|ce|cet|cette|de|du|au|tout|chaque)\s+)([^\W\d_]+(?:-[^\W\d_]+)*)")
#: What is not of the people who are named after it: « le titre de directeur », « un poste de vendeur ».
_PAPERS = re.compile(
    r"\b(?:bac\s+pro\w*|brevet|bts|cap|certificat|concours|diplôme|dut|formation|grade|licence|master|niveau|poste|titre)s?$"
)
_TOKEN = re.compile(r"\s?(?:[^\s,;:.!?()«»\"…/]|\.(?=\w)|/(?=\w))+")
_LINKING = frozenset(
    ("de", "d'", "du", "des", "la", "le", "les", "l'", "en", "à", "au", "aux", "et", "ou", "sur", "pour", "dans")
)
_ENGLISH = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){1,3}")
_MOST_WORDS = 7
_FIRST, _OPENING = 200, 400  # a name that stands up to here counts as mentioned twice more
_LONGEST = 110


def spoken_of(text: str, low: str, blocks: Iterable[tuple[int, int]], lines: Iterable[str]) -> tuple[int, int] | None:
    """The place of the occupation that the sentences speak of most; ``lines`` are names that stood outside of the text.

    ``low`` is ``text`` in lower case, offset for offset.
    """
    broken = "\n" + low  # a character before each block, from which its first determiner is found
    counts: Counter[str] = Counter()
    weights: Counter[str] = Counter()
    first: dict[str, tuple[int, int]] = {}
    heads: set[str] = set()
    for block_start, block_end in blocks:
        for start, least, weight in _heads(text, broken, block_start, block_end):
            stop = name_end(text, start, block_end)
            ends = [end for end in _prefixes(text, start, stop) if end >= least]
            heads.update(low[start:end] for end in ends[:1])
            for end in ends:
                name = low[start:end]
                counts[name] += 1
                weights[name] += weight
                first.setdefault(name, (start, end))
    if not counts:
        return None
    for head in heads:
        weights[head] += _EARLY * sum(first[head][0] < reach for reach in (_FIRST, _OPENING))
    best = max(sorted(heads), key=lambda n: (weights[n], -first[n][0]))
    while longer := [n for n in counts if n.startswith(best + " ") and _is_longer(text, n, best, counts, first)]:
        best = max(longer, key=lambda n: (counts[n], -first[n][0], -len(n)))
    return _as_line(low, best, lines) or in_full(text, first[best])


def _is_longer(text: str, name: str, best: str, counts: Counter[str], first: dict[str, tuple[int, int]]) -> bool:
    """Whether ``name`` is ``best`` in full: it recurs, or is what the text calls it first, early and up to a mark."""
    start, end = first[name]
    tail = name[len(best) + 1 :].split(" ")
    if _is_verb(tail[-1], tail[-2] if len(tail) > 1 else "", text[end : end + _LONGEST].lstrip()):
        return False  # « le conducteur compte ses voyageurs »
    least = 1 if is_generic(best) else max(2, counts[best] * 2 // 5)
    if counts[name] >= least:
        return True
    if start != first[best][0]:
        return False
    told = start < _OPENING and text.startswith(_MARKS, end) and len(tail) <= _LONGEST_TAIL and not _QUALIFIED.match(tail[0])
    return told or counts[name] > 1


def _heads(text: str, broken: str, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Where head words of occupations stand after a determiner: (start, end, how much that says of whom the text is about).

    It says more that the determiner opens a sentence, and less that it is in the plural, as colleagues and clients are.
    Of an English name all words up to the one that closes it are the head. ``broken`` is the text in lower case, after a
    line break: what stands at an offset of the text stands one further on.
    """
    for match in _SUBJECT.finditer(broken, start, end + 1):
        at, stop = match.start(2) - 1, match.end() - 1
        if not is_head(text[at:stop]):
            english = _ENGLISH.match(text, at, end)
            closed = closes_english(english.group()) if english else None
            if not closed:
                continue
            stop = at + len(closed)
        opens, determiner = match.start(), match[1].rstrip()
        weight = 1 + (determiner not in _PLURAL)
        if determiner in _NO_ARTICLE:
            if broken.endswith(_CALLINGS, start, opens):
                weight = _EARLY
            elif _PAPERS.search(broken, max(start, opens - _LONGEST_PAPER), opens):
                weight = 0
        yield at, stop, weight * (1 + (opens == start or text[opens - 2 : opens] in {". ", "? ", "! "}))


#: Twice what each early place counts for: as much as a mention of one person.
_EARLY = 4
_PLURAL, _NO_ARTICLE = frozenset(("les", "des")), frozenset(("de", "d'"))
_CALLINGS = ("métier", "profession")
_LONGEST_PAPER = 20
_MARKS = (",", ".", ";", ":", "?", "!")


def _prefixes(text: str, start: int, end: int) -> Iterator[int]:
    """Ends of the names that open at ``start``: after each word that may close one."""
    at = start
    for _ in range(_MOST_WORDS):
        match = _TOKEN.match(text, at, end)
        if not match:
            return
        at = match.end()
        word = match.group().strip().lower()
        if word not in _LINKING:
            yield at


def _as_line(low: str, name: str, lines: Iterable[str]) -> tuple[int, int] | None:
    """Where the text has a longer form of ``name`` that one of ``lines`` gives."""
    for line in lines:
        full = line.lower()
        at = low.find(full) if full.startswith(f"{name} ") else -1
        if at >= 0:
            return at, at + len(full)
    return None


def in_full(text: str, first: tuple[int, int]) -> tuple[int, int]:
    """The name with its complements where it first stands as a subject: « Le négociateur immobilier rapproche … »."""
    start, end = first
    both = _said_of_both(text, start, end)
    if both is not None:
        return start, both
    closed = _STOP.search(text, end)
    words = list(_WORD.finditer(text, end, min(closed.start() if closed else len(text), end + _LONGEST)))
    for rank, word in enumerate(words[:_MOST_WORDS]):
        following = words[rank + 1].group() if rank + 1 < len(words) else ""
        if _is_verb(word.group().lower(), words[rank - 1].group().lower() if rank else "", following):
            tail = words[:rank]
            while tail and tail[-1].group() in _LINKING:
                tail.pop()
            return (start, tail[-1].end()) if tail and not _QUALIFIED.match(tail[0].group()) else first
    if _COMPLEMENTED.search(text, start, end) and words and len(words) <= _LONGEST_TAIL and _OF.match(words[0].group()):
        return start, words[-1].end()  # « un délégué à la protection [des données]. »
    return first


_COMPLEMENTED = re.compile(r"\s(?:à|de)\s+(?:la\s|l')")
_OF = re.compile(r"d(?:e$|u$|es$|')")
_LONGEST_TAIL = 2
_OTHER = re.compile(
    r"\s*[-(,]?\s+ou\s+(?:(?:le|la|les|une?)\s+|l')([^\W\d_]+(?:-[^\W\d_]+)*)|\s*\(ou\s+(?:(?:le|la|les|une?)\s+|l')([^\W\d_]+(?:-[^\W\d_]+)*)"
)


def _said_of_both(text: str, start: int, end: int) -> int | None:
    """« le régisseur lumière, ou la régisseuse lumière, »: where a name ends that is said of both genders."""
    match = _OTHER.search(text, end, min(len(text), end + _LONGEST))
    if match is None:
        return None
    tail, head, other = text[end : match.start()], text[start:end], match[1] or match[2]
    both = tail.strip() and _STOP.search(tail) is None and (is_pair(head, other) or is_pair(other, head))
    return match.start() if both and text.startswith(tail, match.end()) else None


_STOP = re.compile(r"[,;:.!?()\n\t]")
_WORD = re.compile(r"\S+")
_CLITIC = frozenset(("ne", "se", "y", "lui", "est", "a", "peut", "doit", "fait"))
#: What tells one practitioner from another, or opens another clause, and is no part of the name.
_QUALIFIED = re.compile(
    r"(?:salarié|débutant|expérimenté|confirmé|indépendant|libéral|moderne|junior|senior|diplômé|titulaire|chevronné|aguerri|"
    r"d'aujourd'hui|qui|que|qu'|dont|où|au|aux|dans|chez|et|ou|comme|pour|sans|par)\w{0,2}$"
)
_OBJECTS = ("les", "des", "un", "une", "le", "la", "l'", "deux", "trois", "quatre", "plusieurs", "ses", "son", "sa")


def _is_verb(word: str, before: str, following: str) -> bool:
    """Whether ``word`` is what the subject does: a verb of the third person not after a preposition, or what opens one."""
    if word in _CLITIC or word.endswith(("ait", "aient")) or word.startswith(("n'", "s'", "l'")):
        return True
    form = verbs.read(word)
    if form is None or form.mood not in {"singular", "plural"} or before in _LINKING:
        return False
    return not is_head(word) or following.startswith(_OBJECTS)
