"""Makes records of the rows of our own ledgers, with nothing assumed and nothing left out."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from desktop_app.db.models import Base, Company, Contact, Event, FollowUp, Lead, LeadStage, new_id
from desktop_app.domain.words import FollowUpStatus
from desktop_app.exchange.own_after import KINDS, PlannedRecord
from desktop_app.exchange.own_follow_ups import PlannedFollowUp
from desktop_app.exchange.own_read import OwnRow
from desktop_app.i18n import t
from desktop_app.services.follow_ups import keep_next_on

if TYPE_CHECKING:
    from desktop_app.exchange.import_writer import Writer
    from desktop_app.exchange.plan import PlannedContact, PlannedRow

# A follow-up only goes forward: what is done here is not opened again by an older ledger.
_ORDER = {status.value: place for place, status in enumerate(FollowUpStatus)}


def lead_values(
    writer: "Writer", row: OwnRow, known: Mapping[str, object] | None = None
) -> dict[str, object]:
    """Return the columns of a lead as a row gives them, with the ids of whom it names.

    Args:
        writer: what is being written.
        row: the row.
        known: the lead that the row is, if it is known.
    """
    there = known or {}
    values: dict[str, object] = dict(row.lead)
    for name, column in (("owner", "owner_id"), ("first_reporter", "first_reporter_id")):
        if row.refers.get(name):
            values[column] = writer.member(row.refers[name], there.get(column))
    event = row.refers.get("event")
    if event and writer.known_events.get(str(there.get("event_id"))) == event:
        values["event_id"] = there["event_id"]
    elif event:
        values["event_id"] = writer.plan.events[event]
        if writer.plan.events[event] not in writer.known_events:
            writer.new[Event].setdefault(writer.plan.events[event], {"name": event})
    if row.notes:
        # Words of columns that are none of ours.
        values["notes"] = "\n".join(str(x) for x in (values.get("notes"), *row.notes) if x)
    return values


def new_lead(writer: "Writer", planned: "PlannedRow", row: OwnRow) -> None:
    """Prepare a lead as it was: its company, stages and next step too."""
    company_id = company_of(writer, planned.company_id, row)
    values = lead_values(writer, row)
    if company_id is not None:
        values["company_id"] = company_id
    writer.new[Lead][planned.lead_id] = values
    writer.leads[planned.lead_id] = planned.lead_id
    stages = writer.plan.stages.get(planned.lead_id)
    if stages:
        for stage in stages:
            reached = dict(stage.record)
            if stage.refers.get("member"):
                reached["member_id"] = writer.member(stage.refers["member"])
            writer.new[LeadStage][new_id()] = {"lead_id": planned.lead_id, **reached}
    elif not row.refers.get("key") and values.get("stage"):
        # A row that somebody added by hand.
        writer.reached(planned.lead_id, values)
    next_step(writer, planned.lead_id, company_id, row, values)


def company_of(writer: "Writer", company_id: str, row: OwnRow) -> str | None:
    """Prepare a row's company, or fill what is empty in the one known."""
    if not row.company and not row.refers.get("company_key"):
        return None
    known = writer.record(Company, company_id)
    if known is None:
        writer.new[Company][company_id] = dict(row.company)
    else:
        told = writer.fill(Company, company_id, known, row.company)
        row.notes.extend(x for x in _lines(row, "company", told) if x not in row.notes)
    return company_id


def next_step(
    writer: "Writer",
    lead_id: str,
    company_id: str | None,
    row: OwnRow,
    values: Mapping[str, object],
) -> None:
    """Prepare the follow-up that a lead's next day is of."""
    if not values.get("next_on"):
        return
    owner = row.refers.get("next_owner")
    writer.new[FollowUp][new_id()] = {
        "title": row.next_step or t("import.follow_up_title"),
        "status": FollowUpStatus.OPEN.value,
        "due_on": values["next_on"],
        "owner_id": writer.member(owner) if owner else None,
        "lead_id": lead_id,
    }


def merge_lead(writer: "Writer", lead_id: str, known: dict[str, object], row: OwnRow) -> None:
    """Fill what is empty in a lead; what a row says otherwise goes to its notes."""
    values = lead_values(writer, row, known)
    values.pop("notes", None)
    if known.get("amount_minor") is not None:
        values.pop("currency", None)
    had_next = known.get("next_on")
    told = writer.fill(Lead, lead_id, known, values)
    lines = _lines(row, "lead", told)
    company_id = str(known.get("company_id") or "") or None
    company = writer.record(Company, company_id)
    if company is not None and company_id is not None:
        told = writer.fill(Company, company_id, company, row.company)
        lines += _lines(row, "company", told)
    if not had_next and known.get("next_on"):
        next_step(writer, lead_id, company_id, row, known)
    notes = [str(row.lead["notes"])] if row.lead.get("notes") else []
    writer.add_notes(Lead, lead_id, known, [*notes, *row.notes, *lines])


