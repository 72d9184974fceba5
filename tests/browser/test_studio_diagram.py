"""Process owners change a diagram in the browser."""

import contextlib
import re

import psutil
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Check, OpenDesk
from tests.browser.drawing import SMALL, Editor, add_task, first_task, open_diagram
from tests.browser.looking import DESK, PHONE
from tests.browser.studio import OWNER, begin
from tests.pace import here

LARGEST = "meldroute_signaal"
READY, CHECKED = 4.0, 2.0
"""Seconds of computing, of browser and server together; others on the machine do not count."""


@pytest.fixture
def editor(visit: OpenDesk) -> Editor:
    desk = visit(OWNER)
    return open_diagram(desk, begin(desk, "Proef met het diagram"), SMALL)


def test_the_largest_diagram_is_soon_ready_and_each_change_soon_checked(
    visit: OpenDesk,
) -> None:
    desk = visit(OWNER)
    draft = begin(desk, "Hoe snel gaat het?")
    open_diagram(desk, draft, SMALL)  # The browser has the scripts from then on.
    editor = Editor(desk=desk, address=f"{draft}/diagram/{LARGEST}")
    bound, before = here(READY), computed()
    desk.go(editor.address)
    editor.wait_until_ready()
    assert spent_since(before) < bound
    expect(editor.findings).to_contain_text("niets op aan te merken")
    expect(editor.page.locator("#stappen li").first).to_be_visible()

    bound, before = here(CHECKED), computed()
    editor.run("get('modeling').updateProperties(element('triage'), { name: '' })")
    expect(editor.findings).to_contain_text("1 waarschuwing")
    assert spent_since(before) < bound


def computed() -> dict[int, float]:
    """Seconds that each process of this test has computed: the server is in ours."""
    ours = psutil.Process()
    spent = {}
    for process in (ours, *ours.children(recursive=True)):
        with contextlib.suppress(psutil.NoSuchProcess):
            spent[process.pid] = sum(process.cpu_times()[:2])
    return spent


def spent_since(before: dict[int, float]) -> float:
    return sum(spent - before.get(pid, 0) for pid, spent in computed().items())


def test_a_task_is_drawn_with_a_role_a_form_and_a_norm_time(editor: Editor) -> None:
    page = editor.page
    task = add_task(editor, "Training nabespreken")
    assert task == "training_nabespreken"
    expect(editor.findings).to_contain_text("Training nabespreken")

    editor.field("taskRole").select_option("hrm")
    editor.field("taskNorm").select_option(label="training_plannen: 10 werkdagen")
    page.get_by_role("button", name="Nieuw formulier maken").click()
    expect(page.get_by_text("Formulier ‘Training nabespreken’ is gemaakt.")).to_be_visible()
    expect(editor.field("taskForm")).to_have_value("training_nabespreken")
    link = page.get_by_role("link", name="Formulier openen")
    expect(link).to_have_attribute("href", re.compile(r"/formulier/training_geven/training_nab"))

    written = editor.xml()
    assert 'candidateGroups="hrm"' in written
    assert 'formId="training_nabespreken"' in written
    assert 'dueDate="=na_normtijd(now(), gemeente.normtijden.training_plannen)"' in written
    assert "<zeebe:userTask />" in written
    editor.wait_until_saved()
    editor.reload()
    assert 'id="training_nabespreken"' in editor.xml()


def test_an_id_follows_from_the_name_and_stands_only_once(editor: Editor) -> None:
    assert add_task(editor, "Één keer bellen?") == "een_keer_bellen"
    assert add_task(editor, "Één keer bellen?") == "een_keer_bellen_2"
    assert f'id="{first_task(editor)}__een_keer_bellen_2"' in editor.xml()
    task = first_task(editor)
    editor.run("get('modeling').updateLabel(element(argument), 'Heet nu anders')", task)
    assert first_task(editor) == task


def test_a_finding_leads_to_the_field_where_it_is_mended(editor: Editor) -> None:
    page = editor.page
    task = first_task(editor)
    form = editor.run(
        "return element(argument).businessObject.extensionElements.values"
        ".find(({ $type }) => $type === 'zeebe:FormDefinition').formId",
        task,
    )
    editor.select(task)
    editor.field("taskForm").select_option("")
    expect(page.locator(".mr-finding")).to_contain_text("! 1")
    editor.run("get('selection').select([])")

    editor.findings.get_by_role("button").first.click()
    expect(page.locator('[data-entry-id="taskForm"] select')).to_be_focused()
    editor.field("taskForm").select_option(form)
    expect(editor.findings).to_contain_text("Er is niets op aan te merken.")
    expect(page.locator(".mr-finding")).to_have_count(0)


