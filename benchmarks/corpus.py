"""A corpus of any size from the sample sheets of ``raw/``: seeded, varied, wrapped as pages are in the wild.

    python -m benchmarks.corpus FOLDER COUNT [--kind html|text|short] [--seed N]

Each sheet joins the sections of three samples, in another order and with other amounts, so that no two
are the same bytes and each is as long as sheets in the wild are (4 to 5 kB of text).
A page of 30 to 150 kB (``templates/page.html``) holds it among what real pages hold: inline styles and scripts,
menus, a cookie notice, related articles, comments, side columns. The same seed gives the same bytes.
"""

from __future__ import annotations

import html
import itertools
import random
import re
from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any

import click
import jinja2

from pipeline.extraction import extract

RAW = Path(__file__).parents[1] / "raw"
_AMOUNT = re.compile(r"\b(\d{1,2}) (\d{3})\b")
_SIZES = (30_000, 150_000)
#: Lines of a short sheet, for runs over very many.
SHORT = 8
_WORDS = (
    "atelier", "équipe", "projet", "client", "service", "région", "école", "stage", "contrat", "avenir",
    "conseil", "marché", "chantier", "laboratoire", "scène", "mer", "forêt", "hôpital", "bureau", "machine",
    "dossier", "enquête", "image", "voyage", "récolte", "budget", "sécurité", "qualité", "énergie", "transport",
)  # fmt: skip

#: Bytes of a page that holds each part of the template as often as it says: the 8 elements a kilobyte, in like proportions,
#: that a hundred public pages of all kinds hold on average. Styles and scripts make up what is missing.
_USUAL = 87_000
_STYLE, _SCRIPT = "/* style */", "/* script */"
_LEAST_CODE = 2_000
#: Words of a line in which an editor may mark one.
_LONG = 8

Line = tuple[str, int, str]


@cache
def samples() -> tuple[tuple[str, tuple[tuple[Line, ...], ...]], ...]:
    """(title, sections of (block kind, depth, text)) of every sample sheet."""
    found = []
    for path in sorted(p for p in RAW.rglob("*") if p.is_file()):
        extraction = extract(path.read_bytes(), path.name)
        if extraction.sheet is None:
            continue
        title = next(t.label for t in extraction.titles if t.kind == "preferred")
        sections: list[list[Line]] = [[]]
        for block in extraction.sheet.blocks:
            if block.kind == "heading":
                sections.append([])
            sections[-1].append((block.kind, block.depth, extraction.sheet.text[block.start : block.end]))
        found.append((title, tuple(tuple(section) for section in sections if section)))
    return tuple(found)


def variant(rng: random.Random) -> tuple[str, list[Line]]:
    """The sections of three samples under the title of one, amounts changed: (title, lines without the title)."""
    drawn = rng.sample(samples(), 3)
    title = drawn[0][0]
    sections = [section for _, several in drawn for section in several]
    rng.shuffle(sections)
    titles = {title for title, _ in drawn}
    lines = [line for section in sections for line in section if line[2] not in titles]
    factor = rng.uniform(0.9, 1.3)
    return title, [(kind, depth, _AMOUNT.sub(lambda m: _scaled(m, factor), text)) for kind, depth, text in lines]


def _scaled(match: re.Match[str], factor: float) -> str:
    amount = round(int(match[1] + match[2]) * factor / 10) * 10
    return f"{amount // 1000} {amount % 1000:03}" if amount >= 1000 else match[0]  # noqa: PLR2004  a thousands group


def as_text(title: str, lines: list[Line]) -> str:
    """The sheet as text copied from a page."""
    marks = {"item": "• ", "heading": "\n"}
    return f"{title}\n\n" + "\n".join(marks.get(kind, "") + text for kind, _, text in lines) + "\n"


