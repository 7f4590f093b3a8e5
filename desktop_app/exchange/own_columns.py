"""The columns of the team's own ledger: what an export writes and an import reads back exactly."""

from collections.abc import Iterable
from functools import cache

from desktop_app.exchange.own_column import OwnColumn
from desktop_app.exchange.own_column import columns_of_text as _columns
from desktop_app.exchange.own_columns_after import SHEETS_AFTER
from desktop_app.i18n import LANGUAGES

# The widths are such that the main part, on A4 across, is still read with the naked eye.
_MAIN = (
    *_columns("lead", "main", "number number 5"),
    *_columns("company", "main", "name text 25\nname_zh text 14"),
    *_columns("lead", "main", "title text 20"),
    *_columns("company", "main", "country code:country 9\ncity text 11"),
    *_columns(
        "lead",
        "main",
        """
        chain code:chain 12
        source code:source 10
        stage code:stage 10
        status code:status 8
        amount_minor money 11 currency
        currency code:currency 7
        owner member 9
        first_reporter member 9
        first_reported_on day 11
        next_on day 11
        next_step text 18
        notes note 30
        """,
    ),
)
_MORE = _columns(
    "lead",
    "more",
    """
    contact_name text 16
    contact_phone text 18
    source_detail text 20
    event text 20
    introducer text 16
    responded_on day 12
    previous_amount_minor money 14 currency
    foreign_share_percent percent 12
    competitors note 20
    blocker note 26
    status_reason note 22
    lost_to text 16
    next_owner member 14
    """,
)
_SCORE = _columns(
    "lead",
    "score",
    """
    verdict code:verdict 11
    value_industry whole 10
    value_technology whole 10
    value_size whole 10
    value_intensity whole 10
    value_investor whole 10
    value_environment whole 10
    value_safety whole 10
    value_land whole 10
    value_planning whole 10
    value_tax whole 10
    value_jobs whole 10
    veto truth 10
    veto_reason note 20
    time_scale code:time_scale 15
    decision_maker_met truth 12
    budget_approved truth 10
    """,
)
_REVIEW = _columns(
    "lead",
    "review",
    """
    land_m2 whole 12
    plant_m2 whole 12
    energy_tce whole 14
    output_minor money 14 currency
    tax_minor money 14 currency
    jobs whole 10
    review_opinion note 30
    """,
)
_SIGNING = _columns(
    "lead",
    "signing",
    """
    our_commitments note 30
    their_commitments note 30
    planned_signing_on day 13
    signed_on day 12
    credit_code text 22
    registered_capital_minor money 14 registered_currency
    registered_currency code:currency 10
    filing_number text 18
    land_contract text 18
    construction_permit text 18
    started_on day 12
    joint_acceptance text 18
    completed_on day 12
    producing_on day 12
    full_capacity_on day 12
    actual_output_minor money 14 currency
    actual_tax_minor money 14 currency
    actual_jobs whole 10
    """,
)
_COMPANY = _columns(
    "company",
    "company",
    """
    kind code:company_kind 12
    region text 12
    address note 30
    postcode text 10
    lat_e6 place 11
    lon_e6 place 11
    website text 24
    phone text 18
    email text 24
    chain code:chain 18
    founded_year year 10
    employees whole 10
    revenue_minor money 14 revenue_currency
    revenue_currency code:currency 10
    description note 34
    china_footprint note 30
    notes note 30
    """,
)
_LEAD_KEYS = _columns("lead", "keys", "key key 34\ncompany_key key 34")
LEADS = (*_MAIN, *_MORE, *_SCORE, *_REVIEW, *_SIGNING, *_COMPANY, *_LEAD_KEYS)

CONTACTS = (
    *_columns("company", "main", "name text 30\nname_zh text 18"),
    *_columns(
        "contact",
        "main",
        """
        name text 20
        name_zh text 14
        title text 22
        decision_role code:decision_role 14
        email text 28
        phone text 18
        mobile text 18
        wechat text 16
        languages text 16
        address note 30
        notes note 36
        """,
    ),
    *_columns("contact", "keys", "key key 34\ncompany_key key 34"),
)
STAGES = (
    *_columns("company", "main", "name text 30"),
    *_columns(
        "stage",
        "main",
        """
        title text 24
        stage code:stage 14
        reached_on day 13
        member member 12
        reason note 40
        """,
    ),
    *_columns("stage", "keys", "key key 34\nlead_key key 34"),
)
FOLLOW_UPS = (
    *_columns("follow_up", "main", "number number 5\ntitle text 26"),
    *_columns("company", "main", "name text 22\nname_zh text 14"),
    *_columns(
        "follow_up",
        "main",
        """
        lead_title text 18
        owner member 9
        status code:follow_up_status 10
        side code:side 11
        due_on day 11
        done_on day 11
        outcome note 24
        notes note 24
        """,
    ),
    *_columns(
        "follow_up",
        "more",
        """
        snoozed_until day 12
        contact text 18
        trip text 20
        meeting text 20
        """,
    ),
    *_columns(
        "follow_up",
        "keys",
        """
        key key 34
        lead_key key 34
        company_key key 34
        contact_key key 34
        trip_key key 34
        meeting_key key 34
        previous_key key 34
        """,
    ),
)
SHEETS: dict[str, tuple[OwnColumn, ...]] = {
    "leads": LEADS,
    "contacts": CONTACTS,
    "stages": STAGES,
    "follow-ups": FOLLOW_UPS,
    **SHEETS_AFTER,
}


@cache
def _headings(sheet: str, lang: str) -> dict[str, OwnColumn]:
    """Return the columns of a sheet by their headings."""
    return {column.heading(lang): column for column in SHEETS[sheet]}


def find_sheet(texts: Iterable[str]) -> tuple[str, str, dict[int, OwnColumn]] | None:
    """Return which of our sheets a row of headings belongs to, its language, and its columns.

    The hidden key is what tells our ledger from one that only calls its columns alike; a column
    may have been taken out or added by hand.
    """
    cells = list(texts)
    for sheet in SHEETS:
        for lang in LANGUAGES:
            known = _headings(sheet, lang)
            found = {at: known[text] for at, text in enumerate(cells) if text in known}
            names = {column.name for column in found.values()}
            if "key" in names and len(found) * 2 > len(known):
                return sheet, lang, found
    return None
