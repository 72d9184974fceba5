"""Runs the migrations on the connection that it is given."""

from alembic import context

from service.storage import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    compare_type=True,
    include_name=lambda name, kind, _parents: (
        kind != "table" or name is None or not name.startswith("procrastinate_")
    ),
)
with context.begin_transaction():
    context.run_migrations()
