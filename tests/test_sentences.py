"""Where French sentences end: not at an abbreviation, an initial or a name, and yet where one closes a sentence."""

from __future__ import annotations

import pytest

from pipeline.french.sentences import LONGEST, sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Il taille la pierre. Elle la pose.", ["Il taille la pierre.", "Elle la pose."]),
        ("Selon M. Roux et Mme. Petit, tout va.", ["Selon M. Roux et Mme. Petit, tout va."]),
        ("Le permis B. Il faut aussi conduire.", ["Le permis B.", "Il faut aussi conduire."]),
        ("Un bac techno, série B. L’école recrute.", ["Un bac techno, série B.", "L’école recrute."]),
        ("Le cabinet de J. Martin recrute.", ["Le cabinet de J. Martin recrute."]),
        ("Voir art. 12 du code.", ["Voir art. 12 du code."]),
        ("Il vit de son art. Peintre, il expose.", ["Il vit de son art.", "Peintre, il expose."]),
        ("Avec primes de vol. Puis le fixe monte.", ["Avec primes de vol.", "Puis le fixe monte."]),
        (
            "Comptez env. 30 heures, 2 000 € max. Un extra paie mieux.",
            ["Comptez env. 30 heures, 2 000 € max.", "Un extra paie mieux."],
        ),
        ("Que gagne-t-il ? 2 400 euros. Bien !", ["Que gagne-t-il ?", "2 400 euros.", "Bien !"]),
        ("Il soude, perce… et polit.", ["Il soude, perce… et polit."]),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == expected


def test_a_text_without_marks_is_cut_into_stretches() -> None:
    found = sentences("mot " * LONGEST)
    assert max(end - start for start, end in found) <= LONGEST
    assert sum(end - start for start, end in found) > 3.9 * LONGEST - len(found)
