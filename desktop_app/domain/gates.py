"""Gates: what a stage still needs before a lead may enter it (source: PRODUCT)."""

from collections.abc import Mapping

from desktop_app.domain.words import STAGES, Stage

# The fields a stage needs. Two are not columns: "meeting_held", and "event_or_introducer".
GATES: dict[Stage, tuple[str, ...]] = {
    Stage.LEAD: (
        "company_id",
        "country",
        "source",
        "event_or_introducer",
        "first_reporter_id",
        "first_reported_on",
    ),
    Stage.SCREENED: ("verdict", "chain", "owner_id", "value"),
    Stage.NEGOTIATING: ("meeting_held", "amount_minor", "currency", "next_on"),
    Stage.SITE_REVIEW: (
        "land_or_plant",
        "energy_tce",
        "output_minor",
        "tax_minor",
        "jobs",
        "review_opinion",
    ),
    Stage.READY_TO_SIGN: ("our_commitments", "their_commitments", "planned_signing_on"),
    Stage.SIGNED: ("signed_on", "amount_minor", "foreign_share_percent"),
    Stage.REGISTERED: ("credit_code", "registered_capital_minor"),
    Stage.STARTED: ("filing_number", "land_contract", "construction_permit", "started_on"),
    Stage.COMPLETED: ("joint_acceptance", "completed_on"),
    Stage.PRODUCING: ("producing_on",),
    Stage.FULL_CAPACITY: ("actual_output_minor", "actual_tax_minor", "actual_jobs"),
}

# The column that holds the day on which a stage was reached, where there is one.
STAGE_DAYS: dict[Stage, str] = {
    Stage.SIGNED: "signed_on",
    Stage.STARTED: "started_on",
    Stage.COMPLETED: "completed_on",
    Stage.PRODUCING: "producing_on",
    Stage.FULL_CAPACITY: "full_capacity_on",
}

# Channels that name whom or what they came through.
_NEEDS_NAME = {"expo": "event", "existing_investor": "introducer", "chain_leader": "introducer"}


def missing_fields(values: Mapping[str, object], stage: Stage) -> list[str]:
    """Return the gate fields of ``stage`` that are still empty.

    Args:
        values: the lead's columns, with ``country`` of its company, ``value`` (its score) and
            ``meeting_held`` (a truth value).
        stage: the stage to enter.
    """
    missing = []
    for field in GATES[stage]:
        if field == "event_or_introducer":
            needed = _NEEDS_NAME.get(str(values.get("source")))
            given = any(values.get(f) for f in ("event_id", "source_detail", "introducer"))
            if needed and not given:
                missing.append("event_id" if needed == "event" else "introducer")
        elif field == "land_or_plant":
            if values.get("land_m2") is None and values.get("plant_m2") is None:
                missing.append("land_m2")
        elif field == "meeting_held":
            if not values.get(field):
                missing.append(field)
        elif values.get(field) in (None, ""):
            missing.append(field)
    return missing


def stages_between(current: str | None, target: str) -> list[Stage]:
    """Return the stages entered on the way from ``current`` to ``target``, the target last.

    A move back enters only the target, and needs nothing.
    """
    order = [s.value for s in STAGES]
    goal = order.index(target)
    start = order.index(current) if current in order else -1
    return [STAGES[goal]] if goal <= start else list(STAGES[start + 1 : goal + 1])


def is_forward(current: str | None, target: str) -> bool:
    """Return whether a move leads to a later stage."""
    order = [s.value for s in STAGES]
    return current not in order or order.index(target) > order.index(current)
