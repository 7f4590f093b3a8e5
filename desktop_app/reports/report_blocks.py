"""What a report says, block by block, before it is set as a PDF or as a Word document.

Every text may be in both languages at once (see ``bilingual``).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from desktop_app.reports.photos import Picture


@dataclass(frozen=True)
class Lines:
    """A cell whose further lines stand back behind the first."""

    first: str
    rest: tuple[str, ...] = ()


@dataclass(frozen=True)
class State:
    """A short word on a tinted ground; the tone is one of the layout's, or ``none``."""

    text: str
    tone: str


Cell = str | Lines | State


@dataclass(frozen=True)
class Head:
    """A heading within a section."""

    text: str


@dataclass(frozen=True)
class Text:
    """Words as they are: lines as numbered points where there are several."""

    text: str


@dataclass(frozen=True)
class Muted:
    """A remark of the report itself, such as that there is nothing to tell."""

    text: str


@dataclass(frozen=True)
class Note:
    """What must not be overlooked."""

    text: str
    tone: str = "accent"


@dataclass(frozen=True)
class Pairs:
    """Labels with their values; one without a value is left out."""

    pairs: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Figures:
    """Figures in large type, each with its label."""

    figures: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Grid:
    """A table; the shares are the columns' parts of the width."""

    header: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    shares: Sequence[float]


@dataclass(frozen=True)
class Move:
    """One lead's way from a stage to another."""

    name: Lines
    before: str
    after: str
    when: str
    advanced: bool


@dataclass(frozen=True)
class Moves:
    """The ways of the leads; ``header`` names project, stages and day."""

    header: tuple[str, str, str]
    moves: Sequence[Move]


@dataclass(frozen=True)
class Bar:
    """How much of an amount was used, as a part of one."""

    share: float
    label: str
    tone: str


@dataclass(frozen=True)
class Shot:
    """A picture with its words; one that cannot be shown has a ``problem`` instead."""

    picture: Picture
    caption: str
    note: str
    problem: str = ""


@dataclass(frozen=True)
class Shots:
    """Pictures, two in a row."""

    shots: Sequence[Shot]


Block = Head | Text | Muted | Note | Pairs | Figures | Grid | Moves | Bar | Shots


@dataclass(frozen=True)
class Section:
    """One part of the outline."""

    code: str
    kicker: str
    title: str
    blocks: list[Block] = field(default_factory=list)
