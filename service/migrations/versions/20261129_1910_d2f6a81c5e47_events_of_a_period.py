"""Finds the events of a period by an ordinary index.

A BRIN index holds for rows that lie in the order of their moments. Where cases are erased, later
events fill the room, and then it finds nearly every page of the table.
"""

from alembic import op

revision = "d2f6a81c5e47"
down_revision = "5d2c8e7f1b06"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_event_at", table_name="event")
    op.create_index("ix_event_at", "event", ["municipality", "at"])


def downgrade() -> None:
    op.drop_index("ix_event_at", table_name="event")
    op.create_index(
        "ix_event_at",
        "event",
        ["at"],
        postgresql_using="brin",
        postgresql_with={"pages_per_range": 16, "autosummarize": "on"},
    )
