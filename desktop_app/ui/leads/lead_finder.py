"""Finds members, events and companies for the fields that point to another record."""

from collections.abc import Callable, Sequence
from typing import Any

from desktop_app.db.search_keys import key_of, matches
from desktop_app.i18n import t
from desktop_app.services.companies import add_company, company_rows
from desktop_app.ui.store import Store
from desktop_app.ui.widgets.popup_fields import Option


class LeadFinder:
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
        """Return the records of a kind (member, event, company) that match a text."""
        return [option for key, option in self._all(kind) if not text or matches(key, text)]

    def name(self, kind: str, record_id: str | None) -> str:
        """Return how a record is called, empty when there is none."""
        if not record_id:
            return ""
        return next((o.text for _key, o in self._all(kind) if o.id == record_id), "")

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
