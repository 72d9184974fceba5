"""Insight on the canvas: heat that switches, numbers beside it, and the same without scripts."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Check, Desk, OpenDesk, serving
from tests.browser.looking import DESK, PHONE
from tests.integration import steps
from tests.integration.conftest import Office, office, open_office

__all__ = ["office", "open_office"]

PLACE = "/studio/inzicht/meldroute_signaal"
Shown = Callable[..., Desk]


@pytest.fixture
def shown(office: Office, desks: OpenDesk) -> Iterator[Shown]:
    """Opens the page on seven signals: five triaged, two of them late; two wait, one late."""
    for number in range(5):
        office.report()
        office.later(hours=20 if number < 3 else 60)
        steps.triaged(office, type="geen_mensenhandel" if number == 4 else "slachtoffer")
    office.report()
    office.later(days=4)
    office.report()
    with serving(office.application) as url:

        def open_page(role: str = "functioneel-beheer", path: str = PLACE, **how: Any) -> Desk:
            desk = desks(url, **how).log_in(role)
            desk.go(path)
            return desk

        yield open_page


def drawn(page: Page) -> None:
    expect(page.locator("#diagram")).to_have_attribute("data-ready", "yes")


def test_the_buttons_switch_what_is_drawn_with_its_legend(shown: Shown, check: Check) -> None:
    desk = shown(size=DESK)
    page = desk.page
    drawn(page)
    triage = page.locator("#diagram [data-element-id='triage']")
    badges = page.locator("#diagram .mr-diagram__badge")
    expect(badges.filter(has_text="2")).to_have_count(1)
    check(desk, "inzicht-wachtend", sizes=[DESK])
    page.get_by_role("link", name="Paden", exact=True).click()
    expect(page.locator("#diagram [data-element-id='is_er_acuut_gevaar__triage']")).to_have_class(
        re.compile(r"\bmr-heat-5\b")
    )
    expect(page.locator("[data-legend=paden]")).to_be_visible()
    expect(page.locator("[data-legend=wachtend]")).to_be_hidden()
    expect(page.get_by_role("link", name="Paden", exact=True)).to_have_attribute(
        "aria-current", "true"
    )
    check(desk, "inzicht-paden", sizes=[DESK])
    expect(page.locator("#diagram marker").first).to_have_attribute("markerUnits", "userSpaceOnUse")
    page.get_by_role("link", name="Doorlooptijd").click()
    expect(badges.filter(has_text="werkdag").first).to_be_visible()
    check(desk, "inzicht-doorlooptijd", sizes=[DESK])
    page.locator("[data-view=te_laat]").click()
    expect(badges.filter(has_text="%").first).to_be_visible()
    expect(triage).to_be_visible()
    check(desk, "inzicht-te-laat", sizes=[DESK])
    expect(page).to_have_url(re.compile("beeld=te_laat"))
    page.reload()
    drawn(page)
    expect(badges.filter(has_text="%").first).to_be_visible()


def test_on_a_phone_and_for_who_coordinates_nothing_falls_off(shown: Shown, check: Check) -> None:
    desk = shown("af-zorg", size=PHONE)
    page = desk.page
    drawn(page)
    check(desk, "inzicht-smal", sizes=[PHONE])
    expect(page.get_by_text("Aantallen onder de 5 tonen wij niet").first).to_be_visible()
    steps_table = page.locator("[aria-labelledby=stappen]")
    steps_table.get_by_role("link", name="Afgerond").click()
    head = steps_table.get_by_role("columnheader", name="Afgerond")
    expect(head).to_have_attribute("aria-sort", "descending")
    expect(head).to_be_in_viewport()
    check(desk, "inzicht-smal-gesorteerd", sizes=[PHONE])


def test_without_scripts_the_tables_and_their_links_carry_it(shown: Shown) -> None:
    page = shown(scripts=False).page
    expect(page.locator("#diagram")).to_be_hidden()
    page.get_by_role("link", name="Wacht nu").click()
    first = page.locator("[aria-labelledby=stappen] tbody tr").first
    expect(first).to_contain_text("Van signaal tot aanpak")
    page.get_by_label("Van", exact=True).fill("2025-01-01")
    page.get_by_label("Tot en met").fill("2025-12-31")
    page.get_by_role("button", name="Tonen").click()
    expect(page.get_by_text("1 jan 2025 tot en met 31 dec 2025")).to_be_visible()
