"""The pages of the studio: the library, a draft, its files, and a file as text."""

import json
from io import BytesIO

import pytest

from service.operations import bundle_files
from tests.integration.conftest import Office
from tests.web.conftest import Page, Staff, Visitor

SECOND = "functioneel-beheer-2"
TITLE = "Triage krijgt een dag langer"
TRIAGE = "forms/meldroute_signaal/triage.form"


@pytest.fixture
def draft(owner: Visitor) -> str:
    """The address of a draft."""
    return owner.submit("/studio", {"titel": TITLE}).path


def text_page(draft: str) -> str:
    return f"{draft}/tekst?pad={bundle_files.PROFILE}"


def test_who_does_not_publish_finds_no_studio(staff: Staff, draft: str) -> None:
    visitor = staff("oov")
    for address in ("/studio", draft, text_page(draft), f"{draft}/bestand?pad=gemeente.toml"):
        assert visitor.get(address).status == 404
    assert "Studio" not in visitor.get("/taken").links()


def test_the_library_is_searched(owner: Visitor) -> None:
    page = owner.get("/studio?zoek=acuut+gevaar")
    assert "Acuut gevaar" in page.text
    assert "Bibob" not in page.text
    assert "Niets gevonden" in owner.get("/studio?zoek=bestaatniet").text


def test_a_draft_needs_a_title_and_keeps_what_was_typed(owner: Visitor) -> None:
    page = owner.submit("/studio", {"titel": "x" * 200})
    assert page.status == 422
    assert page.values("titel") == ["x" * 200]


def test_a_new_draft_changes_nothing_and_is_in_order(owner: Visitor, draft: str) -> None:
    page = owner.get(draft)
    assert page.title == TITLE
    assert "Nog niets. Kies hieronder" in page.text
    assert "Er is niets op aan te merken" in page.text


def test_a_draft_gets_another_title_and_is_thrown_away(owner: Visitor, draft: str) -> None:
    owner.get(draft)
    assert owner.submit("/titel", {"titel": "Anders"}).title == "Anders"
    assert "Anders" not in owner.submit("/weggooien").text
    assert "weggegooid" in owner.get(draft).text


def test_the_profile_is_changed_as_text(owner: Visitor, draft: str) -> None:
    page = owner.get(text_page(draft))
    (text,) = page.values("tekst")
    saved = owner.submit("/tekst?pad=gemeente.toml", {"tekst": text.replace("\n", "\r\n") + "# x"})
    assert saved.values("tekst") == [text + "# x"]
    assert saved.values("versie") == ["1"]
    assert "Profiel" in owner.get(draft).text


def test_a_finding_in_the_profile_names_the_line(owner: Visitor, draft: str) -> None:
    owner.get(text_page(draft))
    page = owner.submit("/tekst?pad=gemeente.toml", {"tekst": 'onbekend = "x"\n'})
    assert page.status == 200
    assert "regel 1" in page.text


def test_what_is_no_toml_is_not_saved_and_not_lost(owner: Visitor, draft: str) -> None:
    owner.get(text_page(draft))
    page = owner.submit("/tekst?pad=gemeente.toml", {"tekst": "id = \n"})
    assert page.status == 422
    assert page.values("tekst") == ["id = \n"]
    assert "Er is niets bewaard" in page.text
    assert "Er is niets op aan te merken" not in page.text


def test_only_files_of_text_are_edited_as_text(owner: Visitor, draft: str) -> None:
    assert owner.get(f"{draft}/tekst?pad=processes/overleg/overleg.bpmn").status == 404
    assert owner.get(f"{draft}/tekst?pad=../../etc/passwd").status == 404
    assert owner.get(f"{draft}/tekst").status == 404


