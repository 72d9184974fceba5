"""The page with the editor of a diagram, as the server sends it."""

import json
import re

import pytest

from service.operations import bundle_files
from tests.web.conftest import Page, Staff, Visitor

PATH = "processes/meldroute_signaal/meldroute_signaal.bpmn"


@pytest.fixture
def draft(owner: Visitor) -> str:
    """The address of a draft."""
    return owner.submit("/studio", {"titel": "Een andere triage"}).path


def editor_of(page: Page) -> dict[str, object]:
    """What the script begins with."""
    found: dict[str, object] = json.loads(page.tree.xpath("string(//script[@id='page-data'])"))
    return found


def save(owner: Visitor, draft: str, content: str) -> int:
    token = editor_of(owner.get(f"{draft}/diagram/meldroute_signaal"))["token"]
    answer = owner.client.put(
        f"/api/v1/drafts/{draft.rpartition('/')[2]}/file",
        json={"path": PATH, "content": content, "revision": 0},
        headers={"X-CSRFToken": str(token)},
    )
    return answer.status_code


def test_the_page_tells_the_process_in_words_and_gives_the_script_its_diagram(
    owner: Visitor, draft: str
) -> None:
    page = owner.get(f"{draft}/diagram/meldroute_signaal")
    assert page.title == "Meldroute signaal mensenhandel"
    assert "Triage (Gebruikerstaak, Aandachtsfunctionaris" in page.text
    assert "naar ‘Triage’: Nee (anders)" in page.text
    editor = editor_of(page)
    assert editor["path"] == PATH
    assert editor["revision"] == 0
    assert editor["text"] == bundle_files.read_bundled("midden-delfland")[PATH].decode()
    assert owner.get(page.links()["Bestand ophalen (.bpmn)"]).status == 200


def test_only_the_styles_of_the_editor_itself_are_let_in(owner: Visitor, draft: str) -> None:
    page = owner.get(f"{draft}/diagram/meldroute_signaal")
    policy = page.response.headers["Content-Security-Policy"]
    nonce = page.tree.xpath("string(//meta[@name='csp-nonce']/@content)")
    assert nonce
    assert f"'nonce-{nonce}'" in policy
    assert re.search(r"script-src 'self';", policy)
    assert "unsafe-eval" not in policy


def test_a_diagram_that_the_guard_would_refuse_still_opens(owner: Visitor, draft: str) -> None:
    assert save(owner, draft, "<definitions/>") == 200
    page = owner.get(f"{draft}/diagram/meldroute_signaal")
    assert page.status == 200
    assert page.title == "meldroute_signaal"
    assert editor_of(page)["text"] == "<definitions/>"
    assert editor_of(page)["revision"] == 1


def test_a_draft_that_was_thrown_away_can_be_looked_at(owner: Visitor, draft: str) -> None:
    owner.get(draft)
    owner.submit("/weggooien")
    page = owner.get(f"{draft}/diagram/meldroute_signaal")
    assert "wijzigingen worden niet bewaard" in page.text
    assert editor_of(page)["open"] is False


@pytest.mark.parametrize("process", ["bestaat_niet", "gemeenten", "Met-Hoofdletters", "..%2fx"])
def test_a_process_that_is_not_there_is_not_found(owner: Visitor, draft: str, process: str) -> None:
    assert owner.get(f"{draft}/diagram/{process}").status in (404, 422)


def test_for_who_owns_no_processes_there_is_no_editor(staff: Staff, draft: str) -> None:
    assert staff("oov").get(f"{draft}/diagram/meldroute_signaal").status == 404
