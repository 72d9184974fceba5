"""Publishing in a browser: the cases come chunk after chunk, and all of it works by keyboard."""

from collections.abc import Iterator
from uuid import UUID

import pytest
from playwright.sync_api import expect

from service.bootstrap import bootstrap
from tests.browser.conftest import Check, OpenDesk, serving
from tests.conftest import TestServer
from tests.integration import drawn, moves, publishing
from tests.integration.conftest import Clock, Office, Post, settings_for
from tests.integration.drawn import FOR_CARE
from tests.integration.moves import due_after, published, steps
from tests.unit.engine.diagrams import user

CASES = 104
BEFORE = steps(user("doen", due_after("P4D")), user("daarna", FOR_CARE))
AFTER = steps(
    user("doen", due_after("P2D")).replace("af-zorg", "af-veiligheid"), user("nieuw", FOR_CARE)
)


@pytest.fixture(scope="module")
def shop(
    database_server: TestServer, demo_template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Office, UUID]]:
    """An address, its office with more open cases than one page holds, and a draft."""
    clock = Clock()
    with database_server.database(template=demo_template) as address:
        application = bootstrap(settings_for(address, tmp_path_factory.mktemp("s")), clock=clock)
        office = Office(application=application, clock=clock, post=Post())
        published(office, BEFORE)
        for number in range(CASES + 3):
            case = drawn.begun(office)
            for step in ("doen", "daarna")[: number % 2 + 1 if number >= CASES else number < 2]:
                task = drawn.open_task(office, case, step)
                drawn.completed(office, task, office.person("af-zorg"))
        draft = publishing.begun(office, title="Sneller oppakken", diagram=AFTER)
        with serving(application) as url:
            yield url, office, draft
        application.close()


def test_the_cases_come_chunk_after_chunk_with_the_total_first(
    shop: tuple[str, Office, UUID], desks: OpenDesk, check: Check
) -> None:
    url, office, draft = shop
    desk = desks(url).log_in(publishing.OWNER)
    desk.go(f"/studio/concepten/{draft}/publiceren")
    total = desk.page.locator("#gevolgen-totaal")
    expect(total).to_contain_text("lopende zaken bekeken")
    expect(desk.page.locator(".mr-cases__more")).to_have_count(0)
    count = desk.page.locator("#gevolgen-zaken > li").count()
    assert count > 100
    expect(total).to_contain_text(f"{count} van {count} lopende zaken bekeken")
    expect(total).to_contain_text("zaken blijven waar ze zijn")
    expect(total).to_contain_text("zaken kunnen niet mee")
    check(desk, "publiceren")
    check(desk, "naspelen", f"/studio/concepten/{draft}/publiceren/naspelen")
    assert office.municipality


def test_without_a_script_a_link_leads_on_and_keeps_the_total(
    shop: tuple[str, Office, UUID], desks: OpenDesk
) -> None:
    url, _, draft = shop
    page = (
        desks(url, scripts=False)
        .log_in(publishing.OWNER)
        .go(f"/studio/concepten/{draft}/publiceren")
    )
    expect(page.locator("#gevolgen-totaal")).to_contain_text("100 van")
    page.get_by_role("link", name="Volgende zaken").click()
    expect(page.get_by_role("link", name="Terug naar het begin")).to_be_visible()
    expect(page.get_by_role("link", name="Volgende zaken")).to_have_count(0)
    seen = page.locator("#gevolgen-totaal progress")
    assert seen.get_attribute("value") == seen.get_attribute("max")


def test_publishing_by_keyboard_moves_the_cases_and_goes_back(
    shop: tuple[str, Office, UUID], desks: OpenDesk, check: Check
) -> None:
    url, office, draft = shop
    desk = desks(url).log_in(publishing.OWNER)
    page = desk.go(f"/studio/concepten/{draft}/publiceren")
    page.get_by_role("button", name="Publiceren", exact=True).press("Enter")
    expect(page.get_by_text("Kies wat er met de lopende zaken gebeurt.")).to_be_visible()
    check(desk, "publiceren-fout")
    for warning in page.locator("[name=waarschuwing]").all():
        warning.press("Space")
    page.get_by_label("Lopende zaken gaan mee").press("Space")
    page.get_by_label("Waarom publiceert u dit?").press_sequentially("Sneller oppakken.")
    page.get_by_role("button", name="Publiceren", exact=True).press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Publicatie")
    check(desk, "publicatie-bezig")
    [batch] = publishing.listed(office)[0].batches
    moves.worked_off(office, batch)
    expect(page.get_by_text("Klaar", exact=True)).to_be_visible()
    page.get_by_label("Waarom draait u haar terug?").fill("Toch te snel.")
    page.get_by_role("button", name="Publicatie terugdraaien").click()
    expect(page.get_by_text("Teruggedraaid: publicatie")).to_be_visible()
    moves.worked_off(office, batch)
    check(desk, "publicaties", "/studio/publicaties")
    check(desk, "publicatie", f"/studio/publicaties/{publishing.listed(office)[1].number}")


def test_a_colleague_confirms_by_keyboard_that_a_publication_was_taken_back(
    shop: tuple[str, Office, UUID], desks: OpenDesk, check: Check
) -> None:
    url, office, _draft = shop
    publishing.with_four_eyes(office)
    number = publishing.current(office)
    first = desks(url).log_in(publishing.OWNER)
    page = first.go(f"/studio/publicaties/{number}")
    page.get_by_label("Waarom draait u haar terug?").fill("Er gaat iets mis.")
    page.get_by_role("button", name="Publicatie terugdraaien").press("Enter")
    expect(page.get_by_text("moet dit nog bevestigen")).to_be_visible()
    check(first, "studio-nog-te-bevestigen", "/studio")
    second = desks(url).log_in(publishing.SECOND_OWNER)
    page = second.go("/studio")
    page.get_by_role("link", name=f"Publicatie {number + 1} bekijken").press("Enter")
    expect(page.get_by_role("button", name="Dit was terecht")).to_be_visible()
    check(second, "terugdraaien-bevestigen")
    page.get_by_role("button", name="Dit was terecht").press("Enter")
    expect(page.get_by_text("U hebt bevestigd")).to_be_visible()
    check(second, "terugdraaien-bevestigd")
