"""What changed, read in a browser without scripts."""

import pytest

from service.operations import bundle_files
from service.operations.publish import publish
from tests.integration.conftest import Office
from tests.unit.operations.comparing.edits import PATH, edited
from tests.web.conftest import Staff, Visitor

OWNER = "functioneel-beheer"
BUNDLE = bundle_files.read_bundled("midden-delfland")
PROFILE = bundle_files.PROFILE


@pytest.fixture
def owner(staff: Staff) -> Visitor:
    return staff(OWNER)


@pytest.fixture
def draft(owner: Visitor) -> str:
    """The address of a draft in which the triage may take a day longer."""
    owner.get("/studio")
    draft = owner.submit("/studio", {"titel": "Triage krijgt een dag langer"}).path
    (text,) = owner.get(f"{draft}/tekst?pad={PROFILE}").values("tekst")
    longer = text.replace('\ntriage = "2wd"', '\ntriage = "3wd"')
    owner.submit(f"/tekst?pad={PROFILE}", {"tekst": longer})
    return draft


def test_a_draft_leads_to_sentences_about_what_it_changes(owner: Visitor, draft: str) -> None:
    page = owner.get(owner.get(draft).links()["Wijzigingen in woorden"])
    assert page.title == "Wat dit concept verandert"
    assert "Norm triage: van 2 naar 3 werkdagen (Triage)." in page.text
    assert page.links()["Triage krijgt een dag langer"] == draft


def test_a_draft_that_changes_nothing_says_so(owner: Visitor) -> None:
    owner.get("/studio")
    draft = owner.submit("/studio", {"titel": "Leeg"}).path
    assert "Er is geen verschil" in owner.get(f"{draft}/verschil").text


def test_for_others_and_for_unknown_files_there_is_no_such_page(
    staff: Staff, owner: Visitor, draft: str
) -> None:
    assert staff("oov").get(f"{draft}/verschil").status == 404
    assert staff("oov").get("/studio/publicaties/1/verschil/1").status == 404
    assert owner.get(f"{draft}/verschil?pad={PATH}").status == 404
    assert owner.get(f"{draft}/verschil?pad=../../etc/passwd").status == 404
    assert owner.get("/studio/publicaties/1/verschil/9").status == 404


def test_two_publications_are_compared_and_names_cannot_bring_markup(
    owner: Visitor, office: Office
) -> None:
    content = edited(BUNDLE[PATH], lambda d: d.rename("verrijken", "Op<script>zoeken"))
    with office.application.sessions.begin() as session:
        publish(
            session,
            content={**BUNDLE, PATH: content},
            published_by="Proef",
            reason="Proef.",
            now=office.clock(),
        )
    links = owner.get("/studio/publicaties").links()
    assert links["Wat er anders werd in publicatie 2"] == "/studio/publicaties/1/verschil/2"
    page = owner.get(f"/studio/publicaties/1/verschil/2?pad={PATH}")
    assert page.title == "Van publicatie 1 naar 2"
    assert "Signaal verrijken heet nu Op<script>zoeken." in page.text
    assert page.tree.xpath("//main//script[not(@type='application/json')]") == []
    back = owner.get("/studio/publicaties/2/verschil/1")
    assert "Op<script>zoeken heet nu Signaal verrijken." in back.text
