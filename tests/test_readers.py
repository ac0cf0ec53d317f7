"""Archives and row files as inputs: every member accounted for, bombs and tricks refused, one member's change only its own."""

from __future__ import annotations

import gzip
import io
import json
import random
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline import batch, places, work
from pipeline.readers import CONTAINER_SUFFIXES, STREAMED_SUFFIXES, containers
from pipeline.settings import Settings
from tests import corpus

INLINE = Settings(workers=0, unit=4)
PAGES = {f"https://example.org/{n}": corpus.page(n) for n in range(10)}


@pytest.fixture(autouse=True)
def trusted_stamps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "RACY_NANOSECONDS", 0)


def zipped(pages: dict[str, str]) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, page in pages.items():
            archive.writestr(name, page)
    return sink.getvalue()


def tarred(mode: str) -> Callable[[dict[str, str]], bytes]:
    def make(pages: dict[str, str]) -> bytes:
        sink = io.BytesIO()
        with tarfile.open(fileobj=sink, mode=mode) as archive:  # type: ignore[call-overload]
            for name, page in pages.items():
                about = tarfile.TarInfo(name)
                about.size = len(page.encode())
                archive.addfile(about, io.BytesIO(page.encode()))
        return sink.getvalue()

    return make


def warc(gz: bool) -> Callable[[dict[str, str]], bytes]:  # noqa: FBT001
    def make(pages: dict[str, str]) -> bytes:
        from warcio.statusandheaders import StatusAndHeaders
        from warcio.warcwriter import WARCWriter

        sink = io.BytesIO()
        writer = WARCWriter(sink, gzip=gz)
        answers = [(name, page.encode(), "200 OK", "text/html; charset=utf-8") for name, page in pages.items()]
        answers += [("https://example.org/logo", b"\x89PNG", "200 OK", "image/png")]
        answers += [("https://example.org/old", b"<p>gone</p>", "404 Not Found", "text/html")]
        for rank, (uri, body, status, kind) in enumerate(answers):
            headers = [("Content-Type", kind)]
            if rank == 0:
                headers, body = [*headers, ("Content-Encoding", "gzip")], gzip.compress(body)  # noqa: PLW2901
            http = StatusAndHeaders(status, headers, protocol="HTTP/1.1")
            day = {"WARC-Date": "2026-01-02T03:04:05Z"}
            record = writer.create_warc_record(
                uri, "response", payload=io.BytesIO(body), http_headers=http, warc_headers_dict=day
            )
            writer.write_record(record)
        return sink.getvalue()

    return make


def jsonl(pages: dict[str, str]) -> bytes:
    return b"\n".join(json.dumps({"url": u, "html": p, "date": "2026-01-02"}).encode() for u, p in pages.items())


def parquet(pages: dict[str, str]) -> bytes:
    sink = io.BytesIO()
    pq.write_table(pa.table({"url": list(pages), "html": list(pages.values()), "other": list(range(len(pages)))}), sink)
    return sink.getvalue()


MAKERS = {
    ".zip": zipped, ".tar": tarred("w"), ".tar.gz": tarred("w:gz"), ".tar.xz": tarred("w:xz"), ".warc": warc(gz=False),
    ".warc.gz": warc(gz=True), ".jsonl": jsonl, ".jsonl.gz": lambda pages: gzip.compress(jsonl(pages)), ".parquet": parquet,
}  # fmt: skip


def test_the_list_of_suffixes_is_that_of_the_readers() -> None:
    assert sorted(CONTAINER_SUFFIXES) == sorted(containers())
    assert set(STREAMED_SUFFIXES) <= set(CONTAINER_SUFFIXES)


