"""Signals between cases, receipts of what was delivered, and processes that begin by the clock."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "5b1c7d20e4a9"
down_revision = "5d0c6e1f7a42"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "instance",
        sa.Column(
            "waiting_signals", postgresql.ARRAY(sa.Text()), server_default="{}", nullable=False
        ),
    )
    op.create_index(
        "ix_instance_waiting_signals",
        "instance",
        ["waiting_signals"],
        unique=False,
        postgresql_using="gin",
    )
    _let_signals_out()
    _make_delivery()
    _make_scheduled_start()


def _let_signals_out() -> None:
    op.drop_constraint(op.f("ck_message_out_channel"), "message_out", type_="check")
    op.create_check_constraint(
        op.f("ck_message_out_channel"), "message_out", "channel IN ('mail', 'process', 'signal')"
    )
    op.add_column("message_out", sa.Column("data_key", sa.LargeBinary(), nullable=True))
    op.add_column("message_out", sa.Column("sender_id", sa.Uuid(), nullable=True))
    op.add_column("message_out", sa.Column("sender_name", sa.String(length=200), nullable=True))
    op.create_foreign_key(
        op.f("fk_message_out_sender_id"), "message_out", "user_account", ["sender_id"], ["id"]
    )


def _make_delivery() -> None:
    op.create_table(
        "delivery",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality", sa.String(length=61), nullable=False),
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("instance_id", sa.Uuid(), nullable=True),
        sa.Column("process_id", sa.String(length=200), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'held', 'done', 'missed', 'failed')",
            name=op.f("ck_delivery_state"),
        ),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message_out.id"], name=op.f("fk_delivery_message_id")
        ),
        sa.ForeignKeyConstraint(
            ["municipality"], ["municipality.id"], name=op.f("fk_delivery_municipality")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint(
            "message_id", "instance_id", name=op.f("uq_delivery_message_id_instance_id")
        ),
        sa.UniqueConstraint(
            "message_id", "process_id", name=op.f("uq_delivery_message_id_process_id")
        ),
    )
    op.create_index(op.f("ix_delivery_instance_id"), "delivery", ["instance_id"], unique=False)
    op.create_index(
        "ix_delivery_failed",
        "delivery",
        ["municipality", "created_at"],
        unique=False,
        postgresql_where="state = 'failed'",
    )


def _make_scheduled_start() -> None:
    op.create_table(
        "scheduled_start",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality", sa.String(length=61), nullable=False),
        sa.Column("process_id", sa.String(length=200), nullable=False),
        sa.Column("element_id", sa.String(length=200), nullable=False),
        sa.Column("publication_id", sa.Uuid(), nullable=False),
        sa.Column("timer", sa.Text(), nullable=False),
        sa.Column("anchor_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("counted_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("missed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("incident", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality"], ["municipality.id"], name=op.f("fk_scheduled_start_municipality")
        ),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["publication.id"], name=op.f("fk_scheduled_start_publication_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scheduled_start")),
        sa.UniqueConstraint(
            "municipality",
            "process_id",
            "element_id",
            name=op.f("uq_scheduled_start_municipality_process_id_element_id"),
        ),
    )
    op.create_index(
        "ix_scheduled_start_next_at",
        "scheduled_start",
        ["next_at"],
        unique=False,
        postgresql_where="next_at IS NOT NULL",
    )


def downgrade() -> None:
    op.drop_table("scheduled_start")
    op.drop_table("delivery")
    op.drop_constraint(op.f("fk_message_out_sender_id"), "message_out", type_="foreignkey")
    for column in ("sender_name", "sender_id", "data_key"):
        op.drop_column("message_out", column)
    op.execute("DELETE FROM message_out WHERE channel = 'signal'")
    op.drop_constraint(op.f("ck_message_out_channel"), "message_out", type_="check")
    op.create_check_constraint(
        op.f("ck_message_out_channel"), "message_out", "channel IN ('mail', 'process')"
    )
    op.drop_index("ix_instance_waiting_signals", table_name="instance")
    op.drop_column("instance", "waiting_signals")
