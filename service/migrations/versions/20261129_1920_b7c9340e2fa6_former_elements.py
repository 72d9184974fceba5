"""Which elements have left their diagrams.

Those that left before are not in it, and insight does not list them.
"""

import sqlalchemy as sa
from alembic import op

revision = "b7c9340e2fa6"
down_revision = "d2f6a81c5e47"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "former_element",
        sa.Column("municipality", sa.String(length=61), nullable=False),
        sa.Column("process_id", sa.String(length=200), nullable=False),
        sa.Column("element_id", sa.String(length=200), nullable=False),
        sa.Column("publication_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality"],
            ["municipality.id"],
            name=op.f("fk_former_element_municipality_municipality"),
        ),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["publication.id"],
            name=op.f("fk_former_element_publication_id_publication"),
        ),
        sa.PrimaryKeyConstraint(
            "municipality", "process_id", "element_id", name=op.f("pk_former_element")
        ),
    )


def downgrade() -> None:
    op.drop_table("former_element")
