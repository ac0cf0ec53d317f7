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

from collections.abc import Iterator
from functools import cache
from typing import Any, Literal

from bs4 import BeautifulSoup
from bs4.builder import LXMLTreeBuilder  # type: ignore[attr-defined]  # bs4 finds its builders at run time
from bs4.element import NavigableString, PreformattedString, Tag
from lxml import etree

from pipeline.parsers.names import NOTHING, Names, names_of
from pipeline.remembered import Remembered

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
#: Elements that are content, unless they have a name, but for these.
_SUSPECT = _FURNITURE | {"form"}
#: Blocks: white space before or after one, or just inside, shows nowhere.
BLOCKS = frozenset(
    (
        "article",
        "aside",
        "body",
        "div",
        "dl",
        "dd",
        "dt",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "section",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
    )
)
#: Where white space may part two words all the same, or end a line.
_SPACED = frozenset(("caption", "pre", "td", "th"))
#: What the lexicon of names calls furniture although a sheet's own facts, lead or heading may stand in it.
_DOUBTFUL = frozenset(("boilerplate", "form", "header"))
#: Deeper elements, and those past so many, stay with lxml: BeautifulSoup goes down and up a tree by recursion.
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
    """BeautifulSoup's builder on lxml, given the tree that lxml has read for its markup."""

    def __init__(self) -> None:
        super().__init__(multi_valued_attributes=None, attribute_dict_class=dict)  # a class stays the string that it was
        self._around_content: set[Any] = set()
        self._last: Any = None  # the object that was made last
        self._made = 0

    def prepare_markup(self, markup: Any, *_: Any, **__: Any) -> Iterator[tuple[Any, None, None, bool]]:
        """One way to read the tree: what it is encoded in is no longer a question."""
        yield markup, None, None, False

    def feed(self, markup: Any) -> None:
        """Make the elements and words of the tree BeautifulSoup's, with a :class:`Cut` for each part that is no content.

        White space beside a block is left out, two strings in three: no reader sees it.

        lxml's tree is well-formed. So each object is filed below the open element as it is made, and none of what
        BeautifulSoup does to mend an element that is closed out of turn is needed.
        """
        self._around_content = _around_content(markup)
        self._last = self.soup
        self._read((markup,), self.soup, 1, "", 0)

    def _read(self, elements: Any, parent: Any, depth: int, words: str, spaced: int) -> None:
        """Make ``words``, lxml's ``elements`` after them and the words after each BeautifulSoup's, in ``parent``.

        ``spaced`` counts the elements around them in which white space may part words.
        """
        beside = block = parent.name in BLOCKS  # what ended or began last is a block
        for element in elements:
            tag = element.tag
            if tag in INVISIBLE:
                words += element.tail or ""
                continue
            apart = tag in BLOCKS
            if words and (spaced or not (beside or apart) or not words.isspace()):
                self._last = _filed(str.__new__(NavigableString, words), _WORDS, parent, self._last)
            attributes = element.items()
            names = names_of(tag, attributes)
            suspect = names is not NOTHING or tag in _SUSPECT
            if depth > _DEEPEST or self._made >= _MOST or (suspect and self._is_furniture(tag, element, names)):
                cut = self._last = _filed(str.__new__(Cut, tag), _WORDS, parent, self._last)
                cut.element = element
            else:
                self._made += 1
                made = self._last = _filed(Tag.__new__(Tag), _ELEMENTS[tag], parent, self._last)
                made.attrs = dict(attributes)
                made.names = names  # so that they are read once
                made.contents = []
                self._read(element, made, depth + 1, element.text or "", spaced + (tag in _SPACED))
            words = element.tail or ""
            beside = apart
        if words and (spaced or not (beside or block) or not words.isspace()):
            self._last = _filed(str.__new__(NavigableString, words), _WORDS, parent, self._last)

    def _is_furniture(self, tag: str, element: Any, names: Names) -> bool:
        """Whether an element with a name or a suspect tag is there for other reasons than the page's text.

        Names are believed only on a page that says where its text stands, and never of what stands around it.
        """
        around_content = self._around_content
        if element in around_content:
            return False
        if tag in _FURNITURE:
            return True
        if not around_content:
            return False
        return tag == "form" or any(cue.kind and cue.kind not in _DOUBTFUL for cue in names.cues)


@cache
def _empty_soup() -> BeautifulSoup:
    return BeautifulSoup(builder=LXMLTreeBuilder(multi_valued_attributes=None, attribute_dict_class=dict))


def _element(tag: str) -> dict[str, Any]:
    """What BeautifulSoup says of an element that it has just made, without attributes and on its own."""
    soup = _empty_soup()
    return vars(Tag(soup, soup.builder, tag))


#: What an element or a string of BeautifulSoup's is like when new: the next ones are copies, at a third of the cost.
_ELEMENTS, _WORDS = Remembered(_element), vars(NavigableString(""))


def _filed(made: Any, like: dict[str, Any], parent: Tag, last: Any) -> Any:
    """``made``, in all else ``like`` others of its kind, as the last child of ``parent``, read after the object ``last``."""
    made.__dict__ = state = like.copy()
    state["parent"] = parent
    state["previous_element"] = last
    last.next_element = made
    siblings = parent.contents
    if siblings:
        state["previous_sibling"] = siblings[-1]
        siblings[-1].next_sibling = made
    siblings.append(made)
    return made


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
    return BeautifulSoup(root, builder=_Builder())


def events(node: Any) -> Iterator[Event]:
    """What a reader could see of ``node`` (a soup, or an element of either tree), in order; what was cut in its place."""
    return _soup_events(node) if isinstance(node, Tag) else _tree_events(node)


def _soup_events(top: Tag) -> Iterator[Event]:
    within = not isinstance(top, BeautifulSoup)
    if within:
        yield "start", top.name, top
    tag = top
    children: Iterator[Any] = iter(top.contents)
    opened: list[tuple[Tag, Iterator[Any]]] = []
    while True:
        for child in children:
            if isinstance(child, Tag):
                yield "start", child.name, child
                opened.append((tag, children))
                tag, children = child, iter(child.contents)
                break
            if isinstance(child, Cut):
                yield from _tree_events(child.element)
            else:
                yield "words", child, None
        else:
            if opened or within:
                yield "end", tag.name, tag
            if not opened:
                return
            tag, children = opened.pop()


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
