"""What the page of what comes after signing does to a project and the records on it."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from desktop_app.domain.formats import local, zone_of
from desktop_app.domain.words import MeetingKind
from desktop_app.i18n import t, word
from desktop_app.services import approvals, project_after, records

if TYPE_CHECKING:
    from desktop_app.ui.leads.after_tab import AfterTab
    from desktop_app.ui.leads.lead_pane import LeadPane

# What is made, by the plus that was pressed: the kind of record and the label of the undo step.
_MADE = {
    "case": ("cases", "after.do.case"),
    "approval": ("approvals", "after.do.approval"),
    "facility": ("facilities", "financing.do.add"),
    "receipt": ("capital-receipts", "receipts.do.add"),
}


def connect(pane: "LeadPane", tab: "AfterTab") -> None:
    """Let the tab of a pane do what its buttons and fields ask for."""
    tab.opened.connect(pane.edit.shell.open_record)
    tab.added.connect(lambda verb: add(pane, verb))
    tab.stage_dated.connect(lambda stage, day: date_stage(pane, stage, day))
    tab.visit_edited.connect(lambda i, name, fields: edit_visit(pane, i, name, fields))
    tab.visit_removed.connect(lambda i: remove_visit(pane, i))


def add(pane: "LeadPane", verb: str) -> None:
    """Make a record of the project shown, and open it where its kind is edited."""
    if verb == "visit":
        pane.open_meeting(MeetingKind.AFTERCARE.value)
        return
    if verb == "checklist":
        label = t("after.do.checklist")
        made = pane.edit.write(label, approvals.start_checklist, pane.lead_id)
        if made is not False:
            pane.edit.shell.toast(t("after.checklist_started", n=len(made)), undo=True)
        return
    kind, key = _MADE[verb]
    fields: dict[str, Any] = {"title": t("after.new_case")} if verb == "case" else {}
    made = pane.edit.write(t(key), records.create, kind, lead_id=pane.lead_id, **fields)
    if made is not False:
        pane.edit.shell.open_record(kind, made)


def date_stage(pane: "LeadPane", stage: str, day: dt.date | None) -> None:
    """Set the day on which the project shown reached a stage."""
    label = t("after.do.stage_day", stage=word("stage", stage))
    done = pane.edit.write(label, project_after.set_stage_day, pane.lead_id, stage, day)
    if done is False:
        pane.reload()


def edit_visit(pane: "LeadPane", meeting_id: str, name: str, fields: dict[str, Any]) -> None:
    """Save a field of an aftercare visit; a new day keeps the time on the clock of its place."""
    values = dict(fields)
    if "day" in values:
        day = values.pop("day")
        known = pane.edit.store.read(project_after.visits, pane.lead_id)
        meeting = next(one for one in known if one["id"] == meeting_id)
        if day is None:
            values["starts_at"] = None
        else:
            zone = zone_of(meeting["zone"])
            starts = meeting["starts_at"]
            clock = local(starts, meeting["zone"]).time() if starts else dt.time(10)
            values["starts_at"] = dt.datetime.combine(day, clock, zone).astimezone(dt.UTC)
    label = t("after.do.visit", field=name)
    if pane.edit.write(label, records.update, "meetings", meeting_id, **values) is False:
        pane.reload()


def remove_visit(pane: "LeadPane", meeting_id: str) -> None:
    """Delete an aftercare visit; it can be undone."""
    label = t("after.do.remove_visit")
    if pane.edit.write(label, records.delete, "meetings", meeting_id) is not False:
        pane.edit.shell.toast(label, undo=True)
