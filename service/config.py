"""The settings of one running program; the only reader of the environment.

Every setting is described in ``docs/settings.md``; a test keeps the two together.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

from service.domain.errors import Misconfigured
from service.storage.keys import kept_key

DEFAULT_PORT = 8080
VARIABLES = (
    "MELDROUTE_DATABASE_URL",
    "MELDROUTE_DATA_DIR",
    "MELDROUTE_HOST",
    "MELDROUTE_PORT",
    "MELDROUTE_BASE_URL",
    "MELDROUTE_SECRET_KEY",
    "MELDROUTE_MASTER_KEY",
    "MELDROUTE_SMTP_URL",
    "MELDROUTE_MAIL_FROM",
    "MELDROUTE_DEMO",
    "MELDROUTE_THREADS",
    "MELDROUTE_POOL_SIZE",
    "MELDROUTE_SECURE_COOKIES",
    "MELDROUTE_TRUSTED_PROXY",
    "MELDROUTE_LOG_LEVEL",
)
ELSEWHERE = (  # tests and build
    "MELDROUTE_TEST_DATABASE_URL",
    "MELDROUTE_TCK_DIR",
    "MELDROUTE_MIWG_DIR",
    "MELDROUTE_SKIP_FRONTEND",
)
_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
_YES, _NO = ("1", "true", "yes", "ja", "on"), ("0", "false", "no", "nee", "off")


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What an operator can choose; complete and checked.

    ``database_url`` is None when the embedded PostgreSQL is to be used. ``master_key`` is
    32 bytes. ``threads`` serve pages; ``pool_size`` connections are kept for them.
    """

    database_url: str | None = field(repr=False)
    data_dir: Path
    host: str
    port: int
    base_url: str
    secret_key: str = field(repr=False)
    master_key: bytes = field(repr=False)
    smtp_url: str | None = field(repr=False)
    mail_from: str
    demo: bool
    threads: int
    pool_size: int
    secure_cookies: bool
    trusted_proxy: str | None
    log_level: str

    @classmethod
    def from_env(
        cls,
        environ: Mapping[str, str] | None = None,
        *,
        given: Mapping[str, str] | None = None,
        defaults: Mapping[str, str] | None = None,
    ) -> Self:
        """Read ``environ`` (default: that of this process).

        What is ``given`` goes before it; ``defaults`` stand in for what is absent or empty.

        Keys that may be our own (embedded database or demo) are made once, in the data folder.

        Raises:
            Misconfigured: a value is missing or wrong; the message names the variable.
        """
        read = _Reader(defaults or {}, os.environ if environ is None else environ, given or {})
        read.refuse_unknown()
        database_url, demo = read.database_url(), read.flag("MELDROUTE_DEMO", default=False)
        data_dir = read.data_dir()
        keys_in = data_dir if demo or database_url is None else None
        host, port = read.text("MELDROUTE_HOST", "127.0.0.1"), read.port()
        base_url = read.url("MELDROUTE_BASE_URL", ("http", "https")) or f"http://{host}:{port}"
        threads = read.number("MELDROUTE_THREADS", 8, low=1, high=256)
        return cls(
            database_url=database_url,
            data_dir=data_dir,
            host=host,
            port=port,
            base_url=base_url.rstrip("/"),
            secret_key=read.key("MELDROUTE_SECRET_KEY", keys_in),
            master_key=bytes.fromhex(read.key("MELDROUTE_MASTER_KEY", keys_in)),
            smtp_url=read.url("MELDROUTE_SMTP_URL", ("smtp", "smtps")),
            mail_from=read.mail_from(),
            demo=demo,
            threads=threads,
            pool_size=read.number("MELDROUTE_POOL_SIZE", threads + 2, low=1, high=512),
            secure_cookies=read.flag(
                "MELDROUTE_SECURE_COOKIES", default=base_url.startswith("https")
            ),
            trusted_proxy=read.optional("MELDROUTE_TRUSTED_PROXY"),
            log_level=read.choice("MELDROUTE_LOG_LEVEL", "INFO", _LEVELS),
        )

    def as_env(self) -> dict[str, str]:
        """The environment to start another process of ours with the same settings."""
        others = {name: value for name, value in os.environ.items() if name not in VARIABLES}
        fields = {name: name.removeprefix("MELDROUTE_").lower() for name in VARIABLES}
        values = {name: getattr(self, attribute) for name, attribute in fields.items()}
        ours = {name: _as_text(value) for name, value in values.items() if value is not None}
        return {**others, **ours}


