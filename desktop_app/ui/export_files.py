"""Exports from the window: which records, where to, in the background, and a note with the folder.

Each kind of file is made here; the views only say which records they show.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QMenu, QToolButton

from desktop_app.i18n import language, t
from desktop_app.ui import background
from desktop_app.ui.store import Store
from desktop_app.ui.view import ShellActions
from desktop_app.ui.widgets.buttons import icon_button

Ids = Callable[[], Sequence[str]]
# What makes the file: (session, path, progress) to how many records it holds, and remarks.
_Made = tuple[int, list[str]]
_Write = Callable[[Any, Path, Callable[[int, int], None]], _Made]

# What is no workbook.
_ENDINGS = {"contacts": "vcf", "trip": "ics"}


def export_button(
    what: str, store: Store, shell: ShellActions, shown: Ids, selected: Ids
) -> QToolButton:
    """Return the tool that offers to export what is shown, what is selected, or all.

    Args:
        what: ``leads``, ``follow-ups``, ``contacts``, ``cases``, ``approvals``, ``facilities`` or
            ``capital-receipts``.
        store: the door to the data.
        shell: the window around.
        shown: the ids in the list as it is searched, filtered and sorted.
        selected: the ids that are selected.
    """
    menu = QMenu()
    menu.setToolTipsVisible(True)

    def fill() -> None:
        menu.clear()
        for key, ids in (("shown", shown()), ("selected", selected())):
            action = menu.addAction(
                t(f"export.menu.{what}.{key}", n=len(ids)),
                partial(export_records, what, store, shell, list(ids)),
            )
            action.setEnabled(bool(ids))
        menu.addSeparator()
        menu.addAction(
            t(f"export.menu.{what}.all"), partial(export_records, what, store, shell, None)
        )

    menu.aboutToShow.connect(fill)
    result = icon_button("download", t(f"export.menu.{what}"), None, "secondary")
    result.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    result.setMenu(menu)
    # Qt does not make the button own the menu.
    menu.setParent(result, menu.windowFlags())
    return result


def export_records(
    what: str, store: Store, shell: ShellActions, ids: Sequence[str] | None = None
) -> None:
    """Ask where to, and export records: those of ``ids`` in that order, or all.

    Args:
        what: ``leads``, ``follow-ups``, ``contacts``, ``cases``, ``approvals``, ``facilities`` or
            ``capital-receipts``.
        store: the door to the data.
        shell: the window around.
        ids: the records; all of them if None.
    """
    lang, now = language(), dt.datetime.now(dt.UTC)

    def write(session: Any, path: Path, progress: Callable[[int, int], None]) -> _Made:
        # What writes workbooks and cards loads here, off the window's thread.
        if what == "contacts":
            from desktop_app.exchange.export_cards import export_contacts

            return export_contacts(session, path, ids=ids, progress=progress), []
        from desktop_app.exchange.export_ledger import export_ledger

        how = {"lang": lang, "now": now, "ids": ids, "progress": progress}
        done = export_ledger(session, path, what, **how)
        return done.count, done.remarks()

    day = f"{dt.date.today():%Y-%m-%d}"
    _export(what, store, shell, t(f"export.file.{what}", day=day), write)


def export_programme(store: Store, shell: ShellActions, trip_id: str, title: str) -> None:
    """Ask where to, and write a trip's programme as a calendar."""
    lang, now = language(), dt.datetime.now(dt.UTC)

    def write(session: Any, path: Path, progress: Callable[[int, int], None]) -> _Made:
        from desktop_app.exchange.export_calendar import export_trip

        done = export_trip(session, trip_id, path, lang=lang, now=now, progress=progress)
        return done.count, done.remarks()

    safe = "".join("-" if c in '\\/:*?"<>|' else c for c in title)
    _export("trip", store, shell, t("export.file.trip", title=safe), write)


def _export(what: str, store: Store, shell: ShellActions, name: str, write: _Write) -> None:
    """Ask where to, write there in the background, and say how it went."""
    ending = _ENDINGS.get(what, "xlsx")
    kind = f"{t(f'export.kind.{ending}')} (*.{ending})"
    path = shell.choose_file(t(f"export.menu.{what}"), kind, f"{name}.{ending}")
    if path is None:
        return
    if path.suffix.lower() != f".{ending}":
        path = path.with_name(f"{path.name}.{ending}")
    target, workspace = path, store.workspace

    def work(job: background.Job) -> _Made:
        with workspace.read() as session:
            return write(session, target, lambda done, total: job.report(done / max(total, 1)))

    def on_done(made: _Made) -> None:
        count, remarks = made
        text = t("export.done", n=count, name=target.name)
        if len(remarks) == 1:
            text = f"{text} {remarks[0]}"
        elif remarks:
            text = f"{text} {t('export.more_remarks', n=len(remarks))}"
        shell.toast_file(text, target)

    shell.run_job(t("export.making", name=target.name), work, on_done)
