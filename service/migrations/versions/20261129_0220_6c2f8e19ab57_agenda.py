"""What cases put on the agenda of a table."""

import sqlalchemy as sa
from alembic import op

revision = "6c2f8e19ab57"
down_revision = "5e2a8c41d7b0"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agenda_item",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality", sa.String(length=61), nullable=False),
        sa.Column("instance_id", sa.Uuid(), nullable=False),
        sa.Column("reference", sa.String(length=60), nullable=False),
        sa.Column("table_id", sa.String(length=200), nullable=False),
        sa.Column("domain", sa.String(length=20), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=True),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('open', 'scheduled', 'decided', 'lapsed')",
            name=op.f("ck_agenda_item_state"),
        ),
        sa.ForeignKeyConstraint(
            ["instance_id"], ["instance.id"], name=op.f("fk_agenda_item_instance_id_instance")
        ),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["instance.id"], name=op.f("fk_agenda_item_meeting_id_instance")
        ),
        sa.ForeignKeyConstraint(
            ["municipality"],
            ["municipality.id"],
            name=op.f("fk_agenda_item_municipality_municipality"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_item")),
        sa.UniqueConstraint(
            "municipality", "reference", name=op.f("uq_agenda_item_municipality_reference")
        ),
    )
    op.create_index("ix_agenda_item_instance", "agenda_item", ["instance_id"])
    op.create_index(
        "ix_agenda_item_waiting",
        "agenda_item",
        ["municipality", "table_id", "placed_at"],
        postgresql_where=sa.text("state IN ('open', 'scheduled')"),
    )
