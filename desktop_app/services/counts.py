"""How much waits in each view, as the navigation shows it."""

import datetime as dt
from typing import NamedTuple

from desktop_app.db.driver import Source, plain


class NavigationCounts(NamedTuple):
    """Leads, companies, contacts, trips not yet over, follow-ups due by today, those overdue."""

    leads: int
    companies: int
    contacts: int
    trips: int
    due: int
    overdue: int


# Plain SQL: the window counts before SQLAlchemy is there. A follow-up waits for its due day, or
# for the day that it was put off to when that is later.
_DAY = "max(coalesce(f.due_on, f.snoozed_until), coalesce(f.snoozed_until, f.due_on))"
_COUNTS = f"""
SELECT
  (SELECT count(*) FROM lead WHERE deleted IS NOT 1),
  (SELECT count(*) FROM company WHERE deleted IS NOT 1),
  (SELECT count(*) FROM contact WHERE deleted IS NOT 1),
  (SELECT count(*) FROM trip WHERE deleted IS NOT 1
    AND (status IS NULL OR status NOT IN ('reported', 'cancelled'))),
  coalesce(sum({_DAY} <= :today), 0),
  coalesce(sum({_DAY} < :today), 0)
FROM follow_up AS f LEFT JOIN lead ON lead.id = f.lead_id
WHERE f.deleted IS NOT 1 AND lead.deleted IS NOT 1 AND f.status = 'open'"""


def navigation_counts(source: Source, today: dt.date) -> NavigationCounts:
    """Return the counts on a day."""
    found = plain(source).execute(_COUNTS, {"today": today.isoformat()}).fetchone()
    return NavigationCounts(*found)
