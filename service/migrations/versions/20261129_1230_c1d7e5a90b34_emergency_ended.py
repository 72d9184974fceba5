"""Emergency reading that is ended before its time."""

import sqlalchemy as sa
from alembic import op

revision = "c1d7e5a90b34"
down_revision = "9c4e1a6b8d32"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "emergency_access", sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True)
    )
