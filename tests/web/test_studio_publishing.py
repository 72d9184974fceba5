"""Publishing a draft and taking it back, on pages without a script."""

import io
from typing import Any
from uuid import UUID, uuid4

import pytest

from service.operations import bundle_files
from service.operations.studio.originals import shared_files
from tests.integration import drawn, moves, publishing
from tests.integration.conftest import DEMO, Office
from tests.integration.drawn import FOR_CARE
from tests.integration.moves import published, steps
from tests.integration.publishing import OWNER, SECOND_OWNER
from tests.unit.engine.diagrams import user
from tests.web.conftest import Page, Staff, Visitor

ONE = steps(user("doen", FOR_CARE), user("daarna", FOR_CARE))
SHORTER = steps(user("doen", FOR_CARE), user("erna", FOR_CARE))
FORM = "forms/meldroute_signaal/triage.form"


@pytest.fixture
def draft(office: Office) -> UUID:
    """One case stands at a step that the draft takes away, one at a step that stays."""
    published(office, ONE)
    for done in (False, True):
        case = drawn.begun(office)
        if done:
            task = drawn.open_task(office, case, "doen")
            drawn.completed(office, task, office.person("af-zorg"))
    return publishing.begun(office, title="Korter", diagram=SHORTER)


def at(draft: UUID, more: str = "") -> str:
    return f"/studio/concepten/{draft}/publiceren{more}"


def sent(visitor: Visitor, draft: UUID, **fields: Any) -> Page:
    assert visitor.last is not None
    shown = visitor.last.tree.xpath("//input[@name='waarschuwing']/@value")
    return visitor.submit(at(draft), {"waarschuwing": shown, "actie": "publiceren", **fields})


def counted(page: Page) -> list[str]:
    """The total, line by line."""
    return [str(li.text_content()) for li in page.tree.xpath("//*[@id='gevolgen-totaal']/ul[1]/li")]


def test_a_draft_is_published_with_its_cases_and_taken_back(
    office: Office, staff: Staff, draft: UUID
) -> None:
    owner = staff(OWNER)
    page = owner.get(at(draft))
    assert counted(page) == ["1 zaak kan niet mee", "1 zaak blijft waar zij is"]
    assert "1 × De zaak staat bij Taak daarna; dat heeft geen plek meer." in page.text
    assert "2 van 2 lopende zaken bekeken" in page.text

    field = f"plan|{publishing.current(office)}|proces|daarna"
    looked = sent(owner, draft, actie="bekijken", reden="Eén stap minder.", **{field: "erna"})
    assert looked.status == 200
    assert counted(looked) == [
        "1 zaak gaat mee en komt ergens anders te staan",
        "1 zaak blijft waar zij is",
    ]
    assert looked.values("reden") == ["Eén stap minder."]

    done = sent(owner, draft, zaken="mee")
    assert done.title == f"Publicatie {publishing.current(office)}"
    assert "geldt nu voor nieuwe zaken. De lopende zaken gaan mee" in done.text
    assert "Goedkeuring" not in owner.get(at(draft)).text
    owner.get(done.path)
    [batch] = publishing.listed(office)[0].batches
    moves.worked_off(office, batch)
    again = owner.get(done.path)
    assert "2 overgezet" in again.text
    assert "Eén stap minder." in again.text

    number = publishing.current(office)
    back = owner.submit("/terugdraaien", {"reden": "Toch niet."})
    assert back.title == f"Publicatie {number}"
    assert f"Teruggedraaid door publicatie {number + 1}" in back.text
    moves.worked_off(office, batch)
    assert "2 teruggezet" in owner.get(done.path).text


