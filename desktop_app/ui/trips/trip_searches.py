"""The records that fields of the trips view find by typing."""

from typing import Any

from desktop_app.db.search_keys import fold
from desktop_app.services import companies as company_services
from desktop_app.services import lead_rows, records
from desktop_app.services import members as member_services
from desktop_app.services import squads as squad_services
from desktop_app.ui.store import Store
from desktop_app.ui.widgets.popup_fields import Option

_MOST = 12


def _matches(key: str, query: str) -> bool:
    """Say whether every word of a query is in a prepared key."""
    return all(part in key for part in fold(query).split())


def companies(store: Store, text: str) -> list[Option]:
    """Return companies whose name, pinyin or initials contain the text."""
    rows = store.read(company_services.company_rows)
    found = [r for r in rows if _matches(r.key, text)][:_MOST]
    return [Option(r.id, r.name or r.name_zh, r.city) for r in found]


def leads(store: Store, text: str, company_id: str = "") -> list[Option]:
    """Return leads, those of the meeting's company first."""
    rows = [r for r in store.read(lead_rows.lead_rows) if _matches(r.key, text)]
    rows.sort(key=lambda r: r.company_id != company_id)
    return [Option(r.id, r.title, r.company) for r in rows[:_MOST]]


def contacts(store: Store, text: str, company_id: str = "") -> list[Option]:
    """Return contacts, those of the meeting's company first."""
    rows = [r for r in store.read(company_services.contact_rows) if _matches(r.key, text)]
    rows.sort(key=lambda r: r.company_id != company_id)
    return [Option(r.id, r.name or r.name_zh, r.company) for r in rows[:_MOST]]


def members(store: Store, text: str) -> list[Option]:
    """Return members of the team by name in either script."""
    from desktop_app.db.search_keys import key_of

    rows = store.read(member_services.member_rows)
    found = [r for r in rows if _matches(key_of(r.name, r.name_en), text)]
    return [Option(r.id, r.name, r.role) for r in found[:_MOST]]


def squads(store: Store, text: str) -> list[Option]:
    """Return the squads whose name contains the text."""
    from desktop_app.db.search_keys import key_of

    found = store.read(squad_services.squad_names)
    return [Option(key, name) for key, name in found if _matches(key_of(name), text)]


def meeting_place(session: Any, meeting_id: str) -> tuple[str, str]:
    """Return where a meeting is shown: on its trip, else with its lead, else with its company."""
    from desktop_app.domain.errors import DeskError

    try:
        found = records.get(session, "meetings", meeting_id)
    except DeskError:
        return "meetings", meeting_id
    for kind, name in (("meetings", "trip"), ("leads", "lead"), ("companies", "company")):
        if found.get(name):
            return kind, meeting_id if name == "trip" else str(found[name])
    return "meetings", meeting_id


def trip_of(session: Any, record_id: str) -> tuple[str, str]:
    """Return the trip that a record belongs to and what it is; two empty texts for none."""
    from desktop_app.domain.errors import DeskError

    for kind, name in (
        ("trips", "trip"),
        ("meetings", "meeting"),
        ("stops", "stop"),
        ("legs", "leg"),
        ("delegates", "delegate"),
    ):
        try:
            record = records.get(session, kind, record_id)
        except DeskError:
            continue
        return (record_id if kind == "trips" else str(record.get("trip") or "")), name
    return "", ""