@pytest.mark.parametrize("suffix", MAKERS)
def test_each_member_is_a_sheet(tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch) -> None:
    raw, output = tmp_path / "raw", tmp_path / "output"
    corpus.put(raw / f"crawl{suffix}", MAKERS[suffix](PAGES))
    summary = batch.run(raw, output, settings=INLINE)
    sheets = pd.read_parquet(output / "sheets")
    assert (summary.inputs, summary.rejected) == (10, 0)
    assert set(sheets["source"]) == {f"crawl{suffix}!{name}" for name in PAGES}
    if suffix not in {".zip", ".tar", ".tar.gz", ".tar.xz"}:
        assert set(sheets["url"]) == set(PAGES)
    if suffix in {".warc", ".warc.gz", ".jsonl", ".jsonl.gz"}:
        assert {str(day) for day in sheets["fetched"]} == {"2026-01-02"}
    changed = dict(list(PAGES.items())[1:]) | {"https://example.org/5": corpus.page(77)}
    corpus.put(raw / f"crawl{suffix}", MAKERS[suffix](changed))
    # The first answer of the web archive is stored compressed, which changes no content.
    assert batch.run(raw, output, settings=INLINE).extracted == 1
    batch.run(raw, tmp_path / "afresh", settings=INLINE)
    assert corpus.tables(output) == corpus.tables(tmp_path / "afresh")
    monkeypatch.setattr(work, "perform", pytest.fail)
    assert not batch.run(raw, output, settings=INLINE).changed


def rejects(output: Path) -> dict[str, str]:
    return dict(pd.read_parquet(output / "rejects")[["source", "code"]].itertuples(index=False))


def test_an_archive_may_itself_be_the_input(tmp_path: Path) -> None:
    corpus.put(tmp_path / "crawl.zip", zipped(PAGES))
    assert batch.run(tmp_path / "crawl.zip", tmp_path / "output", settings=INLINE).rows["sheets"] == 10


def test_path_tricks_are_only_labels(tmp_path: Path) -> None:
    names = ["../../etc/cron.d/evil.md", "/etc/passwd.md", "C:\\boot.md", "a/../../b.md", "x\ny.md"]
    corpus.put(tmp_path / "raw" / "a.zip", zipped({name: corpus.sheet(n) for n, name in enumerate(names)}))
    corpus.put(tmp_path / "raw" / "b.tar.gz", tarred("w:gz")({name: corpus.sheet(n) for n, name in enumerate(names)}))
    before = sorted(tmp_path.rglob("*"))
    batch.run(tmp_path / "raw", tmp_path / "output", settings=INLINE)
    assert [p for p in sorted(tmp_path.rglob("*")) if "output" not in p.parts] == before
    assert len(pd.read_parquet(tmp_path / "output" / "sheets")) == 10


