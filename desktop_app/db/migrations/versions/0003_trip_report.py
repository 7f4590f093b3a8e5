"""What a trip report tells: meetings added on the way and why, problems to be settled."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply the step; schema changes only add."""
    op.add_column("meeting", sa.Column("unplanned", sa.Boolean(), nullable=True))
    op.add_column("meeting", sa.Column("unplanned_reason", sa.String(), nullable=True))
    op.add_column("trip", sa.Column("problems", sa.String(), nullable=True))
