"""Sample sheets and archives damaged at random, seeded: each gives a sheet or a reject, never an error or a false citation.

A mutation that fails is named by its seed; ``mutant(seed)`` gives its name and bytes back.
"""

from __future__ import annotations

import gzip
import io
import json
import random
import tarfile
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pandas as pd
import pytest

from pipeline import batch
from pipeline.extraction import extract
from pipeline.records import EXTRACTED
from pipeline.settings import Settings

RAW = Path(__file__).resolve().parents[1] / "raw"
QUICK, SLOW, CHUNK, ARCHIVES = 150, 20_000, 500, 48

TAGS = (
    "<h2>", "</h2>", "<p>", "</p>", "<li>", "<ul>", "</ul>", "<table><tr><td>", "</td>", "</table>",
    "<td colspan=99999999>", "<td rowspan=-1>", "<br/>", "<main>", "</main>", "</body>", "</html>", "<head>", "<title>",
    "<script>", "</script>", "<style>", "<!--", "-->", "<![CDATA[", "]]>", "<?xml version='1.0' encoding='utf-16'?>",
    "<!DOCTYPE x [<!ENTITY a 'b'>]>", "<template>", "<svg>", "<math>", "<select><option>", "<noscript>",
    "<base href='http://['>", "<a href='http://[::1'>", "<time datetime='0000-99-99'>", "<meta charset='utf-7'>",
    "<meta charset='nul'>", '<meta name="date" content="9999-12-31T99:99">', "<html lang=''>", "<details>",
    '<script type="application/ld+json">{"@type": ["Occupation", null], "name": {"a": 1}}</script>', "<a:b c:d='e'>",
    "</a:b>", "<>",
)  # fmt: skip
SIGNS = (
    "\0", "&amp;", "&#0;", "&#xD800;", "&#x110000;", "&#99999999999;", "&eacute", "&nbsp;", "&a;", "&", "<", "\x1b",
    "\x85", "\r", "\n\n", "\ufeff", "\ufffe", "\u200b", "\u00ad", "\u202e", "\u2028", "e\u0301", "\u0130", "ß", "ﬁ",
    "½", "²", "①", "٣", "\U0001f9d1\u200d\U0001f373", "# ", "\n## ", "\n- ", "\n| a | b |\n|---|---|\n", "\n---\n",
    "```", "**", "[a](", "![", "\n> ", "\t", "0 €", "1 500 à ", " 99999999999999999999 € brut par an", "-1 €",
    "1,,5 k€", "bac + 99", "niveau 0", "bac +", "31/02/2024", "l'", "·e·s", "(e)",
)  # fmt: skip
ENCODINGS = ("cp1252", "latin-1", "utf-16", "utf-16-be", "utf-8-sig", "mac-roman", "cp037", "utf-7", "utf-32")
SUFFIXES = (".html", ".txt", ".md", ".xml")


@cache
def samples() -> tuple[tuple[str, bytes], ...]:
    """(name, content) of every sample sheet, in order."""
    files = sorted(path for path in RAW.rglob("*") if path.suffix in {".html", ".htm", ".txt", ".md", ".xml"})
    return tuple((path.relative_to(RAW).as_posix(), path.read_bytes()) for path in files)


def stretch(data: bytes, chance: random.Random, longest: int = 400) -> tuple[int, int]:
    """Two places in ``data``, in order and at most ``longest`` apart."""
    start = chance.randint(0, len(data))
    return start, min(len(data), start + chance.randint(1, longest))


def flip(data: bytes, chance: random.Random) -> bytes:
    flipped = bytearray(data)
    for _ in range(chance.randint(1, 12) if data else 0):
        flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
    return bytes(flipped)


def delete(data: bytes, chance: random.Random) -> bytes:
    start, end = stretch(data, chance)
    return data[:start] + data[end:]


def repeat(data: bytes, chance: random.Random) -> bytes:
    start, end = stretch(data, chance)
    place = chance.choice((end, chance.randint(0, len(data))))
    return data[:place] + data[start:end] * chance.randint(1, 20) + data[place:]


def truncate(data: bytes, chance: random.Random) -> bytes:
    place = chance.randint(0, len(data))
    return chance.choice((data[:place], data[place:]))


def insert(data: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.randint(1, 6)):
        place = chance.randint(0, len(data))
        inserted = chance.choice(chance.choice((TAGS, SIGNS))) * chance.choice((1, 1, 1, 2, 50))
        data = data[:place] + inserted.encode() + data[place:]
    return data


def recode(data: bytes, chance: random.Random) -> bytes:
    """The text in another encoding than it declares, or read in one and written in another, or half and half."""
    said, meant = chance.choice(ENCODINGS), chance.choice(ENCODINGS)
    text = data.decode("utf-8", "replace")
    place = chance.randint(0, len(text))
    return chance.choice(
        (
            text.encode(meant, "replace"),
            text.encode("utf-8").decode("cp1252", "replace").encode("utf-8"),
            text[:place].encode("utf-8") + text[place:].encode(said, "replace"),
        )
    )


