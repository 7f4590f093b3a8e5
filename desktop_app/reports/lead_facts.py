"""What the one page about a lead prints, gathered from what the window's pane reads too."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy.orm import Session

from desktop_app.domain.scoring import VALUE_WEIGHTS, readiness_points
from desktop_app.domain.words import STAGES, FollowUpStatus, MeetingStatus
from desktop_app.services import team_settings
from desktop_app.services.follow_ups import FollowUpRow, follow_up_rows, promises_with
from desktop_app.services.lead_reading import LeadDetail, lead_detail
from desktop_app.services.lead_rows import LeadRow
from desktop_app.services.meeting_reading import who_decides_first
from desktop_app.services.members import member_rows

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Happening:
    """Something that happened with a lead, or a meeting that is planned."""

    kind: str
    at: dt.datetime
    title: str
    text: str
    by: str = ""
    done: bool = True
    zone: str | None = None


@dataclass(frozen=True)
class LeadFacts:
    """All facts of a lead, in the order of paper."""

    row: LeadRow
    fields: Row
    company: Row
    people: Sequence[Row]
    reached: dict[str, dt.date | None]
    source: str
    reporter: str
    next_stage: str | None
    missing: list[str]
    open_items: list[FollowUpRow]
    happenings: list[Happening]
    weights: dict[str, int] = field(default_factory=lambda: dict(VALUE_WEIGHTS))

    @property
    def points(self) -> list[tuple[str, int]]:
        """Return the points of the readiness, each with the field it comes from."""
        lead = self.fields
        scale, met, budget = (
            lead.get(name) for name in ("time_scale", "decision_maker_met", "budget_approved")
        )
        following = self.row.next_on is not None
        return [
            # What one part adds is the sum with it, less the sum without anything.
            ("time_scale", readiness_points(scale, False, False, False) - 2),
            ("decision_maker_met", 3 if met else 0),
            ("budget_approved", 4 if budget else 0),
            ("next_on", readiness_points(None, False, False, following)),
        ]

    @property
    def parts(self) -> list[tuple[str, int | None, int]]:
        """Return the parts of the value: name, score, weight."""
        return [
            (name, self.fields.get(f"value_{name}"), weight)
            for name, weight in self.weights.items()
        ]

    def names(self, lang: str) -> tuple[str, str]:
        """Return the company's name in the script of a language, and in the other one."""
        latin, zh = self.row.company, self.row.company_zh
        first, second = (latin, zh) if lang == "en" else (zh, latin)
        first = first or second
        return first, second if second != first else ""


def lead_facts(session: Session, lead_id: str, today: dt.date, lang: str) -> LeadFacts:
    """Return the facts of a lead on a day, our people named as the paper's language does."""
    latin = {one.name: one.name_en for one in member_rows(session) if one.name_en}
    named = latin if lang == "en" else {}
    detail = lead_detail(session, lead_id, today)
    own = follow_up_rows(session, today, lead_id=lead_id)
    weights = team_settings.get(session, "value_weights") or VALUE_WEIGHTS
    source = detail.event or str(detail.fields.get("introducer") or "")
    return LeadFacts(
        row=detail.row._replace(owner=named.get(detail.row.owner, detail.row.owner)),
        fields=detail.fields,
        company=detail.company,
        people=who_decides_first(detail.contacts),
        reached=_reached(detail),
        source=source,
        reporter=named.get(detail.first_reporter, detail.first_reporter),
        next_stage=detail.next_stage,
        missing=detail.missing,
        open_items=[
            item._replace(owner=named.get(item.owner, item.owner))
            for item in _open_items(session, detail, own)
        ],
        happenings=[replace(one, by=named.get(one.by, one.by)) for one in _happenings(detail, own)],
        weights={name: int(weights.get(name, 0)) for name in VALUE_WEIGHTS},
    )


def _reached(detail: LeadDetail) -> dict[str, dt.date | None]:
    """Return the stages up to the present one, each with the day it was last reached on."""
    order = [stage.value for stage in STAGES]
    now = order.index(detail.row.stage) if detail.row.stage in order else 0
    days: dict[str, dt.date | None] = {
        str(one["stage"]): one["reached_on"] for one in detail.stages if one["reached_on"]
    }
    return {stage: days.get(stage) for stage in order[: now + 1]}


def _open_items(session: Session, detail: LeadDetail, own: list[FollowUpRow]) -> list[FollowUpRow]:
    """Return what is to be done, and the open promises with the company, earliest first."""
    closed = (FollowUpStatus.DONE, FollowUpStatus.DROPPED)
    found = {item.id: item for item in own if item.status not in closed}
    company_id = detail.row.company_id
    for promise in promises_with(session, company_id) if company_id else []:
        if promise.lead_id in (None, detail.row.id):
            found.setdefault(promise.id, promise)
    return sorted(found.values(), key=lambda item: (item.due_on or dt.date.max, item.id))


def _happenings(detail: LeadDetail, own: list[FollowUpRow]) -> list[Happening]:
    """Return meetings, follow-ups done, and stages, latest first; cancelled meetings are none."""
    found = []
    for item in detail.timeline:
        if item.kind == "stage":
            found.append(Happening("stage", item.at, item.title, item.text, item.by))
        elif item.kind == "meeting" and item.status != MeetingStatus.CANCELLED:
            done = item.status == MeetingStatus.HELD
            found.append(
                Happening("meeting", item.at, item.title, item.text, item.by, done, item.zone)
            )
    # Not those of the timeline: it puts one without any day at the present moment.
    for row in own:
        if row.status == FollowUpStatus.DONE and (row.done_on or row.due_on):
            noon = dt.datetime.combine(
                row.done_on or row.due_on or dt.date.min, dt.time(12), dt.UTC
            )
            text = row.outcome or row.notes
            found.append(Happening("follow_up", noon, row.title, text, row.owner))
    return sorted(found, key=lambda one: (one.at, one.kind, one.title), reverse=True)
