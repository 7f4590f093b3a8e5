"""One search over all kinds of records by their prepared keys."""

import json
from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from desktop_app.db.driver import plain
from desktop_app.db.search_keys import fold

# A word that more records hold than these is looked up record by record: the first few are found
# soon. Rarer ones are found once, in one pass over all keys.
_COMMON = 20_000


class Hit(NamedTuple):
    """A record found: its kind as on the command line, its name, and what tells it apart."""

    kind: str
    id: str
    title: str
    detail: str


class _Look(NamedTuple):
    """How records of a kind are looked for.

    Attributes:
        table: where they are.
        names: what is shown of one, as SQL; the first is its title. ``x`` is the record.
        owners: the columns of what it hangs on: it is found by that one's words too.
        joins: what the names are read from.
    """

    table: str
    names: str
    owners: tuple[str, ...] = ()
    joins: str = ""


_COMPANY = "LEFT JOIN company AS c ON c.id = x.company_id"
_PROJECT = "LEFT JOIN lead AS l ON l.id = x.lead_id LEFT JOIN company AS c ON c.id = l.company_id"
_COMPANY_OF_LEAD = "(SELECT company_id FROM lead WHERE id = x.lead_id)"
# In the order in which hits are shown.
_LOOKS = {
    "leads": _Look("lead", "c.name, x.title, c.name_zh", ("x.company_id",), _COMPANY),
    "companies": _Look("company", "x.name, x.name_zh, x.city"),
    "contacts": _Look("contact", "x.name, x.name_zh, c.name", (), _COMPANY),
    "trips": _Look("trip", "x.title, x.title_en, x.starts_on"),
    "follow-ups": _Look("follow_up", "x.title, x.due_on"),
    "meetings": _Look("meeting", "x.title, x.city, substr(x.starts_at, 1, 10)"),
    "cases": _Look(
        '"case"', "x.title, coalesce(l.title, c.name), x.due_on",
        ("x.lead_id", _COMPANY_OF_LEAD), _PROJECT,
    ),
    "approvals": _Look(
        "approval", "x.title, coalesce(l.title, c.name), x.done_on",
        ("x.lead_id", _COMPANY_OF_LEAD), _PROJECT,
    ),
    "dispatch-meetings": _Look("dispatch_meeting", "x.title, x.held_on"),
    "events": _Look("event", "x.name, x.name_en, x.starts_on"),
    "squads": _Look("squad", "x.name, x.name_en"),
}  # fmt: skip


def search_records(
    session: Session, text: str, limit: int = 8, kinds: Collection[str] | None = None
) -> list[Hit]:
    """Return up to ``limit`` living records of each kind whose keys hold every word of ``text``.

    A project is found by its company's words too, a case or an approval by its project's.

    Args:
        session: to read by.
        text: the words; with none nothing is found.
        limit: the most of one kind.
        kinds: as on the command line; all by default.
    """
    words = list(dict.fromkeys(fold(text).split()))
    if not words:
        return []
    source = plain(session)
    values: dict[str, Any] = {"limit": limit}
    tests = []
    for n, word in enumerate(words):
        found = source.execute(
            "SELECT hex(row) FROM search_key WHERE instr(key, ?) LIMIT ?", (word, _COMMON)
        ).fetchall()
        if len(found) < _COMMON:
            values[f"w{n}"] = json.dumps([row[0] for row in found])
            tests.append(f"{{0}} IN (SELECT unhex(value) FROM json_each(:w{n}))")
        else:
            values[f"w{n}"] = word
            tests.append(
                f"EXISTS (SELECT 1 FROM search_key WHERE row = {{0}} AND instr(key, :w{n}))"
            )
    hits = []
    for kind, look in _LOOKS.items():
        if kinds is not None and kind not in kinds:
            continue
        wanted = " AND ".join(
            "(" + " OR ".join(test.format(one) for one in ("x.id", *look.owners)) + ")"
            for test in tests
        )
        rows = source.execute(
            f"SELECT lower(hex(x.id)), {look.names} FROM {look.table} AS x {look.joins} "
            f"WHERE x.deleted IS NOT 1 AND {wanted} LIMIT :limit",
            values,
        )
        for record_id, title, *more in rows:
            names = [str(part) for part in (title, *more) if part]
            hits.append(Hit(kind, record_id, names[0] if names else "", " · ".join(names[1:])))
    return hits