def splice(data: bytes, chance: random.Random) -> bytes:
    """The beginning of one sample and the end of another."""
    other = chance.choice(samples())[1]
    return data[: chance.randint(0, len(data))] + other[chance.randint(0, len(other)) :]


MUTATIONS: tuple[Callable[[bytes, random.Random], bytes], ...] = (flip, delete, repeat, truncate, insert, recode, splice)


def mutant(seed: int) -> tuple[str, bytes]:
    """A name and the sample that ``seed`` picks, mutated one to four times; one in eight has the suffix of another format."""
    chance = random.Random(seed)
    name, data = chance.choice(samples())
    for _ in range(chance.randint(1, 4)):
        data = chance.choice(MUTATIONS)(data, chance)
    if not chance.randrange(8):
        name = Path(name).with_suffix(chance.choice(SUFFIXES)).as_posix()
    return name, data


def check(seed: int) -> None:
    """Extract the mutant of ``seed`` and hold the result to its promises."""
    name, data = mutant(seed)
    try:
        found = extract(data, name)
        found.to_arrow()
    except Exception as error:
        raise AssertionError(f"mutant({seed}) of {name}") from error
    assert "invalid-record" not in {reject.code for reject in found.rejects}, (seed, found.rejects)
    assert len(found.rejects) == (found.sheet is None), (seed, found.rejects)
    if found.sheet is None:
        assert not any(found.records.values()), seed
        return
    text = found.sheet.text
    for table in EXTRACTED:
        for record in found.records[table]:
            assert record.evidence, (seed, table, record)
            assert text[record.start : record.end] == record.evidence, (seed, table, record)


@pytest.mark.parametrize("first", range(0, QUICK, 50))
def test_a_damaged_sheet_gives_a_sheet_or_a_reject(first: int) -> None:
    for seed in range(first, first + 50):
        check(seed)


def test_the_mutants_are_of_both_kinds() -> None:
    """Were all of them rejected, the test above would see no record."""
    kinds = [extract(data, name).sheet is None for name, data in map(mutant, range(40))]
    assert 4 < sum(kinds) < 36


@pytest.mark.slow
@pytest.mark.parametrize("first", range(QUICK, QUICK + SLOW, CHUNK))
def test_many_damaged_sheets_give_a_sheet_or_a_reject(first: int) -> None:
    for seed in range(first, first + CHUNK):
        check(seed)


def zipped() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in samples():
            archive.writestr(zipfile.ZipInfo(name), data)
    return buffer.getvalue()


def tarred() -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, data in samples():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return buffer.getvalue()


def lines() -> bytes:
    rows = ({"url": f"https://exemple.fr/{name}", "text": data.decode("utf-8", "replace")} for name, data in samples())
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()


def archive(seed: int) -> tuple[str, bytes]:
    """A name and an archive of all samples, damaged; that of a compressed one lies inside or outside of the compression."""
    chance = random.Random(seed)
    suffix, data = (("zip", zipped()), ("tar.gz", tarred()), ("jsonl", lines()))[seed % 3]
    inside = suffix == "tar.gz" and chance.random() < 0.5
    if suffix == "tar.gz" and not inside:
        data = gzip.compress(data, mtime=0)
    for _ in range(chance.randint(1, 4)):
        data = chance.choice((flip, delete, repeat, truncate, insert))(data, chance)
    return f"{seed:04}.{suffix}", gzip.compress(data, mtime=0) if inside else data


@pytest.mark.slow
@pytest.mark.parametrize("first", range(0, ARCHIVES, 12))
def test_damaged_archives_end_no_run(first: int, tmp_path: Path) -> None:
    """Every damaged archive leaves rows, of sheets or of rejects, and none of a bug."""
    raw = tmp_path / "raw"
    raw.mkdir()
    names = []
    for seed in range(first, first + 12):
        name, data = archive(seed)
        (raw / name).write_bytes(data)
        names.append((name, data))
    summary = batch.run(raw, tmp_path / "output", settings=Settings(workers=0))
    rejects, sheets = (pd.read_parquet(tmp_path / "output" / table) for table in ("rejects", "sheets"))
    assert not rejects[rejects["code"].isin(["crash", "invalid-record"])]["message"].tolist()
    assert summary.inputs == len(sheets) + len(rejects)
    told = {source[:4] for source in [*sheets["source"], *rejects["source"]]}
    assert told >= {name[:4] for name, data in names if data}
    for table in EXTRACTED:
        records = pd.read_parquet(tmp_path / "output" / table)
        cited = records.merge(sheets[["sheet_id", "text"]], on="sheet_id", validate="many_to_one")
        assert all(row.text[row.start : row.end] == row.evidence for row in cited.itertuples())