def test_a_wrong_expression_is_said_in_its_field_and_by_the_guard(editor: Editor) -> None:
    editor.select(first_task(editor))
    editor.field("taskNormFeel").click()
    editor.page.keyboard.press("Control+a")
    editor.page.keyboard.type("na_normtijd(now(), ")
    entry = editor.page.locator('[data-entry-id="taskNormFeel"]')
    expect(
        entry.locator(".bio-properties-panel-feelers-error, .bio-properties-panel-error")
    ).to_have_text("Deze uitdrukking is niet af of klopt niet.")
    expect(editor.findings).to_contain_text("die niet te lezen is")


def test_an_expression_is_completed_with_what_the_case_knows(editor: Editor) -> None:
    editor.select(first_task(editor))
    editor.field("taskNormFeel").click()
    editor.page.keyboard.press("Control+a")
    editor.page.keyboard.type("na_")
    menu = editor.page.locator(".cm-tooltip-autocomplete")
    expect(menu).to_contain_text("na_normtijd(moment, norm)")
    editor.page.keyboard.press("Control+a")
    editor.page.keyboard.type("gemeente.normtijden.tria")
    expect(menu).to_contain_text("triage_hoog")


def test_a_field_that_is_being_typed_in_is_saved_too(editor: Editor) -> None:
    editor.select(first_task(editor))
    editor.field("name").fill("Getypt en niet verlaten")
    editor.page.keyboard.press("Control+s")
    editor.wait_until_saved()
    editor.reload()
    assert "Getypt en niet verlaten" in editor.xml()


def test_what_is_copied_in_one_diagram_is_pasted_in_another(editor: Editor) -> None:
    task = first_task(editor)
    name = editor.run("return element(argument).businessObject.name", task)
    editor.run("get('copyPaste').copy([element(argument)])", task)
    other = open_diagram(editor.desk, editor.address.split("/diagram/")[0], "actiepunt")
    pasted = other.run(
        "const pool = get('elementRegistry').find(({ type }) => type === 'bpmn:Participant');"
        "const point = { x: pool.x + 400, y: pool.y + 60 };"
        "const made = get('copyPaste').paste({ element: pool, point });"
        "return made.map((shape) => shape.businessObject.name)"
    )
    assert name in pasted
    assert "zeebe:formDefinition" in other.xml()


def test_a_file_comes_in_goes_out_and_nonsense_changes_nothing(editor: Editor) -> None:
    page = editor.page
    before = editor.xml()
    page.locator("[data-file]").set_input_files(
        {"name": "kapot.bpmn", "mimeType": "application/xml", "buffer": b"<bpmn"}
    )
    expect(page.get_by_text("kapot.bpmn is niet ingelezen")).to_be_visible()
    assert editor.xml() == before

    lost = '<bpmn:dataObjectReference id="stuk" dataObjectRef="weg" /></bpmn:process>'
    broken = before.replace("</bpmn:process>", lost)
    page.locator("[data-file]").set_input_files(
        {"name": "los.bpmn", "mimeType": "application/xml", "buffer": broken.encode()}
    )
    expect(page.get_by_text("los.bpmn is niet ingelezen: het verwijst naar 'weg'")).to_be_visible()
    assert editor.xml() == before

    changed = re.sub(r'name="Training geven"', 'name="Training geven, één keer"', before)
    latin = changed.replace('encoding="UTF-8"', 'encoding="ISO-8859-1"').encode("latin-1")
    page.locator("[data-file]").set_input_files(
        {"name": "anders.bpmn", "mimeType": "application/xml", "buffer": latin}
    )
    expect(page.get_by_text("anders.bpmn is ingelezen")).to_be_visible()
    editor.wait_until_saved()
    with page.expect_download() as download:
        page.get_by_role("button", name="Bestand ophalen").click()
    assert download.value.suggested_filename == f"{SMALL}.bpmn"
    assert download.value.path().read_text() == changed


