"""Writes records as the team's ledgers, which an import reads back without loss."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from desktop_app.domain.errors import DeskError
from desktop_app.domain.formats import BEIJING
from desktop_app.exchange import export_rows, export_rows_after
from desktop_app.exchange.export_book import Book, Cut, Progress, SheetText
from desktop_app.exchange.own_columns import SHEETS
from desktop_app.i18n import t
from desktop_app.services import team_settings
from desktop_app.services.approvals import templates
from desktop_app.services.cases import categories
from desktop_app.services.whole_file import write_whole

_Reader = Callable[[Session, Sequence[str]], Iterator[Mapping[str, Any]]]


@dataclass
class Exported:
    """How many records a file holds, and the texts that a cell was too short for."""

    count: int = 0
    cuts: list[Cut] = field(default_factory=list)

    def remarks(self) -> list[str]:
        """Return what is not in the file as it is in the workspace, in sentences."""
        return [
            t("export.cut", row=cut.row, column=cut.column, sheet=cut.sheet) for cut in self.cuts
        ]


def export_leads(
    session: Session,
    path: Path,
    *,
    lang: str,
    now: dt.datetime,
    ids: Sequence[str] | None = None,
    progress: Progress | None = None,
) -> Exported:
    """Write leads with their companies, contacts and stages, whole or not at all.

    Args:
        session: only read from.
        path: the workbook to write or replace.
        lang: ``zh`` or ``en``.
        now: the data's time as printed; it has a zone.
        ids: only these leads, in this order; all of them if None.
        progress: told rows written and rows in all; may raise to stop.

    Raises:
        DeskError: ``cannot_write``.
    """
    found = export_rows.lead_ids(session, ids)
    readers: dict[str, _Reader] = {
        "leads": export_rows.lead_rows,
        "contacts": export_rows.contact_rows,
        "stages": export_rows.stage_rows,
    }
    return _export(session, path, readers, found, lang, now, progress)


def export_follow_ups(
    session: Session,
    path: Path,
    *,
    lang: str,
    now: dt.datetime,
    ids: Sequence[str] | None = None,
    progress: Progress | None = None,
) -> Exported:
    """Write follow-ups, whole or not at all; the arguments are those of ``export_leads``."""
    found = export_rows.follow_up_ids(session, ids)
    readers: dict[str, _Reader] = {"follow-ups": export_rows.follow_up_rows}
    return _export(session, path, readers, found, lang, now, progress)


def export_after(
    session: Session,
    path: Path,
    kind: str,
    *,
    lang: str,
    now: dt.datetime,
    ids: Sequence[str] | None = None,
    progress: Progress | None = None,
) -> Exported:
    """Write what comes after signing, whole or not at all; approvals with their services.

    Args:
        kind: ``cases``, ``approvals``, ``facilities`` or ``capital-receipts``; the other arguments
            are those of ``export_leads``.
    """
    found = export_rows_after.record_ids(session, kind, ids)
    readers: dict[str, _Reader] = {kind: export_rows_after.rows_of_kind(kind)}
    if kind == "approvals":
        readers["approval-services"] = export_rows_after.service_rows
    return _export(session, path, readers, found, lang, now, progress)


def export_ledger(session: Session, path: Path, kind: str, **how: Any) -> Exported:
    """Write the ledger of a kind of record; ``how`` are the arguments of ``export_leads``."""
    if kind == "leads":
        return export_leads(session, path, **how)
    if kind == "follow-ups":
        return export_follow_ups(session, path, **how)
    return export_after(session, path, kind, **how)


def _export(
    session: Session,
    path: Path,
    readers: Mapping[str, _Reader],
    ids: Sequence[str],
    lang: str,
    now: dt.datetime,
    progress: Progress | None,
) -> Exported:
    """Write the sheets of a workbook one after the other."""
    done = 0

    def each() -> None:
        nonlocal done
        done += 1
        if progress is not None and done % 100 == 0:
            # Contacts and stages are as many again, at a guess.
            progress(min(done, len(ids) * 3), len(ids) * 3)

    from xlsxwriter.exceptions import XlsxWriterException

    names = export_rows.member_names(session)
    first = next(iter(readers))
    choices = {
        "case_category": categories(session),
        "approval_template": [line.code for line in templates(session)],
    }
    try:
        with Book(lang, _team(session, lang), now, sorted(set(names.values())), choices) as book:
            for sheet, read in readers.items():
                total = len(ids) if sheet == first else 0
                title, note = t(f"export.title.{sheet}", lang), _note(sheet, book, total)
                book.add(SheetText(sheet, title, note, read(session, ids)), each)
            data = book.data()
    except (OSError, XlsxWriterException) as error:
        # The rows go through the system's folder of temporary files first.
        raise DeskError("cannot_write", path=str(path)) from error
    write_whole(path, data)
    if progress is not None:
        progress(1, 1)
    return Exported(len(ids), book.cuts)


def _team(session: Session, lang: str) -> str:
    """Return the team's name in a language."""
    team = team_settings.get(session, "team_name") or ""
    if lang == "en":
        team = team_settings.get(session, "team_name_en") or team
    return str(team)


def _note(sheet: str, book: Book, total: int) -> str:
    """Return the line under a sheet's title."""
    time = f"{book.now.astimezone(BEIJING):%Y-%m-%d %H:%M}"
    made = t("export.made", book.lang, team=book.team, time=time).removeprefix(" · ")
    parts = [made]
    if total:
        parts.append(t("export.count", book.lang, n=total))
    if sheet == "leads":
        parts.append(t("export.hint_groups", book.lang))
    elif any(column.kind == "money" for column in SHEETS[sheet]):
        parts.append(t("export.hint_money", book.lang))
    return "   ".join(parts)