def contact(writer: "Writer", person: "PlannedContact", row: OwnRow) -> None:
    """Prepare a person, or fill what is empty in the one known."""
    values = dict(row.contact)
    if row.notes and row.kind == "contacts":
        values["notes"] = "\n".join(str(x) for x in (values.get("notes"), *row.notes) if x)
    if person.duplicate_of is not None and person.action != "new":
        known = writer.record(Contact, person.duplicate_of)
        if person.action == "merge" and known is not None:
            notes = str(values.pop("notes", "") or "")
            writer.fill(Contact, person.duplicate_of, known, values)
            writer.add_notes(Contact, person.duplicate_of, known, [notes])
        return
    company_id = person.company_id
    if company_id is not None and writer.record(Company, company_id) is None:
        if row.kind == "leads" or not row.company:
            # Its lead was left out, and its company with it.
            return
        writer.new[Company][company_id] = dict(row.company)
    if company_id is not None:
        values["company_id"] = company_id
    writer.new[Contact][person.contact_id] = values


def follow_up(writer: "Writer", planned: PlannedFollowUp) -> set[str]:
    """Prepare a follow-up, or bring the one known forward; return the leads concerned."""
    row = planned.row
    known = writer.record(FollowUp, planned.duplicate_of)
    values: dict[str, object] = {**row.record, **planned.links}
    if row.refers.get("owner"):
        values["owner_id"] = writer.member(row.refers["owner"], (known or {}).get("owner_id"))
    if row.notes:
        values["notes"] = "\n".join(str(x) for x in (values.get("notes"), *row.notes) if x)
    if planned.action == "skip":
        return set()
    leads = {str(values["lead_id"])} if values.get("lead_id") else set()
    if planned.duplicate_of is None:
        values.setdefault("status", FollowUpStatus.OPEN.value)
        writer.new[FollowUp][planned.follow_up_id] = values
        return leads
    if known is None:
        return set()
    before = dict(known)
    notes = str(values.pop("notes", "") or "")
    status = str(values.pop("status", ""))
    writer.fill(FollowUp, planned.duplicate_of, known, values)
    if _ORDER.get(status, -1) > _ORDER.get(str(known.get("status")), -1):
        writer.put(FollowUp, planned.duplicate_of, known, "status", status)
    writer.add_notes(FollowUp, planned.duplicate_of, known, [notes])
    return leads if before != known else set()


def after_record(writer: "Writer", planned: PlannedRecord) -> None:
    """Prepare a record of after signing, or fill what is empty in the one known."""
    row, model = planned.row, KINDS[planned.kind].model
    if planned.action == "skip":
        return
    known = writer.record(model, planned.duplicate_of)
    values: dict[str, object] = {**row.record, **planned.links}
    for name in ("owner", "member"):
        if row.refers.get(name):
            values[f"{name}_id"] = writer.member(row.refers[name], (known or {}).get(f"{name}_id"))
    if planned.duplicate_of is None:
        if row.notes:
            values["notes"] = "\n".join(str(x) for x in (values.get("notes"), *row.notes) if x)
        writer.new[model][planned.record_id] = values
    elif known is not None:
        notes = str(values.pop("notes", None) or "")
        if any(known.get(name) is not None for name in known if name.endswith("_minor")):
            # An amount and its currency are one.
            values.pop("currency", None)
        told = writer.fill(model, planned.duplicate_of, known, values)
        lines = _lines(row, model.__tablename__, told)
        writer.add_notes(model, planned.duplicate_of, known, [notes, *row.notes, *lines])


def keep_next(writer: "Writer", leads: set[str]) -> None:
    """Keep the next day of leads in step with their follow-ups."""
    for lead_id in sorted(leads):
        keep_next_on(writer.session, lead_id)


def _lines(row: OwnRow, record: str, columns: set[str]) -> list[str]:
    """Return what a row says otherwise than a record, as it stands in the ledger."""
    also = {"owner_id": "owner", "first_reporter_id": "first_reporter", "event_id": "event"}
    lines = []
    for column in sorted(columns):
        if column in also and record != "company":
            name = also[column]
            lines.append(f"{row.labels.get(name, '')}：{row.refers.get(name, '')}")
        elif f"{record}.{column}" in row.raw:
            label, text = row.raw[f"{record}.{column}"]
            lines.append(f"{label}：{text}")
    return lines


# What a merge may alter, and is to be read before.
AFTER: tuple[type[Base], ...] = tuple(kind.model for kind in KINDS.values())
MERGED: tuple[type[Base], ...] = (Company, Lead, Contact, FollowUp, *AFTER)