def test_the_list_of_steps_changes_the_diagram_with_the_keyboard_alone(editor: Editor) -> None:
    page = editor.page
    task = first_task(editor)
    item = page.locator(f'[data-step="{task}"]')
    item.locator("summary").press("Enter")
    item.get_by_label("Naam").fill("Anders genoemd")
    item.get_by_label("Naam").press("Tab")
    assert "Anders genoemd" in editor.xml()
    item.get_by_label("Rol").select_option("hrm")
    item.get_by_label("Normtijd").select_option("vast")
    assert 'dueDate="=na_normtijd(now(), &#34;2wd&#34;)"' in editor.xml()

    item.get_by_role("button", name="Taak hierna invoegen").press("Enter")
    expect(page.locator(":focus")).to_have_attribute("id", re.compile("-naam$"))
    page.keyboard.type("Uit de lijst")
    page.keyboard.press("Tab")
    expect(page.locator('[data-step="uit_de_lijst"]')).to_be_visible()
    assert 'id="uit_de_lijst__' in editor.xml()
    page.get_by_role("button", name="Ongedaan maken").press("Enter")
    assert "uit_de_lijst" not in editor.xml()


def test_the_keyboard_goes_through_the_list_of_steps(editor: Editor) -> None:
    page, task = editor.page, first_task(editor)
    head = page.locator(f'[data-step="{task}"] summary')
    head.press("Enter")
    name = page.locator(f"#{task}-naam")
    expect(name).to_be_visible()
    page.keyboard.press("Tab")
    expect(name).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.type(" vandaag")
    page.keyboard.press("Escape")
    expect(head).to_be_focused()
    expect(head).to_contain_text("vandaag")
    expect(name).to_have_count(0)

    page.keyboard.press("ArrowDown")
    following = page.locator("#stappen summary:focus")
    expect(following).not_to_contain_text("vandaag")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Stap verwijderen").press("Enter")
    expect(page.locator(f'[data-step="{task}"]')).to_have_count(0)
    expect(following).to_have_count(1)


def test_a_condition_is_written_in_the_list_of_steps(editor: Editor) -> None:
    flow = editor.run(
        "return get('elementRegistry').find((one) => one.businessObject.conditionExpression).id"
    )
    source = editor.run("return element(argument).source.id", flow)
    item = editor.page.locator(f'[data-step="{source}"]')
    item.locator("summary").press("Enter")
    box = item.get_by_label(re.compile(r"als \(FEEL\)")).first
    box.fill("gemeente.norm")
    expect(editor.page.locator(".cm-tooltip-autocomplete")).to_contain_text("normtijden")
    box.fill("1 = (")
    expect(item.get_by_role("alert")).to_have_text("Deze uitdrukking is niet af of klopt niet.")
    box.fill("1 = 1")
    editor.page.keyboard.press("Tab")
    expect(item.get_by_role("alert")).to_have_count(0)
    assert "=1 = 1" in editor.xml()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["wide", "narrow"])
def test_the_page_is_accessible(visit: OpenDesk, check: Check, size: tuple[int, int]) -> None:
    desk = visit(OWNER, size=size)
    editor = open_diagram(desk, begin(desk, "Voor iedereen"), SMALL)
    expect(editor.findings).to_contain_text("niets op aan te merken")
    editor.select(first_task(editor))
    editor.page.locator("#stappen summary").first.click()
    expect(editor.field("taskRole")).to_be_visible()
    check(desk, "diagram", sizes=[size])


def test_without_scripts_the_steps_can_be_read_and_the_file_fetched(visit: OpenDesk) -> None:
    with_scripts = visit(OWNER)
    draft = begin(with_scripts, "Zonder scripts")
    desk = visit(OWNER, scripts=False)
    page = desk.go(f"{draft}/diagram/{LARGEST}")
    expect(page.get_by_text("De editor werkt alleen met JavaScript")).to_be_visible()
    expect(page.locator("#stappen")).to_contain_text("Triage (Gebruikerstaak")
    expect(page.get_by_role("button", name="Bewaren")).to_be_hidden()
    with page.expect_download() as download:
        page.get_by_role("link", name="Bestand ophalen (.bpmn)").click()
    assert download.value.suggested_filename.endswith(".bpmn")
