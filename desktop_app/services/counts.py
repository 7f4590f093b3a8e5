"""How much waits in each view, as the navigation shows it."""

import datetime as dt
from typing import NamedTuple

from desktop_app.db.driver import Source, plain


class NavigationCounts(NamedTuple):
    """Leads, trips not yet over, open follow-ups, and those of them that are overdue."""

    leads: int
    trips: int
    follow_ups: int
    overdue: int


# Plain SQL: the window counts before SQLAlchemy is there. A follow-up waits for its due day, or
# for the day that it was put off to when that is later.
_COUNTS = """
SELECT
  (SELECT count(*) FROM lead WHERE deleted IS NOT 1),
  (SELECT count(*) FROM trip WHERE deleted IS NOT 1
    AND (status IS NULL OR status NOT IN ('reported', 'cancelled'))),
  count(*),
  coalesce(sum(max(coalesce(f.due_on, f.snoozed_until), coalesce(f.snoozed_until, f.due_on)) < ?),
    0)
FROM follow_up AS f LEFT JOIN lead ON lead.id = f.lead_id
WHERE f.deleted IS NOT 1 AND lead.deleted IS NOT 1 AND f.status = 'open'"""


def navigation_counts(source: Source, today: dt.date) -> NavigationCounts:
    """Return the counts on a day."""
    found = plain(source).execute(_COUNTS, (today.isoformat(),)).fetchone()
    return NavigationCounts(*found)
