"""The columns of the ledgers of what comes after signing: cases, approvals, financing, capital."""

from desktop_app.exchange.own_column import OwnColumn
from desktop_app.exchange.own_column import columns_of_text as _columns

CASES = (
    *_columns("case", "main", "number number 5\ntitle text 24"),
    *_columns("company", "main", "name text 20\nname_zh text 14"),
    *_columns(
        "case",
        "main",
        """
        lead_title text 18
        category code:case_category 10
        state code:case_state 10
        supervision code:supervision 10
        lead_department text 16
        support_departments text 16
        owner member 9
        raised_on day 11
        due_on day 11
        progress_percent percent 9
        outcome note 26
        """,
    ),
    *_columns(
        "case",
        "more",
        """
        details note 30
        raised_by code:raised_by 12
        raised_by_name text 14
        meeting text 20
        planned_percent percent 12
        state_reason note 22
        assigned_on day 12
        done_on day 12
        confirmed_on day 13
        confirmed_by text 14
        closed_on day 12
        notes note 26
        """,
    ),
    *_columns("case", "keys", "key key 34\nlead_key key 34\nmeeting_key key 34"),
)
APPROVALS = (
    *_columns("approval", "main", "number number 5\ntitle text 22"),
    *_columns("company", "main", "name text 20\nname_zh text 14"),
    *_columns(
        "approval",
        "main",
        """
        lead_title text 18
        kind code:approval_kind 13
        department text 16
        state code:approval_state 9
        applied_on day 11
        promised_days whole 10
        due_on day 11
        done_on day 11
        document_number text 18
        owner member 9
        area_m2 whole 10
        cost_minor money 11 currency
        currency code:currency 7
        """,
    ),
    *_columns(
        "approval",
        "more",
        """
        template code:approval_template 16
        position whole 8
        planned_on day 12
        buildings whole 8
        notes note 30
        """,
    ),
    *_columns("approval", "keys", "key key 34\nlead_key key 34"),
)
SERVICES = (
    *_columns("approval_service", "main", "number number 5\nkind code:service_kind 14"),
    *_columns("company", "main", "name text 22\nname_zh text 14"),
    *_columns(
        "approval_service",
        "main",
        """
        lead_title text 18
        approval text 22
        served_on day 12
        department text 18
        member member 10
        outcome note 28
        notes note 28
        """,
    ),
    *_columns("approval_service", "keys", "key key 34\nlead_key key 34\napproval_key key 34"),
)
FACILITIES = (
    *_columns("facility", "main", "number number 5"),
    *_columns("company", "main", "name text 24\nname_zh text 14"),
    *_columns(
        "facility",
        "main",
        """
        lead_title text 18
        bank text 20
        product code:product 12
        granted_minor money 12 currency
        drawn_minor money 12 currency
        currency code:currency 7
        granted_on day 11
        drawn_on day 11
        ends_on day 11
        used_for text 18
        notes note 28
        """,
    ),
    *_columns("facility", "more", "event text 22"),
    *_columns(
        "facility",
        "keys",
        """
        key key 34
        lead_key key 34
        company_key key 34
        bank_key key 34
        event_key key 34
        credit_key key 34
        """,
    ),
)
RECEIPTS = (
    *_columns("capital_receipt", "main", "number number 5"),
    *_columns("company", "main", "name text 26\nname_zh text 16"),
    *_columns(
        "capital_receipt",
        "main",
        """
        lead_title text 22
        received_on day 12
        amount_minor money 14 currency
        currency code:currency 8
        kind code:capital_kind 14
        notes note 36
        """,
    ),
    *_columns("capital_receipt", "keys", "key key 34\nlead_key key 34\ncompany_key key 34"),
)
SHEETS_AFTER: dict[str, tuple[OwnColumn, ...]] = {
    "cases": CASES,
    "approvals": APPROVALS,
    "approval-services": SERVICES,
    "facilities": FACILITIES,
    "capital-receipts": RECEIPTS,
}
