"""A long briefing against bare ReportLab, WeasyPrint and LibreOffice, side by side in one run."""

import datetime as dt
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
from reportlab.lib.pagesizes import A4
from reportlab.platypus import PageBreak, SimpleDocTemplate
from reportlab.platypus.doctemplate import ActionFlowable

from desktop_app.db.workspace import Workspace
from desktop_app.reports import trip_briefing
from desktop_app.reports.cjk import CjkParagraph
from desktop_app.reports.paper import Order
from desktop_app.reports.papers import write_paper
from desktop_app.reports.trip_facts import briefing_facts
from desktop_app.services import trips
from desktop_app.services.demo import make_demo
from tests.benchmarks import rivals
from tests.benchmarks.measure import median_ms, report, seconds

NOW = dt.datetime(2026, 11, 22, 8, tzinfo=dt.UTC)
ORDER = Order("zh", NOW, "滨江新区招商中心")

# What our paragraphs do beyond ReportLab's own; without these they are ReportLab's.
OURS = ("breakLinesCJK", "draw", "beginText", "_get_split_blParaFunc")


def main() -> None:
    """Print the demo trip with twice its meetings, then the same content by other means."""
    folder = Path(tempfile.mkdtemp())
    workspace = Workspace.open(folder / "w")
    detail = _long_trip(workspace)
    ours = folder / "ours.pdf"
    time = median_ms(
        seconds(lambda: write_paper(trip_briefing, briefing_facts(detail), ORDER, ours))
    )
    name = f"trip briefing of {_page_count(ours)} pages"
    page = folder / "same.html"
    page.write_text(rivals.html_of(_story(detail)), encoding="utf-8")
    rivals.use_our_fonts(folder)
    _beside(name, time, "WeasyPrint", rivals.weasyprint(page, folder / "weasyprint.pdf"))
    _beside(name, time, "LibreOffice", rivals.libreoffice(page, folder))
    for method in OURS:
        delattr(CjkParagraph, method)

    def bare() -> None:
        plain = [
            part
            for part in _story(detail)
            if not isinstance(part, ActionFlowable) or isinstance(part, PageBreak)
        ]
        SimpleDocTemplate(str(folder / "bare.pdf"), pagesize=A4).build(plain)

    base = median_ms(seconds(bare))
    report(
        name=name,
        value=f"{time:.0f} ms",
        baseline=f"the same flowables through bare ReportLab: {base:.0f} ms",
        ratio=round(time / base, 2),
        limit="≤ 1.5",
    )
    size = ours.stat().st_size / 1e6
    report(name=f"size of the {name}, without photos", value=f"{size:.2f} MB", limit="≤ 1.5 MB")
    workspace.close()
    shutil.rmtree(folder)


def _long_trip(workspace: Workspace) -> trips.TripDetail:
    """Return the demo team's trip with each of its meetings once more."""
    with workspace.write() as session:
        make_demo(session, leads=60)
    with workspace.read() as session:
        trip = max(trips.trip_rows(session), key=lambda r: r.meetings)
    with workspace.write() as session:
        for meeting in trips.trip_detail(session, trip.id).meetings:
            kept = {
                k: v
                for k, v in meeting.fields.items()
                if k not in ("id", "deleted", "trip_id", "company_id", "starts_at") and v
            }
            company, start = meeting.fields["company_id"], meeting.fields["starts_at"]
            trips.plan_meeting(session, trip.id, company, start, **kept)
    with workspace.read() as session:
        return trips.trip_detail(session, trip.id)


def _story(detail: trips.TripDetail) -> list[Any]:
    """Return the flowables of the briefing."""
    return trip_briefing.pages(briefing_facts(detail), ORDER).story


def _page_count(path: Path) -> int:
    """Return how many pages a PDF has."""
    document = pypdfium2.PdfDocument(path)
    count = len(document)
    document.close()
    return count


def _beside(name: str, ours: float, other: str, run: Callable[[], object] | str) -> None:
    """Print our time beside that of another way, or why that cannot be taken here."""
    if isinstance(run, str):
        report(name=name, value=f"{ours:.0f} ms", baseline=f"skipped: {run}", limit="< 1")
        return
    # The first run is not counted: it fills the caches of fonts and profile.
    time = median_ms(seconds(run, 4)[1:])
    report(
        name=name,
        value=f"{ours:.0f} ms",
        baseline=f"the same content through {other}: {time:.0f} ms",
        ratio=round(ours / time, 2),
        limit="< 1",
    )


if __name__ == "__main__":
    main()
