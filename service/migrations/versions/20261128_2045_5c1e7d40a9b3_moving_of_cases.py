"""Moving of cases to a newer publication."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "5c1e7d40a9b3"
down_revision = "5b1c7d20e4a9"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "migration_batch",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality", sa.String(length=61), nullable=False),
        sa.Column("publication_id", sa.Uuid(), nullable=False),
        sa.Column("plans", postgresql.JSONB(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_by", sa.Uuid(), nullable=True),
        sa.Column("started_by_name", sa.String(length=200), nullable=False),
        sa.Column("undone_by", sa.Uuid(), nullable=True),
        sa.Column("undone_by_name", sa.String(length=200), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('running', 'stopped', 'done', 'undoing', 'undone')",
            name=op.f("ck_migration_batch_state"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality"], ["municipality.id"], name=op.f("fk_migration_batch_municipality")
        ),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["publication.id"], name=op.f("fk_migration_batch_publication_id")
        ),
        sa.ForeignKeyConstraint(
            ["started_by"], ["user_account.id"], name=op.f("fk_migration_batch_started_by")
        ),
        sa.ForeignKeyConstraint(
            ["undone_by"], ["user_account.id"], name=op.f("fk_migration_batch_undone_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_migration_batch")),
    )
    op.create_index("ix_migration_batch_started", "migration_batch", ["municipality", "started_at"])
    op.create_table(
        "migration_item",
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("instance_id", sa.Uuid(), nullable=False),
        sa.Column("municipality", sa.String(length=61), nullable=False),
        sa.Column("chunk", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("from_publication_id", sa.Uuid(), nullable=True),
        sa.Column("state_before", sa.LargeBinary(), nullable=True),
        sa.Column("rows_before", sa.LargeBinary(), nullable=True),
        sa.Column("revision_after", sa.Integer(), nullable=True),
        sa.Column("events_after", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'moved', 'skipped', 'failed', 'undone', 'kept')",
            name=op.f("ck_migration_item_state"),
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["migration_batch.id"], name=op.f("fk_migration_item_batch_id")
        ),
        sa.ForeignKeyConstraint(
            ["instance_id"], ["instance.id"], name=op.f("fk_migration_item_instance_id")
        ),
        sa.ForeignKeyConstraint(
            ["municipality"], ["municipality.id"], name=op.f("fk_migration_item_municipality")
        ),
        sa.ForeignKeyConstraint(
            ["from_publication_id"],
            ["publication.id"],
            name=op.f("fk_migration_item_from_publication_id"),
        ),
        sa.PrimaryKeyConstraint("batch_id", "instance_id", name=op.f("pk_migration_item")),
    )
    op.create_index("ix_migration_item_progress", "migration_item", ["batch_id", "state", "chunk"])
    op.create_index("ix_migration_item_instance", "migration_item", ["instance_id", "at"])


def downgrade() -> None:
    op.drop_table("migration_item")
    op.drop_table("migration_batch")
