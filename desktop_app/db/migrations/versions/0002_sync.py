"""Sync: the link to the team's file, and disputed cells."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the step; schema changes only add."""
    op.create_table(
        "conflict",
        sa.Column("tbl", sa.String(), nullable=False),
        sa.Column("row", sa.LargeBinary(length=16), nullable=False),
        sa.Column("col", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("tbl", "row", "col"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_conflict_row", "conflict", ["row"], unique=False)
    op.create_table(
        "link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("team", sa.String(), nullable=False),
        sa.Column("location", sa.String(), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("memory", sa.String(), nullable=False),
        sa.Column("looked", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.String(), nullable=True),
        sa.Column("last_state", sa.String(), nullable=True),
        sa.Column("last_problem", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
