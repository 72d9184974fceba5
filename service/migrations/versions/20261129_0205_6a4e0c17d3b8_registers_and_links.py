"""Registers of partners, agreements, shelter places and instruments; links between cases."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "6a4e0c17d3b8"
down_revision = "5e0b7a91c3d4"
branch_labels = None
depends_on = None

_PLACES: Sequence[str] = ("partner", "agreement", "shelter_place", "barrier_instrument")


def _entry(table: str, *own: "sa.Column | sa.Constraint") -> None:  # type: ignore[type-arg]
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("municipality", sa.String(length=61), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=True),
        sa.Column("changed_by_name", sa.String(length=200), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_why", sa.String(length=500), nullable=True),
        *own,
        sa.ForeignKeyConstraint(
            ["municipality"], ["municipality.id"], name=op.f(f"fk_{table}_municipality")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(f"ix_{table}_list", table, ["municipality", "name", "id"])


def _text(name: str, length: int | None = 200) -> "sa.Column[str]":
    return sa.Column(name, sa.String(length=length) if length else sa.Text(), nullable=False)


def upgrade() -> None:
    _entry(
        "partner",
        _text("code", 60),
        _text("kind", 30),
        _text("role", 60),
        sa.Column("needs_agreement", sa.Boolean(), nullable=False),
        *(_text(name) for name in ("contact", "email", "phone", "reachable")),
        _text("remarks", None),
        sa.UniqueConstraint("municipality", "code", name=op.f("uq_partner_municipality_code")),
    )
    _entry(
        "agreement",
        _text("kind", 20),
        sa.Column("parties", postgresql.ARRAY(sa.Text()), nullable=False),
        _text("reference"),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        _text("remarks", None),
        sa.CheckConstraint(
            "kind IN ('convenant', 'aanwijzingsbesluit')", name=op.f("ck_agreement_kind")
        ),
    )
    op.create_index("ix_agreement_valid_until", "agreement", ["municipality", "valid_until"])
    _entry(
        "shelter_place",
        _text("for_whom"),
        sa.Column("capacity", sa.Integer(), nullable=False),
        *(_text(name) for name in ("contact", "email", "phone")),
        _text("remarks", None),
    )
    _entry(
        "barrier_instrument",
        _text("barrier", 30),
        _text("owner", 60),
        _text("ground"),
        _text("remarks", None),
    )
    _changes()
    _links()
    op.create_index(
        "ix_task_handed_over",
        "task",
        ["municipality", "opened_at", "id"],
        postgresql_where="element_id = 'overdracht_beoordelen'",
    )


def _changes() -> None:
    op.create_table(
        "register_change",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("municipality", sa.String(length=61), nullable=False),
        sa.Column("register", sa.String(length=30), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("actor_name", sa.String(length=200), nullable=False),
        sa.Column("reference", sa.String(length=40), nullable=True),
        sa.Column("changes", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality"], ["municipality.id"], name=op.f("fk_register_change_municipality")
        ),
        sa.PrimaryKeyConstraint("entry_id", "revision", name=op.f("pk_register_change")),
    )
    op.execute(
        "CREATE TRIGGER register_change_append_only BEFORE UPDATE OR DELETE ON register_change "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )


def _links() -> None:
    op.create_table(
        "case_link",
        sa.Column("from_id", sa.Uuid(), nullable=False),
        sa.Column("to_id", sa.Uuid(), nullable=False),
        sa.Column("municipality", sa.String(length=61), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_name", sa.String(length=200), nullable=False),
        sa.CheckConstraint("from_id <> to_id", name=op.f("ck_case_link_not_itself")),
        sa.CheckConstraint(
            "kind IN ('dubbel', 'gerelateerd', 'vervolg', 'overgedragen')",
            name=op.f("ck_case_link_kind"),
        ),
        sa.ForeignKeyConstraint(["from_id"], ["instance.id"], name=op.f("fk_case_link_from_id")),
        sa.ForeignKeyConstraint(["to_id"], ["instance.id"], name=op.f("fk_case_link_to_id")),
        sa.ForeignKeyConstraint(
            ["municipality"], ["municipality.id"], name=op.f("fk_case_link_municipality")
        ),
        sa.PrimaryKeyConstraint("from_id", "to_id", name=op.f("pk_case_link")),
    )
    op.create_index("ix_case_link_to", "case_link", ["to_id"])


def downgrade() -> None:
    op.drop_index("ix_task_handed_over", table_name="task")
    for table in ("case_link", "register_change", *reversed(_PLACES)):
        op.drop_table(table)
