"""Test rows played against a table of the product."""

from datetime import UTC, datetime

import pytest

from service.domain.findings import Finding, Severity
from service.operations import bundle_files
from service.operations.check_bundle import check_bundle
from service.operations.studio.table_page import as_cell
from service.operations.table_test_file import TableTest, path_of_tests, write_table_tests
from service.operations.table_tests import PlayedTest, play_tests, table_test_findings

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
URGENCY = "processes/meldroute_signaal/urgentie.dmn"
DANGER = {"signaal.acuut_gevaar": '"ja"'}
TWO = b"""<?xml version="1.0"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="n">
  <inputData id="leeftijd_in" name="leeftijd"/>
  <decision id="groep" name="groep">
    <informationRequirement><requiredInput href="#leeftijd_in"/></informationRequirement>
    <literalExpression><text>if leeftijd &lt; 18 then "kind" else "groot"</text></literalExpression>
  </decision>
  <decision id="prijs" name="prijs">
    <informationRequirement><requiredDecision href="#groep"/></informationRequirement>
    <literalExpression>
      <text>{bedrag: if groep = "kind" then 1 else 2.50, korting: korting.vast}</text>
    </literalExpression>
  </decision>
</definitions>"""


@pytest.fixture(scope="module")
def bundle() -> dict[str, bytes]:
    return bundle_files.read_bundled("midden-delfland")


def play(content: dict[str, bytes], path: str = URGENCY, **row: object) -> PlayedTest:
    told = {"name": "Proef", "inputs": DANGER, "expected": '"acuut"', **row}
    [result] = play_tests(content, path, [TableTest(**told)], now=NOW)  # type: ignore[arg-type]
    return result


def test_a_row_passes_when_the_table_gives_what_was_expected(bundle: dict[str, bytes]) -> None:
    result = play(bundle)
    assert result.passed
    assert result.got == '"acuut"'
    assert result.matched == ("urgentie_regel_1",)


def test_a_row_fails_with_what_the_table_gives(bundle: dict[str, bytes]) -> None:
    result = play(bundle, expected='"laag"')
    assert (result.passed, result.got, result.problem) == (False, '"acuut"', "")


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ({"expected": "acuut"}, 'schrijf "acuut" als u een tekst bedoelt'),
        ({"expected": '"acuut'}, ""),
        ({"inputs": {"signaal.bestaat_niet": "1"}}, "De tabel leest 'signaal.bestaat_niet' niet"),
        ({"decision": "anders"}, "Beslissing 'anders' staat niet in deze tabel; wel: urgentie."),
    ],
)
def test_a_row_that_cannot_be_played_says_why(
    bundle: dict[str, bytes], row: dict[str, object], problem: str
) -> None:
    result = play(bundle, **row)
    assert not result.passed
    assert result.problem
    assert problem in result.problem


def test_a_decision_that_rests_on_another_gets_the_input_of_both() -> None:
    path = "processes/proef/prijs.dmn"
    given = {"leeftijd": "17", "korting.vast": "0.1"}
    result = play(
        {path: TWO}, path, inputs=given, expected="{korting: 0.10, bedrag: 1}", decision="prijs"
    )
    assert result.problem == ""
    assert result.passed
    assert play(
        {path: TWO}, path, inputs={"leeftijd": "40"}, expected='"groot"', decision="groep"
    ).passed
    by_name = play({path: TWO}, path, inputs=given, expected="null")
    assert not by_name.passed, "the decision that is called like the file"
    assert "bedrag" in by_name.got


def test_a_table_that_does_not_read_is_told_of(bundle: dict[str, bytes]) -> None:
    broken = {**bundle, URGENCY: b"<definitions>"}
    assert play(broken).problem == "De tabel zelf heeft fouten; herstel die eerst."


def with_rows(bundle: dict[str, bytes], *rows: TableTest) -> dict[str, bytes]:
    return {**bundle, path_of_tests(URGENCY): write_table_tests(rows)}


def failing() -> TableTest:
    return TableTest(name="Gevaar", inputs=DANGER, expected='"laag"')


def test_a_row_that_fails_keeps_a_bundle_from_being_published(bundle: dict[str, bytes]) -> None:
    good = TableTest(name="Goed", inputs=DANGER, expected='"acuut"')
    assert check_bundle(with_rows(bundle, good), now=NOW) == check_bundle(bundle, now=NOW)
    [finding] = table_test_findings(with_rows(bundle, good, failing()), now=NOW)
    assert finding.severity is Severity.ERROR
    assert finding.reason == ('Toets 2 ‘Gevaar’: verwacht was "laag", en de tabel geeft "acuut".')
    assert finding.line == 6
    assert finding in check_bundle(with_rows(bundle, good, failing()), now=NOW)


def test_rows_are_played_only_when_they_are_asked_for(bundle: dict[str, bytes]) -> None:
    content = with_rows(bundle, failing())
    assert table_test_findings(content, only={URGENCY}, now=NOW) == []
    assert len(table_test_findings(content, only={path_of_tests(URGENCY)}, now=NOW)) == 1


def test_rows_of_a_table_that_is_not_there_are_refused(bundle: dict[str, bytes]) -> None:
    content = with_rows(bundle, failing())
    del content[URGENCY]
    [finding] = table_test_findings(content, now=NOW)
    assert finding.code == "no-table"


@pytest.mark.parametrize("path", ["processes/triage/lees.md", "forms/los.form", "iets.txt"])
def test_a_file_without_a_place_is_refused(bundle: dict[str, bytes], path: str) -> None:
    [finding] = check_bundle({**bundle, path: b""}, now=NOW, only={path})[:1]
    assert isinstance(finding, Finding)
    assert finding.code == "no-place"
    assert finding.severity is Severity.ERROR


@pytest.mark.parametrize(
    ("typed", "cell"),
    [
        (" ja ", '"ja"'),
        ("Den Haag", '"Den Haag"'),
        ('"ja"', '"ja"'),
        ("12", "12"),
        ('["a", "b"]', '["a", "b"]'),
        ("null", "null"),
        ('date("2026-03-02")', 'date("2026-03-02")'),
        ("5 euro (ongeveer", '"5 euro (ongeveer"'),
        ("", ""),
    ],
)
def test_what_is_typed_becomes_a_value(typed: str, cell: str) -> None:
    assert as_cell(typed) == cell
