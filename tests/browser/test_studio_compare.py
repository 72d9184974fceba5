"""What a draft changes, looked at by the process owner who made it."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from service.operations import bundle_files
from tests.browser.conftest import Check, Desk, OpenDesk
from tests.browser.looking import SHOTS
from tests.browser.studio import OWNER, SECOND, begin
from tests.integration.conftest import DEMO
from tests.unit.operations.comparing.edits import PATH, edited

BUNDLE = bundle_files.read_bundled(DEMO)
TABLE = "processes/overdracht/ontvanger.dmn"
FORM = "forms/acuut_gevaar/acuut_vastleggen.form"
CHANGED = {
    PATH: edited(
        BUNDLE[PATH],
        lambda d: d.rename("verrijken", "Opzoeken"),
        lambda d: d.remove("advies_vragen"),
        lambda d: d.add_step("bellen", "Bellen met de politie", "verrijken"),
        lambda d: d.connect("bellen", "is_overleg_nodig", "daarna"),
        lambda d: d.place("bellen", 560, 300),
        lambda d: d.move("vermoeden_beoordelen", 20),
    ),
    TABLE: BUNDLE[TABLE].replace(b'"riec"', b'"zvh"'),
    FORM: BUNDLE[FORM].replace(b'"maxLength": 120', b'"maxLength": 100'),
}


@pytest.fixture
def owner(visit: OpenDesk) -> Desk:
    """A process owner with a draft of their own."""
    desk = visit(OWNER)
    desk.go(begin(desk, "Eerst bellen"))
    return desk


def bring(page: Page, path: str) -> None:
    """Reads a changed file into the draft."""
    page.get_by_role("link", name="Bestand inlezen").click()
    page.locator("#bestand").set_input_files(
        {"name": Path(path).name, "mimeType": "text/plain", "buffer": CHANGED[path]}
    )
    if not path.endswith(".bpmn"):
        page.locator("#plaats").select_option(path)
    page.get_by_role("button", name="Inlezen").click()
    expect(page.get_by_role("status")).to_contain_text(f"{path} is ingelezen in het concept.")


def numbers(page: Page) -> list[list[float]]:
    """Where both drawings are and how large, rounded."""
    views = [
        side.locator("g.viewport").get_attribute("transform")
        for side in page.locator("[data-side]").all()
    ]
    return [[round(float(n), 2) for n in re.findall(r"-?\d[\d.]*", view or "")] for view in views]


def test_two_diagrams_move_together_and_a_sentence_leads_to_its_place(
    owner: Desk, check: Check
) -> None:
    page = owner.page
    bring(page, PATH)
    page.get_by_role("link", name="Wijzigingen in woorden").click()
    expect(page.get_by_text("Advies vragen vervalt.")).to_be_visible()
    check(owner, "verschil")
    page.get_by_role("link", name="Naast elkaar bekijken").click()
    expect(page.locator("[data-side][data-ready]")).to_have_count(2)
    before, after = page.locator("[data-side]").all()
    expect(before.locator(".mr-diff-removed[data-element-id=advies_vragen]")).to_have_count(1)
    expect(after.locator(".mr-diff-added[data-element-id=bellen]")).to_be_visible()
    expect(after.locator(".mr-diff-moved[data-element-id=vermoeden_beoordelen]")).to_have_count(1)
    check(owner, "verschil-diagram")

    page.get_by_role("button", name="Nieuwe stap Bellen met de politie").focus()
    page.keyboard.press("Enter")
    expect(after.locator(".selected[data-element-id=bellen]")).to_be_visible()
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/verschil-gekozen.png")
    one, other = numbers(page)
    assert one == other
    before.locator("svg").first.focus()
    page.keyboard.press("ArrowLeft")
    moved, followed = numbers(page)
    assert moved == followed != one


def test_a_table_and_a_form_stand_beside_each_other_and_sentences_need_no_scripts(
    owner: Desk, check: Check, visit: OpenDesk
) -> None:
    page = owner.page
    draft = page.url.removeprefix(owner.url)
    bring(page, TABLE)
    bring(page, FORM)
    owner.go(f"{draft}/verschil?pad={TABLE}")
    expect(page.get_by_role("region", name="Zoals het wordt: Ontvanger")).to_contain_text('"zvh"')
    check(owner, "verschil-tabel")
    owner.go(f"{draft}/verschil?pad={FORM}")
    expect(page.locator(".mr-mark--changed").first).to_contain_text("Wie heeft gebeld?")
    check(owner, "verschil-formulier")

    plain = visit(SECOND, scripts=False)
    plain.go(f"{draft}/verschil")
    expect(plain.page.get_by_text("Regel 3: uitkomst Ontvanger: riec → zvh.")).to_be_visible()
    expect(plain.page.get_by_text("Hoogste aantal tekens van Wie heeft gebeld?")).to_be_visible()
