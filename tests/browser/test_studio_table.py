"""A process owner changes a decision table in the browser."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Check, Desk, OpenDesk
from tests.browser.looking import DESK, PHONE
from tests.browser.studio import (
    OWNER,
    SECOND,
    begin,
    edit,
    kept,
    saved,
    untranslated,
    what_came,
    write_cell,
)

TABLE = "#tabel"
URGENCY = "tabel/meldroute_signaal/urgentie"


@pytest.fixture
def desk(visit: OpenDesk) -> Desk:
    return visit(OWNER)


@pytest.fixture
def draft(desk: Desk) -> str:
    return begin(desk, "Wie belt er terug?")


@pytest.fixture
def new_table(desk: Desk, draft: str) -> Page:
    """A table of one rule that always holds."""
    page = desk.go(f"{draft}/tabel")
    page.get_by_label("Wat beslist de tabel?").fill("Wie belt er terug")
    page.get_by_label("Bij welk proces hoort zij?").select_option("meldroute_signaal")
    page.get_by_role("button", name="Tabel toevoegen").click()
    page.locator(f"{TABLE}[data-ready]").wait_for()
    return page


def write(page: Page, row: int, column: int, text: str) -> None:
    write_cell(page.locator(f"{TABLE} tbody tr").nth(row).locator("td").nth(column), text)


def test_a_gap_is_shown_and_goes_when_a_row_fills_it(new_table: Page) -> None:
    page = new_table
    write(page, 0, 1, '"ja"')
    gap = page.locator("[data-findings] li", has_text="waarvoor geen enkele regel geldt")
    expect(gap).to_be_visible()

    gap.get_by_role("button", name="Regel toevoegen").click()
    expect(page.locator(f"{TABLE} tbody tr")).to_have_count(2)
    write(page, 1, 2, '"anders"')
    expect(gap).to_have_count(0)
    saved(page)
    assert "anders" in kept(page)


def test_rules_that_overlap_are_both_marked_and_a_click_goes_there(new_table: Page) -> None:
    page = new_table
    page.locator(".hit-policy-edit-policy-select").click()
    page.get_by_text("Uniek", exact=True).click()
    page.locator(f"{TABLE} tfoot .add-rule-add button").click()
    write(page, 1, 1, '"ja"')
    write(page, 1, 2, '"anders"')
    overlap = page.get_by_role("button", name="regels 1 en 2 gelden allebei")
    expect(overlap).to_be_visible()
    rows = page.locator(f"{TABLE} tbody tr td.input-cell")
    for number in range(2):
        expect(rows.nth(number)).to_have_css("background-color", "rgb(255, 242, 217)")

    page.locator(f"{TABLE} tbody tr").nth(0).locator("td").nth(2).click()
    overlap.click()
    expect(
        page.locator(f"{TABLE} tbody tr").nth(1).locator("td.focussed, td.selected")
    ).to_have_count(1)


def test_test_rows_follow_the_table_while_it_changes(desk: Desk, draft: str) -> None:
    page = edit(desk, f"{draft}/{URGENCY}", TABLE)
    page.get_by_role("button", name="Toets toevoegen").click()
    page.get_by_label("Naam van toets 1").fill("Gevaar gaat voor")
    page.get_by_label("signaal.acuut_gevaar van toets 1").fill("ja")
    page.get_by_label("Verwachte uitkomst van toets 1").fill("acuut")
    page.get_by_role("button", name="Toetsen bewaren").last.click()
    got = page.locator("[data-got]")
    expect(got).to_contain_text("Klopt")
    page.locator(f"{TABLE}[data-ready]").wait_for()

    write(page, 0, 8, '"laag"')
    expect(got).to_contain_text("Klopt niet")
    expect(got).to_contain_text('"laag"')


def test_everything_the_editor_says_is_dutch(desk: Desk, draft: str) -> None:
    page = edit(desk, f"{draft}/{URGENCY}", TABLE)
    page.locator(f"{TABLE} tbody td.input-cell").first.click()
    page.locator(f"{TABLE} .simple-mode-button").click()
    expect(page.get_by_title("Verwijderen").first).to_be_visible()
    page.keyboard.press("Escape")
    page.locator(f"{TABLE} th.input-cell .edit-button").first.click(force=True)
    page.keyboard.press("Escape")
    page.locator(f"{TABLE} th.output-cell .edit-button").first.click(force=True)
    page.keyboard.press("Escape")
    for place in ("tbody td.input-cell", "tbody td.output-cell", "th.input-cell", "th.output-cell"):
        page.locator(f"{TABLE} {place}").first.click(button="right")
        expect(page.locator(".context-menu")).to_be_visible()
        page.keyboard.press("Escape")
    write(page, 0, 1, "num")
    expect(page.locator(".cm-tooltip-autocomplete")).to_be_visible()
    expect(page.locator(".cm-completionInfo")).not_to_be_visible()
    page.keyboard.press("Escape")
    page.locator(".hit-policy-edit-policy-select").click()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Overzicht", exact=True).click()
    page.locator(f"{TABLE} .djs-shape").first.click()
    expect(page.locator(".djs-context-pad")).to_be_visible()
    assert sorted(untranslated(page, TABLE)) == []


def test_what_our_decisions_do_not_run_is_not_offered(desk: Desk, draft: str) -> None:
    page = edit(desk, f"{draft}/{URGENCY}", TABLE)
    page.get_by_role("button", name="Overzicht", exact=True).click()
    page.locator(f"{TABLE} .djs-shape").first.click()
    expect(page.locator(".djs-palette .dmn-icon-decision")).to_be_visible()
    expect(page.locator("[class*=dmn-icon-knowledge-source]")).to_have_count(0)
    expect(page.locator("[class*=dmn-icon-business-knowledge]")).to_have_count(0)


def test_a_lost_connection_loses_no_stroke(desk: Desk, draft: str) -> None:
    page = edit(desk, f"{draft}/{URGENCY}", TABLE)
    desk.foresee("ERR_FAILED")

    def refuse(route: Route) -> None:
        if route.request.method == "PUT":
            route.abort()
        else:
            route.fallback()

    page.route("**/file", refuse)
    write(page, 0, 8, '"nergens bewaard"')
    expect(page.get_by_text("Geen verbinding. Uw wijziging staat in deze browser")).to_be_visible()
    page.reload()
    page.get_by_role("button", name="Wijziging terughalen").click()
    expect(page.locator(TABLE)).to_contain_text("nergens bewaard")

    page.unroute("**/file")
    saved(page)
    assert "nergens bewaard" in kept(page)


def test_two_in_one_table_see_each_other_and_choose_whose_change_counts(
    desk: Desk, draft: str, visit: OpenDesk
) -> None:
    page = edit(desk, f"{draft}/{URGENCY}", TABLE)
    there = edit(visit(SECOND), f"{draft}/{URGENCY}", TABLE)
    expect(there.locator("[data-presence]")).to_contain_text("Ook in dit bestand")
    there.route("**/presence", lambda route: route.fulfill(json=[]))  # Else it takes the change in.
    write(page, 0, 8, '"eerst"')
    saved(page)
    write(there, 0, 8, '"later"')

    expect(there.get_by_role("dialog")).to_contain_text("Een collega wijzigde hetzelfde")
    there.get_by_role("button", name="Die van mijn collega").click()
    expect(there.locator(TABLE)).to_contain_text('"eerst"')
    assert "later" not in kept(page)


def test_a_colleague_in_another_cell_leaves_alone_cursor_and_what_can_be_undone(
    desk: Desk, draft: str, visit: OpenDesk
) -> None:
    page = edit(desk, f"{draft}/{URGENCY}", TABLE)
    there = edit(visit(SECOND), f"{draft}/{URGENCY}", TABLE)
    write(page, 0, 8, '"van mij"')
    saved(page, staying=True)
    write(there, 1, 8, '"van collega"')
    saved(there)

    assert "Ongedaan maken begint" not in what_came(page)
    expect(page.locator(TABLE)).to_contain_text('"van collega"')
    page.keyboard.type("!")
    expect(page.locator(TABLE)).to_contain_text('"van mij"!')
    for _ in '"van mij"!':
        page.get_by_role("button", name="Ongedaan maken").click()
    expect(page.locator(TABLE)).not_to_contain_text("van mij")
    expect(page.locator(TABLE)).to_contain_text('"van collega"')


def test_a_rule_that_a_colleague_adds_leaves_the_cursor_where_it_is(
    desk: Desk, draft: str, visit: OpenDesk
) -> None:
    page = edit(desk, f"{draft}/{URGENCY}", TABLE)
    there = edit(visit(SECOND), f"{draft}/{URGENCY}", TABLE)
    write(page, 0, 8, '"van mij"')
    page.keyboard.press("ArrowLeft")
    saved(page, staying=True)
    what_came(there)
    rules = there.locator(f"{TABLE} tbody tr").count()
    there.locator(f"{TABLE} tfoot .add-rule-add button").click()
    saved(there)

    assert "Ongedaan maken begint hier opnieuw." in what_came(page)
    expect(page.locator(f"{TABLE} tbody tr")).to_have_count(rules + 1)
    page.keyboard.type("!")
    expect(page.locator(TABLE)).to_contain_text('"van mij!"')


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["wide", "narrow"])
def test_the_page_is_accessible(visit: OpenDesk, check: Check, size: tuple[int, int]) -> None:
    desk = visit(OWNER, size=size)
    page = edit(desk, f"{begin(desk, 'Voor iedereen')}/{URGENCY}", TABLE)
    check(desk, "tabel", sizes=[size], without=[".index-column"])  # Of the library, empty.
    page.get_by_role("button", name="Toets toevoegen").click()
    expect(page.get_by_label("Naam van toets 1")).to_be_visible()
    check(desk, "tabel-toets", sizes=[size], without=[".index-column"])