def as_page(rng: random.Random, title: str, lines: list[Line]) -> str:
    """The sheet as a page of 30 to 150 kB, with as many elements a kilobyte as real pages have."""
    size = int(_SIZES[0] * (_SIZES[1] / _SIZES[0]) ** rng.random())
    values: dict[str, Any] = {
        "title": html.escape(title),
        "article": _article(rng, lines),
        "words": partial(_phrase, rng),
        "number": lambda: rng.randrange(10**6),
        "url": lambda: _address(rng, ""),
        "picture": lambda: _address(rng, "wp-content/uploads/2022/03/") + "-scaled.jpg",
        "small": lambda low=0, high=9: rng.randint(low, high),
        "per_page": lambda count: max(1, round(count * size / _USUAL * rng.uniform(0.6, 1.4))),
    }
    page = re.sub(r"^(?=<)", lambda _: "\t" * rng.randint(2, 12), _template().render(values), flags=re.MULTILINE)
    code = max(_LEAST_CODE, size - len(page.encode()))
    return page.replace(_STYLE, _style(rng, code // 3)).replace(_SCRIPT, _script(rng, code - code // 3))


@cache
def _template() -> jinja2.Template:
    folder = Path(__file__).parent / "templates"
    return jinja2.Environment(loader=jinja2.FileSystemLoader(folder)).get_template("page.html")  # noqa: S701  our own words


def _article(rng: random.Random, lines: list[Line]) -> str:
    """Lines as an editor's markup: items of a list and rows of a table together, a word in bold here, a link there."""
    parts = []
    for around, group in itertools.groupby(lines, lambda line: {"item": "ul", "row": "table"}.get(line[0], "")):
        inner = "\n".join(_element(rng, *line) for line in group)
        parts.append(f"<{around}>\n{inner}\n</{around}>" if around else inner)
    return "\n".join(parts)


def _element(rng: random.Random, kind: str, depth: int, text: str) -> str:
    words = html.escape(text)
    if kind == "heading":
        return f"<h{min(6, max(2, depth))}>{words}</h{min(6, max(2, depth))}>"
    if kind == "row":
        return "<tr>" + "".join(f"<td>{cell}</td>" for cell in words.split("\t")) + "</tr>"
    tag = "li" if kind == "item" else "p"
    mark = rng.choice(("strong", 'a href="/glossaire"', "em", ""))
    if mark and "&" not in words and len(words.split()) > _LONG:
        first, second, rest = words.split(" ", 2)
        words = f"{first} <{mark}>{second}</{mark.split(' ')[0]}> {rest}"
    return f"<{tag}>{words}</{tag}>"


def _phrase(rng: random.Random, count: int) -> str:
    return " ".join(rng.choice(_WORDS) for _ in range(count))


def _address(rng: random.Random, folder: str) -> str:
    return f"https://www.cap-sur-les-metiers.example/{folder}{_phrase(rng, 5).replace(' ', '-')}-{rng.randrange(10**6)}"


def _style(rng: random.Random, size: int) -> str:
    rule = "".join(
        f".c{rng.randrange(10**6)}{{margin:{rng.randrange(40)}px;color:#{rng.randrange(16**6):06x}}}" for _ in range(40)
    )
    return (rule * (size // len(rule) + 1))[:size]


def _script(rng: random.Random, size: int) -> str:
    code = "".join(f'window.k{rng.randrange(10**6)}={{"v":"{_phrase(rng, 3)}","n":{rng.random():.6f}}};' for _ in range(40))
    return (code * (size // len(code) + 1))[:size]


def sheets(count: int, *, kind: str = "html", seed: int = 0) -> Iterator[tuple[str, str]]:
    """``count`` (name, content) pairs of generated sheets, as pages or as text."""
    for i in range(count):
        rng = random.Random(f"{seed}:{i}")  # noqa: S311  a corpus, not a secret
        title, lines = variant(rng)
        if kind == "html":
            yield f"{i:07}.html", as_page(rng, title, lines)
        else:
            yield f"{i:07}.txt", as_text(title, lines if kind == "text" else lines[:SHORT])


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("count", type=int)
@click.option("--kind", type=click.Choice(["html", "text", "short"]), default="html")
@click.option("--seed", default=0)
def main(folder: Path, count: int, kind: str, seed: int) -> None:
    """Write COUNT sheets under FOLDER, a thousand a subfolder."""
    for i, (name, content) in enumerate(sheets(count, kind=kind, seed=seed)):
        path = folder / f"{i // 1000:04}" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")


if __name__ == "__main__":
    main()
