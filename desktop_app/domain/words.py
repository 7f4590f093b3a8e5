"""The words of the trade as codes: one enum per concept, in the order people expect to see them.

Source: the product's word list; labels for people live in resources/translations/words.json.
"""

from enum import StrEnum


class Stage(StrEnum):
    """How far a lead has come, from the first hint to full production."""

    LEAD = "lead"
    SCREENED = "screened"
    NEGOTIATING = "negotiating"
    SITE_REVIEW = "site_review"
    READY_TO_SIGN = "ready_to_sign"
    SIGNED = "signed"
    REGISTERED = "registered"
    STARTED = "started"
    COMPLETED = "completed"
    PRODUCING = "producing"
    FULL_CAPACITY = "full_capacity"


STAGES: tuple[Stage, ...] = tuple(Stage)


class Status(StrEnum):
    """Whether a lead is being worked on; independent of its stage."""

    ACTIVE = "active"
    PAUSED = "paused"
    LOST = "lost"
    ENDED = "ended"
    HANDED_OVER = "handed_over"


class Source(StrEnum):
    """The channel a lead came from."""

    SQUAD_VISIT = "squad_visit"
    EXPO = "expo"
    EXISTING_INVESTOR = "existing_investor"
    CHAIN_LEADER = "chain_leader"
    CHAMBER = "chamber"
    CONSULATE = "consulate"
    AGENCY = "agency"
    FUND_BANK = "fund_bank"
    EXPANSION = "expansion"
    INBOUND = "inbound"
    SUPERIOR = "superior"


class Chain(StrEnum):
    """The industry chains and clusters a project is counted under (四群八链)."""

    POWER_EQUIPMENT = "power_equipment"
    AUTOMOTIVE = "automotive"
    ADVANCED_MATERIALS = "advanced_materials"
    MEDICAL = "medical"
    NEW_IT = "new_it"
    AEROSPACE = "aerospace"
    MARINE = "marine"
    SMART_AGRI = "smart_agri"
    HIGH_END_EQUIPMENT = "high_end_equipment"
    LIFE_HEALTH = "life_health"
    DIGITAL_ECONOMY = "digital_economy"
    NEW_MATERIALS = "new_materials"
    OUTSIDE = "outside"


class CompanyKind(StrEnum):
    """What a company is to the team."""

    INVESTOR = "investor"
    BANK = "bank"
    CHAMBER = "chamber"
    AGENCY = "agency"
    AUTHORITY = "authority"


class MeetingKind(StrEnum):
    """The form of one contact moment."""

    VISIT = "visit"
    CALL = "call"
    EXPO_TALK = "expo_talk"
    RECEPTION = "reception"
    SITE_VISIT = "site_visit"
    SIGNING = "signing"
    ROUNDTABLE = "roundtable"
    AFTERCARE = "aftercare"


class MeetingStatus(StrEnum):
    """Whether a meeting is still to come, took place, or did not."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


class TripStatus(StrEnum):
    """Where a trip stands between the first plan and the handed-in report."""

    PLANNING = "planning"
    APPROVED = "approved"
    TRAVELLING = "travelling"
    RETURNED = "returned"
    REPORTED = "reported"
    CANCELLED = "cancelled"


class LegKind(StrEnum):
    """The means of a transfer."""

    FLIGHT = "flight"
    TRAIN = "train"
    CAR = "car"
    BUS = "bus"
    FERRY = "ferry"
    WALK = "walk"


class DelegateRole(StrEnum):
    """What somebody does in a delegation."""

    HEAD = "head"
    MEMBER = "member"
    INTERPRETER = "interpreter"
    NOTE_TAKER = "note_taker"
    EXPERT = "expert"


class VisaState(StrEnum):
    """How far a traveller's visa is."""

    NOT_NEEDED = "not_needed"
    TO_APPLY = "to_apply"
    APPLIED = "applied"
    GRANTED = "granted"
    REFUSED = "refused"


class FollowUpStatus(StrEnum):
    """Whether a follow-up is ours to do, with the other side, done, or dropped."""

    OPEN = "open"
    WAITING = "waiting"
    DONE = "done"
    DROPPED = "dropped"


class Side(StrEnum):
    """Whose promise a follow-up is; a follow-up without a side is a plain task."""

    OURS = "ours"
    THEIRS = "theirs"


class EventKind(StrEnum):
    """The kind of event leads come from."""

    EXPO = "expo"
    PROMOTION = "promotion"
    FORUM = "forum"
    ROADSHOW = "roadshow"
    MATCHMAKING = "matchmaking"


class TimeScale(StrEnum):
    """When an investor means to decide."""

    WITHIN_6_MONTHS = "within_6_months"
    WITHIN_12_MONTHS = "within_12_months"
    WITHIN_24_MONTHS = "within_24_months"
    OPEN = "open"


class Verdict(StrEnum):
    """The outcome of screening."""

    PURSUE = "pursue"
    WATCH = "watch"
    DECLINE = "decline"


class DecisionRole(StrEnum):
    """How much a contact decides."""

    DECISION_MAKER = "decision_maker"
    INFLUENCER = "influencer"
    EXPERT = "expert"
    GATEKEEPER = "gatekeeper"
