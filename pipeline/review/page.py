"""The review page: the changes of a diff in one self-contained HTML file that asks nothing of the network.

The page holds the changes and the sheets that they stand in as JSON; its script draws them, keeps the
decisions in the browser and hands them out as ``decisions.jsonl`` (see :mod:`.decisions`). All that comes
from sheets is hostile: it enters the page as data only, its script never makes markup of text, and a
Content-Security-Policy lets no other script or style run.
"""

from __future__ import annotations

import base64
import hashlib
import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from typing import Any

from markupsafe import Markup

from pipeline.records import EXTRACTED, TABLES
from pipeline.review.context import place
from pipeline.review.decisions import Decisions
from pipeline.review.diff import Change, Diff, SheetView, as_line
from pipeline.review.highlight import HUES
from pipeline.review.outputs import Row
from pipeline.review.templating import render
from pipeline.schema import attributes

_OLD, _NEW = 1, 2
_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def review_page(
    found: Diff, decisions: Decisions, *, names: tuple[str, str] = ("old", "new"), show_reviewed: bool = False
) -> str:
    """The page for the changes of value of a diff.

    ``decisions`` are those made before; what they cover is not shown at first unless ``show_reviewed``.
    ``names`` are what the two outputs are called.
    """
    style, script = _asset("review.css") + _colours(), _asset("review.js")
    return render(
        "review.html.j2",
        style=Markup(style),  # noqa: S704  ours
        style_hash=_csp_hash(style),
        script=Markup(script),  # noqa: S704  ours
        script_hash=_csp_hash(script),
        data=Markup(_data_block(_data(found, decisions, names, show_reviewed=show_reviewed))),  # noqa: S704  escaped
        wording=Markup(_data_block(_wording())),  # noqa: S704  ours, and escaped
    )


def _asset(name: str) -> str:
    return (files("pipeline.review") / "templates" / name).read_text("utf-8")


def _wording() -> dict[str, Any]:
    return tomllib.loads(_asset("review.toml"))


def _colours() -> str:
    hues = HUES | {name: 255 for name in TABLES if name not in HUES}
    return "".join(f".t-{name} {{ --hue: {hue}; }}\n" for name, hue in hues.items())


def _csp_hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _data_block(value: object) -> str:
    """JSON that can stand in an HTML script element: nothing in it ends the element or opens a comment."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)


def _data(found: Diff, decisions: Decisions, names: tuple[str, str], *, show_reviewed: bool) -> dict[str, Any]:
    changes = found.real
    ids = list(dict.fromkeys(change.sheet_id for change in changes))
    rank = {sheet_id: i for i, sheet_id in enumerate(ids)}
    return {
        "id": hashlib.blake2b(" ".join(sorted(c.change_id for c in changes)).encode(), digest_size=8).hexdigest(),
        "names": names,
        "showReviewed": show_reviewed,
        "tables": list(TABLES),
        "choices": sorted({a.name for cls in TABLES.values() for a in attributes(cls) if a.about.values}),
        "meanings": {a.name: a.about.meaning for cls in TABLES.values() for a in attributes(cls)},
        "sheets": [_sheet(*found.sheets[sheet_id]) for sheet_id in ids],
        "changes": [_change(found, change, rank, decisions) for change in changes],
    }


def _change(found: Diff, change: Change, rank: Mapping[str, int], decisions: Decisions) -> dict[str, Any]:
    old, new = found.sheets[change.sheet_id]
    line = as_line(change)
    decision = decisions.get(change.change_id)
    for shared in ("sheet_id", "publisher", "sheet_change"):
        del line[shared]
    return line | {
        "sheet": rank[change.sheet_id],
        "places": [place(change.old, old.sheet), place(change.new, new.sheet)],
        **({"reviewed": decision.decision} if decision else {}),
    }


def _sheet(old: SheetView, new: SheetView) -> dict[str, Any]:
    """A sheet as the page holds it: each text once, and the records of both sides told apart by a mask."""
    row = new.sheet or old.sheet or {}
    texts = [view.sheet and view.sheet["text"] for view in (old, new)]
    change = "added" if not old.sheet else "removed" if not new.sheet else ""
    edited = not change and old.sheet and new.sheet and old.sheet["content_hash"] != new.sheet["content_hash"]
    return {
        "id": row.get("sheet_id"),
        "source": row.get("source"),
        "publisher": row.get("publisher"),
        "url": row.get("url"),
        "change": change or ("edited" if edited else "same"),
        "texts": texts[:1] if texts[0] == texts[1] else texts,
        "spans": _masked(_spans(old), _spans(new)),
        "headings": _masked(_headings(old), _headings(new)),
    }


def _spans(view: SheetView) -> Iterator[list[Any]]:
    for name in EXTRACTED:
        for row in view.records[name]:
            yield [list(TABLES).index(name), row["start"], row["end"], _said(name, row)]


def _said(name: str, row: Row) -> dict[str, Any]:
    columns = (a.name for a in attributes(TABLES[name]) if a.name not in {"start", "end", "evidence", "rule", "position"})
    said = {column: row[column] for column in columns if row[column] is not None and row[column] is not False}
    return {column: value for column, value in said.items() if value != row["evidence"]}


def _headings(view: SheetView) -> Iterator[list[Any]]:
    for row in view.records["sections"]:
        if row["heading"]:
            yield [row["start"], row["start"] + len(row["heading"]), row["depth"]]


def _masked(old: Iterable[list[Any]], new: Iterable[list[Any]]) -> list[list[Any]]:
    """The entries of both sides, each once; last in each stands on which side it is: 1 old, 2 new, 3 both."""
    entries: dict[str, list[Any]] = {}
    for side, found in ((_OLD, old), (_NEW, new)):
        for entry in found:
            known = entries.setdefault(json.dumps(entry, default=str), [*entry, 0])
            known[-1] |= side
    return sorted(entries.values(), key=lambda entry: entry[:2])
