"""What can happen while somebody is filling in a form."""

from uuid import uuid4

import httpx
import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import PATIENCE, Desk, OpenDesk
from tests.browser.looking import whole
from tests.browser.test_walks import REPORT
from tests.browser.walking import do, fill, find, report, take
from tests.integration import steps
from tests.integration.conftest import DEMO, SIGNAL

TEXT = "Een lange uitleg die niemand nog eens wil typen."


@pytest.fixture
def claimed(visit: OpenDesk) -> tuple[Desk, str]:
    """A desk with the form of a triage open, and the kenmerk."""
    desk = visit("af-zorg")
    reference = reported(desk)
    take(desk, reference, "Triage")
    return desk, reference


def reported(desk: Desk) -> str:
    """A signal from somebody without an account; the kenmerk."""
    answers = {k: v for k, v in SIGNAL.items() if k not in ("naam", "email")}
    answers |= {"hoedanigheid": "anoniem", "anoniem": "ja"}
    told = {"municipality": DEMO, "submission_id": str(uuid4()), "answers": {"signaal": answers}}
    answer = httpx.post(f"{desk.url}/api/v1/signals", json=told, timeout=PATIENCE)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["reference"])


def test_a_draft_is_kept_while_typing_and_survives_a_reload(claimed: tuple[Desk, str]) -> None:
    page = claimed[0].page
    box = page.locator('[name="triage.toelichting"]')
    box.press_sequentially(TEXT[:20])
    expect(page.get_by_text("Concept bewaard om")).to_be_visible()

    page.reload()
    expect(box).to_have_value(TEXT[:20])


def test_of_two_who_finish_the_second_reads_who_was_first_and_keeps_the_text(
    claimed: tuple[Desk, str], visit: OpenDesk
) -> None:
    here, reference = claimed
    there = visit("af-zorg")
    there.go(here.page.url.removeprefix(here.url))
    fill(here.page, {"triage": {**steps.TRIAGE, "toelichting": TEXT}})
    fill(there.page, {"triage": steps.TRIAGE})
    there.page.get_by_role("button", name="Taak afronden").click()
    expect(there.page.get_by_text("is afgerond.").first).to_be_visible()

    here.page.get_by_role("button", name="Taak afronden").click()
    conflict = here.page.get_by_role("alert")
    expect(conflict).to_contain_text(
        "Bram (Aandachtsfunctionaris zorg) heeft deze taak al afgerond"
    )
    expect(here.page.get_by_text(TEXT)).to_be_visible()
    assert reference in here.page.content()


def test_a_question_appears_when_an_answer_asks_for_it_and_the_focus_stays(
    claimed: tuple[Desk, str],
) -> None:
    page = claimed[0].page
    question = page.get_by_label("Wat vraagt u aan de melder?")
    expect(question).to_be_hidden()
    choice = page.locator('[name="triage.bruikbaar"][value="nee"]')
    choice.check()

    expect(page.locator('[name="triage.vraag_aan_melder"]')).to_be_visible()
    expect(choice).to_be_focused()


def test_what_is_typed_while_the_line_is_slow_stays(claimed: tuple[Desk, str]) -> None:
    page, held = claimed[0].page, list[Route]()

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/velden", hold)
    page.locator('[name="triage.bruikbaar"][value="nee"]').check()
    page.locator('[name="triage.toelichting"]').fill("Eerst")
    page.locator('[name="triage.dubbel"][value="nee"]').check()
    page.locator('[name="triage.toelichting"]').fill("Eerst en daarna meer")
    page.locator('[name="triage.meldcode"][value="nee"]').check()
    page.locator('[name="triage.toelichting"]').fill("Eerst en daarna nog meer")
    for route in held:
        route.continue_()
    page.unroute("**/velden")
    expect(page.locator('[name="triage.vraag_aan_melder"]')).to_be_visible()
    whole(page)

    expect(page.locator('[name="triage.toelichting"]')).to_have_value("Eerst en daarna nog meer")
    expect(page.locator('[name="triage.meldcode"][value="nee"]')).to_be_checked()


