"""The words of what comes after signing as codes: cases, approvals, financing, capital."""

from enum import StrEnum


class CaseState(StrEnum):
    """Where a case stands between being raised and being struck off the list."""

    COLLECTED = "collected"
    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    DISPATCH = "dispatch"
    DONE = "done"
    CONFIRMED = "confirmed"
    CLOSED = "closed"
    RETURNED = "returned"


class CaseCategory(StrEnum):
    """What a case is about, where the team keeps no list of its own."""

    LAND = "land"
    ARCHAEOLOGY = "archaeology"
    ENERGY_USE = "energy_use"
    FINANCING = "financing"
    LABOUR = "labour"
    ENVIRONMENT = "environment"
    PLANNING = "planning"
    APPROVAL = "approval"
    UTILITIES = "utilities"
    POLICY = "policy"
    OTHER = "other"


class RaisedBy(StrEnum):
    """Through whom a case came to the team."""

    GRID_OFFICER = "grid_officer"
    VISIT = "visit"
    ENTERPRISE = "enterprise"
    DEPARTMENT = "department"
    SUPERIOR = "superior"


class Supervision(StrEnum):
    """How far up a case is supervised (督查督办)."""

    REGULAR = "regular"
    KEY = "key"
    LEADER = "leader"


class Light(StrEnum):
    """Whether a case keeps to its plan."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"


class ApprovalKind(StrEnum):
    """What an approval is; permits and acceptances are counted on their own."""

    COMPANY_SETUP = "company_setup"
    FILING = "filing"
    LAND = "land"
    PLANNING = "planning"
    ENVIRONMENT = "environment"
    ENERGY = "energy"
    CONSTRUCTION_PERMIT = "construction_permit"
    JOINT_ACCEPTANCE = "joint_acceptance"
    OTHER = "other"


class ApprovalState(StrEnum):
    """How far an approval is."""

    TO_DO = "to_do"
    APPLIED = "applied"
    DONE = "done"
    REFUSED = "refused"
    NOT_NEEDED = "not_needed"


class ServiceKind(StrEnum):
    """What was done to help an approval along."""

    SITE_SURVEY = "site_survey"
    EXPERT_REVIEW = "expert_review"
    ONSITE_SERVICE = "onsite_service"
    PROBLEM_SOLVED = "problem_solved"


class Product(StrEnum):
    """What a bank gives: a limit, a loan, or a loan that the park guarantees."""

    CREDIT = "credit"
    LOAN = "loan"
    PARK_GUARANTEE = "park_guarantee"


class PresentAs(StrEnum):
    """As what a company was present at an event."""

    COMPANY = "company"
    BANK = "bank"


class CapitalKind(StrEnum):
    """In what form capital arrived; ``domestic`` is not foreign."""

    CASH = "cash"
    CROSS_BORDER_RMB = "cross_border_rmb"
    EQUIPMENT = "equipment"
    REINVESTED_PROFIT = "reinvested_profit"
    DOMESTIC = "domestic"
