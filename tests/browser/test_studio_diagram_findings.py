"""Each finding about a diagram leads to the field of the panel where it is mended."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenDesk
from tests.browser.drawing import SMALL, Editor, open_diagram
from tests.browser.looking import PHONE, SHOTS
from tests.browser.studio import OWNER, begin

MAPPED = """<zeebe:ioMapping><zeebe:output source="=1" target="een"/>
<zeebe:output source="=1" target="1 ding"/></zeebe:ioMapping></bpmn:extensionElements>
      <bpmn:incoming>is_de_training_gegeven__gegeven_melden<"""
ENDING = "<bpmn:incoming>gegeven_melden__einde_training_gegeven</bpmn:incoming>"
MESSAGE = '<bpmn:messageEventDefinition id="melding" messageRef="los"/>'
GOING = "<bpmn:outgoing>aanwezigheid_vastleggen__is_de_training_gegeven</bpmn:outgoing>"
MISTAKES = {
    '<zeebe:formDefinition formId="deelnemers_uitnodigen"/>': "",
    "=na_normtijd(now(), gemeente.normtijden.uitnodigen)": "=na_normtijd(now(), ",
    'candidateGroups="af-zorg,af-veiligheid"': 'candidateGroups="bestaat_niet"',
    '=na_normtijd(groep.datum, "PT17H")': "morgen",
    MAPPED[MAPPED.index("</bpmn:extensionElements>") :]: MAPPED,
    'aanwezig: 0}" resultVariable="training_resultaat"': 'aanwezig: 0}"',
    'default="is_de_training_gegeven__vervallen': 'default="is_de_training_gegeven__gegeven',
    'id="hrm"': 'id="zorg"',
    'bpmnElement="hrm"': 'bpmnElement="zorg"',
    ' isExecutable="true"': "",
    ENDING: ENDING + MESSAGE,
    "</bpmn:definitions>": '<bpmn:message id="los"/></bpmn:definitions>',
    GOING: f"{GOING}<bpmn:standardLoopCharacteristics/>",
}
FIELDS = {
    "heeft geen formulier": "Formulier",
    "die niet te lezen is": "Uiterlijk (FEEL)",
    "voor de rol ‘bestaat_niet’": "Rol",
    "als tijd ‘morgen’": "Tijd (vast of FEEL)",
    "schrijft naar ‘1 ding’": "Naam in de zaak",
    "niets bij ‘Uitkomst bewaren als’": "Uitkomst bewaren als",
    "zonder voorwaarde": "Voorwaarde (FEEL)",
    "de standaardpijl en heeft toch een voorwaarde": "Voorwaarde (FEEL)",
    "hoort niet bij een rol": "Rol van deze baan",
    "of het uitgevoerd mag worden": "Wordt uitgevoerd (niet alleen getekend)",
    "Bericht (los) heeft geen naam": "Naam van het bericht",
    "herhaalt zich zonder einde": "Herhalen zolang (FEEL)",
}
"""Part of each finding, and the field that opens."""


@pytest.mark.parametrize("wide", [True, False], ids=["wide", "narrow"])
def test_a_click_on_each_finding_opens_its_field(visit: OpenDesk, axe: str, wide: bool) -> None:
    desk = visit(OWNER, **({} if wide else {"size": PHONE}))
    editor = open_diagram(desk, begin(desk, "Van alles mis"), SMALL)
    import_with_mistakes(editor)
    for told, label in FIELDS.items():
        finding = editor.findings.get_by_role("button").filter(has_text=told)
        finding.click()
        focused = editor.page.locator("[data-entry-id]:has(:focus)").last
        expect(focused.locator("label").first, told).to_have_text(label)
        expect(focused).to_be_in_viewport()
        if SHOTS:
            name = f"{SHOTS}/{label.split()[0]}-{'wide' if wide else 'narrow'}.png"
            editor.page.screenshot(path=name)
    if SHOTS:
        editor.page.screenshot(path=f"{SHOTS}/all-{wide}.png", full_page=True)
    editor.page.evaluate(axe)
    found = editor.page.evaluate("() => axe.run().then(({ violations }) => violations)")
    assert [(one["id"], [node["html"][:200] for node in one["nodes"][:4]]) for one in found] == []


def test_the_item_of_a_list_opens_that_is_wrong(visit: OpenDesk) -> None:
    desk = visit(OWNER)
    editor = open_diagram(desk, begin(desk, "Een naam met een spatie"), SMALL)
    import_with_mistakes(editor)
    editor.findings.get_by_role("button").filter(has_text="‘1 ding’").click()
    expect(editor.page.locator(":focus")).to_have_value("1 ding")
    editor.page.keyboard.type("ding")
    expect(editor.findings).not_to_contain_text("‘1 ding’")


def import_with_mistakes(editor: Editor) -> None:
    text = Path(f"processes/{SMALL}/{SMALL}.bpmn").read_text(encoding="utf-8")
    for right, wrong in MISTAKES.items():
        assert right in text
        text = text.replace(right, wrong)
    editor.page.locator("[data-file]").set_input_files(
        {"name": "mis.bpmn", "mimeType": "application/xml", "buffer": text.encode()}
    )
    expect(editor.page.get_by_text("mis.bpmn is ingelezen")).to_be_visible()
    expect(editor.findings).to_contain_text("herhaalt zich zonder einde")


def test_an_event_that_sends_can_be_given_its_message(visit: OpenDesk) -> None:
    desk = visit(OWNER)
    editor = open_diagram(desk, begin(desk, "Een bericht sturen"), SMALL)
    editor.run(
        "const end = get('elementRegistry').find(({ type }) => type === 'bpmn:EndEvent');"
        "get('bpmnReplace').replaceElement(end, { type: 'bpmn:EndEvent',"
        " eventDefinitionType: 'bpmn:MessageEventDefinition' });"
    )
    editor.findings.get_by_role("button").filter(has_text="noemt geen bericht").click()
    chosen = editor.page.get_by_label("Bericht in dit diagram")
    expect(chosen).to_be_focused()
    chosen.select_option(label="Nieuw maken …")
    editor.field("plainMessageName").fill("training gegeven")
    editor.page.keyboard.press("Tab")
    expect(editor.findings).to_contain_text("Er is niets op aan te merken.")
    assert 'name="training gegeven"' in editor.xml()
    editor.page.keyboard.press("Escape")
    editor.page.get_by_role("button", name="Ongedaan maken").click()
    editor.page.get_by_role("button", name="Ongedaan maken").click()
    expect(editor.findings).to_contain_text("noemt geen bericht")
