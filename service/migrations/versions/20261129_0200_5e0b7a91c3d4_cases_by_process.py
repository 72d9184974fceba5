"""Cases by process, newest first."""

from alembic import op

revision = "5e0b7a91c3d4"
down_revision = "5d1c7be20f46"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_instance_process", "instance", ["municipality", "process_id", "started_at", "id"]
    )


def downgrade() -> None:
    op.drop_index("ix_instance_process", table_name="instance")
