"""The commands that print: papers as PDF, and the trip report for a word processor."""

import argparse
import datetime as dt
from typing import Any

from desktop_app.cli.output import put, say
from desktop_app.cli.parser import WrongUsage
from desktop_app.domain.formats import BEIJING
from desktop_app.i18n import language, t


def write_pdf(workspace: Any, options: argparse.Namespace) -> int:
    """Write a paper and say what it lacks."""
    from desktop_app.reports.papers import PAPERS, write_paper

    paper = PAPERS[options.document]
    record_id, out = options.id or "", options.out
    if paper.KIND and not record_id:
        raise WrongUsage(t("cli.missing", what="ID"))
    if record_id and not paper.KIND:
        raise WrongUsage(t("cli.unknown", what=record_id))
    if options.year is not None:
        options.date = _last_day(options)
    order = order_of(workspace, options)
    with workspace.read() as session:
        facts = paper.read(session, record_id, order, workspace.paths.files)
    write_paper(paper, facts, order, out)
    told(out, paper.gaps(facts, order))
    return 0


def _last_day(options: argparse.Namespace) -> dt.date:
    """Return the last day of the year asked for, or the one asked for in it, or today in this one.

    Raises:
        WrongUsage: another paper has no year, or the year is not that of the day or still to come.
    """
    year, day = options.year, options.date
    today = dt.datetime.now(BEIJING).date()
    if options.document != "yearly" or year > today.year or (day and day.year != year):
        raise WrongUsage(t("cli.unknown", what=f"--year {year}"))
    return day or min(dt.date(year, 12, 31), today)


def write_docx(workspace: Any, options: argparse.Namespace) -> int:
    """Write the trip report for a word processor and say what it lacks."""
    from desktop_app.reports import trip_report
    from desktop_app.reports.trip_report_docx import write_trip_report_docx

    if not options.id:
        raise WrongUsage(t("cli.missing", what="ID"))
    order = order_of(workspace, options)
    with workspace.read() as session:
        facts = trip_report.read(session, options.id, order, workspace.paths.files)
    write_trip_report_docx(facts, order, options.out)
    told(options.out, trip_report.gaps(facts, order))
    return 0


def order_of(workspace: Any, options: argparse.Namespace) -> Any:
    """Return how the paper is wanted; a date given stands for that day's noon in Beijing."""
    from desktop_app.reports.paper import Order, team_name

    lang = options.paper_lang or language()
    now = dt.datetime.now(dt.UTC)
    if options.date is not None:
        now = dt.datetime.combine(options.date, dt.time(12), BEIJING)
    with workspace.read() as session:
        team = team_name(session, lang)
    return Order(lang, now, team, options.classification or "")


def told(out: Any, gaps: list[Any]) -> None:
    """Print where the paper is, and what it lacks."""
    put({"file": str(out), "gaps": [gap.sentence() for gap in gaps]})
    for gap in gaps:
        say(gap.sentence())
