"""``meldroute serve``: the pages and the API of one web node."""

import logging
import signal
from typing import Any

import click
from waitress.server import create_server

from service.app import create_app
from service.bootstrap import Application, bootstrap
from service.cli._children import stop_with_parent, with_parent
from service.config import Settings
from service.domain.errors import Misconfigured
from service.domain.logs import log_as_json

_LARGEST_REQUEST = 64 * 1024 * 1024  # bytes; the pages set narrower bounds of their own
_FORWARDED = {"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"}


@click.command()
@with_parent
def command(*, parent: bool) -> None:
    """Start een webserver (productie); instellingen uit de omgeving."""
    settings = Settings.from_env()
    log_as_json(settings.log_level)
    if parent:
        stop_with_parent()
    application = bootstrap(settings)
    try:
        serve(application)
    finally:
        application.close()


def serve(application: Application) -> None:
    """Answer requests until this process is asked to stop; what is running is finished first.

    Raises:
        Misconfigured: the address is taken or not ours.
    """
    settings = application.settings
    try:
        server = create_server(create_app(application), **_options(settings))
    except OSError as error:
        raise Misconfigured(
            f"Op {settings.host}, poort {settings.port}, kan niet worden geluisterd: "
            f"{error.strerror}. Kies een andere MELDROUTE_PORT of MELDROUTE_HOST."
        ) from error
    signal.signal(signal.SIGTERM, _stop)
    logging.getLogger("meldroute.serve").info("serving on port %s", settings.port)
    try:
        server.run()
    finally:
        server.close()


def _options(settings: Settings) -> dict[str, Any]:
    options: dict[str, Any] = {
        "host": settings.host,
        "port": settings.port,
        "threads": settings.threads,
        "connection_limit": 1000,
        "asyncore_use_poll": True,
        "max_request_body_size": _LARGEST_REQUEST,
        "url_scheme": settings.base_url.partition(":")[0],
        "ident": None,
        "clear_untrusted_proxy_headers": True,
    }
    if settings.trusted_proxy:
        options |= {"trusted_proxy": settings.trusted_proxy, "trusted_proxy_headers": _FORWARDED}
    return options


def _stop(*_: object) -> None:
    raise SystemExit(0)
