"""Suspended and cancelled cases."""

import sqlalchemy as sa
from alembic import op

revision = "5d1c7be20f46"
down_revision = "5c1e7d40a9b3"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("instance", sa.Column("suspended_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("instance", sa.Column("suspended_by", sa.String(length=200), nullable=True))
    op.drop_constraint(op.f("ck_instance_status"), "instance", type_="check")
    op.create_check_constraint(
        op.f("ck_instance_status"),
        "instance",
        "status IN ('active', 'incident', 'suspended', 'completed', 'cancelled', 'erased')",
    )
