"""The editor speaks Dutch, and offers nothing that the guard refuses."""

import re
from collections.abc import Iterator, Sequence

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


SUBPROCESSES = ("isExpanded: true", "isExpanded: false", "isExpanded: true, triggeredByEvent: true")


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
DRAW_SUBPROCESS = """
    const shape = get('elementFactory').createShape({ type: 'bpmn:SubProcess', %s });
    const pool = get('elementRegistry').find((one) => one.type === 'bpmn:Participant');
    const made = get('modeling').createShape(shape, { x: pool.x + 400, y: pool.y + 300 }, pool);
    get('selection').select(made);
    return made.id;
"""
CONNECT = """
    const pool = get('elementRegistry').find((one) => one.type === 'bpmn:Participant');
    const task = get('elementRegistry').find((one) => one.type === 'bpmn:UserTask');
    const draw = (type, at, parent) => get('modeling').createShape({ type }, at, parent);
    const root = pool.parent;
    const below = { x: pool.x + 300, y: pool.y + pool.height + 300 };
    const note = draw('bpmn:TextAnnotation', below, root);
    const other = draw('bpmn:Participant', { x: below.x, y: below.y + 400 }, root);
    const store = draw('bpmn:DataObjectReference', { x: pool.x + 300, y: pool.y + 300 }, pool);
    for (const end of [note, other, store]) get('modeling').connect(task, end);
    return get('elementRegistry')
      .filter(({ waypoints, labelTarget }) => waypoints && !labelTarget)
      .filter((one, at, all) => all.findIndex(({ type }) => type === one.type) === at)
      .map(({ id }) => id);
"""
REPEAT = """
    const type = 'bpmn:MultiInstanceLoopCharacteristics';
    const loopCharacteristics = get('bpmnFactory').create(type, { isSequential: true });
    const task = get('elementRegistry').find((one) => one.type === 'bpmn:UserTask');
    get('modeling').updateProperties(task, { loopCharacteristics });
    get('selection').select(task);
    return task.id;
"""
REMOVE = "get('modeling').removeElements([element(argument)]);"
OF_EACH = ("bpmn-replace",)
THE_SAME = ("bpmn-append", "bpmn-create", "color-picker", "align-elements")
"""Menus with the same in them whatever is chosen: nothing, or all of it."""
SAID_OF = """
    const [ids, menus] = argument;
    const chosen = ids.map(element);
    const panel = document.getElementById('eigenschappen');
    const panelDrawn = async () => { await frame(); await frame(); };
    const openPanel = async () => {
      await panelDrawn();
      for (const head of panel.querySelectorAll('.bio-properties-panel-group-header')) {
        if (!head.parentElement.querySelector(':scope > .open')) head.click();
      }
      await panelDrawn();
      for (const add of panel.querySelectorAll('.bio-properties-panel-add-entry')) add.click();
      for (const select of panel.querySelectorAll('select')) {
        const create = [...select.options].find(({ text }) => text.startsWith('Nieuw maken'));
        if (!create) continue;
        select.value = create.value;
        select.dispatchEvent(new Event('change', { bubbles: true }));
      }
      await panelDrawn();
    };
    const openMenu = async (menu) => {
      get('selection').select(chosen);
      get('contextPad').open(chosen.length > 1 ? chosen : chosen[0]);
      const target = chosen.length > 1 || menu === 'align-elements' ? chosen : chosen[0];
      get('popupMenu').open(target, menu, { x: 10, y: 10 }, { title: 'x', search: true });
      await frame();
    };
    const texts = new Set();
    const read = () => {
      const roots = document.querySelectorAll(
        '#eigenschappen, .djs-popup, .djs-context-pad, .djs-palette, .djs-minimap, '
        + '.djs-search-container, .bjs-drilldown, .bjs-breadcrumbs, .djs-tooltip'
      );
      for (const root of roots) {
        const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
          const { parentElement, textContent } = walker.currentNode;
          if (!parentElement.closest('.cm-editor, option, textarea, style')) texts.add(textContent);
        }
        for (const one of root.querySelectorAll('[title], [placeholder], [aria-label]')) {
          for (const name of ['title', 'placeholder', 'aria-label']) {
            texts.add(one.getAttribute(name) ?? '');
          }
        }
      }
    };
    get('selection').select(chosen);
    await openPanel();
    read();
    for (const menu of menus) {
      await openMenu(menu);
      read();
    }
    get('popupMenu').close();
    return [...texts];
"""


def test_everything_on_the_screen_is_dutch(editor: Editor) -> None:
    seen: set[str] = set()
    for kind in kinds():
        made = editor.run(DRAW, list(kind))
        seen |= said_of(editor, made)
        editor.run(REMOVE, made)
    for attributes in SUBPROCESSES:
        made = editor.run(DRAW_SUBPROCESS % attributes)
        seen |= said_of(editor, made)
        editor.run(REMOVE, made)
    for connection in editor.run(CONNECT):
        seen |= said_of(editor, connection)
    seen |= said_of(editor, editor.run(REPEAT))
    for other in ("bpmn:Lane", "bpmn:Participant", "bpmn:Collaboration"):
        ids = editor.run(
            "return get('elementRegistry').filter(({ type }) => type === argument)"
            ".map(({ id }) => id)",
            other,
        )
        for one in ids:
            seen |= said_of(editor, one)
    tasks = editor.run(
        "get('searchPad').open(); get('minimap').open();"
        "return get('elementRegistry').filter(({ type }) => type === 'bpmn:UserTask')"
        ".map(({ id }) => id)"
    )
    seen |= said_of(editor, tasks[0], menus=THE_SAME)
    seen |= said_of(editor, *tasks, menus=(*OF_EACH, *THE_SAME))
    assert editor.run("return untranslated()") == []
    assert sorted(text for text in seen if ENGLISH.search(DUTCH_TOO.sub("", text))) == []


def said_of(editor: Editor, *elements: str, menus: Sequence[str] = OF_EACH) -> set[str]:
    """What panel, context pad and menus say when these elements are chosen."""
    return set(editor.run(SAID_OF, [elements, menus]))


def test_nothing_is_offered_that_the_guard_refuses(editor: Editor) -> None:
    offered: set[str] = set()
    for kind in kinds():
        made = editor.run(DRAW, list(kind))
        offered.update(
            editor.run(
                "const found = new Set();"
                "for (const menu of ['bpmn-replace', 'bpmn-append', 'bpmn-create']) {"
                "  const { entries, headerEntries } ="
                "    get('popupMenu')._getContext(element(argument), menu);"
                "  for (const id of Object.keys({ ...entries, ...headerEntries })) found.add(id);"
                "}" + REMOVE + "return [...found];",
                made,
            )
        )
    assert len(offered) > 60
    refused = ("complex", "ad-hoc", "adhoc", "none-boundary", "compensation-start", "multiplicity")
    assert sorted(one for one in offered if any(part in one for part in refused)) == []
