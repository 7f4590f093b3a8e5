"""The record that a paper is about: its titles, its own mark, and the file attached to it."""

import datetime as dt
from pathlib import Path
from typing import Any

from desktop_app.domain.formats import BEIJING
from desktop_app.i18n import t
from desktop_app.services import attachments, records, trips
from desktop_app.services.lead_reading import lead_detail
from desktop_app.ui.store import Store

_TABLES = {"trips": "trip", "leads": "lead"}


def titles(store: Store, kind: str, record_id: str) -> dict[str, str]:
    """Return the record's title by language; nothing for a paper without a record."""
    if kind == "trips":
        trip = store.read(records.get, kind, record_id)
        zh, en = trip["title"] or "", trip["title_en"] or ""
        untitled = {lang: t("trips.untitled", lang) for lang in ("zh", "en")}
        return {"zh": zh or en or untitled["zh"], "en": en or zh or untitled["en"]}
    if kind == "leads":
        row = store.read(lead_detail, record_id).row
        return {
            "zh": row.company_zh or row.company or row.title,
            "en": row.company or row.company_zh or row.title,
        }
    if kind == "dispatch-meetings":
        title = store.read(records.get, kind, record_id)["title"] or ""
        return {lang: title or t("minutes.untitled", lang) for lang in ("zh", "en")}
    return {}


def own_mark(store: Store, kind: str, record_id: str) -> str | None:
    """Return the record's own classification; None for a record that has no such field."""
    if kind != "trips":
        return None
    return str(store.read(records.get, kind, record_id)["classification"] or "")


def set_own_mark(store: Store, record_id: str, mark: str) -> None:
    """Keep a classification with its trip."""
    label = t("trips.undo_edit_trip", field=t("trips.field.classification"))
    store.write(label, trips.update_trip, record_id, classification=mark or None)


def attach(store: Store, kind: str, record_id: str, path: Path, moment: dt.datetime) -> bool:
    """Attach an exported file to its record with the data's time; say whether it was not yet.

    Raises:
        DeskError: the file could not be kept.
    """
    if kind not in _TABLES:
        return False
    kept = attachments.keep_file(store.workspace.paths.files, path)
    table = _TABLES[kind]
    if store.read(attachments.is_attached, table, record_id, kept.sha256):
        return False
    time = moment.astimezone(BEIJING)
    caption = t("papers.data_time", time=f"{time:%Y-%m-%d %H:%M}")

    def add(session: Any) -> None:
        attachments.add_attachment(session, table, record_id, kept, caption)

    store.write(t("papers.label_attach", name=kept.name), add)
    return True
