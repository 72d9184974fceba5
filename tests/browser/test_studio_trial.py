"""A process owner tries a draft: the simulation in Dutch, and a made-up case with real forms."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import studio
from tests.browser.conftest import Check, Desk, OpenDesk
from tests.browser.test_walks import REPORT
from tests.browser.walking import fill
from tests.integration import steps

FORM = "forms/meldroute_signaal/triage.form"
NAME = "De triage in het nieuwe concept"


@pytest.fixture
def owner(visit: OpenDesk) -> Desk:
    """At the trials of a draft of their own."""
    desk = visit(studio.OWNER)
    desk.go(f"{studio.begin(desk, 'Proberen')}/proef")
    return desk


def begin(desk: Desk, process: str = "Meldroute signaal mensenhandel") -> str:
    page = desk.page
    page.get_by_label("Welk proces?").select_option(label=process)
    page.get_by_role("button", name="Kiezen").click()
    page.get_by_label("Wat probeert u?").fill(NAME)
    page.get_by_role("button", name="Proef beginnen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(NAME)
    return page.url


def act(page: Page, task: str, **answers: object) -> None:
    page.get_by_role("link", name=task, exact=True).click()
    fill(page, answers)
    page.get_by_role("button", name="Taak afronden").click()
    expect(page.get_by_role("status").filter(has_text="is in de proef afgerond")).to_be_visible()


def test_a_made_up_case_walks_through_a_draft(owner: Desk, check: Check) -> None:
    page = owner.page
    begin(owner)
    act(page, "Signaal indienen", signaal=REPORT)
    act(page, "Triage", triage=steps.TRIAGE)
    page.get_by_label("Of laat zo lang voorbijgaan").fill("2wd")
    page.get_by_role("button", name="Wachten").click()
    expect(page.get_by_text("Wachten: 2 werkdagen")).to_be_visible()
    check(owner, "proef-halverwege")
    page.get_by_role("button", name="Laatste stap terugnemen").click()
    expect(page.get_by_text("Wachten: 2 werkdagen")).to_be_hidden()
    page.get_by_role("button", name="Bewaren als toets").click()
    expect(page.get_by_text("gaat zoals het hoort")).to_be_visible()


def test_a_change_shows_where_the_trial_does_not_fit(owner: Desk, check: Check) -> None:
    page = owner.page
    trial = begin(owner)
    act(page, "Signaal indienen", signaal=REPORT)
    act(page, "Triage", triage=steps.TRIAGE)
    page.get_by_role("button", name="Bewaren als toets").click()
    expect(page.get_by_text("gaat zoals het hoort")).to_be_visible()
    change(owner, FORM, '"slachtoffer"', '"mogelijk_slachtoffer"')
    page.get_by_label("Welk proces?").select_option(label="Meldroute signaal mensenhandel")
    page.get_by_role("button", name="Kiezen").click()
    expect(page).to_have_url(re.compile(r"\?proces="))
    page.goto(f"{page.url}&toetsen=ja")
    expect(page.get_by_text("gaat anders")).to_be_visible()
    check(owner, "proeven-met-toets")
    page.goto(trial)
    expect(page.get_by_text("Stap 2 past niet meer op dit concept")).to_be_visible()
    check(owner, "proef-past-niet")
    page.get_by_role("link", name="Triage", exact=True).click()
    page.get_by_role("button", name="Taak afronden").click()
    expect(page.locator("#fouten")).to_be_visible()
    check(owner, "proef-taak-fouten")


def change(desk: Desk, path: str, old: str, new: str) -> None:
    """Changes a file of the draft, as an editor does."""
    draft = desk.page.url.partition("/concepten/")[2].partition("/")[0]
    token = desk.page.locator("input[name=csrf_token]").first.get_attribute("value") or ""
    address = f"{desk.url}/api/v1/drafts/{draft}/file"
    file = desk.page.request.get(address, params={"path": path}).json()
    assert old in file["content"]
    saved = desk.page.request.put(
        address,
        data={**file, "content": file["content"].replace(old, new)},
        headers={"X-CSRFToken": token, "Referer": desk.url},
    )
    assert saved.ok, saved.text()


def test_the_simulation_is_dutch_and_keeps_to_the_policy(owner: Desk, check: Check) -> None:
    page = owner.page
    begin(owner)
    page.get_by_role("link", name="Simulatie van het diagram").click()
    page.locator("#simulation[data-ready]").wait_for()
    page.get_by_title("Snel").click()
    page.get_by_title("Laten gebeuren").first.click()
    page.get_by_title("Verslag tonen of verbergen").click()
    expect(page.locator(".bts-log")).to_contain_text("begonnen")
    expect(page.locator(".bts-log")).to_contain_text("Urgentie voorstellen")
    check(owner, "proef-simulatie")
    page.get_by_role("button", name="Sluiten").click()
    page.get_by_title("Hier wachten").first.dispatch_event("click")
    page.get_by_title("Verder of pauze").click()
    page.get_by_title("Opnieuw beginnen").click()
    expect(page.locator(".bts-log")).to_be_hidden()
    found = page.locator("#simulation").get_attribute("data-untranslated")
    assert json.loads(found or "null") == []
