"""The pages around the editors, with a keyboard, wide and narrow."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Check, OpenDesk
from tests.browser.studio import OWNER, begin

LONG = "Na de triage eerst bellen met de wijkagent en pas daarna verdergaan " + "x" * 40


@pytest.mark.parametrize("scripts", [True, False])
def test_what_is_lost_is_said_before_it_is_lost(visit: OpenDesk, scripts: bool) -> None:
    desk = visit(OWNER, scripts=scripts)
    desk.go(begin(desk, f"Weg met {'' if scripts else 'geen '}scripts"))
    summary = desk.page.get_by_text("Concept weggooien")
    sure = desk.page.get_by_role("button", name="Ja, weggooien")
    expect(sure).to_be_hidden()
    summary.focus()
    desk.page.keyboard.press("Enter")
    expect(desk.page.get_by_text("is dan voor iedereen weg")).to_be_visible()
    desk.page.keyboard.press("Tab")
    expect(sure).to_be_focused()
    desk.page.keyboard.press("Enter")
    expect(desk.page.get_by_text("Het concept is weggegooid.")).to_be_visible()


def test_every_page_around_the_editors_fits_and_is_accessible(
    visit: OpenDesk, check: Check
) -> None:
    desk = visit(OWNER)
    draft = begin(desk, LONG)
    page = desk.go(draft)
    page.get_by_label("Proces, tabel, formulier of rol").fill("triage")
    page.get_by_role("button", name="Zoeken").click()
    expect(page.get_by_role("link", name="Urgentie")).to_be_visible()
    page.get_by_text("Concept weggooien").click()
    check(desk, "concept")
    for place in ("proces", "tabel", "formulier", "bestand/inlezen", "publiceren", "proef"):
        check(desk, place.replace("/", "-"), f"{draft}/{place}")
    desk.go(f"{draft}/proces")
    page.get_by_label("Naam van het proces").fill("123")
    page.get_by_role("button", name="Proces toevoegen").click()
    expect(page.get_by_label("Naam van het proces")).to_be_focused()
    check(desk, "proces-fout")
    desk.go(f"{draft}/tekst?pad=gemeente.toml")
    page.get_by_label("Tekst van het bestand").fill("id =")
    page.get_by_role("button", name="Bewaren").click()
    expect(page.get_by_role("alert")).to_be_focused()
    check(desk, "profiel-fout")
