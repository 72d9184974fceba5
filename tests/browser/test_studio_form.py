"""A process owner changes a form in the browser."""

import json

import pytest
from playwright.sync_api import FrameLocator, Locator, Page, expect

from tests.browser.conftest import Check, Desk, OpenDesk
from tests.browser.looking import DESK, PHONE
from tests.browser.studio import (
    OWNER,
    SECOND,
    begin,
    edit,
    kept,
    panel_drawn,
    saved,
    untranslated,
    what_came,
)

FORM = "#formulier"
BEGUN = ("Nieuw: ", "Schrijf hier uitleg.")
"""What stands in new fields."""
TRIAGE = "formulier/meldroute_signaal/triage"


@pytest.fixture
def desk(visit: OpenDesk) -> Desk:
    return visit(OWNER)


@pytest.fixture
def draft(desk: Desk) -> str:
    return begin(desk, "Triage vraagt meer")


@pytest.fixture
def page(desk: Desk, draft: str) -> Page:
    return edit(desk, f"{draft}/{TRIAGE}", FORM)


def add(page: Page, kind: str) -> None:
    """Adds a field at the end, by the keyboard."""
    page.locator(".fjs-palette").get_by_role("button", name=kind, exact=True).focus()
    page.keyboard.press("Enter")


def panel(page: Page, label: str) -> None:
    """Opens a part of the panel."""
    page.locator(".bio-properties-panel-group-header", has_text=label).click()


def write(box: Locator, formula: str) -> None:
    """Types a formula in the place of what stands there."""
    box.press("ControlOrMeta+a")
    box.press_sequentially(formula)


def preview(page: Page) -> FrameLocator:
    return page.frame_locator("iframe[name=voorbeeld]")


def test_a_question_is_added_with_its_purpose_and_retention_and_seen_as_in_the_inbox(
    page: Page,
) -> None:
    add(page, "Getal")
    warnings = page.locator("[data-findings] li", has_text="Het veld zegt niets over")
    expect(warnings).to_have_count(4)

    page.get_by_label("Vraag", exact=True).fill("Hoeveel mensen zijn er?")
    page.get_by_label("Sleutel van het antwoord").fill("triage.aantal_mensen")
    page.get_by_label("Wie leest het antwoord?").select_option("algemeen")
    page.get_by_label("Hoe gevoelig is het?").select_option("gewoon")
    page.get_by_label("Waarvoor is het nodig?").select_option("Het signaal begrijpen en beoordelen")
    page.get_by_label("Hoelang blijft het?").select_option("Een andere termijn")
    page.get_by_label("Een andere termijn").fill("1 jaar na afsluiting")
    expect(warnings).to_have_count(0)

    expect(preview(page).get_by_label("Hoeveel mensen zijn er?")).to_be_visible()
    saved(page)
    [field] = [one for one in json.loads(kept(page))["components"] if one["type"] == "number"]
    assert field["key"] == "triage.aantal_mensen"
    assert field["properties"] == {
        "domein": "algemeen",
        "gevoeligheid": "gewoon",
        "doel": "Het signaal begrijpen en beoordelen",
        "bewaren": "1 jaar na afsluiting",
    }


def test_the_preview_reacts_to_answers_and_is_as_narrow_as_a_telephone(page: Page) -> None:
    question = preview(page).locator('[name="triage.vraag_aan_melder"]')
    expect(question).to_be_hidden()
    preview(page).locator('[name="triage.bruikbaar"][value="nee"]').check()
    expect(question).to_be_visible()

    page.get_by_role("button", name="Telefoon").click()
    box = page.locator("iframe[name=voorbeeld]").bounding_box()
    assert box is not None
    assert box["width"] <= 390


def test_a_click_on_a_finding_chooses_its_field(page: Page) -> None:
    page.locator(f'{FORM} [data-id="Veld_type"]').click()
    page.get_by_label("Sleutel van het antwoord").fill("Niet goed!")
    expect(page.get_by_text("Gebruik letters, cijfers, _ en punten")).to_be_visible()
    page.get_by_label("Sleutel van het antwoord").fill("triage.type")
    panel(page, "Tonen en voorstel")
    page.get_by_label("Verbergen als").fill("=als (")
    finding = page.locator("[data-findings] button", has_text="‘Verbergen als’")
    expect(finding).to_be_visible()
    expect(page.locator(f'{FORM} [data-id="Veld_type"]')).to_have_css(
        "background-color", "rgb(253, 236, 235)"
    )

    page.locator(f'{FORM} [data-id="Veld_meldcode"]').click()
    finding.click()
    expect(page.get_by_label("Sleutel van het antwoord")).to_have_value("triage.type")
    expect(page.get_by_label("Verbergen als")).to_be_focused()


def test_a_formula_is_completed_and_checked_as_it_is_in_a_diagram(page: Page) -> None:
    page.locator(f'{FORM} [data-id="Veld_type"]').click()
    panel(page, "Tonen en voorstel")
    box = page.get_by_label("Verbergen als")
    known = page.locator(".cm-tooltip-autocomplete")
    write(box, "triage.urg")
    expect(known).to_contain_text("‘Hoe dringend is het?’, in dit formulier.")
    for typed, offered in (
        ("signaal.acu", "acuut_gevaar"),
        ("gemeente.normtijden.tria", "triage_hoog"),
        ("na_", "na_normtijd(moment, norm)"),
    ):
        write(box, typed)
        expect(known).to_contain_text(offered)
    box.fill("triage.urgentie = (")
    wrong = page.locator(FORM).get_by_role("alert")
    expect(wrong).to_have_text("Deze uitdrukking is niet af of klopt niet.")
    box.fill('triage.urgentie = "hoog"')
    expect(wrong).to_have_count(0)
    saved(page)
    [field] = [one for one in json.loads(kept(page))["components"] if one["id"] == "Veld_type"]
    assert field["conditional"] == {"hide": '=triage.urgentie = "hoog"'}


