"""A case can be erased: its declaration, and a history that goes when its key has gone."""

import sqlalchemy as sa
from alembic import op

revision = "5d0c6e1f7a42"
down_revision = "864bf596502c"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "erasure",
        sa.Column("instance_id", sa.Uuid(), nullable=False),
        sa.Column("municipality", sa.String(length=61), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("erased_by", sa.Uuid(), nullable=True),
        sa.Column("erased_by_name", sa.String(length=200), nullable=False),
        sa.Column("ground", sa.String(length=20), nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("last_hash", sa.LargeBinary(length=32), nullable=False),
        sa.CheckConstraint(
            "ground IN ('bewaartermijn', 'verzoek', 'vergissing')", name=op.f("ck_erasure_ground")
        ),
        sa.ForeignKeyConstraint(
            ["instance_id"], ["instance.id"], name=op.f("fk_erasure_instance_id")
        ),
        sa.ForeignKeyConstraint(
            ["municipality"], ["municipality.id"], name=op.f("fk_erasure_municipality")
        ),
        sa.PrimaryKeyConstraint("instance_id", name=op.f("pk_erasure")),
    )
    op.execute(
        "CREATE TRIGGER erasure_append_only BEFORE UPDATE OR DELETE ON erasure "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.drop_constraint(op.f("ck_instance_status"), "instance")
    op.create_check_constraint(
        op.f("ck_instance_status"),
        "instance",
        "status IN ('active', 'incident', 'completed', 'erased')",
    )
    op.execute(
        "CREATE FUNCTION refuse_change_of_history() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "IF TG_OP = 'DELETE' AND EXISTS (SELECT 1 FROM instance "
        "WHERE id = OLD.instance_id AND status = 'erased' AND data_key = '') "
        "THEN RETURN OLD; END IF; "
        "RAISE EXCEPTION 'event is append-only'; END $$"
    )
    op.execute("DROP TRIGGER event_append_only ON event")
    op.execute(
        "CREATE TRIGGER event_append_only BEFORE UPDATE OR DELETE ON event "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change_of_history()"
    )


def downgrade() -> None:
    op.execute("DROP TRIGGER event_append_only ON event")
    op.execute(
        "CREATE TRIGGER event_append_only BEFORE UPDATE OR DELETE ON event "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )
    op.execute("DROP FUNCTION refuse_change_of_history()")
    op.drop_constraint(op.f("ck_instance_status"), "instance")
    op.create_check_constraint(
        op.f("ck_instance_status"), "instance", "status IN ('active', 'incident', 'completed')"
    )
    op.drop_table("erasure")
