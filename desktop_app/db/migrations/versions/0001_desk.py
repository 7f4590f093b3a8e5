"""The desk: the synced tables and the log."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the step; schema changes only add."""
    op.create_table(
        "attachment",
        sa.Column("record_table", sa.String(), nullable=True),
        sa.Column("record_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("media_type", sa.String(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("sha256", sa.String(), nullable=True),
        sa.Column("caption", sa.String(), nullable=True),
        sa.Column("added_at", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_attachment_record_id"), "attachment", ["record_id"], unique=False)
    op.create_table(
        "change",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("stream", sa.LargeBinary(length=16), nullable=False),
        sa.Column("hlc", sa.Integer(), nullable=False),
        sa.Column("tx", sa.LargeBinary(length=16), nullable=False),
        sa.Column("author", sa.String(), nullable=True),
        sa.Column("tbl", sa.String(), nullable=False),
        sa.Column("row", sa.LargeBinary(length=16), nullable=False),
        sa.Column("fields", sa.String(), nullable=False),
        sa.Column("schema", sa.Integer(), nullable=False),
        sa.Column("extra", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("id"),
    )
    op.create_index(op.f("ix_change_hlc"), "change", ["hlc"], unique=False)
    op.create_index("ix_change_row", "change", ["row"], unique=False)
    op.create_index(op.f("ix_change_tx"), "change", ["tx"], unique=False)
    op.create_table(
        "company",
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("name_zh", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("region", sa.String(), nullable=True),
        sa.Column("city", sa.String(), nullable=True),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("postcode", sa.String(), nullable=True),
        sa.Column("lat_e6", sa.Integer(), nullable=True),
        sa.Column("lon_e6", sa.Integer(), nullable=True),
        sa.Column("website", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("chain", sa.String(), nullable=True),
        sa.Column("founded_year", sa.Integer(), nullable=True),
        sa.Column("employees", sa.Integer(), nullable=True),
        sa.Column("revenue_minor", sa.Integer(), nullable=True),
        sa.Column("revenue_currency", sa.String(), nullable=True),
        sa.Column("description", sa.String(), nullable=True),
        sa.Column("china_footprint", sa.String(), nullable=True),
        sa.Column("notes", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "event",
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("name_en", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("city", sa.String(), nullable=True),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("notes", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "installation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stream", sa.LargeBinary(length=16), nullable=False),
        sa.Column("hlc", sa.Integer(), nullable=False),
        sa.Column("silent", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "journal",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("tx", sa.LargeBinary(length=16), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("undone", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_table(
        "member",
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("name_en", sa.String(), nullable=True),
        sa.Column("role", sa.String(), nullable=True),
        sa.Column("squad", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("languages", sa.String(), nullable=True),
        sa.Column("passport_expires_on", sa.Date(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "search_key",
        sa.Column("row", sa.LargeBinary(length=16), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("row"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "setting",
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("value", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "target",
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("metric", sa.String(), nullable=True),
        sa.Column("value", sa.Integer(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "touched",
        sa.Column("tbl", sa.String(), nullable=False),
        sa.Column("row", sa.LargeBinary(length=16), nullable=False),
        sa.PrimaryKeyConstraint("tbl", "row"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "trip",
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("title_en", sa.String(), nullable=True),
        sa.Column("status", sa.String(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("purpose", sa.String(), nullable=True),
        sa.Column("purpose_en", sa.String(), nullable=True),
        sa.Column("goals", sa.String(), nullable=True),
        sa.Column("goals_en", sa.String(), nullable=True),
        sa.Column("must_win", sa.String(), nullable=True),
        sa.Column("must_win_en", sa.String(), nullable=True),
        sa.Column("inviter", sa.String(), nullable=True),
        sa.Column("approval_number", sa.String(), nullable=True),
        sa.Column("notice_on", sa.Date(), nullable=True),
        sa.Column("reported_on", sa.Date(), nullable=True),
        sa.Column("passports_returned_on", sa.Date(), nullable=True),
        sa.Column("budget_minor", sa.Integer(), nullable=True),
        sa.Column("spent_minor", sa.Integer(), nullable=True),
        sa.Column("currency", sa.String(), nullable=True),
        sa.Column("classification", sa.String(), nullable=True),
        sa.Column("logistics", sa.String(), nullable=True),
        sa.Column("country_notes", sa.String(), nullable=True),
        sa.Column("emergency_numbers", sa.String(), nullable=True),
        sa.Column("findings", sa.String(), nullable=True),
        sa.Column("suggestions", sa.String(), nullable=True),
        sa.Column("notes", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "contact",
        sa.Column("company_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("name_zh", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("decision_role", sa.String(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("mobile", sa.String(), nullable=True),
        sa.Column("wechat", sa.String(), nullable=True),
        sa.Column("languages", sa.String(), nullable=True),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("notes", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_contact_company_id"), "contact", ["company_id"], unique=False)
    op.create_table(
        "delegate",
        sa.Column("trip_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("member_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("role", sa.String(), nullable=True),
        sa.Column("duty", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("languages", sa.String(), nullable=True),
        sa.Column("passport_number", sa.String(), nullable=True),
        sa.Column("passport_expires_on", sa.Date(), nullable=True),
        sa.Column("visa_state", sa.String(), nullable=True),
        sa.Column("notes", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(["trip_id"], ["trip.id"], initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_delegate_member_id"), "delegate", ["member_id"], unique=False)
    op.create_index(op.f("ix_delegate_trip_id"), "delegate", ["trip_id"], unique=False)
    op.create_table(
        "lead",
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("company_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("chain", sa.String(), nullable=True),
        sa.Column("stage", sa.String(), nullable=True),
        sa.Column("status", sa.String(), nullable=True),
        sa.Column("status_reason", sa.String(), nullable=True),
        sa.Column("lost_to", sa.String(), nullable=True),
        sa.Column("owner_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("source_detail", sa.String(), nullable=True),
        sa.Column("event_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("introducer", sa.String(), nullable=True),
        sa.Column("first_reporter_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("first_reported_on", sa.Date(), nullable=True),
        sa.Column("responded_on", sa.Date(), nullable=True),
        sa.Column("amount_minor", sa.Integer(), nullable=True),
        sa.Column("currency", sa.String(), nullable=True),
        sa.Column("foreign_share_percent", sa.Integer(), nullable=True),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("competitors", sa.String(), nullable=True),
        sa.Column("blocker", sa.String(), nullable=True),
        sa.Column("notes", sa.String(), nullable=True),
        sa.Column("verdict", sa.String(), nullable=True),
        sa.Column("value_industry", sa.Integer(), nullable=True),
        sa.Column("value_technology", sa.Integer(), nullable=True),
        sa.Column("value_size", sa.Integer(), nullable=True),
        sa.Column("value_intensity", sa.Integer(), nullable=True),
        sa.Column("value_investor", sa.Integer(), nullable=True),
        sa.Column("value_environment", sa.Integer(), nullable=True),
        sa.Column("value_safety", sa.Integer(), nullable=True),
        sa.Column("value_land", sa.Integer(), nullable=True),
        sa.Column("value_planning", sa.Integer(), nullable=True),
        sa.Column("value_tax", sa.Integer(), nullable=True),
        sa.Column("value_jobs", sa.Integer(), nullable=True),
        sa.Column("veto", sa.Boolean(), nullable=True),
        sa.Column("veto_reason", sa.String(), nullable=True),
        sa.Column("time_scale", sa.String(), nullable=True),
        sa.Column("decision_maker_met", sa.Boolean(), nullable=True),
        sa.Column("budget_approved", sa.Boolean(), nullable=True),
        sa.Column("land_m2", sa.Integer(), nullable=True),
        sa.Column("plant_m2", sa.Integer(), nullable=True),
        sa.Column("energy_tce", sa.Integer(), nullable=True),
        sa.Column("output_minor", sa.Integer(), nullable=True),
        sa.Column("tax_minor", sa.Integer(), nullable=True),
        sa.Column("jobs", sa.Integer(), nullable=True),
        sa.Column("review_opinion", sa.String(), nullable=True),
        sa.Column("our_commitments", sa.String(), nullable=True),
        sa.Column("their_commitments", sa.String(), nullable=True),
        sa.Column("planned_signing_on", sa.Date(), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("credit_code", sa.String(), nullable=True),
        sa.Column("registered_capital_minor", sa.Integer(), nullable=True),
        sa.Column("registered_currency", sa.String(), nullable=True),
        sa.Column("filing_number", sa.String(), nullable=True),
        sa.Column("land_contract", sa.String(), nullable=True),
        sa.Column("construction_permit", sa.String(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("joint_acceptance", sa.String(), nullable=True),
        sa.Column("completed_on", sa.Date(), nullable=True),
        sa.Column("producing_on", sa.Date(), nullable=True),
        sa.Column("full_capacity_on", sa.Date(), nullable=True),
        sa.Column("actual_output_minor", sa.Integer(), nullable=True),
        sa.Column("actual_tax_minor", sa.Integer(), nullable=True),
        sa.Column("actual_jobs", sa.Integer(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(
            ["first_reporter_id"], ["member.id"], initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["member.id"], initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_lead_company_id"), "lead", ["company_id"], unique=False)
    op.create_index(op.f("ix_lead_event_id"), "lead", ["event_id"], unique=False)
    op.create_index(op.f("ix_lead_first_reporter_id"), "lead", ["first_reporter_id"], unique=False)
    op.create_index(op.f("ix_lead_owner_id"), "lead", ["owner_id"], unique=False)
    op.create_table(
        "leg",
        sa.Column("trip_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("from_place", sa.String(), nullable=True),
        sa.Column("to_place", sa.String(), nullable=True),
        sa.Column("departs_at", sa.String(), nullable=True),
        sa.Column("from_zone", sa.String(), nullable=True),
        sa.Column("arrives_at", sa.String(), nullable=True),
        sa.Column("to_zone", sa.String(), nullable=True),
        sa.Column("booking", sa.String(), nullable=True),
        sa.Column("notes", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["trip_id"], ["trip.id"], initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_leg_trip_id"), "leg", ["trip_id"], unique=False)
    op.create_table(
        "stop",
        sa.Column("trip_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("city", sa.String(), nullable=True),
        sa.Column("city_zh", sa.String(), nullable=True),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("region", sa.String(), nullable=True),
        sa.Column("zone", sa.String(), nullable=True),
        sa.Column("lat_e6", sa.Integer(), nullable=True),
        sa.Column("lon_e6", sa.Integer(), nullable=True),
        sa.Column("arrives_on", sa.Date(), nullable=True),
        sa.Column("departs_on", sa.Date(), nullable=True),
        sa.Column("hotel", sa.String(), nullable=True),
        sa.Column("hotel_address", sa.String(), nullable=True),
        sa.Column("hotel_phone", sa.String(), nullable=True),
        sa.Column("notes", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["trip_id"], ["trip.id"], initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_stop_trip_id"), "stop", ["trip_id"], unique=False)
    op.create_table(
        "lead_stage",
        sa.Column("lead_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("stage", sa.String(), nullable=True),
        sa.Column("reached_on", sa.Date(), nullable=True),
        sa.Column("member_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_lead_stage_lead_id"), "lead_stage", ["lead_id"], unique=False)
    op.create_index(op.f("ix_lead_stage_member_id"), "lead_stage", ["member_id"], unique=False)
    op.create_table(
        "meeting",
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("status", sa.String(), nullable=True),
        sa.Column("trip_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("company_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("lead_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("event_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("starts_at", sa.String(), nullable=True),
        sa.Column("ends_at", sa.String(), nullable=True),
        sa.Column("zone", sa.String(), nullable=True),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("city", sa.String(), nullable=True),
        sa.Column("country", sa.String(), nullable=True),
        sa.Column("region", sa.String(), nullable=True),
        sa.Column("lat_e6", sa.Integer(), nullable=True),
        sa.Column("lon_e6", sa.Integer(), nullable=True),
        sa.Column("transfer", sa.String(), nullable=True),
        sa.Column("dress", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("interpreter", sa.String(), nullable=True),
        sa.Column("note_taker", sa.String(), nullable=True),
        sa.Column("objective", sa.String(), nullable=True),
        sa.Column("wished_outcome", sa.String(), nullable=True),
        sa.Column("talking_points", sa.String(), nullable=True),
        sa.Column("asks", sa.String(), nullable=True),
        sa.Column("offers", sa.String(), nullable=True),
        sa.Column("red_lines", sa.String(), nullable=True),
        sa.Column("questions", sa.String(), nullable=True),
        sa.Column("materials", sa.String(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("cancel_reason", sa.String(), nullable=True),
        sa.Column("notes", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["trip_id"], ["trip.id"], initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_meeting_company_id"), "meeting", ["company_id"], unique=False)
    op.create_index(op.f("ix_meeting_event_id"), "meeting", ["event_id"], unique=False)
    op.create_index(op.f("ix_meeting_lead_id"), "meeting", ["lead_id"], unique=False)
    op.create_index(op.f("ix_meeting_trip_id"), "meeting", ["trip_id"], unique=False)
    op.create_table(
        "attendee",
        sa.Column("meeting_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("contact_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("member_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_attendee_contact_id"), "attendee", ["contact_id"], unique=False)
    op.create_index(op.f("ix_attendee_meeting_id"), "attendee", ["meeting_id"], unique=False)
    op.create_index(op.f("ix_attendee_member_id"), "attendee", ["member_id"], unique=False)
    op.create_table(
        "follow_up",
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("status", sa.String(), nullable=True),
        sa.Column("side", sa.String(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("snoozed_until", sa.Date(), nullable=True),
        sa.Column("owner_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("lead_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("company_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("contact_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("meeting_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("trip_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("previous_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("notes", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["contact_id"], ["contact.id"], initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["member.id"], initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["follow_up.id"], initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(["trip_id"], ["trip.id"], initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_follow_up_company_id"), "follow_up", ["company_id"], unique=False)
    op.create_index(op.f("ix_follow_up_contact_id"), "follow_up", ["contact_id"], unique=False)
    op.create_index(op.f("ix_follow_up_lead_id"), "follow_up", ["lead_id"], unique=False)
    op.create_index(op.f("ix_follow_up_meeting_id"), "follow_up", ["meeting_id"], unique=False)
    op.create_index(op.f("ix_follow_up_owner_id"), "follow_up", ["owner_id"], unique=False)
    op.create_index(op.f("ix_follow_up_previous_id"), "follow_up", ["previous_id"], unique=False)
    op.create_index(op.f("ix_follow_up_trip_id"), "follow_up", ["trip_id"], unique=False)