def test_an_error_of_the_server_never_replaces_the_form(claimed: tuple[Desk, str]) -> None:
    desk, _reference = claimed
    desk.foresee("503")
    page = desk.page
    page.route("**/velden", lambda route: route.fulfill(status=503, body="<h1>weg</h1>"))
    page.route("**/concept", lambda route: route.fulfill(status=503, body="<h1>weg</h1>"))
    page.locator('[name="triage.toelichting"]').press_sequentially("Blijft")
    page.locator('[name="triage.bruikbaar"][value="nee"]').check()
    expect(page.get_by_text("Niet bewaard: geen verbinding.")).to_be_visible()

    expect(page.locator('[name="triage.toelichting"]')).to_have_value("Blijft")


def test_a_task_is_taken_and_finished_with_the_keyboard_alone(visit: OpenDesk) -> None:
    desk = visit("af-zorg")
    reference = report(desk, **REPORT)
    page = desk.page
    find(desk, reference, "Triage")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Naar de inhoud")).to_be_focused()
    page.keyboard.press("Enter")
    tab_to(desk, f"Oppakken: Triage, {reference}")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Triage")).to_be_visible()

    for name, value in steps.TRIAGE.items():
        by_keyboard(desk, f"triage.{name}", value)
    tab_to(desk, "Taak afronden")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Taak ‘Triage’ is afgerond.")).to_be_visible()


def tab_to(desk: Desk, name: str) -> None:
    """Tabs on until a control with this name has the focus."""
    for _ in range(80):
        desk.page.keyboard.press("Tab")
        if name in desk.page.evaluate(SAYS):
            return
    raise AssertionError(f"{name} is niet te bereiken met Tab")


def by_keyboard(desk: Desk, name: str, value: str) -> None:
    """Tabs to a question and answers it with the keys that a browser gives for it."""
    for _ in range(80):
        desk.page.keyboard.press("Tab")
        if desk.page.evaluate("document.activeElement.name") == name:
            break
    for _ in range(20):
        now = desk.page.evaluate(
            "(name) => document.querySelector(`[name='${name}']:checked, select[name='${name}']`)"
            "?.value",
            name,
        )
        if now == value:
            return
        desk.page.keyboard.press("Space" if now is None else "ArrowDown")
    raise AssertionError(f"{name} is niet op {value} te zetten")


SAYS = (
    "(document.activeElement.getAttribute('aria-label')"
    " ?? document.activeElement.innerText ?? '').trim()"
)


def test_everything_but_the_diagram_works_without_scripts(visit: OpenDesk) -> None:
    desk = visit("af-zorg", scripts=False)
    page = desk.page
    reference = report(desk, **REPORT)
    do(desk, reference, "Triage", triage=steps.TRIAGE)
    take(desk, reference, "Signaal verrijken")
    page.locator('[name="verrijking.feiten"]').fill("Half klaar")
    page.get_by_role("button", name="Bewaren als concept").click()
    expect(page.get_by_text("Concept bewaard.")).to_be_visible()
    expect(page.locator('[name="verrijking.feiten"]')).to_have_value("Half klaar")
    page.locator('button[name="_rij_toevoegen"][value="verrijking.bronnen"]').click()
    expect(page.get_by_role("group", name="Bron 2")).to_be_visible()
    page.get_by_role("button", name="Verwijder bron 2").click()
    expect(page.get_by_role("group", name="Bron 2")).to_have_count(0)
    fill(page, {"verrijking": steps.ENRICHED})
    page.get_by_role("button", name="Taak afronden").click()

    expect(page.get_by_text("Taak ‘Signaal verrijken’ is afgerond.")).to_be_visible()
    expect(page.get_by_role("heading", name="Stappen")).to_be_visible()
    page.get_by_label("Notitie toevoegen").fill("Zonder script.")
    page.get_by_role("button", name="Notitie bewaren").click()
    expect(page.get_by_text("Zonder script.")).to_be_visible()
    page.get_by_role("banner").locator("summary").click()
    page.get_by_role("button", name="Uitloggen").click()
    expect(page.get_by_role("heading", name="Inloggen")).to_be_visible()
