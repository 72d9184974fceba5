"""Every page in every state: accessible, within its width, and without a policy violation."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from playwright.sync_api import expect
from sqlalchemy import update

from service.bootstrap import bootstrap
from service.operations.claim_task import claim_task
from service.storage import Instance
from tests.browser.conftest import Check, OpenDesk, serving
from tests.browser.walking import fill
from tests.conftest import TestServer
from tests.integration import guarded, steps
from tests.integration.conftest import Clock, Office, Post, settings_for
from tests.integration.released import released


@dataclass(kw_only=True)
class Gallery:
    """A municipality with something of everything."""

    url: str
    office: Office
    code: str
    """Of an anonymous signal with a question."""
    busy: str
    acute: str
    stuck: str
    ended: str

    def task(self, role: str, element_id: str) -> str:
        return f"/taken/{self.office.inbox(role)[element_id].id}"


@pytest.fixture(scope="module")
def gallery(
    database_server: TestServer, demo_template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Gallery]:
    clock = Clock()
    with database_server.database(template=demo_template) as address:
        application = bootstrap(settings_for(address, tmp_path_factory.mktemp("g")), clock=clock)
        office = Office(application=application, clock=clock, post=Post())
        with serving(application) as url:
            yield _furnished(url, office)
        application.close()


def _furnished(url: str, office: Office) -> Gallery:
    ended = office.report().reference
    steps.triaged(office)
    steps.enriched(office)
    steps.judged(office, "nee")
    office.do(
        "af-zorg",
        "gemeentelijk_oppakken",
        oppakken={"wijze": "reguliere_hulp", "toelichting": steps.AGREED},
    )
    steps.told(office)
    anonymous = office.report(by=None, hoedanigheid="anoniem", anoniem="ja")
    steps.triaged(office, bruikbaar="nee", vraag_aan_melder=steps.QUESTION)
    office.report()
    steps.triaged(office, bruikbaar="nee", vraag_aan_melder=steps.QUESTION)
    busy = steps.up_to_handover(office, "A", "zorgcoordinator")
    steps.accepted(office, "zorgcoordinator")
    stuck = office.report().reference
    steps.triaged(office)
    _claim(office, "af-zorg", "verrijken")
    _stop(office, stuck)
    office.later(days=6)
    acute = office.report(acuut_gevaar="ja").reference
    code = anonymous.code or ""
    return Gallery(
        url=url, office=office, code=code, busy=busy, acute=acute, stuck=stuck, ended=ended
    )


def _claim(office: Office, role: str, element_id: str) -> None:
    task_id = office.inbox(role)[element_id].id
    with office.application.sessions.begin() as session:
        claim_task(session, task_id=task_id, actor=office.person(role), now=office.clock())


def _stop(office: Office, reference: str) -> None:
    with office.application.sessions.begin() as session:
        session.execute(
            update(Instance)
            .where(Instance.reference == reference)
            .values(status="incident", incident="Tabel routering_af heeft geen regel die past.")
        )


def test_pages_of_who_has_no_account(gallery: Gallery, desks: OpenDesk, check: Check) -> None:
    desk = desks(gallery.url)
    page = desk.page
    check(desk, "inloggen", "/inloggen")
    page.get_by_label("E-mailadres").fill("wie@voorbeeld.example")
    page.get_by_label("Wachtwoord").fill("fout")
    page.get_by_role("button", name="Inloggen").click()
    expect(page.get_by_role("alert")).to_be_focused()
    check(desk, "inloggen-fout")
    check(desk, "melden", "/melden")
    page.locator('[name="signaal.acuut_gevaar"][value="nee"]').check()
    page.get_by_role("button", name="Melding versturen").click()
    expect(page.locator("#fouten")).to_be_visible()
    check(desk, "melden-fouten")
    desk.go("/melden")
    page.locator('[name="signaal.acuut_gevaar"][value="ja"]').check()
    page.get_by_label("Wat hebt u gezien of gehoord?").fill("Een kelder, nu.")
    expect(page.get_by_text("Bel nu 112.")).to_be_visible()
    check(desk, "melden-acuut")
    page.get_by_role("button", name="Melding versturen").click()
    expect(page.get_by_role("heading", name="Uw melding is ontvangen")).to_be_visible()
    check(desk, "melden-ontvangen")


def test_pages_of_feedback_and_of_errors(gallery: Gallery, desks: OpenDesk, check: Check) -> None:
    desk = desks(gallery.url)
    check(desk, "terugkoppeling", "/terugkoppeling")
    desk.page.get_by_label("Terugkoppelcode").fill(gallery.code)
    desk.page.get_by_role("button", name="Bekijken").click()
    expect(desk.page.get_by_text(steps.QUESTION)).to_be_visible()
    check(desk, "terugkoppeling-vraag")
    check(desk, "niet-gevonden", "/nergens")
    check(desk, "api", "/api/docs")
    desk.page.locator("summary", has_text="/api/v1/tasks/{task_id}/complete").click()
    check(desk, "api-open")


def test_the_page_without_a_database(gallery: Gallery, desks: OpenDesk, check: Check) -> None:
    settings = gallery.office.application.settings
    gone = replace(settings, database_url="postgresql+psycopg://x@127.0.0.1:1/x")
    application = bootstrap(gone)
    with serving(application) as url:
        desk = desks(url)
        desk.foresee("503")
        check(desk, "zonder-database", "/melden")
    application.close()


def test_pages_of_who_reports(gallery: Gallery, desks: OpenDesk, check: Check) -> None:
    desk = desks(gallery.url).log_in("melder")
    check(desk, "mijn-signalen", "/mijn-signalen")
    desk.page.get_by_role("link", name="Vraag beantwoorden").click()
    expect(desk.page.get_by_role("button", name="Antwoord versturen")).to_be_visible()
    check(desk, "taak-melder")
    empty = desks(gallery.url).log_in("wonen")
    check(empty, "mijn-signalen-leeg", "/mijn-signalen")
    check(empty, "taken-leeg", "/taken")
    check(empty, "rollen-leeg", "/taken/rollen")


def test_pages_of_the_inbox(gallery: Gallery, desks: OpenDesk, check: Check) -> None:
    desk = desks(gallery.url).log_in("af-zorg")
    check(desk, "taken", "/taken")
    check(desk, "rollen", "/taken/rollen")
    check(desk, "rollen-niets-gevonden", "/taken/rollen?kenmerk=x")
    check(desk, "zaken", "/zaken")
    check(desk, "zaken-niets-gevonden", "/zaken?kenmerk=x")
    for register in ("partners", "afspraken", "opvang", "instrumenten"):
        check(desk, f"netwerk-{register}", f"/netwerk/{register}")
    desk.page.get_by_role("link", name="Integrale controle").click()
    expect(desk.page.get_by_role("heading", level=1)).to_contain_text("Integrale controle")
    check(desk, "netwerk-regel")
    check(desk, "netwerk-nieuw", "/netwerk/afspraken/nieuw")
    desk.page.get_by_role("button", name="Bewaren").click()
    expect(desk.page.locator("#fouten")).to_be_visible()
    check(desk, "netwerk-fouten")
    partner = desks(gallery.url).log_in("zorgcoordinator")
    check(partner, "overgedragen", "/overgedragen")
    check(desk, "account", "/account")
    desk.page.get_by_label("Waarvoor is het nieuwe token?").fill("Rapportage")
    desk.page.get_by_role("button", name="Token maken").click()
    expect(desk.page.locator("#nieuw-token")).to_be_visible()
    check(desk, "account-token")


def test_pages_of_figures(gallery: Gallery, desks: OpenDesk, check: Check) -> None:
    desk = desks(gallery.url).log_in("af-zorg")
    check(desk, "cijfers", "/cijfers")
    reader = desks(gallery.url).log_in("burgemeester")
    check(reader, "cijfers-leeg", "/cijfers")
    check(reader, "rapportage", released(gallery.office))


def test_pages_of_beginning_by_hand(gallery: Gallery, desks: OpenDesk, check: Check) -> None:
    desk = desks(gallery.url).log_in("bibob")
    check(desk, "starten", "/zaken/starten")
    check(desks(gallery.url).log_in("wonen"), "starten-leeg", "/zaken/starten")
    desk.page.locator("main button", has_text="Starten").focus()
    desk.page.keyboard.press("Enter")
    expect(desk.page.get_by_text("is gestart")).to_be_visible()
    check(desk, "gestart")


def test_pages_of_a_case(gallery: Gallery, desks: OpenDesk, check: Check) -> None:
    desk = desks(gallery.url).log_in("af-veiligheid")
    for name in ("busy", "acute", "stuck", "ended"):
        check(desk, f"zaak-{name}", f"/zaken/{getattr(gallery, name)}")
    partner = desks(gallery.url).log_in("zorgcoordinator")
    check(partner, "zaak-partner", f"/zaken/{gallery.busy}")


def test_pages_of_a_case_that_is_locked_or_read_in_an_emergency(
    gallery: Gallery, desks: OpenDesk, check: Check
) -> None:
    reader = desks(gallery.url).log_in("wonen")
    reader.foresee("404", "422")
    page, why = reader.page, reader.page.get_by_label("Waarom moet u deze zaak nu lezen?")
    check(reader, "zaak-niet-gevonden", f"/zaken/{gallery.acute}")
    page.get_by_role("link", name="Noodtoegang vragen").click()
    expect(why).to_be_visible()
    check(reader, "noodtoegang")
    why.fill("spoed")
    page.get_by_role("button", name="Zaak in nood lezen").click()
    expect(page.get_by_text("Leg het uit in ten minste 20 tekens")).to_be_visible()
    check(reader, "noodtoegang-fout")
    why.fill(guarded.NEED)
    why.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("U leest deze zaak met noodtoegang")).to_be_visible()
    check(reader, "zaak-in-nood")
    desk = desks(gallery.url).log_in("af-zorg")
    desk.go(f"/zaken/{gallery.acute}")
    desk.page.get_by_role("link", name="Zaak extra vergrendelen").click()
    expect(desk.page.get_by_label("Reden")).to_be_visible()
    check(desk, "vergrendelen")
    desk.page.get_by_label("Reden").fill(guarded.WHY)
    desk.page.get_by_role("button", name="Extra vergrendelen").click()
    expect(desk.page.get_by_text("De zaak is extra vergrendeld.").first).to_be_visible()
    check(desk, "zaak-vergrendeld")
    check(desk, "vergrendeling", f"/zaken/{gallery.acute}/vergrendeling")
    judge = desks(gallery.url).log_in("privacy")
    judge.go(gallery.task("privacy", "noodtoegang_beoordelen"))
    judge.page.get_by_role("button", name="Oppakken").click()
    expect(judge.page.get_by_role("button", name="Taak afronden")).to_be_visible()
    check(judge, "noodtoegang-beoordelen")
    guarded.unlock(gallery.office, gallery.acute, gallery.office.person("af-zorg"))


def test_pages_of_repair(gallery: Gallery, desks: OpenDesk, check: Check) -> None:
    desk = desks(gallery.url).log_in("functioneel-beheer")
    desk.foresee("409", "422")
    page = desk.page
    check(desk, "herstel-lijst", "/zaken/herstel")
    check(desk, "herstel-niet-gevonden", "/zaken/herstel?kenmerk=x")
    check(desk, "herstel-storing", f"/zaken/{gallery.stuck}/herstel")
    page.locator("article summary").first.click()
    page.get_by_role("button", name="Hierheen verplaatsen").first.click()
    expect(page.get_by_text("Kies naar welke stap.")).to_be_visible()
    check(desk, "herstel-fout")
    desk.go(f"/zaken/{gallery.busy}/herstel")
    again = page.locator("section", has=page.locator("#opnieuw"))
    again.locator("summary").click()
    again.get_by_label("Welke stap?").select_option(index=1)
    again.get_by_label("Reden").fill("De eerste keer ging het om een andere persoon.")
    again.get_by_role("button", name="Opnieuw laten doen").click()
    expect(page.get_by_text("Weet u dit zeker?")).to_be_visible()
    check(desk, "herstel-bevestigen")
    page.get_by_role("link", name="Niet doen").click()
    page.locator("#stilzetten-reden").fill("Wij wachten op de aandachtsfunctionaris.")
    page.get_by_role("button", name="Stilzetten").click()
    expect(page.get_by_text("De zaak is stilgezet.").first).to_be_visible()
    check(desk, "herstel-stilgezet")
    worker = desks(gallery.url).log_in("af-zorg")
    check(worker, "zaak-stilgezet", f"/zaken/{gallery.busy}")
    page.locator("#hervatten-reden").fill("Het klopt.")
    page.get_by_role("button", name="Hervatten").click()
    expect(page.get_by_text("De zaak is hervat.").first).to_be_visible()
    check(desk, "herstel-afgesloten", f"/zaken/{gallery.ended}/herstel")


def test_pages_of_a_task(gallery: Gallery, desks: OpenDesk, check: Check) -> None:
    desk = desks(gallery.url).log_in("af-zorg")
    check(desk, "taak", gallery.task("af-zorg", "verrijken"))
    desk.page.get_by_role("button", name="Taak afronden").click()
    expect(desk.page.locator("#fouten")).to_be_visible()
    check(desk, "taak-fouten")
    acute = gallery.task("af-zorg", "acuut_vastleggen")
    check(desk, "taak-vrij", acute)
    desk.page.get_by_role("button", name="Oppakken").click()
    expect(desk.page.get_by_role("button", name="Taak afronden")).to_be_visible()
    fill(desk.page, {"acuut": {"gebeld_112": "ja", "afspraken": steps.AGREED}})
    check(desk, "taak-acuut")
    other = desks(gallery.url).log_in("af-veiligheid")
    check(other, "taak-van-collega", acute)


def test_the_page_of_who_came_second(gallery: Gallery, desks: OpenDesk, check: Check) -> None:
    office = gallery.office
    office.report()
    task = gallery.task("af-zorg", "triage")
    desk = desks(gallery.url).log_in("af-zorg")
    desk.go(task)
    desk.page.get_by_role("button", name="Oppakken").click()
    expect(desk.page.get_by_role("button", name="Taak afronden")).to_be_visible()
    fill(desk.page, {"triage": {**steps.TRIAGE, "toelichting": steps.WHY}})
    steps.triaged(office)
    desk.page.get_by_role("button", name="Taak afronden").click()
    expect(desk.page.locator("#conflict")).to_be_visible()
    check(desk, "taak-te-laat")
    check(desk, "taak-gedaan", task)
