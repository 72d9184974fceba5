"""The group of commands: found by file name, loaded when called, errors as sentences."""

import subprocess
import sys

import pytest
from click.testing import CliRunner

from service.cli import main


@pytest.fixture
def run():
    return CliRunner().invoke


def test_every_module_without_an_underscore_is_a_command():
    assert {"check", "decide", "tck", "trace"} <= set(main.list_commands(None))  # type: ignore[arg-type]
    assert not any(name.startswith("_") for name in main.list_commands(None))  # type: ignore[arg-type]


def test_an_unknown_command_is_a_usage_error(run):
    result = run(main, ["bestaat-niet"])
    assert result.exit_code == 2


def test_offline_commands_load_no_database(tmp_path):
    probe = (
        "import sys\n"
        "from click.testing import CliRunner\n"
        "from service.cli import main\n"
        f"result = CliRunner().invoke(main, ['check', {str(tmp_path)!r}])\n"
        "assert result.exit_code == 0, result.output\n"
        "loaded = {name.partition('.')[0] for name in sys.modules}\n"
        "assert not loaded & {'sqlalchemy', 'psycopg', 'flask', 'procrastinate'}, loaded\n"
    )
    subprocess.run([sys.executable, "-c", probe], check=True)
