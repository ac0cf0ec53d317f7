"""How clean the text is, ours beside other extractors: one command, Markdown out.

    python benchmarks/cleaning.py [--shared ../shared] [--speed]

Two measures. On annotated job sheets (``gold/dev``): the share of `keep` lines that the text holds and of `drop`
words that it does not. On real pages (``data/html``): precision, recall and F1 of segments as trafilatura's own
evaluation counts them (a segment that must be there and is: true positive; that must not and is: false positive),
and the share of reader comments that the text holds.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(HERE))


def ours(data: bytes) -> str:
    """The clean text of this project."""
    from pipeline.errors import RejectedInput
    from pipeline.parsers import parse
    from pipeline.sheet import assemble

    try:
        return assemble(parse(data, "page").pieces)[0]
    except RejectedInput:
        return ""


def with_trafilatura(data: bytes) -> str:
    """Trafilatura, set to precision and without comments."""
    import trafilatura

    return trafilatura.extract(data, favor_precision=True, include_comments=False) or ""


def with_readability(data: bytes) -> str:
    """readability-lxml: the summary's text."""
    from lxml import html
    from readability import Document

    summary = Document(_decode(data)).summary()
    return html.fromstring(summary).text_content() if summary.strip() else ""


def with_justext(data: bytes) -> str:
    """JusText with the stop words of all its languages (the pages are of several)."""
    import justext

    stop_words = frozenset().union(*(justext.get_stoplist(name) for name in ("French", "German", "English")))
    return "\n".join(p.text for p in justext.justext(data, stop_words) if not p.is_boilerplate)


def with_resiliparse(data: bytes) -> str:
    """Resiliparse's main content, without comments."""
    from resiliparse.extract.html2text import extract_plain_text

    return str(extract_plain_text(_decode(data), main_content=True, comments=False, alt_texts=False))


EXTRACTORS: dict[str, Callable[[bytes], str]] = {
    "jobsheets": ours,
    "trafilatura": with_trafilatura,
    "readability-lxml": with_readability,
    "jusText": with_justext,
    "resiliparse": with_resiliparse,
}


def _decode(data: bytes) -> str:
    from pipeline.parsers.decoding import decode

    return decode(data, "page")


def squeeze(text: str) -> str:
    """What a reader sees as the same: case, spaces and typographic marks put aside."""
    text = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"\s+", "", text.translate(str.maketrans({"’": "'", "‘": "'", "–": "-", "—": "-", "‑": "-", "\u00ad": None})))


def on_sheets(folder: Path, extract: Callable[[bytes], str], names: list[str] | None = None) -> tuple[float, float]:
    """(share of `keep` lines held, share of `drop` words gone) over the HTML sheets of a gold folder."""
    held = keep = gone = drop = 0
    for page in sorted(folder.glob("*.html")):
        if names and not page.name.startswith(tuple(names)):
            continue
        gold = json.loads(page.with_suffix("").with_suffix(".gold.json").read_text("utf-8"))
        text = squeeze(extract(page.read_bytes()))
        for words in gold.get("keep", []):
            keep, held = keep + 1, held + (squeeze(words) in text)
        for words in gold.get("drop", []):
            drop, gone = drop + 1, gone + (squeeze(words) not in text)
    return held / max(1, keep), gone / max(1, drop)


def on_pages(folder: Path, extract: Callable[[bytes], str], tell: bool = False) -> tuple[float, float, float, float]:  # noqa: FBT001, FBT002
    """(precision, recall, F1, share of comments held) over the pages of ``segments.jsonl``."""
    true_positive = false_negative = false_positive = comments = held = 0
    for line in (folder / "segments.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        text = extract((folder / "pages" / row["file"]).read_bytes())
        for segment in row["with"]:
            found = segment in text
            true_positive, false_negative = true_positive + found, false_negative + (not found)
            if tell and not found:
                print(f"lost     {row['file']}: {segment}")
        for segment in row["without"]:
            false_positive += segment in text
            if tell and segment in text:
                print(f"kept     {row['file']}: {segment}")
        for segment in filter(None, row["comments"]):
            comments, held = comments + 1, held + (segment in text)
            if tell and segment in text:
                print(f"comment  {row['file']}: {segment}")
    precision = true_positive / max(1, true_positive + false_positive)
    recall = true_positive / max(1, true_positive + false_negative)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall), held / max(1, comments)


def milliseconds(folder: Path, extract: Callable[[bytes], str]) -> float:
    """CPU milliseconds a page of 70 kB, over the real pages, best of three rounds."""
    pages = [page.read_bytes() for page in sorted((folder / "pages").iterdir())]
    extract(pages[0])
    best = float("inf")
    for _ in range(3):
        start = time.process_time()
        for page in pages:
            extract(page)
        best = min(best, time.process_time() - start)
    return 1000 * best * 70_000 / sum(map(len, pages))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=HERE.parent / "shared", help="folder that holds gold/dev and data/html")
    parser.add_argument("--speed", action="store_true", help="also measure CPU time a page")
    parser.add_argument("--only", nargs="*", help="extractors to run", default=list(EXTRACTORS))
    parser.add_argument("--sheets", nargs="*", help="only the sheets whose names begin so")
    parser.add_argument("--verbose", action="store_true", help="name each segment that our text gets wrong")
    args = parser.parse_args()
    gold, pages = args.shared / "gold" / "dev", args.shared / "data" / "html"
    print(
        "| extractor | sheets: keep | sheets: drop | pages: precision | recall | F1 | comments kept |"
        + (" ms / 70 kB |" if args.speed else "")
    )
    print("| --- |" + " ---: |" * (7 if args.speed else 6))
    for name in args.only:
        extract = EXTRACTORS[name]
        figures = (*on_sheets(gold, extract, args.sheets), *on_pages(pages, extract, args.verbose and name == "jobsheets"))
        cells = [f"{value:.3f}" for value in figures]
        if args.speed:
            cells.append(f"{milliseconds(pages, extract):.1f}")
        print(f"| {name} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
