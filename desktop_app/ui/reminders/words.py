"""What a reminder says: a line of what it is, and a line of what it is about."""

from desktop_app.domain.formats import short_date
from desktop_app.i18n import language, t
from desktop_app.services.reminders import Digest, Reminder


def heading_of(reminder: Reminder) -> str:
    """Return what it is: a meeting in an hour, a follow-up due, a deadline of a trip."""
    values = dict(reminder.values)
    if reminder.code == "follow_up":
        days = values["days"]
        return t("reminders.overdue", n=days) if days > 0 else t("reminders.due_today")
    if reminder.code == "meeting":
        key = "reminders.meeting_abroad" if "beijing" in values else "reminders.meeting"
        return t(key, **values)
    day = short_date(values["due"], None, language())
    key = "late" if values["days"] < 0 else "by"
    return t(f"reminders.{reminder.code}_{key}", day=day, n=values["n"])


def detail_of(reminder: Reminder) -> str:
    """Return what it is about."""
    more = reminder.values.get("company") or reminder.values.get("place") or ""
    return " · ".join(part for part in (reminder.title, more) if part)


def digest_text(found: Digest) -> str:
    """Return the morning's overview; empty when the day is free."""
    parts = [
        t(f"reminders.digest_{name}", n=count)
        for name, count in found._asdict().items()
        if count
    ]  # fmt: skip
    return t("common.list_separator").join(parts)
