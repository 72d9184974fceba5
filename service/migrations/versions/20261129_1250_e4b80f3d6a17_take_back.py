"""Taking a publication back, to be confirmed by a second person."""

import sqlalchemy as sa
from alembic import op

revision = "e4b80f3d6a17"
down_revision = "c1d7e5a90b34"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "take_back",
        sa.Column("publication_id", sa.Uuid(), nullable=False),
        sa.Column("municipality", sa.String(length=61), nullable=False),
        sa.Column("taken_back_by", sa.Uuid(), nullable=False),
        sa.Column("confirmed_by", sa.Uuid(), nullable=True),
        sa.Column("confirmed_by_name", sa.String(length=200), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "confirmed_by <> taken_back_by", name=op.f("ck_take_back_somebody_else")
        ),
        sa.ForeignKeyConstraint(
            ["publication_id"],
            ["publication.id"],
            name=op.f("fk_take_back_publication_id_publication"),
        ),
        sa.ForeignKeyConstraint(
            ["municipality"],
            ["municipality.id"],
            name=op.f("fk_take_back_municipality_municipality"),
        ),
        sa.ForeignKeyConstraint(
            ["taken_back_by"],
            ["user_account.id"],
            name=op.f("fk_take_back_taken_back_by_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by"],
            ["user_account.id"],
            name=op.f("fk_take_back_confirmed_by_user_account"),
        ),
        sa.PrimaryKeyConstraint("publication_id", name=op.f("pk_take_back")),
    )
