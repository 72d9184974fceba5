"""``meldroute run``: everything on one machine, with one command."""

import http.client
import ipaddress
import logging
import signal
import socket
import time
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import click

from service.bootstrap import bootstrap
from service.cli._children import Child
from service.config import Settings
from service.domain.errors import Misconfigured
from service.domain.logs import log_as_json
from service.migrations import upgrade
from service.operations.demo import MUNICIPALITY, PASSWORD, DemoAccount, load_demo
from service.operations.demo_cases import has_cases, load_cases
from service.storage.embedded import EmbeddedDatabase

_LOG = logging.getLogger("meldroute.run")
_STOP = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_PATIENCE = 180.0  # seconds for the web to answer, on a slow machine too


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), help="Poort van de webserver (8080).")
@click.option("--data-dir", type=click.Path(file_okay=False, path_type=Path), help="Gegevensmap.")
@click.option("--demo/--no-demo", default=None, help="Met of zonder de proefgemeente (met).")
def command(*, port: int | None, data_dir: Path | None, demo: bool | None) -> None:
    """Start database, web en werker op deze machine, met een proefgemeente.

    Ctrl-C stopt alles netjes; de gegevens blijven bewaard.
    """
    settings = _settings(port, data_dir, demo=demo)
    log_as_json(settings.log_level)
    _refuse_taken_port(settings)
    for request in _STOP:
        if request != signal.SIGHUP or signal.getsignal(request) != signal.SIG_IGN:  # nohup
            signal.signal(request, signal.default_int_handler)
    with ExitStack() as running:
        try:
            _run(settings, running)
        except KeyboardInterrupt:
            click.echo("\nMeldroute stopt…")
        finally:  # a second Ctrl-C does not break off the stopping
            for request in _STOP:
                signal.signal(request, signal.SIG_IGN)
    click.echo("Meldroute is gestopt.")


def _settings(port: int | None, data_dir: Path | None, *, demo: bool | None) -> Settings:
    """What is typed goes before the environment; the demo is on unless said otherwise."""
    given = {
        "MELDROUTE_PORT": None if port is None else str(port),
        "MELDROUTE_DATA_DIR": None if data_dir is None else str(data_dir),
        "MELDROUTE_DEMO": None if demo is None else str(int(demo)),
    }
    return Settings.from_env(
        given={name: value for name, value in given.items() if value is not None},
        defaults={"MELDROUTE_DEMO": "1"},
    )


def _run(settings: Settings, running: ExitStack) -> None:
    """Start all parts, then keep them running until we are interrupted."""
    embedded = None
    if settings.database_url is None:
        click.echo("Database starten…")
        embedded = running.enter_context(EmbeddedDatabase(settings.data_dir))
        settings = replace(settings, database_url=embedded.url())
    accounts = _prepare(settings)
    children = [Child("serve", settings), Child("worker", settings)]
    for child in children:
        running.callback(child.stop)
        child.start()
    for child in children:  # first asked all together, then waited for
        running.callback(child.ask_to_stop)
    _wait_for_answer(settings, children[0])
    _tell(settings, accounts)
    while True:
        time.sleep(0.5)
        if embedded is not None and embedded.ensure_running():
            _LOG.warning("the database was gone and is started again")
        for child in children:
            if child.ensure_running():
                _LOG.warning("%s was gone and is started again", child.command)


def _prepare(settings: Settings) -> list[DemoAccount]:
    """Migrate, and load the demo when it is wanted."""
    if settings.database_url is not None:
        upgrade(settings.database_url)
    if not settings.demo:
        return []
    application = bootstrap(settings)
    try:
        now = application.clock()
        with application.sessions.begin() as session:
            accounts = load_demo(session, now=now)
        with application.sessions.begin() as session:
            if not has_cases(session, MUNICIPALITY):
                click.echo("Proefzaken maken van het afgelopen jaar…")
                load_cases(session, application.collaborators, municipality=MUNICIPALITY, now=now)
        return accounts
    finally:
        application.close()


def _refuse_taken_port(settings: Settings) -> None:
    """Say so at once, before anything is started."""
    try:
        family = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family[0], socket.SOCK_STREAM) as attempt:
            attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            attempt.bind(family[4])
    except OSError as error:
        raise Misconfigured(
            f"Poort {settings.port} op {settings.host} is niet vrij ({error.strerror}). "
            "Kies een andere, bijvoorbeeld met --port 8081."
        ) from error


def _wait_for_answer(settings: Settings, web: Child) -> None:
    deadline = time.monotonic() + _PATIENCE
    while not _answers(settings):
        if web.exit_code is not None:
            raise Misconfigured("De webserver is niet gestart; hierboven staat waarom.")
        if time.monotonic() > deadline:
            raise Misconfigured(f"De webserver antwoordt niet binnen {_PATIENCE:.0f} seconden.")
        time.sleep(0.1)


def _answers(settings: Settings) -> bool:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)  # noqa: S104 - where to ask ourselves
    connection = http.client.HTTPConnection(host, settings.port, timeout=5)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _tell(settings: Settings, accounts: list[DemoAccount]) -> None:
    click.echo(f"\nMeldroute draait op {settings.base_url}\n")
    if accounts:
        click.echo(f"Proefaccounts, alle met wachtwoord {PASSWORD}:")
        width = max(len(account.email) for account in accounts)
        for account in accounts:
            click.echo(f"  {account.email:{width}}  {account.name}")
        if not _only_here(settings.host):
            click.echo("\nLet op: anderen op het netwerk kunnen met deze accounts inloggen.")
    click.echo(f"\nGegevens: {settings.data_dir}\nStoppen: Ctrl-C\n")


def _only_here(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
