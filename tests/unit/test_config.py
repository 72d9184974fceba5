"""Settings: complete, checked, and every mistake named."""

import re
import stat
from pathlib import Path

import pytest

from service.config import ELSEWHERE, VARIABLES, Settings
from service.domain.errors import Misconfigured

KEY = "0123456789abcdef" * 4
PRODUCTION = {
    "MELDROUTE_DATABASE_URL": "postgresql://app:geheim@db.example:5432/meldroute",
    "MELDROUTE_SECRET_KEY": KEY,
    "MELDROUTE_MASTER_KEY": KEY,
}
ROOT = Path(__file__).parents[2]


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    return {"HOME": str(tmp_path)}


def test_nothing_set_means_an_embedded_database_in_the_users_data_folder(
    home: dict[str, str], tmp_path: Path
) -> None:
    settings = Settings.from_env(home)

    assert settings.database_url is None
    assert settings.data_dir == tmp_path / ".local/share/meldroute"
    assert (settings.host, settings.port) == ("127.0.0.1", 8080)
    assert settings.base_url == "http://127.0.0.1:8080"
    assert not settings.demo
    assert not settings.secure_cookies
    assert settings.pool_size == settings.threads + 2


def test_own_keys_are_made_once_and_only_the_owner_can_read_them(
    home: dict[str, str], tmp_path: Path
) -> None:
    first, second = Settings.from_env(home), Settings.from_env(home)

    assert first == second
    assert len(first.master_key) == 32
    assert first.master_key.hex() != first.secret_key
    files = sorted((tmp_path / ".local/share/meldroute").iterdir())
    assert [file.name for file in files] == ["master-key", "secret-key"]
    assert [stat.S_IMODE(file.stat().st_mode) for file in files] == [0o600, 0o600]


def test_a_key_that_others_can_read_is_refused(home: dict[str, str]) -> None:
    file = Settings.from_env(home).data_dir / "master-key"
    file.chmod(0o640)

    with pytest.raises(Misconfigured, match="chmod 600"):
        Settings.from_env(home)


def test_a_damaged_key_is_refused_and_kept(home: dict[str, str]) -> None:
    file = Settings.from_env(home).data_dir / "master-key"
    file.write_text("half")

    with pytest.raises(Misconfigured, match="master-key is beschadigd"):
        Settings.from_env(home)
    assert file.read_text() == "half"


@pytest.mark.parametrize("missing", ["MELDROUTE_SECRET_KEY", "MELDROUTE_MASTER_KEY"])
def test_with_a_database_of_its_own_the_keys_must_be_given(
    missing: str, home: dict[str, str]
) -> None:
    given = {name: value for name, value in PRODUCTION.items() if name != missing}

    with pytest.raises(Misconfigured, match=f"{missing} ontbreekt"):
        Settings.from_env(home | given)


def test_the_demo_may_make_its_own_keys(home: dict[str, str]) -> None:
    given = {"MELDROUTE_DATABASE_URL": "postgresql:///meldroute", "MELDROUTE_DEMO": "ja"}

    assert Settings.from_env(home | given).demo


