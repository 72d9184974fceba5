"""The editor speaks Dutch, and offers nothing that the guard refuses."""

import re
from collections.abc import Iterator

import pytest

from tests.browser.conftest import OpenDesk
from tests.browser.drawing import Editor, open_diagram
from tests.browser.studio import OWNER, begin

ENGLISH = re.compile(
    r"\b(the|with|and|task|value|create|add|delete|remove|select|change|append|type|variable|"
    r"expression|name|new|event|gateway|flow|message|written|search|open in|settings)\b",
    re.IGNORECASE,
)
DUTCH_TOO = re.compile(r"\(AND\)")
TASKS = ("Task", "UserTask", "ServiceTask", "SendTask", "ReceiveTask", "ManualTask")
RULES_AND_CALLS = ("BusinessRuleTask", "ScriptTask", "CallActivity", "SubProcess", "Transaction")
GATEWAYS = ("ExclusiveGateway", "ParallelGateway", "InclusiveGateway", "EventBasedGateway")
EVENTS = {
    "StartEvent": ("", "Message", "Timer", "Conditional", "Signal"),
    "IntermediateCatchEvent": ("Message", "Timer", "Conditional", "Signal", "Link"),
    "IntermediateThrowEvent": ("", "Message", "Signal", "Escalation", "Compensate", "Link"),
    "EndEvent": ("", "Message", "Signal", "Escalation", "Error", "Compensate", "Terminate"),
    "BoundaryEvent": ("Message", "Timer", "Conditional", "Signal", "Escalation", "Error"),
}
OTHERS = ("DataObjectReference", "DataStoreReference", "TextAnnotation", "Group")


def kinds() -> Iterator[tuple[str, str]]:
    for type_ in (*TASKS, *RULES_AND_CALLS, *GATEWAYS, *OTHERS):
        yield type_, ""
    for type_, triggers in EVENTS.items():
        for trigger in triggers:
            yield type_, trigger


@pytest.fixture
def editor(visit: OpenDesk) -> Editor:
    desk = visit(OWNER)
    return open_diagram(desk, begin(desk, "Alles in het Nederlands"), "actiepunt")


DRAW = """
    const [type, trigger] = argument;
    const attributes = { type: `bpmn:${type}` };
    if (trigger) attributes.eventDefinitionType = `bpmn:${trigger}EventDefinition`;
    const shape = get('elementFactory').createShape(attributes);
    const pool = get('elementRegistry').find((one) => one.type === 'bpmn:Participant');
    const at = { x: pool.x + 300, y: pool.y + 300 };
    const host = get('elementRegistry').find((one) => one.type === 'bpmn:UserTask');
    const made = type === 'BoundaryEvent'
      ? get('modeling').createShape(shape, { x: host.x + 20, y: host.y + host.height }, host,
        { attach: true })
      : get('modeling').createShape(shape, at, pool);
    get('selection').select(made);
    return made.id;
"""
REMOVE = "get('modeling').removeElements([element(argument)]);"
OPEN_ALL = """
    const wait = () => new Promise((done) => setTimeout(done, 40));
    const panel = document.getElementById('eigenschappen');
    await wait();
    for (const head of panel.querySelectorAll('.bio-properties-panel-group-header')) {
      if (!head.parentElement.querySelector(':scope > .open')) head.click();
    }
    await wait();
    for (const add of panel.querySelectorAll('.bio-properties-panel-add-entry')) add.click();
    for (const select of panel.querySelectorAll('select')) {
      const create = [...select.options].find(({ text }) => text.startsWith('Nieuw maken'));
      if (!create) continue;
      select.value = create.value;
      select.dispatchEvent(new Event('change', { bubbles: true }));
    }
    await wait();
"""
MENUS = """
    const shape = element(argument);
    get('contextPad').open(shape);
    for (const menu of ['bpmn-replace', 'bpmn-append']) {
      get('popupMenu').open(shape, menu, { x: 10, y: 10 }, { title: 'x', search: true });
      await new Promise((done) => setTimeout(done, 30));
    }
"""
VISIBLE = """
    const texts = [];
    const roots = document.querySelectorAll(
      '#eigenschappen, .djs-popup, .djs-context-pad, .djs-palette, .djs-minimap, '
      + '.djs-search-container'
    );
    for (const root of roots) {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const { parentElement, textContent } = walker.currentNode;
        if (!parentElement.closest('.cm-editor, option, textarea, style')) texts.push(textContent);
      }
      for (const one of root.querySelectorAll('[title], [placeholder], [aria-label]')) {
        for (const name of ['title', 'placeholder', 'aria-label']) {
          texts.push(one.getAttribute(name) ?? '');
        }
      }
    }
    return [...new Set(texts)];
"""


def test_everything_on_the_screen_is_dutch(editor: Editor) -> None:
    seen: set[str] = set()
    for kind in kinds():
        made = editor.run(DRAW, list(kind))
        editor.run(OPEN_ALL)
        seen.update(editor.run(VISIBLE))
        editor.run(MENUS, made)
        seen.update(editor.run(VISIBLE))
        editor.run("get('popupMenu').close();" + REMOVE, made)
    for other in ("bpmn:Lane", "bpmn:Participant", "bpmn:SequenceFlow", "bpmn:Collaboration"):
        editor.run(
            "const found = get('elementRegistry').find(({ type }) => type === argument);"
            "if (found) get('selection').select(found);",
            other,
        )
        editor.run(OPEN_ALL)
        seen.update(editor.run(VISIBLE))
    editor.run(
        "const tasks = get('elementRegistry').filter(({ type }) => type === 'bpmn:UserTask');"
        "get('selection').select(tasks);"
        "get('searchPad').open(); get('minimap').open();"
    )
    editor.run(OPEN_ALL)
    seen.update(editor.run(VISIBLE))
    assert editor.run("return untranslated()") == []
    assert sorted(text for text in seen if ENGLISH.search(DUTCH_TOO.sub("", text))) == []


def test_nothing_is_offered_that_the_guard_refuses(editor: Editor) -> None:
    offered: set[str] = set()
    for kind in kinds():
        made = editor.run(DRAW, list(kind))
        offered.update(
            editor.run(
                "const found = new Set();"
                "for (const menu of ['bpmn-replace', 'bpmn-append', 'bpmn-create']) {"
                "  get('popupMenu').open(element(argument), menu, { x: 10, y: 10 }, {});"
                "  const { entries, headerEntries } = get('popupMenu')._current;"
                "  for (const id of Object.keys({ ...entries, ...headerEntries })) found.add(id);"
                "} get('popupMenu').close();" + REMOVE + "return [...found];",
                made,
            )
        )
    assert len(offered) > 60
    refused = ("complex", "ad-hoc", "adhoc", "none-boundary", "compensation-start", "multiplicity")
    assert sorted(one for one in offered if any(part in one for part in refused)) == []
