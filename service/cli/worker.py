"""``meldroute worker``: background work of one worker node."""

import signal
import threading

import click

from service.bootstrap import bootstrap
from service.cli._children import stop_with_parent, with_parent
from service.config import Settings
from service.domain.logs import log_as_json
from service.jobs import run_worker


@click.command()
@with_parent
def command(*, parent: bool) -> None:
    """Start een werker voor termijnen, berichten en mail (productie)."""
    settings = Settings.from_env()
    log_as_json(settings.log_level)
    stop = threading.Event()
    for request in (signal.SIGTERM, signal.SIGINT):
        signal.signal(request, lambda *_: stop.set())
    if parent:
        stop_with_parent()
    application = bootstrap(settings)
    try:
        run_worker(application, stop)
    finally:
        application.close()
