"""The page of a form, and the form as the inbox shows it."""

import json

import pytest

from tests.web.conftest import Page, Staff, Visitor

TRIAGE = "meldroute_signaal/triage"
QUESTION = {
    "type": "radio",
    "id": "Veld_ja",
    "key": "triage.ja",
    "label": "Gaat het door?",
    "values": [{"label": "Ja", "value": "ja"}, {"label": "Nee", "value": "nee"}],
}
WHY = {
    "type": "textfield",
    "id": "Veld_waarom",
    "key": "triage.waarom",
    "label": "Waarom niet?",
    "conditional": {"hide": '=triage.ja != "nee"'},
}
BROKEN = {"type": "iframe", "id": "Veld_weg"}


def form(*components: object) -> str:
    return json.dumps(
        {"type": "default", "id": "triage", "schemaVersion": 19, "components": components}
    )


@pytest.fixture
def draft(owner: Visitor) -> str:
    """The address of a draft."""
    return owner.submit("/studio", {"titel": "Triage"}).path


@pytest.fixture
def page(owner: Visitor, draft: str) -> Page:
    return owner.get(f"{draft}/formulier/{TRIAGE}")


def test_a_form_says_what_it_needs_and_shows_itself_without_a_script(page: Page) -> None:
    assert page.title == "Triage"
    assert "heeft JavaScript nodig" in page.text
    assert page.tree.xpath("string(//iframe/@src)").endswith("/triage/voorbeeld")


def test_the_editor_is_told_which_words_other_forms_use(page: Page) -> None:
    data = json.loads(page.tree.get_element_by_id("page-data").text)
    assert "Het signaal begrijpen en beoordelen" in data["known"]["doel"]
    assert data["known"]["bewaren"][0].startswith("Zolang het dossier bestaat")


def test_a_form_of_which_nothing_is_right_is_shown_all_the_same(
    owner: Visitor, page: Page, draft: str
) -> None:
    path = f"forms/{TRIAGE}.form"
    answer = owner.client.put(
        f"/api/v1/drafts/{draft.rpartition('/')[2]}/file",
        json={"path": path, "content": '{"components": 3}', "revision": 0},
        headers={"X-CSRFToken": json.loads(page.tree.get_element_by_id("page-data").text)["token"]},
    )
    assert answer.status_code == 200
    assert owner.get(page.path).title == "triage.form"


def test_the_preview_may_stand_in_our_own_frame_and_nothing_else_may(
    owner: Visitor, page: Page
) -> None:
    seen = owner.get(f"{page.path}/voorbeeld")
    assert "frame-ancestors 'self'" in seen.response.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in page.response.headers["Content-Security-Policy"]
    assert "Waar gaat dit signaal over?" in seen.text


def test_the_preview_draws_what_stands_in_the_editor(owner: Visitor, page: Page) -> None:
    seen = owner.post(f"{page.path}/voorbeeld", {"_formulier": form(QUESTION)})
    assert "Gaat het door?" in seen.text


def test_the_preview_says_why_there_is_none(owner: Visitor, page: Page) -> None:
    seen = owner.post(f"{page.path}/voorbeeld", {"_formulier": form(BROKEN)})
    assert "Nog geen voorbeeld" in seen.text
    assert "een andere site in het formulier is onveilig" in seen.text


def test_the_preview_reacts_to_answers(owner: Visitor, page: Page) -> None:
    def hidden(answer: str) -> bool:
        owner.get(page.path)
        told = {"_formulier": form(QUESTION, WHY), "triage.ja": answer}
        drawn = owner.post(f"{page.path}/voorbeeld/velden", told)
        [box] = drawn.tree.xpath("//*[@id='veld-triage-waarom-vak']")
        return "mr-not-asked" in box.get("class")

    assert [hidden("ja"), hidden("nee")] == [True, False]


def test_a_form_is_left_out_and_a_new_one_begun_for_its_task(
    owner: Visitor, page: Page, draft: str
) -> None:
    owner.get(page.path)
    assert "niet meer in dit concept" in owner.submit("/weglaten").text
    assert owner.get(page.path).status == 404

    owner.get(f"{draft}/formulier")
    begun = owner.submit("/formulier", {"taak": "forms/meldroute_signaal/triage.form"})
    assert begun.path == page.path
    assert begun.title == "Triage"


def test_no_form_is_begun_for_a_task_that_is_not_there(owner: Visitor, draft: str) -> None:
    assert "Elke taak heeft een formulier" in owner.get(f"{draft}/formulier").text
    answer = owner.post(f"{draft}/formulier", {"taak": "forms/nergens/niets.form"})
    assert answer.status == 422


def test_who_does_not_publish_finds_no_form(staff: Staff, page: Page) -> None:
    visitor = staff("oov")
    assert visitor.get(page.path).status == 404
    assert visitor.get(f"{page.path}/voorbeeld").status == 404
