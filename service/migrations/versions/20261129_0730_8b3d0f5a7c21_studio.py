"""Drafts, trials and own versions of process owners; what a publication accepted."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "8b3d0f5a7c21"
down_revision = "6c2f8e19ab57"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "draft",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality", sa.String(length=61), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("base_id", sa.Uuid(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_by_name", sa.String(length=200), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("publication_id", sa.Uuid(), nullable=True),
        sa.Column("approved_digest", sa.LargeBinary(length=32), nullable=True),
        sa.Column("approved_by", sa.Uuid(), nullable=True),
        sa.Column("approved_by_name", sa.String(length=200), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('open', 'published', 'discarded')", name=op.f("ck_draft_state")
        ),
        sa.ForeignKeyConstraint(
            ["municipality"], ["municipality.id"], name=op.f("fk_draft_municipality_municipality")
        ),
        sa.ForeignKeyConstraint(
            ["base_id"], ["publication.id"], name=op.f("fk_draft_base_id_publication")
        ),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["publication.id"], name=op.f("fk_draft_publication_id_publication")
        ),
        sa.ForeignKeyConstraint(
            ["made_by"], ["user_account.id"], name=op.f("fk_draft_made_by_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["approved_by"], ["user_account.id"], name=op.f("fk_draft_approved_by_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
    )
    op.create_index(
        "ix_draft_open",
        "draft",
        ["municipality", "changed_at"],
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "draft_file",
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("municipality", sa.String(length=61), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("follows", sa.LargeBinary(length=32), nullable=True),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.Column("changed_by_name", sa.String(length=200), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["draft.id"], name=op.f("fk_draft_file_draft_id_draft")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by"], ["user_account.id"], name=op.f("fk_draft_file_changed_by_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["municipality"],
            ["municipality.id"],
            name=op.f("fk_draft_file_municipality_municipality"),
        ),
        sa.PrimaryKeyConstraint("draft_id", "path", "revision", name=op.f("pk_draft_file")),
    )
    op.create_table(
        "draft_presence",
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("municipality", sa.String(length=61), nullable=False),
        sa.Column("user_name", sa.String(length=200), nullable=False),
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["draft.id"], name=op.f("fk_draft_presence_draft_id_draft")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["user_account.id"], name=op.f("fk_draft_presence_user_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["municipality"],
            ["municipality.id"],
            name=op.f("fk_draft_presence_municipality_municipality"),
        ),
        sa.PrimaryKeyConstraint("draft_id", "user_id", name=op.f("pk_draft_presence")),
    )
    op.create_table(
        "trial",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality", sa.String(length=61), nullable=False),
        sa.Column("draft_id", sa.Uuid(), nullable=False),
        sa.Column("process_id", sa.String(length=200), nullable=False),
        sa.Column("script", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_by_name", sa.String(length=200), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality"], ["municipality.id"], name=op.f("fk_trial_municipality_municipality")
        ),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_trial_draft_id_draft")),
        sa.ForeignKeyConstraint(
            ["made_by"], ["user_account.id"], name=op.f("fk_trial_made_by_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trial")),
    )
    op.create_index("ix_trial_draft", "trial", ["draft_id", "changed_at"])
    op.create_table(
        "own_version",
        sa.Column("municipality", sa.String(length=61), nullable=False),
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.Column("original", sa.LargeBinary(), nullable=False),
        sa.Column("declined", sa.LargeBinary(length=32), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality"],
            ["municipality.id"],
            name=op.f("fk_own_version_municipality_municipality"),
        ),
        sa.PrimaryKeyConstraint("municipality", "path", name=op.f("pk_own_version")),
    )
    op.add_column(
        "publication", sa.Column("approved_by_name", sa.String(length=200), nullable=True)
    )
    op.add_column(
        "publication",
        sa.Column(
            "accepted",
            postgresql.JSONB(astext_type=sa.Text()),
            nullable=False,
            server_default=sa.text("'[]'::jsonb"),
        ),
    )
    op.alter_column("publication", "accepted", server_default=None)
    op.add_column("publication", sa.Column("undoes", sa.Integer(), nullable=True))
