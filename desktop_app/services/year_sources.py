"""From which records each figure of a year is counted: one SQL definition for number and list.

A source says which records are looked at, the day that puts one into a year, and why one of them
does not count. The figure counts those for which there is no reason; the list shows both.
"""

from dataclasses import dataclass

from desktop_app.domain.words import STAGES, Stage

# A project that stands at one of these was signed.
_SIGNED_STAGES = ", ".join(f"'{s.value}'" for s in STAGES[STAGES.index(Stage.SIGNED) :])
# Read from a partial index: very few projects are deleted, and they are asked for many times.
_GONE = (
    "CASE WHEN {lead} IN (SELECT id FROM lead WHERE deleted = 1) THEN 'project_deleted' "
    "ELSE {more} END"
)
_MONEY = (
    "CASE WHEN {amount} IS NULL THEN 'no_amount' WHEN coalesce({currency}, '') = '' "
    "THEN 'no_currency' WHEN {currency} NOT IN (SELECT key FROM json_each(:rates)) "
    "THEN 'unknown_currency' END"
)
# The first signing of a project is the earliest day that any record tells of (PRODUCT, Figures).
# What is looked at are those that any record says were signed in the year, or on a day not known.
_ROWS = "FROM lead_stage WHERE stage = 'signed' AND deleted IS NOT 1"
# 100M CNY when the investor is domestic, 10M USD when foreign; who has no country counts as
# domestic in CNY.
_SIGNINGS = f"""(WITH signing AS MATERIALIZED (
SELECT l.id, l.deleted, l.chain, l.currency, l.amount_minor - coalesce(l.previous_amount_minor, 0)
    AS added, :first AS touched,
  CASE WHEN c.country = 'CN' OR (l.currency = 'CNY' AND coalesce(c.country, '') = '')
    THEN limits.domestic ELSE limits.foreigners END AS least,
  min(coalesce(l.signed_on, '9'),
    coalesce((SELECT min(reached_on) {_ROWS} AND lead_id = l.id), '9')) AS day
FROM (
  SELECT lead_id AS id {_ROWS} AND reached_on BETWEEN :first AND :last
  UNION SELECT u.lead_id FROM (SELECT lead_id {_ROWS} AND reached_on IS NULL) AS u
    WHERE :undated AND (SELECT min(reached_on) {_ROWS} AND lead_id = u.lead_id) IS NULL
    AND (SELECT signed_on FROM lead WHERE id = u.lead_id) IS NULL
  UNION SELECT id FROM lead WHERE signed_on BETWEEN :first AND :last AND (
    stage IN ({_SIGNED_STAGES}) OR EXISTS (SELECT 1 {_ROWS} AND lead_id = lead.id))
) AS found
CROSS JOIN lead AS l ON l.id = found.id
LEFT JOIN company AS c ON c.id = l.company_id
LEFT JOIN (SELECT d.key, d.value AS domestic, f.value AS foreigners FROM json_each(:domestic) AS d
  JOIN json_each(:foreign) AS f ON f.key = d.key) AS limits ON limits.key = l.currency
) SELECT * FROM signing)"""
_SIGNED = (
    "CASE WHEN x.day < :first THEN 'signed_before' WHEN x.day = '9' THEN 'no_day' ELSE coalesce("
    + _MONEY.format(amount="x.added", currency="x.currency")
    + ", CASE WHEN x.added < x.least THEN 'below_limit' END) END"
)
_IN_CHAIN = (
    f"coalesce({_SIGNED}, CASE WHEN coalesce(x.chain, 'outside') IN ('outside', '') "
    "THEN 'outside_chains' END)"
)
# A meeting lies in the year of the day at its venue; only those near its ends need a look.
_IN_YEAR = (
    "x.starts_at BETWEEN :start AND :end AND (x.starts_at BETWEEN :sure_start AND :sure_end "
    "OR hex(x.id) IN (SELECT value FROM json_each(:edge)))"
)
_EARLY = (
    "coalesce({day} < (SELECT min(day) FROM (SELECT signed_on AS day FROM lead "
    f"WHERE id = x.lead_id UNION SELECT min(reached_on) {_ROWS} AND lead_id = x.lead_id)), 0)"
)
_COMPANY = "coalesce(x.company_id, (SELECT company_id FROM lead WHERE id = x.lead_id))"
_DRAWN_ON = "coalesce(x.drawn_on, x.granted_on)"
_GUARANTEED = "coalesce(x.drawn_minor, x.granted_minor)"
_SERVED_LEAD = "coalesce(x.lead_id, (SELECT lead_id FROM approval WHERE id = x.approval_id))"


@dataclass(frozen=True)
class Source:
    """Records looked at for a figure; ``x`` is the record in all its parts, which are SQL.

    Attributes:
        kind: of the records, as on the command line.
        table: where they stand.
        day: what puts a record into a year.
        reason: why a record of the year does not count; NULL when it does.
        only: which records are looked at at all.
        undated: which ones without a day are told of; the others are not due yet.
        amount: what is added up.
        currency: of the amount.
        company: whose it is.
        within: the year itself, where a day alone does not tell.
        early: whether a record is dated before its project was signed.
    """

    kind: str
    table: str
    day: str
    reason: str = "NULL"
    only: str = "1"
    undated: str = "1"
    amount: str = "NULL"
    currency: str = "NULL"
    company: str = "NULL"
    within: str = ""
    early: str = "0"

    @property
    def in_year(self) -> str:
        """Return the condition under which a record lies in the year."""
        return self.within or f"{self.day} BETWEEN :first AND :last"