def test_with_four_eyes_taking_back_waits_for_a_colleague_and_says_so(
    office: Office, staff: Staff
) -> None:
    publishing.with_four_eyes(office)
    draft = publishing.begun(office)
    number = publishing.current(office)
    owner, second = staff(OWNER), staff(SECOND_OWNER)
    assert "bevestigt een collega het daarna" in owner.get(f"/studio/publicaties/{number}").text
    assert "moet dit nog bevestigen" in owner.submit("/terugdraaien", {"reden": "Te snel."}).text
    told = "Tot een tweede persoon dat bevestigt, kan niemand iets anders publiceren."
    for path in ("/studio", at(draft)):
        assert told in owner.get(path).text
    assert "Nog te bevestigen" in owner.get("/studio/publicaties").text

    here = f"/studio/publicaties/{number + 1}"
    assert "U hebt zelf teruggedraaid" in owner.get(here).text
    assert "Dit was terecht" not in owner.get(here).text
    refused = owner.post(f"{here}/bevestigen", {})
    assert (refused.status, "U hebt zelf teruggedraaid" in refused.text) == (409, True)
    assert "Was het niet terecht?" in second.get(here).text
    done = second.submit("/bevestigen", {})
    assert "U hebt bevestigd" in done.text
    assert office.person(SECOND_OWNER).name in done.text
    assert told not in owner.get("/studio").text
    assert "bevestigd door" in owner.get("/studio/publicaties").text


def test_what_was_typed_survives_every_refusal(office: Office, staff: Staff, draft: UUID) -> None:
    owner = staff(OWNER)
    owner.get(at(draft))
    unmoved = sent(owner, draft, reden="Een lange uitleg.")
    assert (unmoved.status, unmoved.values("reden")) == (422, ["Een lange uitleg."])
    assert "Kies wat er met de lopende zaken gebeurt" in unmoved.text
    nothing = sent(owner, draft, reden=" ")
    assert nothing.status == 422
    assert "Kies wat er met de lopende zaken gebeurt" in nothing.text
    assert "Vul een reden in" in nothing.text
    empty = sent(owner, draft, reden=" ", zaken="nieuw")
    assert empty.status == 422
    assert "Vul een reden in" in empty.text
    assert "nieuw" in empty.values("zaken")
    publishing.save(office, draft, {"forms/proces/los.form": moves.form("wie", name="los")})
    stale = sent(owner, draft, reden="Een lange uitleg.", zaken="nieuw")
    assert (stale.status, stale.values("reden")) == (409, ["Een lange uitleg."])
    assert "veranderd sinds u het bekeek" in stale.text
    old = owner.client.post(at(draft), data={"csrf_token": "oud", "reden": "Een lange uitleg."})
    assert old.status_code == 400
    assert "Een lange uitleg." in old.text


def test_a_draft_with_faults_says_what_and_where_and_cannot_be_published(
    office: Office, staff: Staff
) -> None:
    draft = publishing.begun(office, diagram=ONE.replace(b'targetRef="daarna"', b'targetRef="x"'))
    page = staff(OWNER).get(at(draft))
    assert page.status == 200
    told = page.text.split("maar niet worden gepubliceerd. ")[1]
    assert told.startswith("Fout ")
    assert page.links()[moves.FILE].endswith("/diagram/proces")
    assert page.tree.xpath("//textarea") == []
    assert staff(OWNER).get(at(draft, "/naspelen")).status == 200


def test_another_approves_and_a_change_takes_the_approval_away(
    office: Office, staff: Staff
) -> None:
    publishing.with_four_eyes(office)
    draft = publishing.begun(office)
    publishing.save(office, draft, {FORM: shared_files()[FORM] + b"\n"})
    owner, other = staff(OWNER), staff(SECOND_OWNER)
    assert "een collega die publiceert moet het goedkeuren" in owner.get(at(draft)).text
    refused = sent(owner, draft, reden="Beter.", zaken="nieuw")
    assert (refused.status, "nog niet goedgekeurd" in refused.text) == (409, True)
    other.get(at(draft))
    assert "Goedgekeurd door" in other.submit("/goedkeuren").text
    publishing.save(office, draft, {FORM: shared_files()[FORM] + b"\n\n"})
    assert "keurde een eerdere versie goed" in owner.get(at(draft)).text


