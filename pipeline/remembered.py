"""What a function says of a word or a piece of text, worked out when first met and kept for the texts that follow.

A crawl repeats its words far more often than it brings new ones. The memory is bounded, as that of ``functools.lru_cache``,
but knows no order: a look-up is one of a dictionary, half as dear, which counts where every word of a text is looked up.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Answer = TypeVar("Answer")

#: Answers that are kept: where there would be more, all are forgotten.
MOST = 1 << 15
#: Characters of the longest text whose answer is kept: what is longer comes once and takes room.
LONGEST = 64


class Remembered(dict[str, Answer]):
    """A pure function of a text as a dictionary: ``remembered[text]``."""

    def __init__(self, function: Callable[[str], Answer]) -> None:
        super().__init__()
        self._function = function

    def __missing__(self, text: str) -> Answer:
        answer = self._function(text)
        if len(text) <= LONGEST:
            if len(self) >= MOST:
                self.clear()
            self[text] = answer
        return answer
