"""Writes contacts as cards that phones take (vCard 3.0) and an import reads back without loss."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from desktop_app.db.models import Company, Contact
from desktop_app.domain.card_text import name_parts
from desktop_app.exchange.export_rows import Row, chunks, rows_of
from desktop_app.exchange.vcard import OWN_UID, PRODUCT
from desktop_app.services.whole_file import write_whole

Progress = Callable[[int, int], None]


def export_contacts(
    session: Session,
    path: Path,
    *,
    ids: Sequence[str] | None = None,
    progress: Progress | None = None,
) -> int:
    """Write contacts, whole or not at all, and return how many they are.

    Args:
        session: only read from.
        path: the file to write or replace.
        ids: only these contacts, in this order; all of them, by name, if None.
        progress: told cards made and cards in all; may raise to stop.

    Raises:
        DeskError: ``cannot_write``.
    """
    query = select(Contact.id).where(Contact.deleted.isnot(True))
    found = list(session.scalars(query.order_by(Contact.name, Contact.id)))
    if ids is not None:
        living = set(found)
        found = [one for one in dict.fromkeys(ids) if one in living]
    cards: list[str] = []
    for piece in chunks(found):
        people = {row["id"]: row for row in rows_of(session, Contact, "id", piece)}
        of = [row["company_id"] for row in people.values()]
        companies = {row["id"]: row for row in rows_of(session, Company, "id", of)}
        for one in piece:
            cards.append(_card(people[one], companies.get(people[one]["company_id"])))
        if progress is not None:
            progress(len(cards), len(found))
    write_whole(path, "".join(cards).encode())
    return len(found)


def _card(person: Row, company: Row | None) -> str:
    """Return one person as a card."""
    import vobject

    firm = company or {}
    name, zh = person["name"], person["name_zh"]
    shown = name or zh or person["email"] or firm.get("name") or "?"
    parts = name_parts(shown)
    card: Any = vobject.vCard()
    card.add("prodid").value = PRODUCT
    card.add("uid").value = f"{person['id']}{OWN_UID}"
    card.add("fn").value = shown
    card.add("n").value = vobject.vcard.Name(
        family=parts.family, given=parts.given, prefix=parts.prefix
    )
    if name and zh and name != zh:
        # Phones show it under the name, and find the person by it.
        card.add("nickname").value = zh
    if firm.get("name") or firm.get("name_zh"):
        card.add("org").value = [firm.get("name") or firm["name_zh"]]
    if person["address"]:
        address = card.add("adr")
        address.value = vobject.vcard.Address(street=person["address"])
        address.type_param = "WORK"
    for field, types in (("phone", ["WORK", "VOICE"]), ("mobile", ["CELL", "VOICE"])):
        _add(card, "tel", person[field], types)
    _add(card, "email", person["email"], ["INTERNET", "WORK"])
    for line, value in _plain_lines(person, firm).items():
        _add(card, line, value)
    return str(card.serialize())


def _plain_lines(person: Row, firm: Mapping[str, Any]) -> dict[str, Any]:
    """Return what stands in a line of its own; phones leave out the lines that begin with X."""
    return {
        "title": person["title"],
        "note": person["notes"],
        "x-wechat": person["wechat"],
        "x-investdesk-name": person["name"],
        "x-investdesk-name-zh": person["name_zh"],
        "x-investdesk-decision-role": person["decision_role"],
        "x-investdesk-languages": person["languages"],
        "x-investdesk-company": firm.get("name"),
        "x-investdesk-company-zh": firm.get("name_zh"),
        "x-investdesk-company-uid": firm.get("id"),
    }


def _add(card: Any, line: str, value: Any, types: list[str] | None = None) -> None:
    """Add a line to a card, if there is anything to say."""
    if value:
        added = card.add(line)
        added.value = str(value)
        if types:
            added.type_param = types
