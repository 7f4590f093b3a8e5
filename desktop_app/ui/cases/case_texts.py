"""How cases are worded: their light and why, their state, a day."""

import datetime as dt

from desktop_app.domain.case_rules import CaseLight
from desktop_app.domain.words_after import CaseState, Light
from desktop_app.i18n import t, word
from desktop_app.ui.widgets.pill import Pill

_STATES = {
    CaseState.COLLECTED: "neutral",
    CaseState.DONE: "good",
    CaseState.CONFIRMED: "good",
    CaseState.CLOSED: "neutral",
    CaseState.RETURNED: "warn",
}
LIGHT_ROLES = {Light.GREEN: "muted", Light.YELLOW: "warn", Light.RED: "bad"}
_LIGHT_PILLS = {Light.GREEN: "good", Light.YELLOW: "warn", Light.RED: "bad"}


def state_short(state: str | None) -> str:
    """Return a state in the few letters that a table or the bar has room for."""
    return t(f"cases.state.{state or CaseState.COLLECTED.value}")


def state_pill(state: str | None) -> Pill:
    """Return a state as a coloured word."""
    code = CaseState(state) if state in set(CaseState) else CaseState.COLLECTED
    return Pill(state_short(code.value), _STATES.get(code, "accent"))


def light_word(light: CaseLight) -> str:
    """Return a light as a dot and a word; nothing while a case is on plan."""
    return "" if light.light == Light.GREEN else f"● {word('light', light.light.value)}"


def light_pill(light: CaseLight) -> Pill:
    """Return a light as a coloured word."""
    return Pill(word("light", light.light.value), _LIGHT_PILLS[light.light])


def why(light: CaseLight) -> str:
    """Return why a light is what it is."""
    parts = []
    if light.months_missed:
        parts.append(t("cases.months_missed", n=light.months_missed))
    if light.points_behind:
        parts.append(t("cases.points_behind", n=light.points_behind))
    return t("cases.and").join(parts) if light.light != Light.GREEN else ""


def late(due_on: dt.date | None, today: dt.date, is_open: bool, months: int) -> str:
    """Return how long a deadline is missed: in months, before that in days."""
    if not is_open or due_on is None or due_on >= today:
        return ""
    if months:
        return t("cases.months_missed", n=months)
    return t("cases.days_missed", n=(today - due_on).days)


def day(value: dt.date | None) -> str:
    """Return a day as the fields show it."""
    return value.isoformat() if value is not None else ""
