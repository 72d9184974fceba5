"""Test rows of a decision table, played against it as it stands in an editor."""

from typing import Any

import pytest

from service.operations import bundle_files
from tests.api.conftest import ApiOffice

OWNER = "functioneel-beheer"
TABLE = "processes/meldroute_signaal/urgentie.dmn"
ROWS = """\
[[toets]]
naam = "Gevaar gaat voor"
invoer = { "signaal.acuut_gevaar" = '"ja"' }
verwacht = '"acuut"'
"""


@pytest.fixture
def draft(api: ApiOffice) -> str:
    """The address of a draft with one test row."""
    address = f"/drafts/{api.send(OWNER, '/drafts', {'title': 'Proef'})['id']}"
    rows = TABLE.replace("urgentie.dmn", "toetsen/urgentie.toml")
    api.keep(OWNER, f"{address}/file", {"path": rows, "content": ROWS, "revision": 0})
    return address


def played(api: ApiOffice, draft: str, content: str) -> Any:
    return api.send(OWNER, f"{draft}/table-tests", {"path": TABLE, "content": content})


def test_the_rows_are_played_against_what_stands_in_the_editor(api: ApiOffice, draft: str) -> None:
    table = bundle_files.read_bundled(api.municipality)[TABLE].decode()
    [result] = played(api, draft, table)
    assert (result["passed"], result["got"]) == (True, '"acuut"')
    assert result["rules"] == ["urgentie_regel_1"]

    [result] = played(api, draft, table.replace('<text>"acuut"</text>', '<text>"laag"</text>'))
    assert (result["passed"], result["got"]) == (False, '"laag"')


def test_what_is_no_table_is_refused(api: ApiOffice, draft: str) -> None:
    body = {"path": "gemeente.toml", "content": ""}
    assert api.ask(OWNER, "POST", f"{draft}/table-tests", json=body).status_code == 422
    body = {"path": TABLE, "content": "<definitions"}
    assert api.ask(OWNER, "POST", f"{draft}/table-tests", json=body).status_code == 422


def test_rows_that_cannot_be_read_say_why(api: ApiOffice, draft: str) -> None:
    rows = TABLE.replace("urgentie.dmn", "toetsen/urgentie.toml")
    wrong = {"path": rows, "content": ROWS + "anders = 1\n", "revision": 1}
    api.keep(OWNER, f"{draft}/file", wrong)
    body = {"path": TABLE, "content": "<definitions/>"}
    answer = api.ask(OWNER, "POST", f"{draft}/table-tests", json=body)
    assert answer.status_code == 422
    assert "'anders' bestaat hier niet" in answer.json["message"]
