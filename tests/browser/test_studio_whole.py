"""A process owner changes the meldroute with nothing but the screen, and takes it back again."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from service.bootstrap import bootstrap, utc_now
from service.operations.complete_task import complete_task
from service.operations.report_signal import REPORTING_PROCESS
from service.storage import Instance, Publication
from tests.browser.conftest import Desk, OpenDesk, serving, working
from tests.browser.drawing import Editor
from tests.browser.studio import OWNER, begin_by_hand, eventually, saved, write_cell
from tests.browser.test_walks import REPORT
from tests.browser.walking import fill
from tests.conftest import TestServer
from tests.integration import steps
from tests.integration.conftest import Clock, Office, Post, settings_for

CASES = 40
STEP, TASK = "Wijkagent bellen", "wijkagent_bellen"
FLOW = "triage__blijkt_het_nu_acuut"


@pytest.fixture
def town(
    database_server: TestServer, demo_template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Office]]:
    """An address, and its office with forty signals that wait for triage."""
    with database_server.database(template=demo_template) as address:
        application = bootstrap(
            settings_for(address, tmp_path_factory.mktemp("town")), clock=utc_now
        )
        office = Office(application=application, clock=Clock(utc_now()), post=Post())
        for _ in range(CASES):
            office.report()
        with serving(application) as url, working(application):
            yield url, office
        application.close()


def test_the_meldroute_is_changed_tried_published_and_taken_back(
    town: tuple[str, Office], desks: OpenDesk
) -> None:
    url, office = town
    owner = desks(url).log_in(OWNER)
    begin_by_hand(owner, "Na de triage bellen met de wijkagent")
    page = owner.page
    add_a_step(owner)
    add_a_row(page)
    add_a_question(page)
    try_it(page)
    compare(page)
    publish(page)
    assert {case_number(office, name) for name in open_cases(office)} == {2}

    case = open_cases(office)[0]
    triage(office, case)
    colleague = desks(url).log_in("oov")
    expect(colleague.go("/taken/rollen").get_by_role("link", name=STEP)).to_be_visible()

    take_back(page)
    eventually(lambda: moved_back(office) == [1] * (CASES - 1) + [2])
    triage(office, open_cases(office)[1])
    expect(colleague.go("/taken/rollen").get_by_role("link", name=STEP)).to_have_count(1)


def part(page: Page, name: str, *, process: str = "Meldroute signaal mensenhandel") -> None:
    """Opens a file from the page of the draft."""
    shelf = page.locator("details", has=page.get_by_text(process, exact=True)).first
    shelf.locator("summary").click()
    shelf.get_by_role("link", name=name, exact=True).click()


def back(page: Page) -> None:
    page.get_by_role("link", name="Na de triage bellen met de wijkagent").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Na de triage bellen met de wijkagent"
    )


def add_a_step(owner: Desk) -> None:
    """Drops a task on the arrow behind the triage, and says who, what and when."""
    page = owner.page
    part(page, "Meldroute signaal mensenhandel")
    expect(page).to_have_url(re.compile("/diagram/"))
    editor = Editor(desk=owner, address=page.url)
    editor.wait_until_ready()
    editor.wait_for_choices()
    page.get_by_role("button", name="Zoeken", exact=True).click()
    expect(page.locator(".djs-search-input input")).to_be_focused()
    page.keyboard.type("Triage")
    expect(page.locator(".djs-search-result").first).to_contain_text("Triage")
    page.keyboard.press("Enter")
    arrow = page.locator(f'[data-element-id="{FLOW}"]').bounding_box()
    assert arrow is not None
    x, y = arrow["x"] + arrow["width"] / 2, arrow["y"] + arrow["height"] / 2
    page.locator('.djs-palette [data-action="create"]').click()
    page.locator(".djs-popup").get_by_text("Gebruikerstaak", exact=True).click()
    page.mouse.move(x - 40, y - 40)
    page.mouse.move(x, y, steps=8)
    page.mouse.click(x, y)
    expect(page.locator(".djs-direct-editing-content")).to_be_focused()
    page.keyboard.type(STEP)
    page.keyboard.press("Enter")
    editor.field("taskRole").select_option("oov")
    editor.field("taskNorm").select_option(label="triage: 2 werkdagen")
    page.get_by_role("button", name="Nieuw formulier maken").click()
    expect(page.get_by_text(f"Formulier ‘{STEP}’ is gemaakt.")).to_be_visible()
    expect(editor.findings).to_contain_text("niets op aan te merken")
    editor.wait_until_saved()
    back(page)


def add_a_row(page: Page) -> None:
    """A rule after all others."""
    part(page, "Urgentie")
    page.locator("#tabel[data-ready]").wait_for()
    rows = page.locator("#tabel tbody tr")
    before = rows.count()
    page.locator("#tabel tfoot .add-rule-add button").click()
    expect(rows).to_have_count(before + 1)
    write_cell(rows.nth(before).locator("td").nth(1), '"ja"')
    write_cell(rows.nth(before).locator("td.output-cell").first, '"acuut"')
    saved(page)
    back(page)


def add_a_question(page: Page) -> None:
    page.get_by_role("link", name=STEP, exact=True).click()
    page.locator("#formulier[data-ready]").wait_for()
    page.locator(".fjs-palette").get_by_role("button", name="Lange tekst", exact=True).focus()
    page.keyboard.press("Enter")
    page.get_by_label("Vraag", exact=True).fill("Wat weet de wijkagent?")
    page.get_by_label("Sleutel van het antwoord").fill("wijkagent.weet")
    page.get_by_label("Wie leest het antwoord?").select_option("algemeen")
    page.get_by_label("Hoe gevoelig is het?").select_option("gewoon")
    page.get_by_label("Waarvoor is het nodig?").select_option("Het signaal begrijpen en beoordelen")
    page.get_by_label("Hoelang blijft het?").select_option(index=1)
    preview = page.frame_locator("iframe[name=voorbeeld]")
    expect(preview.get_by_label("Wat weet de wijkagent?")).to_be_visible()
    saved(page)
    back(page)


def try_it(page: Page) -> None:
    """A made-up case comes to the new step."""
    page.get_by_role("link", name="Uitproberen").click()
    page.get_by_label("Welk proces?").select_option(label="Meldroute signaal mensenhandel")
    page.get_by_role("button", name="Kiezen").click()
    page.get_by_label("Wat probeert u?").fill("Komt de wijkagent aan de beurt?")
    page.get_by_role("button", name="Proef beginnen").click()
    act(page, "Signaal indienen", signaal=REPORT)
    act(page, "Triage", triage=steps.TRIAGE)
    act(page, STEP, wijkagent={"weet": "De woning valt al langer op."})
    page.get_by_role("link", name="Alle proeven van dit concept").click()
    back(page)


def act(page: Page, task: str, **answers: Any) -> None:
    page.get_by_role("link", name=task, exact=True).click()
    fill(page, answers)
    page.get_by_role("button", name="Taak afronden").click()
    expect(page.get_by_role("status").filter(has_text="is in de proef afgerond")).to_be_visible()


def compare(page: Page) -> None:
    page.get_by_role("link", name="Wijzigingen in woorden").click()
    told = page.locator("#inhoud")
    expect(told).to_contain_text(f"Nieuwe stap {STEP}")
    expect(told).to_contain_text("Wat weet de wijkagent?")
    back(page)


def publish(page: Page) -> None:
    """With the forty cases along."""
    page.get_by_role("link", name="Publiceren").click()
    total = page.locator("#gevolgen-totaal")
    seen = re.compile(r"(4\d) van \1 lopende zaken bekeken")
    expect(total).to_contain_text(seen)
    expect(total).to_contain_text("zaken blijven waar ze zijn")
    for warning in page.locator("[name=waarschuwing]").all():
        warning.check()
    page.get_by_label("Lopende zaken gaan mee").check()
    page.get_by_label("Waarom publiceert u dit?").fill("De wijkagent weet vaak meer.")
    page.get_by_role("button", name="Publiceren", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Publicatie 2")
    expect(page.get_by_text("Klaar", exact=True)).to_be_visible()


def take_back(page: Page) -> None:
    page.get_by_label("Waarom draait u haar terug?").fill("Het kost te veel tijd.")
    page.get_by_role("button", name="Publicatie terugdraaien").click()
    expect(page.get_by_text("Teruggedraaid: publicatie")).to_be_visible()


def moved_back(office: Office) -> list[int]:
    return sorted(case_number(office, name) for name in open_cases(office))


def open_cases(office: Office) -> list[str]:
    """The signals; what the clock began meanwhile is not counted."""
    with office.application.sessions() as session:
        running = select(Instance.reference).where(
            Instance.status == "active", Instance.process_id == REPORTING_PROCESS
        )
        return sorted(session.scalars(running))


def case_number(office: Office, reference: str) -> int:
    """The number of the publication on which a case runs."""
    with office.application.sessions() as session:
        numbers = select(Publication.number).join(
            Instance, Instance.publication_id == Publication.id
        )
        return session.scalars(numbers.where(Instance.reference == reference)).one()


def triage(office: Office, reference: str) -> None:
    """A colleague does the triage; the worker does what follows."""
    [task] = [task for task in office.tasks(reference) if task.state == "open"]
    with office.application.sessions.begin() as session:
        complete_task(
            session,
            office.application.collaborators,
            task_id=task.id,
            actor=office.person("af-zorg"),
            answers={"triage": steps.TRIAGE},
            now=office.clock(),
        )
