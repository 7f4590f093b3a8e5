"""What the record pane does to a lead: moves, follow-ups, meetings, contacts, files."""

import datetime as dt
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from desktop_app.domain.errors import DeskError
from desktop_app.i18n import t, word
from desktop_app.services import attachments, companies, follow_ups, leads
from desktop_app.services.lead_reading import LeadDetail
from desktop_app.ui.leads import lead_texts
from desktop_app.ui.leads.edit import Edit
from desktop_app.ui.leads.lead_fields import VALUE_PARTS

if TYPE_CHECKING:
    from desktop_app.ui.leads.lead_pane import LeadPane
    from desktop_app.ui.leads.meeting_editor import MeetingEditor
    from desktop_app.ui.leads.quick_forms import MeetingForm


def stage_days(detail: LeadDetail) -> dict[str, dt.date]:
    """Return when each stage was first reached."""
    found: dict[str, dt.date] = {}
    for one in detail.stages:
        if one["stage"] and one["reached_on"]:
            found.setdefault(one["stage"], one["reached_on"])
    return found


def readiness_why(detail: LeadDetail) -> list[str]:
    """Return in words what the readiness comes from."""
    columns = detail.fields
    why = []
    if columns.get("time_scale"):
        why.append(word("time_scale", columns["time_scale"]))
    met = "met" if columns.get("decision_maker_met") else "not_met"
    why.append(t(f"leads.why.{met}"))
    budget = "budget" if columns.get("budget_approved") else "no_budget"
    why.append(t(f"leads.why.{budget}"))
    if not columns.get("next_on"):
        why.append(t("leads.why.no_next"))
    return why


def value_words(detail: LeadDetail) -> str:
    """Return the value score in words: the figure, the veto, how many parts are scored."""
    if detail.fields.get("veto"):
        return t("leads.value.vetoed")
    scored = sum(detail.fields.get(f"value_{part}") is not None for part in VALUE_PARTS)
    if detail.row.value is None:
        return t("leads.value.none")
    return t("leads.value.scored", value=detail.row.value, count=scored, all=len(VALUE_PARTS))


def _move_all(
    session: Any, ids: Sequence[str], stage: str, filled: dict[str, Any], day: Any, reason: str
) -> None:
    columns = {k: v for k, v in filled.items() if not k.startswith("follow_up_")}
    title, due = filled.get("follow_up_title"), filled.get("follow_up_due")
    for one in ids:
        if columns:
            leads.update_lead(session, one, **columns)
        if title and due:
            follow_ups.add_follow_up(session, title=title, due_on=due, lead_id=one)
        leads.move_stage(session, one, stage, on=day, reason=reason or None)


def move(
    edit: Edit,
    ids: Sequence[str],
    stage: str,
    filled: dict[str, Any],
    day: dt.date | None,
    reason: str,
) -> list[str]:
    """Move leads to a stage as one undo step; return what is still missing, empty when done."""
    label = t("leads.do.move", stage=word("stage", stage))
    if len(ids) > 1:
        label = t("leads.do.move_many", stage=word("stage", stage), count=len(ids))
    on = day or dt.date.today()
    try:
        edit.store.write(label, _move_all, list(ids), stage, filled, on, reason)
    except DeskError as error:
        if error.key == "gate_open":
            missing = error.values.get("missing")
            return [str(m) for m in missing] if isinstance(missing, list | tuple) else ["stage"]
        edit.say(error)
        return []
    edit.shell.toast(label, undo=True)
    return []


def set_status(edit: Edit, lead_id: str, status: str) -> None:
    """Set a lead's status."""
    label = t("leads.do.status", status=word("status", status))
    edit.write(label, leads.set_status, lead_id, status)


def complete(pane: "LeadPane", follow_up_id: str, outcome: str) -> None:
    """Tick off a follow-up."""
    pane.edit.write(t("leads.do.complete"), follow_ups.complete, follow_up_id, outcome or None)


def add_follow_up(pane: "LeadPane", values: dict[str, Any]) -> None:
    """Add a follow-up to the lead shown."""
    owner = pane.detail.fields.get("owner_id") if pane.detail else None
    made = pane.edit.write(
        t("leads.do.add_follow_up", title=values["title"]),
        follow_ups.add_follow_up,
        lead_id=pane.lead_id,
        owner_id=pane.edit.shell.me or owner,
        **values,
    )
    if made is not False:
        pane.close_form()


