"""Alembic migrations of the one PostgreSQL schema."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import text

from service.storage.sessions import connect

_MIGRATION_LOCK = 7_316_040_212
"""Advisory lock: of several nodes that start at once, one migrates and the others wait."""


def upgrade(database_url: str) -> None:
    """Brings the schema to the newest version; does nothing when it is there already."""
    engine = connect(database_url, pool_size=2, application="meldroute-migrate")
    try:
        with engine.connect() as guard:
            guard.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _MIGRATION_LOCK})
            with engine.begin() as connection:
                config = alembic_config()
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
    finally:
        engine.dispose()


def alembic_config() -> Config:
    """The configuration of Alembic, without a file."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option(
        "file_template",
        "%%(year)d%%(month).2d%%(day).2d_%%(hour).2d%%(minute).2d_%%(rev)s_%%(slug)s",
    )
    return config
