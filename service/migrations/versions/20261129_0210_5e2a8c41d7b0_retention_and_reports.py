"""Figures, released reports, and what decides when an ended case goes."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "5e2a8c41d7b0"
down_revision = "6a4e0c17d3b8"
branch_labels = None
depends_on = None

_CLASSES = (
    "UPDATE instance SET retention_class = concat_ws('|', process_id, coalesce(end_name, ''), "
    "coalesce((SELECT string_agg(part, ',' ORDER BY part) FROM ("
    "SELECT DISTINCT process_id AS part FROM task WHERE task.instance_id = instance.id"
    ") AS parts), '')) WHERE status IN ('completed', 'cancelled')"
)


def upgrade() -> None:
    _retention()
    _reports()
    op.create_index("ix_fact_name", "fact", ["municipality", "name", "at"])
    op.create_index(
        "ix_task_closed",
        "task",
        ["municipality", "closed_at"],
        postgresql_where=sa.text("state = 'completed'"),
    )


def _retention() -> None:
    op.add_column("instance", sa.Column("retention_class", sa.Text(), nullable=True))
    op.add_column("reporter", sa.Column("wipe_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(_CLASSES)
    op.execute(
        "UPDATE reporter SET wipe_at = instance.ended_at + interval '30 days' FROM instance "
        "WHERE instance.id = reporter.instance_id AND instance.ended_at IS NOT NULL"
    )
    op.create_index(
        "ix_instance_retention", "instance", ["municipality", "retention_class", "ended_at"]
    )
    op.create_index(
        "ix_reporter_wipe_at",
        "reporter",
        ["wipe_at"],
        postgresql_where=sa.text("wipe_at IS NOT NULL"),
    )
    op.create_table(
        "retention_hold",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality", sa.String(length=61), nullable=False),
        sa.Column("instance_id", sa.Uuid(), nullable=False),
        sa.Column("held_by", sa.Uuid(), nullable=True),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "held_by IS NOT NULL OR until IS NOT NULL", name=op.f("ck_retention_hold_bounded")
        ),
        sa.ForeignKeyConstraint(
            ["instance_id"], ["instance.id"], name=op.f("fk_retention_hold_instance_id")
        ),
        sa.ForeignKeyConstraint(
            ["held_by"], ["instance.id"], name=op.f("fk_retention_hold_held_by")
        ),
        sa.ForeignKeyConstraint(
            ["municipality"], ["municipality.id"], name=op.f("fk_retention_hold_municipality")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_retention_hold")),
    )
    for column in ("instance_id", "held_by"):
        op.create_index(op.f(f"ix_retention_hold_{column}"), "retention_hold", [column])


def _reports() -> None:
    op.create_table(
        "report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality", sa.String(length=61), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("period_from", sa.Date(), nullable=False),
        sa.Column("period_to", sa.Date(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("content", postgresql.JSONB(), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_in", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality"], ["municipality.id"], name=op.f("fk_report_municipality")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
    )
    op.create_index("ix_report_latest", "report", ["municipality", "kind", "released_at"])
