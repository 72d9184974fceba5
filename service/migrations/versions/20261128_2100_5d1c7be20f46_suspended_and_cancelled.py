"""Suspended and cancelled cases, and the messages that a suspended case has yet to get."""

import sqlalchemy as sa
from alembic import op

revision = "5d1c7be20f46"
down_revision = "864bf596502c"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("instance", sa.Column("suspended_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("instance", sa.Column("suspended_by", sa.String(length=200), nullable=True))
    op.drop_constraint(op.f("ck_instance_status"), "instance", type_="check")
    op.create_check_constraint(
        op.f("ck_instance_status"),
        "instance",
        "status IN ('active', 'incident', 'suspended', 'completed', 'cancelled')",
    )
    op.create_table(
        "held_message",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality", sa.String(length=61), nullable=False),
        sa.Column("instance_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("correlation_key", sa.String(length=200), nullable=True),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("sender_id", sa.Uuid(), nullable=True),
        sa.Column("sender_name", sa.String(length=200), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["instance_id"], ["instance.id"], name=op.f("fk_held_message_instance_id")
        ),
        sa.ForeignKeyConstraint(
            ["municipality"], ["municipality.id"], name=op.f("fk_held_message_municipality")
        ),
        sa.ForeignKeyConstraint(
            ["sender_id"], ["user_account.id"], name=op.f("fk_held_message_sender_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held_message")),
    )
    op.create_index("ix_held_message_instance", "held_message", ["instance_id", "received_at"])
