"""Finds the records that the fields pointing to another record offer."""

from collections.abc import Callable, Sequence
from typing import Any

from desktop_app.db.search_keys import key_of, matches
from desktop_app.i18n import t
from desktop_app.services.companies import add_company, company_rows
from desktop_app.services.search import search_records
from desktop_app.services.titles import record_title
from desktop_app.ui.store import Store
from desktop_app.ui.widgets.popup_fields import Option

#: Tables searched in the data, by their kind as on the command line.
_SEARCHED = {"lead": "leads", "case": "cases", "approval": "approvals"}
_MOST = 30


class RecordFinder:
    """Reads the short lists once and searches them in memory; ``forget`` reads them anew."""

    def __init__(self, store: Store) -> None:
        """Read nothing yet."""
        self._store = store
        self._options: dict[str, list[tuple[str, Option]]] = {}

    def forget(self, tables: frozenset[str] | None = None) -> None:
        """Read again at the next search what may have altered (None: everything)."""
        for kind in list(self._options):
            if tables is None or kind in tables:
                del self._options[kind]

    def __call__(self, kind: str, text: str) -> Sequence[Option]:
        """Return the records of a table that match a text, best first.

        The short lists (member, event, company, squad) are searched in memory; projects, cases
        and approvals, of which there may be very many, in the data.
        """
        if kind in _SEARCHED:
            return self._search(kind, text)
        return [option for key, option in self._all(kind) if not text or matches(key, text)]

    def name(self, kind: str, record_id: str | None) -> str:
        """Return how a record is called, empty when there is none."""
        if not record_id:
            return ""
        if kind in _SEARCHED:
            return self._store.read(record_title, kind, record_id)
        return next((o.text for _key, o in self._all(kind) if o.id == record_id), "")

    def _search(self, kind: str, text: str) -> list[Option]:
        hits = self._store.read(search_records, text, _MOST, (_SEARCHED[kind],))
        return [
            Option(hit.id, hit.title or hit.detail, hit.detail if hit.title else "") for hit in hits
        ]

    def add_company(self, name: str) -> str:
        """Make a company with this name and return its id."""
        label = t("leads.do.add_company", name=name)
        add: Callable[..., str] = add_company
        return self._store.write(label, add, name=name)

    def _all(self, kind: str) -> list[tuple[str, Option]]:
        if kind not in self._options:
            self._options[kind] = self._read(kind)
        return self._options[kind]

    def _read(self, kind: str) -> list[tuple[str, Option]]:
        if kind == "company":
            found: list[tuple[str, Option]] = []
            for row in self._store.read(company_rows):
                first = row.name or row.name_zh or ""
                second = (row.name_zh or "") if row.name else ""
                detail = " · ".join(filter(None, (second, row.country, row.city)))
                found.append((row.key, Option(row.id, first, detail)))
            return found
        from desktop_app.services import records

        rows: list[dict[str, Any]] = self._store.read(records.list_records, f"{kind}s", {})
        rows.sort(key=lambda row: str(row.get("name") or ""))
        return [
            (
                key_of(row.get("name"), row.get("name_en")),
                Option(row["id"], str(row.get("name") or row.get("name_en") or "")),
            )
            for row in rows
        ]
