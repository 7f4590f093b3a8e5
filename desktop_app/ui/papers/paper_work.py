"""Making a paper off the window's thread."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop_app.db.workspace import Workspace
from desktop_app.domain.formats import BEIJING
from desktop_app.ui import background

# Pages of a normal paper; beyond it the bar only creeps, as the pages are not known before.
_USUAL_PAGES = 24


@dataclass(frozen=True)
class Wanted:
    """What is to be made: the paper's name, its record, and how; ``day`` only for a period."""

    name: str
    record_id: str
    lang: str
    mark: str = ""
    left_out: frozenset[str] = frozenset()
    day: dt.date | None = None

    def moment(self) -> dt.datetime:
        """Return the time printed: now, or noon of a day that is over."""
        now = dt.datetime.now(dt.UTC)
        if self.day is None or self.day == now.astimezone(BEIJING).date():
            return now
        return dt.datetime.combine(self.day, dt.time(12), BEIJING)


@dataclass(frozen=True)
class Made:
    """A paper that was made: its file, what it lacks, the sections it has, the data's time."""

    wanted: Wanted
    path: Path
    gaps: list[Any]
    sections: tuple[str, ...]
    moment: dt.datetime


def make(workspace: Workspace, wanted: Wanted, path: Path, job: background.Job) -> Made:
    """Write a paper to ``path``; a job that is cancelled leaves no file.

    Raises:
        DeskError: the record is gone, or the file could not be written.
        Cancelled: the person cancelled.
    """
    # ReportLab and its fonts load here, off the window's thread.
    from desktop_app.reports.papers import PAPERS, write_paper

    paper = PAPERS[wanted.name]
    order = order_of(workspace, wanted)
    with workspace.read() as session:
        facts = paper.read(session, wanted.record_id, order, workspace.paths.files)
    job.report(0.1)

    def told(page: int) -> None:
        job.report(0.1 + 0.9 * page / (page + _USUAL_PAGES))

    write_paper(paper, facts, order, path, told)
    if job.cancelled():
        path.unlink(missing_ok=True)
        raise background.Cancelled
    return Made(wanted, path, paper.gaps(facts, order), tuple(paper.SECTIONS), order.now)


def order_of(workspace: Workspace, wanted: Wanted, moment: dt.datetime | None = None) -> Any:
    """Return how a paper is wanted, as ``reports`` understands it; as of a moment, or now."""
    from desktop_app.reports.paper import Order, team_name

    with workspace.read() as session:
        team = team_name(session, wanted.lang)
    return Order(wanted.lang, moment or wanted.moment(), team, wanted.mark, wanted.left_out)
