"""The shapes a map is made of; any painter draws them in their order.

Coordinates are points of the frame with y running down; colours are roles.
"""

from dataclasses import dataclass

from desktop_app.reports.map_data import Point
from desktop_app.reports.map_labels import Rect

NO_RECT = Rect(0, 0, 0, 0)


@dataclass(frozen=True)
class Area:
    """A filled shape: rings by the even–odd rule; ``role`` is sea, land, home or lake."""

    rings: tuple[tuple[Point, ...], ...]
    role: str


@dataclass(frozen=True)
class Line:
    """An open line; ``role`` is route, leader or scale; ``dash`` is empty for a whole line."""

    points: tuple[Point, ...]
    role: str
    width: float
    dash: tuple[float, ...] = ()


@dataclass(frozen=True)
class Pill:
    """A rectangle with round ends, a disc when square; ``role`` is mark or point."""

    rect: Rect
    role: str


@dataclass(frozen=True)
class Label:
    """One line of text; ``x``, ``y`` is the baseline's left end; with a halo over the map."""

    x: float
    y: float
    text: str
    size: float
    role: str
    bold: bool = False
    halo: bool = False
    rect: Rect = NO_RECT


Item = Area | Line | Pill | Label


@dataclass(frozen=True)
class Drawing:
    """All shapes of a map in the order of painting; the painter clips them to the frame."""

    width: float
    height: float
    items: tuple[Item, ...]
    unlabelled: tuple[int, ...] = ()

    def labels(self) -> list[Label]:
        """Return the names of stops in the drawing."""
        return [item for item in self.items if isinstance(item, Label) and item.role == "label"]

    def marks(self) -> list[Pill]:
        """Return the numbered marks in the drawing."""
        return [item for item in self.items if isinstance(item, Pill) and item.role == "mark"]
