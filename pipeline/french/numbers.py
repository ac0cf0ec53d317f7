"""French cardinal numbers in words, and their values."""

from __future__ import annotations

_SMALL = "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
#: With those of Belgium and Switzerland.
_TENS = {
    "vingt": 20,
    "trente": 30,
    "quarante": 40,
    "cinquante": 50,
    "soixante": 60,
    "septante": 70,
    "huitante": 80,
    "octante": 80,
    "nonante": 90,
}
#: The numbers that are one word below a hundred → value.
CARDINALS: dict[str, int] = {word: value for value, word in enumerate(_SMALL.split())} | {"une": 1} | _TENS