class _Reader:
    """Reads one variable at a time and names it when it is wrong; empty counts as absent."""

    def __init__(self, *sources: Mapping[str, str]) -> None:
        self._environ: dict[str, str] = {}
        for source in sources:
            self._environ |= {
                name: text for name, value in source.items() if (text := value.strip())
            }

    def refuse_unknown(self) -> None:
        """A misspelt variable would silently do nothing."""
        for name in sorted(self._environ):
            if name.startswith("MELDROUTE_") and name not in VARIABLES + ELSEWHERE:
                near = get_close_matches(name, VARIABLES, n=1)
                hint = f" Bedoelt u {near[0]}?" if near else " Zie docs/settings.md."
                raise Misconfigured(f"De instelling {name} bestaat niet.{hint}")

    def optional(self, name: str) -> str | None:
        return self._environ.get(name)

    def text(self, name: str, default: str) -> str:
        return self._environ.get(name, default)

    def flag(self, name: str, *, default: bool) -> bool:
        value = self._environ.get(name)
        if value is None:
            return default
        if value.lower() not in _YES + _NO:
            raise Misconfigured(f"{name} moet 1 (ja) of 0 (nee) zijn, niet '{value}'.")
        return value.lower() in _YES

    def number(self, name: str, default: int, *, low: int, high: int) -> int:
        value = self._environ.get(name, str(default))
        if not value.isascii() or not value.isdigit() or not low <= int(value[:9]) <= high:
            raise Misconfigured(f"{name} moet een getal van {low} tot {high} zijn, niet '{value}'.")
        return int(value)

    def port(self) -> int:
        return self.number("MELDROUTE_PORT", DEFAULT_PORT, low=1, high=65535)

    def choice(self, name: str, default: str, choices: tuple[str, ...]) -> str:
        value = self._environ.get(name, default).upper()
        if value not in choices:
            raise Misconfigured(f"{name} moet een van {', '.join(choices)} zijn, niet '{value}'.")
        return value

    def url(self, name: str, schemes: tuple[str, ...]) -> str | None:
        value = self._environ.get(name)
        if value is None:
            return None
        try:
            parts = urlsplit(value)
            good = parts.scheme in schemes and bool(parts.hostname) and parts.port != 0
        except ValueError:
            good = False
        if not good:
            begins = " of ".join(f"{scheme}://" for scheme in schemes)
            raise Misconfigured(f"{name} moet een adres zijn dat begint met {begins}.")
        return value

    def database_url(self) -> str | None:
        """The address, with the driver that we use; a socket address has no host name."""
        value = self._environ.get("MELDROUTE_DATABASE_URL")
        if value is None:
            return None
        scheme, separator, rest = value.partition("://")
        if scheme not in {"postgresql", "postgres", "postgresql+psycopg"} or not separator:
            raise Misconfigured(
                "MELDROUTE_DATABASE_URL moet een adres van PostgreSQL zijn, zoals "
                "postgresql://gebruiker:wachtwoord@host:5432/meldroute."
            )
        return f"postgresql+psycopg://{rest}"

    def data_dir(self) -> Path:
        home = Path(self._environ.get("HOME") or Path.home())
        shared = Path(self._environ.get("XDG_DATA_HOME") or home / ".local" / "share")
        value = self._environ.get("MELDROUTE_DATA_DIR")
        folder = Path(value).expanduser() if value else shared / "meldroute"
        if folder.exists() and not folder.is_dir():
            raise Misconfigured(f"MELDROUTE_DATA_DIR wijst naar {folder}, en dat is geen map.")
        return folder.absolute()

    def mail_from(self) -> str:
        value = self._environ.get("MELDROUTE_MAIL_FROM", "meldroute@localhost")
        if "@" not in value or "\n" in value or "\r" in value:
            raise Misconfigured("MELDROUTE_MAIL_FROM moet een e-mailadres zijn.")
        return value

    def key(self, name: str, keys_in: Path | None) -> str:
        """64 hexadecimal digits, from the environment or kept in the folder ``keys_in``."""
        value = self._environ.get(name)
        if value is None and keys_in is not None:
            file = name.removeprefix("MELDROUTE_").lower().replace("_", "-")
            return kept_key(keys_in / file)
        if value is None:
            raise Misconfigured(
                f"{name} ontbreekt. Maak een sleutel met `openssl rand -hex 32` en bewaar hem goed."
            )
        if len(value) != 64 or not set(value.lower()) <= set("0123456789abcdef"):
            raise Misconfigured(f"{name} moet uit 64 hexadecimale tekens bestaan (32 bytes).")
        return value


def _as_text(value: object) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    return value.hex() if isinstance(value, bytes) else str(value)
