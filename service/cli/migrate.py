"""``meldroute migrate``: bring the database to the newest version."""

import click

from service.config import Settings
from service.domain.logs import log_as_json
from service.migrations import upgrade
from service.storage.embedded import database


@click.command()
def command() -> None:
    """Werk de database bij naar deze versie van Meldroute."""
    settings = Settings.from_env()
    log_as_json(settings.log_level)
    with database(settings.database_url, settings.data_dir) as address:
        upgrade(address)
    click.echo("De database is bij.")
