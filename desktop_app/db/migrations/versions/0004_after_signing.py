"""From signature to production: cases, approvals, financing, capital, squads."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# Alembic adds no foreign key to a table that SQLite already has; with its column it may come.
_SQUAD = (
    "ALTER TABLE {table} ADD COLUMN squad_id BLOB "
    "REFERENCES squad (id) DEFERRABLE INITIALLY DEFERRED"
)


def upgrade() -> None:
    """Apply the step; schema changes only add."""
    op.create_table(
        "dispatch_meeting",
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("status", sa.String(), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("chair", sa.String(), nullable=True),
        sa.Column("departments", sa.String(), nullable=True),
        sa.Column("agenda", sa.String(), nullable=True),
        sa.Column("minutes", sa.String(), nullable=True),
        sa.Column("notes", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "squad",
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("name_en", sa.String(), nullable=True),
        sa.Column("area", sa.String(), nullable=True),
        sa.Column("leader_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=True),
        sa.Column("notes", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["leader_id"], ["member.id"], initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_squad_leader_id"), "squad", ["leader_id"], unique=False)
    op.create_table(
        "squad_member",
        sa.Column("squad_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("member_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("role", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(["squad_id"], ["squad.id"], initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_squad_member_member_id"), "squad_member", ["member_id"], unique=False)
    op.create_index(op.f("ix_squad_member_squad_id"), "squad_member", ["squad_id"], unique=False)
    op.create_table(
        "approval",
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("lead_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("template", sa.String(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("department", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=True),
        sa.Column("promised_days", sa.Integer(), nullable=True),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("applied_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("document_number", sa.String(), nullable=True),
        sa.Column("owner_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("area_m2", sa.Integer(), nullable=True),
        sa.Column("cost_minor", sa.Integer(), nullable=True),
        sa.Column("currency", sa.String(), nullable=True),
        sa.Column("buildings", sa.Integer(), nullable=True),
        sa.Column("notes", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["owner_id"], ["member.id"], initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "ix_approval_done_on", "approval", ["done_on", "state", "lead_id", "deleted"], unique=False
    )
    op.create_index("ix_approval_kind", "approval", ["kind", "done_on"], unique=False)
    op.create_index(op.f("ix_approval_lead_id"), "approval", ["lead_id"], unique=False)
    op.create_index(op.f("ix_approval_owner_id"), "approval", ["owner_id"], unique=False)
    op.create_table(
        "capital_receipt",
        sa.Column("lead_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("company_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("amount_minor", sa.Integer(), nullable=True),
        sa.Column("currency", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("notes", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        op.f("ix_capital_receipt_company_id"), "capital_receipt", ["company_id"], unique=False
    )
    op.create_index(
        op.f("ix_capital_receipt_lead_id"), "capital_receipt", ["lead_id"], unique=False
    )
    op.create_table(
        "event_company",
        sa.Column("event_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("company_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("lead_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("present_as", sa.String(), nullable=True),
        sa.Column("held_talks", sa.Boolean(), nullable=True),
        sa.Column("notes", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        op.f("ix_event_company_company_id"), "event_company", ["company_id"], unique=False
    )
    op.create_index(op.f("ix_event_company_event_id"), "event_company", ["event_id"], unique=False)
    op.create_index(op.f("ix_event_company_lead_id"), "event_company", ["lead_id"], unique=False)
    op.create_table(
        "facility",
        sa.Column("company_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("lead_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("event_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("bank_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("product", sa.String(), nullable=True),
        sa.Column("credit_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("granted_minor", sa.Integer(), nullable=True),
        sa.Column("drawn_minor", sa.Integer(), nullable=True),
        sa.Column("currency", sa.String(), nullable=True),
        sa.Column("granted_on", sa.Date(), nullable=True),
        sa.Column("drawn_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("used_for", sa.String(), nullable=True),
        sa.Column("notes", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["bank_id"], ["company.id"], initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(
            ["credit_id"], ["facility.id"], initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_facility_bank_id"), "facility", ["bank_id"], unique=False)
    op.create_index(op.f("ix_facility_company_id"), "facility", ["company_id"], unique=False)
    op.create_index(op.f("ix_facility_credit_id"), "facility", ["credit_id"], unique=False)
    op.create_index(op.f("ix_facility_event_id"), "facility", ["event_id"], unique=False)
    op.create_index(op.f("ix_facility_lead_id"), "facility", ["lead_id"], unique=False)
    op.create_table(
        "approval_service",
        sa.Column("approval_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("lead_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("served_on", sa.Date(), nullable=True),
        sa.Column("department", sa.String(), nullable=True),
        sa.Column("member_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("notes", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(
            ["approval_id"], ["approval.id"], initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(
            ["member_id"], ["member.id"], initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        op.f("ix_approval_service_approval_id"), "approval_service", ["approval_id"], unique=False
    )
    op.create_index(
        "ix_approval_service_kind", "approval_service", ["kind", "served_on"], unique=False
    )
    op.create_index(
        op.f("ix_approval_service_lead_id"), "approval_service", ["lead_id"], unique=False
    )
    op.create_index(
        op.f("ix_approval_service_member_id"), "approval_service", ["member_id"], unique=False
    )
    op.create_table(
        "case",
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("lead_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("category", sa.String(), nullable=True),
        sa.Column("raised_by", sa.String(), nullable=True),
        sa.Column("raised_by_name", sa.String(), nullable=True),
        sa.Column("meeting_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("raised_on", sa.Date(), nullable=True),
        sa.Column("owner_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("lead_department", sa.String(), nullable=True),
        sa.Column("support_departments", sa.String(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("state", sa.String(), nullable=True),
        sa.Column("state_reason", sa.String(), nullable=True),
        sa.Column("supervision", sa.String(), nullable=True),
        sa.Column("progress_percent", sa.Integer(), nullable=True),
        sa.Column("planned_percent", sa.Integer(), nullable=True),
        sa.Column("assigned_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("confirmed_by", sa.String(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("details", sa.String(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("notes", sa.String(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["lead_id"], ["lead.id"], initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], initially="DEFERRED", deferrable=True
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["member.id"], initially="DEFERRED", deferrable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_case_lead_id"), "case", ["lead_id"], unique=False)
    op.create_index(op.f("ix_case_meeting_id"), "case", ["meeting_id"], unique=False)
    op.create_index(op.f("ix_case_owner_id"), "case", ["owner_id"], unique=False)
    op.create_index("ix_case_raised_on", "case", ["raised_on"], unique=False)
    op.create_table(
        "dispatch_item",
        sa.Column("dispatch_meeting_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("case_id", sa.LargeBinary(length=16), nullable=True),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("decision", sa.String(), nullable=True),
        sa.Column("lead_department", sa.String(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], initially="DEFERRED", deferrable=True),
        sa.ForeignKeyConstraint(
            ["dispatch_meeting_id"], ["dispatch_meeting.id"], initially="DEFERRED", deferrable=True
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_dispatch_item_case_id"), "dispatch_item", ["case_id"], unique=False)
    op.create_index(
        op.f("ix_dispatch_item_dispatch_meeting_id"),
        "dispatch_item",
        ["dispatch_meeting_id"],
        unique=False,
    )
    op.execute(_SQUAD.format(table="event"))
    op.create_index(op.f("ix_event_squad_id"), "event", ["squad_id"], unique=False)
    op.add_column("lead", sa.Column("previous_amount_minor", sa.Integer(), nullable=True))
    op.create_index(
        "ix_lead_deleted", "lead", ["id"], unique=False, sqlite_where=sa.text("deleted = 1")
    )
    op.create_index(
        "ix_lead_signed_on",
        "lead",
        ["signed_on"],
        unique=False,
        sqlite_where=sa.text("signed_on IS NOT NULL"),
    )
    op.create_index(
        "ix_lead_stage_signed",
        "lead_stage",
        ["lead_id", "reached_on", "stage", "deleted"],
        unique=False,
        sqlite_where=sa.text("stage = 'signed' AND deleted IS NOT 1"),
    )
    op.execute(_SQUAD.format(table="meeting"))
    op.add_column("meeting", sa.Column("satisfaction_notes", sa.String(), nullable=True))
    op.create_index(op.f("ix_meeting_squad_id"), "meeting", ["squad_id"], unique=False)
    op.create_index(
        "ix_meeting_starts_at",
        "meeting",
        ["starts_at", "status", "kind", "deleted"],
        unique=False,
    )