def add_meeting(pane: "LeadPane", values: dict[str, Any]) -> None:
    """Add a meeting, planned or held, with the company of the lead shown."""
    from desktop_app.services.squads import plan_own_meeting

    if pane.detail is None:
        return
    made = pane.edit.write(
        t("leads.do.add_meeting", title=values["title"]),
        plan_own_meeting,
        pane.edit.shell.me,
        company_id=pane.detail.row.company_id,
        lead_id=pane.lead_id,
        **values,
    )
    if made is not False:
        pane.close_form()


def offer_squads(pane: "LeadPane", form: "MeetingForm") -> None:
    """Let the form of a new meeting name its squad: that of the person at this laptop at first."""
    from desktop_app.services import squads

    store = pane.edit.store
    own = store.read(squads.own_squad, pane.edit.shell.me)
    form.offer_squads(store.read(squads.squad_names), own)


def meeting_editor(pane: "LeadPane", meeting_id: str) -> "MeetingEditor | None":
    """Return what edits a meeting in the timeline; None for one of a trip, which has its sheet."""
    from desktop_app.services import trips
    from desktop_app.ui.leads.meeting_editor import MeetingEditor

    fields = pane.edit.store.read(trips.meeting_detail, meeting_id).fields
    return None if fields["trip_id"] else MeetingEditor(pane.edit, meeting_id)


def show_meeting(pane: "LeadPane", meeting_id: str) -> None:
    """Bring a meeting of the lead shown into sight, its fields open."""
    pane.tab_bar.setCurrentIndex(0)
    editor = pane.timeline.open_meeting(meeting_id)
    if editor is not None:
        editor.come_into_sight(pane.body_scroll)


def add_contact(pane: "LeadPane", values: dict[str, Any]) -> None:
    """Add a contact to the company of the lead shown."""
    if pane.detail is None:
        return
    pane.edit.write(
        t("leads.do.add_contact", name=values["name"]),
        companies.add_contact,
        company_id=pane.detail.row.company_id,
        **values,
    )


def choose_and_attach(pane: "LeadPane") -> None:
    """Ask for a file and attach it."""
    path = pane.edit.shell.choose_file(t("leads.files.attach"), t("shell.file_any"))
    if path is not None:
        attach(pane, [path])


def attach(pane: "LeadPane", paths: Sequence[Path]) -> bool:
    """Attach files to the lead shown as one undo step; say whether any was taken."""
    if not paths or not pane.lead_id:
        return False
    files = pane.edit.store.workspace.paths.files
    try:
        kept = [attachments.keep_file(files, path) for path in paths]
    except DeskError as error:
        pane.edit.say(error)
        return False

    def attach_all(session: Any) -> None:
        for one in kept:
            attachments.add_attachment(session, "lead", pane.lead_id, one)

    done = pane.edit.write(t("leads.do.attach", name=kept[0].name), attach_all)
    pane.show_tab("files")
    return done is not False


def _file(pane: "LeadPane", attachment_id: str) -> Any:
    files = pane.detail.files if pane.detail else []
    return next((f for f in files if f["id"] == attachment_id), None)


def open_file(pane: "LeadPane", attachment_id: str) -> None:
    """Open an attachment in the program that the system has for it."""
    one = _file(pane, attachment_id)
    if one is None:
        return
    folder = Path(tempfile.gettempdir()) / "invest-desk-files"
    files = pane.edit.store.workspace.paths.files
    try:
        copy = attachments.copy_to_open(files, folder, one["sha256"], one["name"])
    except DeskError as error:
        pane.edit.say(error)
        return
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(copy)))


def remove_file(pane: "LeadPane", attachment_id: str) -> None:
    """Take an attachment off the lead; it can be undone."""
    one = _file(pane, attachment_id)
    label = t("leads.do.remove_file", name=one["name"] if one else "")
    if pane.edit.write(label, attachments.delete_attachment, attachment_id) is not False:
        pane.edit.shell.toast(label, undo=True)


def shown_total(rows: Sequence[Any]) -> str:
    """Return how many leads there are and what they add up to."""
    total = lead_texts.total(rows)
    text = t("leads.count", count=len(rows))
    return f"{text} · {total}" if total else text
