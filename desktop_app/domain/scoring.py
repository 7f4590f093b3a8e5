"""The two scores of a lead: its value (0-100) and its readiness (A-D); source: the product."""

from collections.abc import Mapping

VALUE_WEIGHTS: dict[str, int] = {
    "industry": 5,
    "technology": 5,
    "size": 17,
    "intensity": 17,
    "investor": 10,
    "environment": 5,
    "safety": 5,
    "land": 10,
    "planning": 5,
    "tax": 16,
    "jobs": 5,
}

_TIME_POINTS = {"within_6_months": 5, "within_12_months": 3, "within_24_months": 2, "open": 1}


def value_score(
    parts: Mapping[str, int | None], veto: bool | None, weights: Mapping[str, int] = VALUE_WEIGHTS
) -> int | None:
    """Return the weighted value of 0 to 100, 0 under a veto, None while nothing is scored.

    Args:
        parts: 0 to 100 for each key of ``weights``; parts not scored yet count as nothing.
        veto: whether the lead is ruled out, whatever its parts.
        weights: how much each part counts; any sum will do.
    """
    if veto:
        return 0
    if all(parts.get(name) is None for name in weights):
        return None
    total = sum(weights.values()) or 1
    points = sum((parts.get(name) or 0) * weight for name, weight in weights.items())
    return round(points / total)


def readiness_points(
    time_scale: str | None, decision_maker: bool | None, budget: bool | None, next_action: bool
) -> int:
    """Return the points: time scale 5/3/2/1, decision maker 3, budget 4, next action 5 else 2."""
    points = _TIME_POINTS.get(time_scale or "", 0)
    points += 3 if decision_maker else 0
    points += 4 if budget else 0
    return points + (5 if next_action else 2)


def readiness(
    time_scale: str | None, decision_maker: bool | None, budget: bool | None, next_action: bool
) -> str:
    """Return the grade: A from 12 points, B 8 to 11, C 5 to 7, D below."""
    points = readiness_points(time_scale, decision_maker, budget, next_action)
    for grade, least in (("A", 12), ("B", 8), ("C", 5)):
        if points >= least:
            return grade
    return "D"
