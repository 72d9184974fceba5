"""Indexes for insight: the events of a period, and the cases that run.

Events are written by the clock and never moved, so a BRIN index finds those of a period and
costs an insert nothing that can be measured.
"""

from alembic import op

revision = "9c4e1a6b8d32"
down_revision = "7a10c4e2b9d3"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_event_at",
        "event",
        ["at"],
        postgresql_using="brin",
        postgresql_with={"pages_per_range": 16, "autosummarize": "on"},
    )
    op.create_index(
        "ix_instance_running", "instance", ["municipality"], postgresql_where="ended_at IS NULL"
    )


def downgrade() -> None:
    op.drop_index("ix_instance_running", table_name="instance")
    op.drop_index("ix_event_at", table_name="event")
