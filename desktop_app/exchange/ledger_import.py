"""Writes a planned import into the workspace: all of it, in the caller's one transaction."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from desktop_app.exchange.import_writer import Writer
from desktop_app.exchange.ledger_row import Problem
from desktop_app.exchange.own_after import PlannedRecord
from desktop_app.exchange.own_follow_ups import PlannedFollowUp
from desktop_app.exchange.plan import (
    Cancelled,
    ImportPlan,
    PlannedContact,
    PlannedRow,
    Progress,
    open_ledger,
    plan_import,
)

__all__ = [
    "Cancelled",
    "ImportPlan",
    "ImportResult",
    "apply_import",
    "open_ledger",
    "plan_import",
    "preview",
]


@dataclass
class ImportResult:
    """How many rows became what, and what could not be read."""

    read: int = 0
    created: int = 0
    merged: int = 0
    skipped: int = 0
    contacts: int = 0
    problems: list[Problem] = field(default_factory=list)
    lead_ids: list[str] = field(default_factory=list)

    def to_json(self) -> dict[str, object]:
        """Return the counts and the problems by row, as the command line prints them."""
        counts = {n: getattr(self, n) for n in ("read", "created", "merged", "skipped", "contacts")}
        return {**counts, "problems": [p.to_json() for p in self.problems]}


def preview(plan: ImportPlan) -> ImportResult:
    """Return what applying a plan would count to."""
    result = ImportResult(problems=list(plan.problems))
    counted: Iterable[PlannedRow | PlannedContact | PlannedFollowUp | PlannedRecord]
    counted = plan.rows or plan.records or plan.follow_ups or plan.contacts
    for planned in counted:
        result.read += 1
        result.created += planned.action == "new"
        result.merged += planned.action == "merge"
        result.skipped += planned.action == "skip"
    result.contacts = sum(1 for c in plan.contacts if c.action == "new")
    result.lead_ids = [p.lead_id for p in plan.rows if p.action == "new"]
    unnamed = sum(1 for p in plan.problems if p.key == "no_name")
    result.read += unnamed
    result.skipped += unnamed
    return result


def apply_import(
    session: Session,
    plan: ImportPlan,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ImportResult:
    """Write a plan.

    Args:
        session: in a transaction that the caller commits, or rolls back on any exception.
        plan: what is to be done with each row.
        progress: called with records written and records in all.
        cancelled: asked now and then whether to stop.

    Raises:
        Cancelled: ``cancelled`` said so.
    """
    writer = Writer(session, plan, progress, cancelled)
    writer.write()
    return preview(plan)
