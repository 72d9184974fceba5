"""Cases that are locked extra, and reading in an emergency."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "7a10c4e2b9d3"
down_revision = "8b3d0f5a7c21"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "extra_lock",
        sa.Column("instance_id", sa.Uuid(), nullable=False),
        sa.Column("municipality", sa.String(length=61), nullable=False),
        sa.Column("named", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("roles", postgresql.ARRAY(sa.String(length=61)), nullable=False),
        sa.Column("locked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("locked_by_name", sa.String(length=200), nullable=False),
        sa.CheckConstraint("cardinality(named) > 0", name=op.f("ck_extra_lock_somebody")),
        sa.ForeignKeyConstraint(
            ["instance_id"], ["instance.id"], name=op.f("fk_extra_lock_instance_id")
        ),
        sa.ForeignKeyConstraint(
            ["municipality"], ["municipality.id"], name=op.f("fk_extra_lock_municipality")
        ),
        sa.PrimaryKeyConstraint("instance_id", name=op.f("pk_extra_lock")),
    )
    op.create_index("ix_extra_lock_named", "extra_lock", ["named"], postgresql_using="gin")
    op.create_table(
        "emergency_access",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality", sa.String(length=61), nullable=False),
        sa.Column("instance_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["instance_id"], ["instance.id"], name=op.f("fk_emergency_access_instance_id")
        ),
        sa.ForeignKeyConstraint(
            ["municipality"], ["municipality.id"], name=op.f("fk_emergency_access_municipality")
        ),
        sa.ForeignKeyConstraint(
            ["review_id"], ["instance.id"], name=op.f("fk_emergency_access_review_id")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_emergency_access_user_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_emergency_access")),
    )
    op.create_index(
        "ix_emergency_access_reader", "emergency_access", ["instance_id", "user_id", "until"]
    )
