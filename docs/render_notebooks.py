"""Runs the notebooks and writes what they show to ``docs/notebooks/``: Markdown, and a picture a plot.

Run ``make notebooks`` after a change of a notebook, of the plots or of what the rules read; it needs ``output/`` as
``make run`` wrote it. The notebooks themselves stay without outputs.
"""

from __future__ import annotations

import base64
import re
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).parents[1]
NOTEBOOKS = ROOT / "notebooks"
RENDERED = ROOT / "docs" / "notebooks"
#: What pandas writes around a table for a notebook, and what Markdown on the web would show as text.
_DECORATION = re.compile(
    r"<style.*?</style>|</?div>|<p>\d+ rows × \d+ columns</p>| border=\"1\" class=\"dataframe\"", re.DOTALL
)


def main() -> None:
    """Render every notebook, and drop the pictures that none of them shows any more."""
    RENDERED.mkdir(parents=True, exist_ok=True)
    for old in RENDERED.iterdir():
        old.unlink()
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        NotebookClient(notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": NOTEBOOKS}}).execute()
        (RENDERED / f"{path.stem}.md").write_text(rendered(notebook, path.stem), "utf-8")


def rendered(notebook: Any, name: str) -> str:
    """The page of an executed notebook; its pictures are written beside it."""
    parts = [f"<!-- Rendered from notebooks/{name}.ipynb by `make notebooks`; do not edit by hand. -->"]
    pictures = 0
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            parts.append(cell.source)
            continue
        parts.append(f"```python\n{cell.source}\n```")
        for output in cell.outputs:
            data = output.get("data", {})
            if "image/png" in data:
                pictures += 1
                picture = f"{name}-{pictures}.png"
                (RENDERED / picture).write_bytes(base64.b64decode(data["image/png"]))
                parts.append(f"![{_heading(parts)}]({picture})")
            elif "text/html" in data:
                parts.append(re.sub(r"\n\s*", "\n", _DECORATION.sub("", data["text/html"])).strip())
            elif "text/markdown" in data:
                parts.append(data["text/markdown"])
            else:
                parts.append(f"```text\n{data.get('text/plain', output.get('text', '')).strip()}\n```")
    return "\n\n".join(parts) + "\n"


def _heading(parts: list[str]) -> str:
    """The last heading so far, as the words for a picture."""
    return next(line.lstrip("# ") for part in reversed(parts) for line in reversed(part.splitlines()) if line.startswith("#"))


if __name__ == "__main__":
    main()
