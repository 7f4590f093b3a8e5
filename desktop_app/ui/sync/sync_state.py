"""How things stand with the shared file, in words: what the foot and its pop-up show."""

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from desktop_app.domain.errors import DeskError
from desktop_app.domain.formats import short_date
from desktop_app.i18n import language, t
from desktop_app.ui.error_texts import sentence

if TYPE_CHECKING:
    from desktop_app.sync.team import TeamStatus

#: The icon and the colour of each state.
_ICONS = {
    "not_connected": ("circle-check", "good"),
    "saved_here": ("circle-check", "good"),
    "in_shared_file": ("cloud-check", "good"),
    "offline": ("cloud-off", "warn"),
    "read_only": ("lock", "warn"),
    "busy": ("clock", "muted"),
    "problem": ("triangle-alert", "bad"),
}
#: States that only need patience or nothing at all; the others have a remedy.
_WITH_REMEDY = ("offline", "read_only", "busy")


class Shown(NamedTuple):
    """A state as it is shown: the foot has the first four, the pop-up also the sentences."""

    icon: str
    role: str
    text: str
    detail: str
    sentence: str
    remedy: str


def words(status: "TeamStatus", saved_at: str = "") -> Shown:
    """Return a status in the language in use.

    Args:
        status: as the last sync left it.
        saved_at: when something was last saved on this laptop, as it is shown.
    """
    state = str(status.state)
    icon, role = _ICONS[state]
    waiting = counted("sync.waiting", status.waiting) if status.waiting else ""
    detail = saved_at
    if status.location is not None:
        detail = waiting or ago(status.last_sync_at)
    text, said = t(f"sync.state.{state}"), t(f"sync.said.{state}", n=status.waiting)
    if state == "in_shared_file" and status.seen_by:
        icon = "eye"
        text = counted("sync.seen", status.seen_by)
        said = t("sync.said.seen", n=status.seen_by, all=status.laptops)
    remedy = t(f"sync.remedy.{state}") if state in _WITH_REMEDY else ""
    if state == "problem" and status.problem is not None:
        said = problem_sentence(status.problem.key, status.problem.values)
        remedy = t("sync.remedy.problem")
    elif status.problem is not None and state in ("saved_here", "in_shared_file"):
        remedy = problem_sentence(status.problem.key, status.problem.values)
    return Shown(icon, role, text, detail, said, remedy)


def problem_sentence(key: str, values: Mapping[str, object]) -> str:
    """Return what a problem says to the person."""
    return sentence(DeskError(key, **values))


def counted(key: str, count: int, **values: object) -> str:
    """Return a text with a number in it: ``key.one`` for one, ``key`` for more."""
    return t(f"{key}.one" if count == 1 else key, None, n=f"{count:,}", **values)


def ago(moment: dt.datetime | None, now: dt.datetime | None = None) -> str:
    """Return how long ago a moment was, in as few words as will do."""
    if moment is None:
        return t("sync.never")
    now = now or dt.datetime.now(dt.UTC)
    minutes = int((now - moment).total_seconds() // 60)
    if minutes < 1:
        return t("sync.just_now")
    if minutes < 60:
        return counted("sync.minutes_ago", minutes)
    return when(moment, now)


def when(moment: dt.datetime, now: dt.datetime | None = None) -> str:
    """Return a moment on this laptop's clock: ``09:41`` for today's, else with its day."""
    here = moment.astimezone()
    today = (now or dt.datetime.now(dt.UTC)).astimezone().date()
    if here.date() == today:
        return f"{here:%H:%M}"
    return f"{short_date(here.date(), today, language())} {here:%H:%M}"


def mode_name(mode: str) -> str:
    """Return how a file is shared, in words."""
    return t(f"sync.mode.{mode}")
