"""What every paper has in common: what is asked of it, its pages, and what it would lack."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from reportlab.platypus import Flowable
from sqlalchemy.orm import Session

from desktop_app.domain.formats import BEIJING
from desktop_app.i18n import t
from desktop_app.reports.bilingual import pick
from desktop_app.reports.geometry import A4_PAGE, Geometry
from desktop_app.services import team_settings


@dataclass(frozen=True)
class Order:
    """How a paper is wanted.

    Attributes:
        lang: ``zh``, ``en`` or ``both``.
        now: the moment printed as the data's time; it has a zone.
        team: who makes the paper, by the language wanted.
        classification: the mark on the paper; empty for the record's own, or the usual one.
        left_out: the sections not wanted, by code.
    """

    lang: str
    now: dt.datetime
    team: str = ""
    classification: str = ""
    left_out: frozenset[str] = frozenset()

    @property
    def day(self) -> dt.date:
        """Return the day that the paper speaks of as today: Beijing's."""
        return self.now.astimezone(BEIJING).date()


@dataclass(frozen=True)
class Gap:
    """Something a paper lacks; ``t(key, **values)`` words it, the record is where to add it."""

    key: str
    values: dict[str, str]
    kind: str
    record_id: str
    column: str = ""

    def sentence(self, lang: str | None = None) -> str:
        """Return the gap as a sentence."""
        return t(self.key, lang, **self.values)


@dataclass
class Pages:
    """A paper before it is printed.

    Attributes:
        title: the whole title, also in the file's metadata.
        subject: the kind of paper.
        story: what stands on the pages, in order.
        mark: the classification at the foot.
        cover: paints what stands on the cover outside its frame; None for a paper without one.
        foot: the words at the left of the foot; by default the title.
        geometry: the page.
    """

    title: str
    subject: str
    story: list[Flowable]
    mark: str
    cover: Callable[[Any], None] | None = None
    foot: str = ""
    geometry: Geometry = field(default=A4_PAGE)


class Paper(Protocol):
    """A document that can be printed: one module each.

    ``KIND`` is the kind of its record, empty for none; ``SECTIONS`` are the codes of the parts that
    can be left out, worded by ``reports.section_<code>``.
    """

    @property
    def KIND(self) -> str: ...

    @property
    def SECTIONS(self) -> tuple[str, ...]: ...

    def read(self, session: Session, record_id: str, order: Order, files: Path, /) -> Any:
        """Return all facts of the paper; ``files`` holds the attachments by their sha256."""

    def pages(self, facts: Any, order: Order, /) -> Pages:
        """Return the pages; no session is needed."""

    def gaps(self, facts: Any, order: Order, /) -> list[Gap]:
        """Return what the paper would lack."""


def team_name(session: Session, lang: str) -> str:
    """Return the team's name as a paper of that language prints it."""
    names = (team_settings.get(session, name) for name in ("team_name", "team_name_en"))
    return pick(lang, *names) or t("shell.team_default", "en" if lang == "en" else "zh")


def in_order(
    sections: Sequence[tuple[str, Callable[[], list[Flowable]]]], order: Order
) -> list[Flowable]:
    """Return the sections that are wanted, one after the other."""
    story: list[Flowable] = []
    for code, make in sections:
        if code not in order.left_out:
            story += make()
    return story
