"""``meldroute feel`` answers one expression."""

import pytest
from click.testing import CliRunner

from service.cli import main


def feel(*arguments):
    return CliRunner().invoke(main, ["feel", *arguments])


@pytest.mark.parametrize(
    ("arguments", "printed"),
    [
        (["1 + 2"], "3"),
        (['="a" + "b"'], '"ab"'),
        (['{a: [1, null], b: @"2026-03-06"}'], '{a: [1, null], b: @"2026-03-06"}'),
        (["signaal.score * 2", "--context", '{"signaal": {"score": 1.5}}'], "3"),
        (["mijn-naam + 1", "--context", '{"mijn-naam": 1}'], "2"),
    ],
)
def test_the_value_is_printed_as_feel(arguments, printed):
    result = feel(*arguments)
    assert result.exit_code == 0
    assert result.stdout == f"{printed}\n"


@pytest.mark.parametrize(
    ("source", "column", "reason"),
    [
        ("1 + ", 5, "De expressie is niet af."),
        ("1 + onbekend", 5, "De naam 'onbekend' is hier niet bekend."),
        ('1 < "a"', 3, "volgorde"),
    ],
)
def test_a_failure_shows_the_place_and_the_reason(source, column, reason):
    result = feel(source)
    assert result.exit_code == 1
    assert result.stdout == ""
    shown, mark, sentence = result.stderr.splitlines()
    assert shown == source
    assert mark == " " * (column - 1) + "^"
    assert sentence.startswith(f"Teken {column}: ")
    assert reason in sentence
