"""The server process of the embedded PostgreSQL: its cluster, its options, its start and end."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

import psutil

from service.domain.errors import Misconfigured
from service.storage.embedded_home import Home

_PATIENCE = 30.0  # seconds for open transactions to be broken off
_MAX_LOG = 1_000_000  # bytes; a larger log of earlier runs is dropped at a start

_LONGEST_FOLDER = 85  # bytes; systems allow about 104 for the whole path of a socket

_OPTIONS = {
    "listen_addresses": "",  # no network at all
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_error_statement": "panic",  # a statement may quote what somebody typed
    "log_error_verbosity": "terse",  # so may the details of an error
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
}
_FLEETING = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def make_cluster(home: Home, *, superuser: str, durable: bool) -> None:
    """Make the folder ``cluster`` when there is none; never half, also after a power cut."""
    cluster = home.folder / "cluster"
    if not cluster.exists():
        draft = home.folder / "cluster.new"
        shutil.rmtree(draft, ignore_errors=True)
        words = ["--username", superuser, "--auth=peer", "--encoding=UTF8", "--no-instructions"]
        words += ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        home.run("initdb", *words, *([] if durable else ["--no-sync"]), "-D", str(draft))
        draft.rename(cluster)
    _let_in(home)


def socket_folder(home: Home) -> Path:
    """A closed folder for the socket, with a path that is short enough for the system."""
    socket = home.folder / "socket"
    if len(os.fsencode(socket)) > _LONGEST_FOLDER:
        socket = Path(tempfile.mkdtemp(prefix="meldroute-"))
    home.make(socket)
    return socket


def socket_in_use(home: Home) -> Path:
    """The folder of the socket of the server that runs now."""
    return Path((home.folder / "cluster" / "postmaster.pid").read_text().splitlines()[4])


def launch(home: Home, socket: Path, *, durable: bool) -> psutil.Popen:
    """Start the server in a session of its own: a Ctrl-C is for us, and we stop it in order."""
    options = {**_OPTIONS, **({} if durable else _FLEETING), "unix_socket_directories": str(socket)}
    settings = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
    if home.log.exists() and home.log.stat().st_size > _MAX_LOG:
        home.log.unlink()
    with home.log.open("ab") as log:
        home.log.chmod(0o600)
        return psutil.Popen(
            [home.programs / "postgres", "-D", home.folder / "cluster", *settings],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=home.folder,
            env=home.environment,
            start_new_session=True,
            **home.identity,
        )


def running(home: Home) -> psutil.Process | None:
    """The server of this home that runs now, whoever started it."""
    try:
        pid = int((home.folder / "cluster" / "postmaster.pid").read_text().split("\n", 1)[0])
        server = psutil.Process(pid)
        ours = server.name() == "postgres" and Path(server.cwd()) == home.folder / "cluster"
        return server if ours and server.status() != psutil.STATUS_ZOMBIE else None
    except (OSError, ValueError, psutil.Error):
        return None


def end_leftover(home: Home, socket: Path) -> None:
    """Stop a server whose owner was killed; remove what it left when it was killed itself."""
    server = running(home)
    if server is not None:
        shut_down(server)
    (home.folder / "cluster" / "postmaster.pid").unlink(missing_ok=True)
    for stale in socket.glob(".s.PGSQL.*"):
        stale.unlink()


def shut_down(server: psutil.Process) -> None:
    """Break off what runs and stop (fast); at once when that takes too long, and at last kill."""
    for request in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        try:
            server.send_signal(request)
            server.wait(timeout=_PATIENCE)
        except psutil.NoSuchProcess:
            return
        except psutil.TimeoutExpired:
            continue
        return


def _let_in(home: Home) -> None:
    """Only the server's own user and the one who starts it, as the system itself tells."""
    names = sorted({home.user.pw_name, pwd.getpwuid(os.geteuid()).pw_name})
    if any('"' in name or "\n" in name for name in names):
        raise Misconfigured("De naam van deze gebruiker kan niet in de database worden gebruikt.")
    home.write("cluster/pg_hba.conf", "local all all peer map=meldroute\n")
    home.write("cluster/pg_ident.conf", "".join(f'meldroute "{name}" all\n' for name in names))