def test_links_in_a_tar_are_not_followed(tmp_path: Path) -> None:
    sink = io.BytesIO()
    with tarfile.open(fileobj=sink, mode="w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE):
            about = tarfile.TarInfo(f"link{kind!r}.md")
            about.type, about.linkname = kind, "/etc/passwd"
            archive.addfile(about)
    corpus.put(tmp_path / "raw" / "a.tar", sink.getvalue())
    assert batch.run(tmp_path / "raw", tmp_path / "output", settings=INLINE).inputs == 0


def test_bombs_and_nested_archives_are_refused(tmp_path: Path) -> None:
    raw, output = tmp_path / "raw", tmp_path / "output"
    bomb = {"bomb.html": "<p>" + "a" * 5_000_000, "good.md": corpus.sheet(1), "inner.zip": "PK"}
    corpus.put(raw / "a.zip", zipped(bomb))
    corpus.put(raw / "b.tar.gz", tarred("w:gz")(bomb))
    corpus.put(raw / "c.jsonl", jsonl({"u": "<p>" + "a" * 1_500_000, "v": corpus.page(1)}))
    batch.run(raw, output, settings=Settings(workers=0, size_limit=1))
    found = rejects(output)
    assert found["a.zip!bomb.html"] == found["b.tar.gz!bomb.html"] == found["c.jsonl!u"] == "too-large"
    assert found["a.zip!inner.zip"] == found["b.tar.gz!inner.zip"] == "unsafe-archive"
    assert set(pd.read_parquet(output / "sheets")["source"]) == {"a.zip!good.md", "b.tar.gz!good.md", "c.jsonl!v"}


@pytest.mark.parametrize("suffix", MAKERS)
def test_an_archive_is_read_as_far_as_it_may_unpack(tmp_path: Path, suffix: str) -> None:
    corpus.put(tmp_path / "raw" / f"a{suffix}", MAKERS[suffix](PAGES))
    summary = batch.run(tmp_path / "raw", tmp_path / "output", settings=Settings(workers=0, archive_limit=0.0025))
    assert rejects(tmp_path / "output") == {f"a{suffix}": "unsafe-archive"}
    assert 0 < summary.rows["sheets"] < 10


def test_encrypted_members_are_refused(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.md": corpus.sheet(1)}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    corpus.put(tmp_path / "raw" / "a.zip", bytes(data))
    batch.run(tmp_path / "raw", tmp_path / "output", settings=INLINE)
    assert rejects(tmp_path / "output") == {"a.zip!a.md": "unsafe-archive"}


@pytest.mark.parametrize("suffix", MAKERS)
@pytest.mark.parametrize("damage", ["cut", "noise", "empty"])
def test_a_damaged_archive_is_a_reject(tmp_path: Path, suffix: str, damage: str) -> None:
    data = MAKERS[suffix](PAGES)
    data = {"cut": data[: len(data) // 2], "noise": b"\x17 noise \xff" * 99, "empty": b""}[damage]
    corpus.put(tmp_path / "raw" / f"a{suffix}", data)
    summary = batch.run(tmp_path / "raw", tmp_path / "output", settings=INLINE)
    assert summary.inputs == summary.rows["sheets"] + summary.rejected
    if (suffix, damage) not in {(".warc", "empty"), (".warc.gz", "empty"), (".jsonl", "empty"), (".jsonl.gz", "empty")}:
        # A tar is padded by more than half of this one; a web archive cut between records looks whole.
        assert summary.rejected or (suffix, damage) in {(".tar", "cut"), (".warc", "cut"), (".warc.gz", "cut")}


#: Fillers that do not compress, so that a cut lies in the middle of the sheets.
BULKY = {url: page + f"<!-- {random.Random(url).randbytes(30_000).hex()} -->" for url, page in PAGES.items()}


@pytest.mark.parametrize("suffix", [".zip", ".tar", ".tar.gz", ".warc", ".warc.gz", ".jsonl", ".jsonl.gz"])
@pytest.mark.parametrize("share", [0.35, 0.85])
def test_a_cut_archive_is_read_up_to_the_cut_and_says_so(tmp_path: Path, suffix: str, share: float) -> None:
    data = MAKERS[suffix](BULKY)
    corpus.put(tmp_path / "whole" / f"a{suffix}", data)
    corpus.put(tmp_path / "cut" / f"a{suffix}", data[: int(len(data) * share)])
    batch.run(tmp_path / "whole", tmp_path / "all", settings=INLINE)
    summary = batch.run(tmp_path / "cut", tmp_path / "some", settings=INLINE)
    columns = ["source", "content_hash", "text"]
    whole, read = (pd.read_parquet(tmp_path / name / "sheets")[columns] for name in ("all", "some"))
    assert len(whole) == 10
    assert 10 * share - 2 <= len(read) <= 10 * share, "all that lies before the cut"
    assert len(read.merge(whole, on=columns)) == len(read), "and no half of a sheet"
    rejected = pd.read_parquet(tmp_path / "some" / "rejects")
    assert set(rejected["code"]) == {"malformed"}
    assert all(source.startswith(f"a{suffix}") for source in rejected["source"])
    assert summary.inputs == len(read) + summary.rejected
    assert batch.run(tmp_path / "cut", tmp_path / "some", settings=INLINE).extracted == 0


def test_repeated_names_stay_apart(tmp_path: Path) -> None:
    line = json.dumps({"url": "u", "text": corpus.sheet(1)}) + "\n" + json.dumps({"url": "u", "text": corpus.sheet(2)}) + "\n"
    corpus.put(tmp_path / "raw" / "a.jsonl", line.encode())
    batch.run(tmp_path / "raw", tmp_path / "output", settings=INLINE)
    assert set(pd.read_parquet(tmp_path / "output" / "sheets")["source"]) == {"a.jsonl!u", "a.jsonl!u#2"}


@pytest.mark.parametrize(
    "line", ["[]", "3", "{", '{"url": 3}', '{"html": 3}', '{"url": null, "html": ""}', "[" * 10**5, '"\\ud800"']
)
def test_any_line_is_a_sheet_or_a_reject(tmp_path: Path, line: str) -> None:
    corpus.put(tmp_path / "raw" / "a.jsonl", line.encode())
    summary: Any = batch.run(tmp_path / "raw", tmp_path / "output", settings=INLINE)
    assert (summary.inputs, summary.rejected) == (1, 1)
