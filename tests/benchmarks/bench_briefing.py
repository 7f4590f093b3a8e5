"""A long briefing against the same flowables through bare ReportLab."""

import datetime as dt
import shutil
import tempfile
from pathlib import Path

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
from tests.benchmarks.measure import median_ms, report, seconds

NOW = dt.datetime(2026, 11, 22, 8, tzinfo=dt.UTC)


# What our paragraphs do beyond ReportLab's own; without these they are ReportLab's.
OURS = ("breakLinesCJK", "draw", "beginText", "_get_split_blParaFunc")


def main() -> None:
    """Print the demo trip with three times its meetings, then the same flowables bare."""
    folder = Path(tempfile.mkdtemp())
    workspace = Workspace.open(folder / "w")
    with workspace.write() as session:
        make_demo(session, leads=60)
    with workspace.read() as session:
        trip = max(trips.trip_rows(session), key=lambda r: r.meetings)
    with workspace.write() as session:
        for meeting in trips.trip_detail(session, trip.id).meetings * 2:
            kept = {
                k: v
                for k, v in meeting.fields.items()
                if k not in ("id", "deleted", "trip_id", "company_id", "starts_at") and v
            }
            company, start = meeting.fields["company_id"], meeting.fields["starts_at"]
            trips.plan_meeting(session, trip.id, company, start, **kept)
    with workspace.read() as session:
        detail = trips.trip_detail(session, trip.id)
    ours = folder / "ours.pdf"
    order = Order("zh", NOW, "滨江新区招商中心")

    def write() -> None:
        write_paper(trip_briefing, briefing_facts(detail), order, ours)

    times = seconds(write, 3)
    document = pypdfium2.PdfDocument(ours)
    pages = len(document)
    document.close()
    for name in OURS:
        delattr(CjkParagraph, name)

    def bare() -> None:
        story = trip_briefing.pages(briefing_facts(detail), order).story
        plain = [f for f in story if not isinstance(f, ActionFlowable) or isinstance(f, PageBreak)]
        SimpleDocTemplate(str(folder / "bare.pdf"), pagesize=A4).build(plain)

    base = seconds(bare, 3)
    report(
        name=f"trip briefing of {pages} pages",
        value=f"{median_ms(times):.0f} ms",
        baseline=f"the same flowables through bare ReportLab: {median_ms(base):.0f} ms",
        ratio=round(median_ms(times) / median_ms(base), 2),
        limit="≤ 2",
    )
    workspace.close()
    shutil.rmtree(folder)


if __name__ == "__main__":
    main()
