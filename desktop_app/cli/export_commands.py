"""The command that hands records out: ledgers, a trip's calendar, contact cards."""

import argparse
import datetime as dt
from typing import Any

from desktop_app.cli.output import put, say
from desktop_app.cli.parser import WrongUsage
from desktop_app.i18n import language, t


def export(workspace: Any, options: argparse.Namespace) -> int:
    """Write the file and say how many records it holds, and what was left out."""
    what, record_id, out = options.what, options.id, options.out
    if (what == "trip") != (record_id is not None):
        key, named = ("cli.missing", "ID") if what == "trip" else ("cli.unknown", str(record_id))
        raise WrongUsage(t(key, what=named))
    with workspace.read() as session:
        count, remarks = _WRITERS[what](session, options)
    put({"file": str(out), "count": count, "remarks": remarks})
    say(t("cli.export_done", n=count, file=out))
    for remark in remarks:
        say(remark)
    return 0


def _ledger(session: Any, options: argparse.Namespace) -> tuple[int, list[str]]:
    """Write the records of a kind as a workbook."""
    from desktop_app.exchange.export_ledger import export_ledger

    how = {"lang": language(), "now": dt.datetime.now(dt.UTC)}
    done = export_ledger(session, options.out, options.what, **how)
    return done.count, done.remarks()


def _trip(session: Any, options: argparse.Namespace) -> tuple[int, list[str]]:
    """Write a trip's programme as a calendar."""
    from desktop_app.exchange.export_calendar import export_trip

    now = dt.datetime.now(dt.UTC)
    done = export_trip(session, options.id, options.out, lang=language(), now=now)
    return done.count, done.remarks()


def _contacts(session: Any, options: argparse.Namespace) -> tuple[int, list[str]]:
    """Write all contacts as cards."""
    from desktop_app.exchange.export_cards import export_contacts

    return export_contacts(session, options.out), []


_WRITERS = {
    "leads": _ledger,
    "follow-ups": _ledger,
    "trip": _trip,
    "contacts": _contacts,
    "cases": _ledger,
    "approvals": _ledger,
    "facilities": _ledger,
    "capital-receipts": _ledger,
}
