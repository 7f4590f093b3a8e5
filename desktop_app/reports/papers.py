"""All papers by name, and the writing of one: whole or not at all."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

from desktop_app.reports import (
    contact_sheet,
    dispatch_minutes,
    lead_brief,
    period_report,
    pocket_card,
    trip_briefing,
    trip_report,
    yearly_report,
)
from desktop_app.reports.document import Document
from desktop_app.reports.paper import Order, Paper
from desktop_app.services.whole_file import write_whole

PAPERS: dict[str, Paper] = {
    "trip-briefing": trip_briefing,
    "trip-report": trip_report,
    "lead-brief": lead_brief,
    "pocket-card": pocket_card,
    "contact-sheet": contact_sheet,
    "dispatch-minutes": dispatch_minutes,
    "weekly": period_report.weekly,
    "monthly": period_report.monthly,
    "yearly": yearly_report,
}


def write_paper(
    paper: Paper,
    facts: Any,
    order: Order,
    path: Path,
    progress: Callable[[int], None] | None = None,
) -> None:
    """Write a paper's PDF; the same facts and order give the same bytes.

    Args:
        paper: the paper, one of ``PAPERS``.
        facts: what its ``read`` returned.
        order: how it is wanted.
        path: the PDF to write or replace.
        progress: told the number of each page begun; may raise to stop.

    Raises:
        DeskError: ``cannot_write``, when the disk is full or the place may not be written.
    """
    made = paper.pages(facts, order)
    buffer = io.BytesIO()
    Document(buffer, made, order, progress).build(made.story)
    write_whole(path, buffer.getvalue())
