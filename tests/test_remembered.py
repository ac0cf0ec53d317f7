"""A memory of answers: bounded, and never anything but what the function says."""

from __future__ import annotations

from pipeline.remembered import LONGEST, MOST, Remembered


def test_an_answer_is_worked_out_once() -> None:
    asked: list[str] = []

    def length(text: str) -> int:
        asked.append(text)
        return len(text)

    lengths = Remembered(length)
    assert [lengths["mot"], lengths["mot"], lengths["mots"]] == [3, 3, 4]
    assert asked == ["mot", "mots"]


def test_long_texts_are_answered_and_not_kept() -> None:
    lengths = Remembered(len)
    assert lengths["a" * (LONGEST + 1)] == LONGEST + 1
    assert not lengths


def test_a_full_memory_forgets() -> None:
    numbers = Remembered(int)
    assert all(numbers[str(i)] == i for i in range(MOST + 2))
    assert 0 < len(numbers) <= MOST
    assert numbers["0"] == 0