@pytest.mark.parametrize(
    "address",
    [
        "postgres://app@db/meldroute",
        "postgresql://app@db/meldroute",
        "postgresql+psycopg://app@db/meldroute",
    ],
)
def test_every_spelling_of_postgresql_gets_our_driver(address: str) -> None:
    settings = Settings.from_env({**PRODUCTION, "MELDROUTE_DATABASE_URL": address})

    assert settings.database_url == "postgresql+psycopg://app@db/meldroute"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MELDROUTE_DATABASE_URL", "sqlite:///x"),
        ("MELDROUTE_DATABASE_URL", "db.example"),
        ("MELDROUTE_PORT", "0"),
        ("MELDROUTE_PORT", "65536"),
        ("MELDROUTE_PORT", "8080a"),
        ("MELDROUTE_PORT", "٨٠"),
        ("MELDROUTE_PORT", "9" * 5000),
        ("MELDROUTE_THREADS", "-1"),
        ("MELDROUTE_THREADS", "0"),
        ("MELDROUTE_POOL_SIZE", "veel"),
        ("MELDROUTE_DEMO", "misschien"),
        ("MELDROUTE_SECURE_COOKIES", "2"),
        ("MELDROUTE_BASE_URL", "meldroute.example"),
        ("MELDROUTE_BASE_URL", "https://"),
        ("MELDROUTE_BASE_URL", "https://[::1"),
        ("MELDROUTE_SMTP_URL", "http://mail.example"),
        ("MELDROUTE_SMTP_URL", "smtp://mail.example:999999"),
        ("MELDROUTE_MAIL_FROM", "meldroute"),
        ("MELDROUTE_MAIL_FROM", "a@b\nBcc: c@d"),
        ("MELDROUTE_LOG_LEVEL", "luid"),
        ("MELDROUTE_SECRET_KEY", "kort"),
        ("MELDROUTE_MASTER_KEY", "z" * 64),
        ("MELDROUTE_DATA_DIR", __file__),
    ],
)
def test_a_wrong_value_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(Misconfigured, match=name):
        Settings.from_env({**PRODUCTION, name: value})


def test_a_misspelt_name_is_refused_with_what_was_meant() -> None:
    with pytest.raises(Misconfigured, match=r"MELDROUTE_DATABSE_URL.*MELDROUTE_DATABASE_URL"):
        Settings.from_env({**PRODUCTION, "MELDROUTE_DATABSE_URL": "x"})


def test_an_empty_value_counts_as_absent() -> None:
    assert Settings.from_env({**PRODUCTION, "MELDROUTE_PORT": " "}).port == 8080


def test_what_is_given_goes_before_the_environment_and_that_before_the_defaults() -> None:
    environ = {**PRODUCTION, "MELDROUTE_PORT": "9001"}
    given, defaults = {"MELDROUTE_PORT": "9002"}, {"MELDROUTE_PORT": "9003", "MELDROUTE_DEMO": "1"}

    assert Settings.from_env(environ, given=given, defaults=defaults).port == 9002
    assert Settings.from_env(environ, defaults=defaults).port == 9001
    assert Settings.from_env(environ, defaults=defaults).demo


def test_an_https_address_makes_cookies_secure() -> None:
    settings = Settings.from_env({**PRODUCTION, "MELDROUTE_BASE_URL": "https://m.example/"})

    assert settings.base_url == "https://m.example"
    assert settings.secure_cookies


def test_secrets_do_not_show_when_settings_are_printed() -> None:
    settings = Settings.from_env({**PRODUCTION, "MELDROUTE_SMTP_URL": "smtp://u:geheim@mail"})

    assert "geheim" not in repr(settings)
    assert KEY not in repr(settings)
    assert repr(settings.master_key) not in repr(settings)


def test_another_process_gets_the_same_settings() -> None:
    settings = Settings.from_env(
        {
            **PRODUCTION,
            "MELDROUTE_DEMO": "1",
            "MELDROUTE_SMTP_URL": "smtps://mail",
            "MELDROUTE_TRUSTED_PROXY": "10.0.0.1",
        }
    )

    assert Settings.from_env(settings.as_env()) == settings


def test_every_setting_is_documented_and_nothing_else() -> None:
    text = (ROOT / "docs" / "settings.md").read_text()

    assert set(re.findall(r"^\| `(MELDROUTE_\w+)`", text, re.MULTILINE)) == set(VARIABLES)
    assert set(re.findall(r"`(MELDROUTE_\w+)`", text)) == {*VARIABLES, *ELSEWHERE}


def test_only_the_settings_read_the_environment() -> None:
    readers = [
        file.relative_to(ROOT).as_posix()
        for file in (ROOT / "service").rglob("*.py")
        if re.search(r"os\.(environ|getenv)\b", file.read_text())
    ]

    assert readers == ["service/config.py"]
