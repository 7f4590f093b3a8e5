"""Which columns hold a word of the trade, and reading such a word as people write it."""

from enum import StrEnum

from desktop_app.domain.errors import DeskError
from desktop_app.domain.words import (
    CompanyKind,
    DecisionRole,
    DelegateRole,
    EventKind,
    FollowUpStatus,
    LegKind,
    MeetingKind,
    MeetingStatus,
    Side,
    Source,
    Stage,
    Status,
    TimeScale,
    TripStatus,
    Verdict,
    VisaState,
)
from desktop_app.domain.words_after import (
    ApprovalKind,
    ApprovalState,
    CapitalKind,
    CaseState,
    PresentAs,
    Product,
    RaisedBy,
    ServiceKind,
    Supervision,
)
from desktop_app.i18n import LANGUAGES, word

# By table and column: the concept in the word list and its codes. Industry chains, categories of
# cases and lines of the checklist are left out: they are data that a team may extend.
CODES: dict[tuple[str, str], tuple[str, type[StrEnum]]] = {
    ("lead", "stage"): ("stage", Stage),
    ("lead", "status"): ("status", Status),
    ("lead", "source"): ("source", Source),
    ("lead", "verdict"): ("verdict", Verdict),
    ("lead", "time_scale"): ("time_scale", TimeScale),
    ("lead_stage", "stage"): ("stage", Stage),
    ("company", "kind"): ("company_kind", CompanyKind),
    ("contact", "decision_role"): ("decision_role", DecisionRole),
    ("event", "kind"): ("event_kind", EventKind),
    ("meeting", "kind"): ("meeting_kind", MeetingKind),
    ("meeting", "status"): ("meeting_status", MeetingStatus),
    ("trip", "status"): ("trip_status", TripStatus),
    ("leg", "kind"): ("leg_kind", LegKind),
    ("delegate", "role"): ("delegate_role", DelegateRole),
    ("delegate", "visa_state"): ("visa_state", VisaState),
    ("follow_up", "status"): ("follow_up_status", FollowUpStatus),
    ("follow_up", "side"): ("side", Side),
    ("case", "state"): ("case_state", CaseState),
    ("case", "raised_by"): ("raised_by", RaisedBy),
    ("case", "supervision"): ("supervision", Supervision),
    ("dispatch_meeting", "status"): ("meeting_status", MeetingStatus),
    ("approval", "kind"): ("approval_kind", ApprovalKind),
    ("approval", "state"): ("approval_state", ApprovalState),
    ("approval_service", "kind"): ("service_kind", ServiceKind),
    ("facility", "product"): ("product", Product),
    ("event_company", "present_as"): ("present_as", PresentAs),
    ("capital_receipt", "kind"): ("capital_kind", CapitalKind),
}


def parse_code(table: str, column: str, text: str) -> str:
    """Return the code meant by a code or by its label in either language.

    Raises:
        DeskError: the column holds codes and this is none of them (``unknown_code``).
    """
    if (table, column) not in CODES:
        return text
    concept, codes = CODES[table, column]
    wanted = text.strip().casefold()
    for code in codes:
        labels = {code.value, *(word(concept, code.value, lang).casefold() for lang in LANGUAGES)}
        if wanted in labels:
            return code.value
    choices = ", ".join(code.value for code in codes)
    raise DeskError("unknown_code", field=column, value=text, choices=choices)
