"""Which original a file goes back to, by publication, so that taking one back restores it."""

import sqlalchemy as sa
from alembic import op

revision = "5d2c8e7f1b06"
down_revision = "e4b80f3d6a17"
branch_labels = None
depends_on = None

NUMBERED = """
    UPDATE own_version SET number = coalesce(
        (SELECT max(publication.number) FROM publication
         WHERE publication.municipality = own_version.municipality
           AND publication.published_at <= own_version.since), 0)
"""
"""Each was noted at the moment of its publication, or declined after it."""


def upgrade() -> None:
    op.add_column(
        "own_version", sa.Column("number", sa.Integer(), nullable=False, server_default="0")
    )
    op.execute(NUMBERED)
    op.alter_column("own_version", "number", server_default=None)
    op.alter_column("own_version", "original", nullable=True)
    op.drop_constraint(op.f("pk_own_version"), "own_version")
    op.create_primary_key(op.f("pk_own_version"), "own_version", ["municipality", "path", "number"])
