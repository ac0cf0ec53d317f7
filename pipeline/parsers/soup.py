"""What of a page can be content, read by BeautifulSoup; what can be none, cut away by lxml.

lxml reads a page of 70 kB in half a millisecond; BeautifulSoup, which makes three objects of its own out of each element
of lxml's, in ten times that. So lxml's tree is cut first. Elements without words for a reader (scripts, styles, templates,
drawings) are left out. The furniture of the page (menus, footers, cookie boxes, share bars, comments …) is cut away: a
:class:`Cut` stands for it in the soup. Less than a third of a usual page is left, and that BeautifulSoup reads:

    root = lxml's tree  ─▶  read_soup(root)  ─▶  events(soup): one stream of starts, ends and words, cut parts in place

A cut is no verdict. Lines of the furniture come out of the same stream, from lxml, and are judged and dropped by the same
rules as all others; which of the two has read a line changes nothing about it.

BeautifulSoup's builder on lxml is handed lxml's elements themselves. Nothing is written out as markup and parsed again, so
that no entity is escaped twice and no broken tag mended twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal, cast

from bs4 import BeautifulSoup
from bs4.builder import LXMLTreeBuilder  # type: ignore[attr-defined]  # bs4 finds its builders at run time
from bs4.element import PreformattedString, Tag
from lxml import etree

from pipeline.parsers.names import element_cues

#: Elements without text, or whose text a browser that runs scripts does not show.
INVISIBLE = frozenset(
    (
        "applet",
        "area",
        "audio",
        "canvas",
        "datalist",
        "embed",
        "frame",
        "frameset",
        "head",
        "iframe",
        "img",
        "input",
        "link",
        "map",
        "meta",
        "noframes",
        "object",
        "param",
        "script",
        "source",
        "style",
        "svg",
        "template",
        "title",
        "track",
        "video",
        "wbr",
    )
)
#: Elements that hold no content, whatever they are called.
_FURNITURE = frozenset(("dialog", "footer", "nav", "noscript", "search", "select", "textarea"))
#: What the lexicon of names calls furniture although a sheet's own facts, lead or heading may stand in it.
_DOUBTFUL = frozenset(("boilerplate", "form", "header"))
#: Deeper elements, and those past so many, stay with lxml: BeautifulSoup goes up all ancestors of a text to file it.
_DEEPEST, _MOST = 100, 20_000

#: A stream's member: an element begins or ends (its tag and itself), or words stand (and no element).
Event = tuple[Literal["start", "end", "words"], str, Any]


class Cut(PreformattedString):
    """Stands in the soup for an element that has been cut away; its text is the element's tag.

    To BeautifulSoup it is a remark like a comment: no part of ``get_text()``, and ``<!-- cut: nav -->`` when printed.
    """

    PREFIX, SUFFIX = "<!-- cut: ", " -->"
    element: Any


class _Builder(LXMLTreeBuilder):  # type: ignore[misc]  # Any to mypy, see above
    """BeautifulSoup's builder on lxml, fed with the tree that lxml has read instead of with markup."""

    def __init__(self, root: Any) -> None:
        super().__init__(multi_valued_attributes=None)  # a class stays the string that it was
        self._root = root
        self._around_content = _around_content(root)

    def feed(self, markup: Any) -> None:  # noqa: ARG002 - the tree is known; BeautifulSoup would pass its markup
        """Hand on the elements and words of the tree, a :class:`Cut` for each part that is no content."""
        soup: Any = self.soup
        depth = made = 0
        cut = None
        walk = etree.iterwalk(self._root, events=("start", "end"))
        for event, element in walk:
            tag = element.tag
            if event == "start":
                if tag in INVISIBLE:
                    walk.skip_subtree()
                    continue
                if depth >= _DEEPEST or made >= _MOST or self._is_furniture(element):
                    soup.endData()
                    stand_in = Cut(tag)
                    stand_in.element = cut = element
                    soup.object_was_parsed(stand_in)
                    walk.skip_subtree()
                    continue
                soup.handle_starttag(tag, None, None, dict(element.items()))
                depth += 1
                made += 1
                words = element.text
            else:
                if element is cut:
                    cut = None
                elif tag not in INVISIBLE:
                    soup.handle_endtag(tag)
                    depth -= 1
                words = element.tail
            if words:
                soup.handle_data(words)
        soup.endData()

    def _is_furniture(self, element: Any) -> bool:
        """Whether an element, told by its tag or names, is there for other reasons than the page's text.

        Names are believed only on a page that says where its text stands, and never of what stands around it.
        """
        if element in self._around_content:
            return False
        if element.tag in _FURNITURE:
            return True
        if not self._around_content:
            return False
        if element.tag == "form":
            return True
        return any(cue.kind and cue.kind not in _DOUBTFUL for cue in element_cues(element.items()))


def _around_content(root: Any) -> set[Any]:
    """The elements that a page's text stands in: ``<h1>``, ``<main>``, the first ``<article>``, and what holds them."""
    found: set[Any] = set()
    article = next(root.iter("article"), None)
    for element in (*root.iter("h1", "main"), *(() if article is None else (article,))):
        inner = element
        while inner is not None and inner not in found:
            found.add(inner)
            inner = inner.getparent()
    return found


def read_soup(root: Any) -> BeautifulSoup:
    """BeautifulSoup's tree of the page whose tree by lxml is ``root``: its content, with a :class:`Cut` for the rest."""
    return BeautifulSoup(builder=_Builder(root))


def events(node: Any) -> Iterator[Event]:
    """What a reader could see of ``node`` (a soup, or an element of either tree), in order; what was cut in its place."""
    if isinstance(node, BeautifulSoup):
        for child in node.contents:
            yield from events(child)
    elif isinstance(node, Tag):
        yield from _soup_events(node)
    else:
        yield from _tree_events(node.element if isinstance(node, Cut) else node)


def _soup_events(top: Tag) -> Iterator[Event]:
    yield "start", top.name, top
    opened: list[tuple[Tag, Iterator[Any]]] = [(top, iter(top.contents))]
    while opened:
        tag, children = opened[-1]
        for child in children:
            if isinstance(child, Tag):
                yield "start", child.name, child
                opened.append((child, iter(child.contents)))
                break
            if isinstance(child, Cut):
                yield from _tree_events(child.element)
            else:
                yield "words", child, None
        else:
            opened.pop()
            yield "end", tag.name, tag


def _tree_events(top: Any) -> Iterator[Event]:
    walk = etree.iterwalk(top, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if event == "start":
            if tag in INVISIBLE:
                walk.skip_subtree()
                continue
            yield "start", tag, element
            words = element.text
        else:
            if tag not in INVISIBLE:
                yield "end", tag, element
            words = element.tail if element is not top else None
        if words:
            yield "words", words, None


def attributes(element: Any) -> Mapping[str, str]:
    """The attributes of an element of either tree."""
    return cast("Mapping[str, str]", element.attrs if isinstance(element, Tag) else element.attrib)