def test_a_draft_that_fell_behind_is_brought_up_to_date_here(office: Office, staff: Staff) -> None:
    published(office, ONE)
    draft = publishing.begun(office, diagram=ONE.replace(b"Taak doen", b"Schrijven"))
    published(office, ONE.replace(b"Taak doen", b"Bellen"))
    owner = staff(OWNER)
    page = owner.get(at(draft))
    assert "Eerst bijwerken" in page.text
    told = owner.submit("/bijwerken")
    assert told.status == 409
    assert told.tree.xpath(f"//fieldset[.//input[@name='keuze:{moves.FILE}']]/legend")
    told = owner.submit("/bijwerken", {f"keuze:{moves.FILE}": "mine"})
    assert told.status == 200
    assert "Het concept is bijgewerkt" in told.text


def test_closed_cases_are_replayed_without_a_kenmerk(office: Office, staff: Staff) -> None:
    published(office, steps(user("doen", FOR_CARE)))
    case = drawn.begun(office)
    drawn.completed(office, drawn.open_task(office, case, "doen"), office.person("af-zorg"))
    draft = publishing.begun(office, diagram=SHORTER)
    page = staff(OWNER).get(at(draft, "/naspelen"))
    assert "1 van 1 afgesloten zaken nagespeeld" in page.text
    assert "Zaak 1 van de 1" in page.text
    assert "Eindigde als ‘Einde’, zou nu wachten op ‘Taak erna’" in page.text
    assert case.reference not in page.response.text


def test_a_bundle_goes_out_and_comes_back_as_a_draft(office: Office, staff: Staff) -> None:
    owner = staff(OWNER)
    assert "Publicatie 1" in owner.get("/studio/publicaties").text
    first = owner.client.get("/studio/publicaties/1/bundel.zip")
    assert first.data == owner.client.get("/studio/publicaties/1/bundel.zip").data
    content = bundle_files.unpack(first.data)
    assert content == bundle_files.read_bundled(DEMO)

    changed = bundle_files.pack({**content, FORM: content[FORM] + b"\n"})
    page = owner.post(
        "/studio/publicaties/bundel", {"bundel": (io.BytesIO(changed), "van-elders.zip")}
    )
    assert "Elders gemaakt: van-elders.zip" in page.text
    assert "Triage (formulier, gewijzigd)" in page.text
    owner.get("/studio/publicaties")
    bad = owner.post("/studio/publicaties/bundel", {"bundel": (io.BytesIO(b"x"), "x.zip")})
    assert (bad.status, "geen (heel) zip-bestand" in bad.text) == (422, True)
    assert owner.post("/studio/publicaties/bundel", {}).status == 422
    assert publishing.current(office) == 1


def test_the_profile_of_another_municipality_is_left_out(office: Office, staff: Staff) -> None:
    owner = staff(OWNER)
    owner.get("/studio/publicaties")
    packed = bundle_files.pack(bundle_files.read_bundled("rijswijk"))
    page = owner.post(
        "/studio/publicaties/bundel", {"bundel": (io.BytesIO(packed), "rijswijk.zip")}
    )
    assert "Het profiel in de bundel is van rijswijk en is niet overgenomen" in page.text
    assert "Dit concept verandert nog niets." in page.text
    assert office.municipality == DEMO


def test_for_others_none_of_this_exists(office: Office, staff: Staff) -> None:
    draft = publishing.begun(office)
    for role in ("af-zorg", "zvh"):
        visitor = staff(role)
        for path in (
            at(draft),
            at(draft, "/gevolgen"),
            at(draft, "/naspelen"),
            at(draft, "/naspelen/meer"),
            at(uuid4()),
            "/studio/publicaties",
            "/studio/publicaties/1",
            "/studio/publicaties/1/bundel.zip",
        ):
            assert visitor.get(path).status == 404, path
        visitor.get("/account")
        for path in (at(draft), at(draft, "/goedkeuren"), "/studio/publicaties/1/terugdraaien"):
            assert visitor.post(path, {"zaken": "nieuw", "reden": "x"}).status == 404, path