def _of_project(more: str = "NULL", lead: str = "x.lead_id") -> str:
    """Return the reasons of what hangs on a project: nothing counts of one that was deleted."""
    return _GONE.format(lead=lead, more=more)


def _facility(only: str, day: str, amount: str, company: bool = False, also: str = "") -> Source:
    """Return the source of a figure of financing: of its companies, or of its money."""
    lacking = f"CASE WHEN coalesce({amount}, 0) <= 0 THEN 'no_amount' END"
    more = (
        f"coalesce({lacking}, CASE WHEN {_COMPANY} IS NULL THEN 'no_company' END)"
        if company
        else _MONEY.format(amount=amount, currency="x.currency")
    )
    return Source(
        "facilities",
        "facility",
        day,
        _of_project(f"coalesce({also}, {more})" if also else more),
        only=only,
        amount="NULL" if company else amount,
        currency="NULL" if company else "x.currency",
        company=_COMPANY if company else "NULL",
    )


def _approval(kind: str = "", amount: str = "NULL", also: str = "NULL") -> Source:
    """Return the source of a figure of approvals; only what is done counts."""
    return Source(
        "approvals",
        "approval",
        "x.done_on",
        _of_project(f"CASE WHEN x.state IS NOT 'done' THEN 'not_done' ELSE {also} END"),
        only=f"x.kind = '{kind}'" if kind else "1",
        undated="x.state = 'done'",
        amount=amount,
        currency="x.currency" if amount == "x.cost_minor" else "NULL",
        early=_EARLY.format(day="x.done_on") if kind else "0",
    )


def _number(column: str, reason: str) -> str:
    return f"CASE WHEN coalesce(x.{column}, 0) <= 0 THEN '{reason}' END"


def _service(kind: str) -> Source:
    """Return the source of the services of a kind."""
    return Source(
        "approval-services",
        "approval_service",
        "x.served_on",
        _of_project(lead=_SERVED_LEAD),
        only=f"x.kind = '{kind}'",
    )


SIGNED = Source("leads", _SIGNINGS, "x.touched", _SIGNED)
IN_CHAIN = Source("leads", _SIGNINGS, "x.touched", _IN_CHAIN)
VISITS = Source(
    "meetings",
    "meeting",
    "x.starts_at",
    "CASE WHEN x.status IS NOT 'held' THEN 'not_held' "
    "WHEN x.kind = 'call' THEN 'not_in_person' END",
    undated="x.status = 'held'",
    within=_IN_YEAR,
)
EVENTS = Source(
    "events",
    "event",
    "x.starts_on",
    "CASE WHEN x.kind = 'matchmaking' THEN 'not_promotion' END",
)
DISPATCHES = Source(
    "dispatch-meetings",
    "dispatch_meeting",
    "x.held_on",
    "CASE WHEN x.status IS NOT 'held' THEN 'not_held' END",
    undated="x.status = 'held'",
)
RAISED = Source("cases", '"case"', "x.raised_on", _of_project())
SOLVED = Source(
    "cases",
    '"case"',
    "x.raised_on",
    _of_project(
        "CASE WHEN x.confirmed_on IS NULL OR coalesce(x.state, '') NOT IN ('confirmed', 'closed') "
        "THEN 'not_confirmed' END"
    ),
)
_CREDIT, _PARK = "x.product = 'credit'", "x.product = 'park_guarantee'"
CREDIT_COMPANIES = _facility(_CREDIT, "x.granted_on", "x.granted_minor", company=True)
CREDIT = _facility(_CREDIT, "x.granted_on", "x.granted_minor")
# What was drawn on a credit stands either with the credit or as loans of its own, never twice.
LOANS = _facility(
    "x.product IN ('credit', 'loan') AND (x.product = 'loan' OR x.drawn_minor IS NOT NULL)",
    _DRAWN_ON,
    "x.drawn_minor",
    also="CASE WHEN x.product = 'credit' AND EXISTS (SELECT 1 FROM facility AS y WHERE "
    "y.credit_id = x.id AND y.product = 'loan' AND y.deleted IS NOT 1) THEN 'in_loans' END",
)
PARK_COMPANIES = _facility(_PARK, _DRAWN_ON, _GUARANTEED, company=True)
PARK = _facility(_PARK, _DRAWN_ON, _GUARANTEED)
APPROVALS = _approval()
SURVEYS, REVIEWS = _service("site_survey"), _service("expert_review")
ONSITE, PROBLEMS = _service("onsite_service"), _service("problem_solved")
PERMITS = _approval("construction_permit")
PERMIT_AREA = _approval("construction_permit", "x.area_m2", _number("area_m2", "no_area"))
PERMIT_COST = _approval(
    "construction_permit",
    "x.cost_minor",
    _MONEY.format(amount="x.cost_minor", currency="x.currency"),
)
BUILDINGS = _approval("joint_acceptance", "x.buildings", _number("buildings", "no_buildings"))
ACCEPTED_AREA = _approval("joint_acceptance", "x.area_m2", _number("area_m2", "no_area"))
RECEIPTS = Source(
    "capital-receipts",
    "capital_receipt",
    "x.received_on",
    _of_project(
        "CASE WHEN x.kind = 'domestic' THEN 'domestic' ELSE "
        + _MONEY.format(amount="x.amount_minor", currency="x.currency")
        + " END"
    ),
    amount="x.amount_minor",
    currency="x.currency",
    early=_EARLY.format(day="x.received_on"),
)