def test_choices_are_added_and_their_values_follow_the_words(page: Page) -> None:
    page.locator(f'{FORM} [data-id="Veld_urgentie"]').click()
    page.get_by_role("button", name="Keuze toevoegen").click()
    page.get_by_role("textbox", name="Keuze 5", exact=True).fill("Kan wachten")
    expect(page.get_by_label("Waarde van keuze 5")).to_have_value("kan_wachten")
    expect(preview(page).get_by_label("Kan wachten")).to_be_visible()

    page.get_by_role("button", name="Ongedaan maken").click()
    page.get_by_role("button", name="Ongedaan maken").click()
    expect(preview(page).get_by_label("Kan wachten")).to_have_count(0)


def test_everything_the_editor_says_is_dutch(page: Page) -> None:
    closed = page.locator(".bio-properties-panel-group-header:not(.open)")
    for kind in (
        "Tekst",
        "Lange tekst",
        "Getal",
        "Datum of tijd",
        "Bestand",
        "Vinkje",
        "Eén keuze",
        "Keuzelijst",
        "Meer keuzes",
        "Meer keuzes, lange lijst",
        "Uitleg",
        "Lijn",
        "Witruimte",
        "Groep",
        "Lijst met rijen",
    ):
        add(page, kind)
        panel_drawn(page)
        while closed.count():
            closed.evaluate_all("(heads) => heads.forEach((head) => head.click())")
            panel_drawn(page)
    page.get_by_placeholder("Zoek een onderdeel").fill("bestaat niet")
    expect(page.get_by_text("Niets gevonden.")).to_be_visible()
    assert [text for text in untranslated(page, FORM) if not text.startswith(BEGUN)] == []
    expect(page.locator("[data-findings-state]")).not_to_contain_text("fout")


def test_a_colleague_in_another_question_leaves_alone_cursor_and_what_can_be_undone(
    page: Page, draft: str, visit: OpenDesk
) -> None:
    there = edit(visit(SECOND), f"{draft}/{TRIAGE}", FORM)
    first, second = fields(page)[:2]
    choose(page, first)
    question = page.get_by_label("Vraag", exact=True)
    before = question.input_value()
    question.fill("Van mij")
    question.press("ArrowLeft")
    saved(page, staying=True)
    what_came(there)
    choose(there, second)
    there.get_by_label("Vraag", exact=True).fill("Van collega")
    saved(there)

    assert "Ongedaan maken begint" not in what_came(page)
    expect(page.locator(FORM)).to_contain_text("Van collega")
    page.keyboard.type("!")
    expect(question).to_have_value("Van mi!j")
    expect(page.locator(FORM)).to_contain_text("Van mi!j")
    for _ in range(2):
        page.get_by_role("button", name="Ongedaan maken").click()
    expect(question).to_have_value(before)
    expect(page.locator(FORM)).to_contain_text("Van collega")


def test_a_question_that_a_colleague_adds_leaves_the_cursor_where_it_is(
    page: Page, draft: str, visit: OpenDesk
) -> None:
    there = edit(visit(SECOND), f"{draft}/{TRIAGE}", FORM)
    choose(page, fields(page)[0])
    question = page.get_by_label("Vraag", exact=True)
    question.fill("Van mij")
    question.press("ArrowLeft")
    saved(page, staying=True)
    what_came(there)
    add(there, "Getal")
    saved(there)

    assert "Ongedaan maken begint hier opnieuw." in what_came(page)
    expect(page.locator(FORM)).to_contain_text("Nieuw: getal")
    expect(question).to_be_focused()
    page.keyboard.type("!")
    expect(question).to_have_value("Van mi!j")


def fields(page: Page) -> list[str]:
    """The ids of the questions."""
    found = json.loads(kept(page))["components"]
    return [field["id"] for field in found if field["type"] == "radio"]


def choose(page: Page, field: str) -> None:
    page.locator(f'{FORM} [data-id="{field}"]').click()


def test_a_form_is_left_out_and_begun_again(desk: Desk, draft: str) -> None:
    page = edit(desk, f"{draft}/{TRIAGE}", FORM)
    page.get_by_text("Formulier weglaten uit dit concept").click()
    page.get_by_role("button", name="Ja, weglaten").click()
    page.get_by_role("link", name="Nieuw formulier").click()
    page.get_by_label("Voor welke taak?").select_option(
        label="Triage (Meldroute signaal mensenhandel)"
    )
    page.get_by_role("button", name="Formulier toevoegen").click()
    page.locator(f"{FORM}[data-ready]").wait_for()
    expect(page.get_by_role("heading", level=1).first).to_have_text("Triage")
    expect(preview(page).get_by_text("Dit formulier vraagt nog niets.")).to_be_visible()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["wide", "narrow"])
def test_the_page_is_accessible(visit: OpenDesk, check: Check, size: tuple[int, int]) -> None:
    desk = visit(OWNER, size=size)
    page = edit(desk, f"{begin(desk, 'Voor iedereen')}/{TRIAGE}", FORM)
    page.locator(f'{FORM} [data-id="Veld_type"]').click()
    expect(page.get_by_label("Sleutel van het antwoord")).to_have_value("triage.type")
    check(desk, "formulier", sizes=[size])
