"""The tags of a PDF: what on its pages is a heading, a paragraph, a table, a figure, or mere looks.

ReportLab writes none. Here everything that is painted is an artifact unless it is painted within
``element``; then it belongs to an element of the document's tree, in the order of painting, which
is that of reading. Screen readers and conversions to text go by that tree.
"""

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from reportlab.pdfbase import pdfdoc

_OPEN, _CLOSE = "/Artifact BMC", "EMC"
_CELLS = {"TH", "TD"}
Draw = TypeVar("Draw", bound=Callable[..., None])


class Node:
    """An element of the tree: its role, what is in it, and words for who cannot see it."""

    def __init__(self, role: str, parent: "Node | None", alt: str = "") -> None:
        self.role = role
        self.parent = parent
        self.alt = alt
        self.kids: list[Node] = []
        # The page and the number of each piece of it there.
        self.marks: list[tuple[int, int]] = []


class Tags:
    """The tree of one document while its pages are painted."""

    def __init__(self) -> None:
        self.root = Node("Document", None)
        self.place = self.root
        self.pages: list[list[Node]] = [[]]
        self.inside = False
        self.below = 1  # the level of the last title

    def begin(self, role: str, alt: str = "") -> None:
        """Open an element that holds others."""
        parent = self.place
        if role == "LI" and not (parent.kids and parent.kids[-1].role == "L"):
            parent.kids.append(Node("L", parent))
        if role == "LI":
            parent = parent.kids[-1]
        self.place = Node(role, parent, alt)
        parent.kids.append(self.place)

    def end(self) -> None:
        """Close the element opened last."""
        parent = self.place.parent
        self.place = (parent.parent if parent and parent.role == "L" else parent) or self.root

    def mark(self) -> int:
        """Return the number of a new piece of the open element on this page."""
        page = self.pages[-1]
        page.append(self.place)
        self.place.marks.append((len(self.pages) - 1, len(page) - 1))
        return len(page) - 1


def tags_of(canvas: Any) -> Tags | None:
    """Return the tags of a document's canvas; None for a canvas without."""
    return getattr(canvas, "tags", None)


@contextmanager
def element(canvas: Any, role: str, alt: str = "") -> Iterator[None]:
    """Have what is painted meanwhile belong to an element; in a table's cell to the cell."""
    tags = tags_of(canvas)
    if tags is None or tags.inside:
        yield
        return
    own = not (role == "P" and tags.place.role in _CELLS)
    if own:
        tags.begin(role, alt)
    tags.inside = True
    canvas._code.append(f"{_CLOSE} /{tags.place.role} <</MCID {tags.mark()}>> BDC")
    yield
    canvas._code.append(f"{_CLOSE} {_OPEN}")
    tags.inside = False
    if own:
        tags.end()


def tagged(role: str) -> Callable[[Draw], Draw]:
    """Have a flowable's ``draw`` paint an element; its ``alt`` says what a figure shows."""

    def wrapped(draw: Draw) -> Draw:
        @functools.wraps(draw)
        def within(self: Any) -> None:
            with element(self.canv, role, getattr(self, "alt", "")):
                draw(self)

        return within  # type: ignore[return-value]

    return wrapped


def role_of(name: str, level: int, canvas: Any) -> str:
    """Return the role of a paragraph by the name of its style and the level of its title."""
    tags = tags_of(canvas)
    if tags is None:
        return "P"
    if name in ("title", "cover"):
        tags.below = level + 1
        return f"H{tags.below}"
    if name == "head":
        return f"H{tags.below + 1}"
    return "LI" if name == "point" else "P"


def table_part(table: Any, event: str, *place: Any) -> None:
    """Open and close the elements of a table with a head while ReportLab draws it."""
    tags = tags_of(table.canv)
    if tags is None:
        return
    if event == "startTable":
        tags.begin("Table")
    elif event == "startRow":
        tags.begin("TR")
    elif event == "startCell":
        tags.begin("TH" if place[0] < table.repeatRows else "TD")
    elif event in ("endCell", "endRow", "endTable"):
        tags.end()


def end_page(canvas: Any) -> None:
    """Open the artifact at a page's beginning and close it at its end, before it is stored."""
    canvas._code.insert(0, _OPEN)
    canvas._code.append(_CLOSE)


def stored_page(canvas: Any) -> None:
    """Tell the page just stored where its tags are."""
    page = canvas._doc.Pages.pages[-1]
    page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
    page.StructParents = len(canvas.tags.pages) - 1
    page.Tabs = pdfdoc.PDFName("S")
    canvas.tags.pages.append([])


class _Written(pdfdoc.PDFObject):
    """An object of the file whose text is made when all have their numbers."""

    __RefOnly__ = 1

    def __init__(self, text: Callable[[], str]) -> None:
        self._text = text

    def format(self, _document: Any) -> bytes:
        """Return the object as it stands in the file."""
        return self._text().encode("latin-1")


def write_tree(canvas: Any) -> None:
    """Put the tree into the file; after the last page."""
    document, tags = canvas._doc, canvas.tags
    numbers: dict[int, int] = {}

    def number(thing: Any) -> int:
        return int(document.idToObjectNumberAndVersion[document.Reference(thing).name][0])

    pages = [number(page) for page in document.Pages.pages]
    nodes = list(_all(tags.root))
    for node in nodes:
        numbers[id(node)] = number(_Written(functools.partial(_text, node, numbers, pages)))
    rows = "\n".join(
        f"{at} [{' '.join(f'{numbers[id(node)]} 0 R' for node in page)}]"
        for at, page in enumerate(tags.pages[: len(pages)])
    )
    parents = number(_Written(lambda: f"<</Nums [{rows}]>>"))
    root = _Written(
        lambda: (
            f"<</Type /StructTreeRoot /K {numbers[id(tags.root)]} 0 R /ParentTree {parents} 0 R"
            f" /ParentTreeNextKey {len(pages)}>>"
        )
    )
    numbers[0] = number(root)
    document.Catalog.StructTreeRoot = root
    document.Catalog.MarkInfo = pdfdoc.PDFDictionary({"Marked": pdfdoc.PDFtrue})
    document._pdfVersion = max(document._pdfVersion, (1, 4))


def _all(node: Node) -> Iterator[Node]:
    """Yield an element and all within it."""
    yield node
    for kid in node.kids:
        yield from _all(kid)


def _text(node: Node, numbers: dict[int, int], pages: list[int]) -> str:
    """Return an element as it stands in the file."""
    kids = [f"{numbers[id(kid)]} 0 R" for kid in node.kids]
    page = f" /Pg {pages[node.marks[0][0]]} 0 R" if node.marks else ""
    kids += [str(mark) for _, mark in node.marks]
    parent = numbers[id(node.parent)] if node.parent else numbers[0]
    alt = f" /Alt <feff{node.alt.encode('utf-16-be').hex()}>" if node.alt else ""
    return f"<</S /{node.role} /P {parent} 0 R{page}{alt} /K [{' '.join(kids)}]>>"