def test_two_who_change_the_same_line_choose(staff: Staff, owner: Visitor, draft: str) -> None:
    second = staff(SECOND)
    (text,) = owner.get(text_page(draft)).values("tekst")
    second.get(text_page(draft))
    name = 'naam = "Midden-Delfland"'
    assert name in text
    owner.submit("/tekst?pad=gemeente.toml", {"tekst": text.replace(name, 'naam = "Een"')})
    mine = text.replace(name, 'naam = "Twee"')
    page = second.submit("/tekst?pad=gemeente.toml", {"tekst": mine})
    assert page.status == 409
    assert page.values("tekst") == [mine]
    assert "*" not in page.text.split("wijzigde hetzelfde")[1].split("Controle")[0]
    done = second.submit("/tekst?pad=gemeente.toml", {"wie": "mij"})
    assert 'naam = "Twee"' in done.values("tekst")[0]


def test_a_file_goes_out_and_comes_in(owner: Visitor, draft: str) -> None:
    path = "processes/overleg/overleg.bpmn"
    diagram = owner.client.get(f"{draft}/bestand?pad={path}").data
    assert diagram == bundle_files.read_bundled("midden-delfland")[path]
    page = bring(owner, draft, "Overleg (1).bpmn", diagram + b"\n")
    assert "Overleg" in page.text
    assert "gewijzigd" in page.text
    assert "Nog niets." in owner.submit("/terugzetten").text


def test_a_file_is_named_by_what_it_says_even_when_it_has_a_fault(
    owner: Visitor, draft: str
) -> None:
    form = json.loads(bundle_files.read_bundled("midden-delfland")[TRIAGE])
    form["components"].append({"type": "iframe", "id": "Veld_weg"})
    page = bring(owner, draft, "triage.form", json.dumps(form).encode(), place=TRIAGE)
    assert "Triage" in page.links()
    assert owner.get(f"{draft}/formulier/meldroute_signaal/triage").title == "Triage"


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("kapot.bpmn", b"<definitions>", "geen leesbare XML"),
        ("leeg.bpmn", b"<definitions/>", "0 processen"),
        ("vragen.form", b"{}", "Kies bij 'vragen.form' ook wat het vervangt"),
        ("virus.exe", b"MZ", "'virus.exe' is geen bestand van de studio"),
        ("bom.bpmn", b'<!DOCTYPE x [<!ENTITY a "b">]><x/>', "DOCTYPE"),
    ],
)
def test_a_file_that_is_no_good_is_refused_with_what_and_where(
    owner: Visitor, draft: str, name: str, content: bytes, told: str
) -> None:
    page = bring(owner, draft, name, content)
    assert page.status == 422
    assert told in page.text
    assert "Nog niets." in owner.get(draft).text


def test_a_refused_file_keeps_what_it_would_have_replaced(owner: Visitor, draft: str) -> None:
    page = bring(owner, draft, "triage.form", b"[]", place=TRIAGE)
    assert "begint niet met een accolade" in page.text
    assert page.values("plaats") == [TRIAGE]


def test_a_new_process_starts_with_one_step_and_passes(owner: Visitor, draft: str) -> None:
    owner.get(f"{draft}/proces")
    owner.submit("/proces", {"naam": "Bellen met de wijkagent", "rol": "oov"})
    page = owner.get(draft)
    assert "Bellen met de wijkagent" in page.text
    assert "Er is niets op aan te merken" in page.text
    owner.get(f"{draft}/proces")
    again = owner.submit("/proces", {"naam": "Bellen met de wijkagent", "rol": "oov"})
    assert again.status == 409
    assert again.values("naam") == ["Bellen met de wijkagent"]
    wrong = owner.submit("/proces", {"naam": "123", "rol": "bestaat-niet"})
    assert wrong.status == 422
    assert "Kies een rol uit de lijst" in wrong.text


def bring(visitor: Visitor, draft: str, name: str, content: bytes, place: str = "") -> Page:
    visitor.get(f"{draft}/bestand/inlezen")
    files = {"bestand": (BytesIO(content), name), "plaats": place}
    return visitor.post(f"{draft}/bestand", files, content_type="multipart/form-data")


@pytest.mark.usefixtures("draft")
def test_the_office_sees_nothing_of_a_draft(office: Office, staff: Staff) -> None:
    assert TITLE not in staff("af-zorg").get("/taken").text
    with office.application.sessions() as session:
        current = office.application.collaborators.publications.current(session, "midden-delfland")
    assert current.number == 1
