"""The pages of papers: A4, and A6 for the pocket."""

from dataclasses import dataclass

from reportlab.lib.pagesizes import A4, A6
from reportlab.lib.units import mm


@dataclass(frozen=True)
class Geometry:
    """A page in points: its size, its margins, and how high its foot stands."""

    width: float
    height: float
    margin: float
    foot: float

    @property
    def room(self) -> float:
        """Return the width of the text."""
        return self.width - 2 * self.margin


A4_PAGE = Geometry(*A4, margin=17 * mm, foot=15 * mm)
A6_PAGE = Geometry(*A6, margin=7 * mm, foot=7.5 * mm)
