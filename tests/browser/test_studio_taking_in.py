"""Whatever two people do to a diagram at once: what one sees is what the server made of both."""

import re
from collections.abc import Sequence
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from service.operations.comparing import merge
from tests.browser.conftest import OpenDesk
from tests.browser.drawing import SMALL, Editor, open_diagram
from tests.browser.studio import OWNER, begin
from tests.unit.operations.comparing.edits import PATH, Edit, dangling, edited
from tests.unit.operations.comparing.edits_at_random import BASE, FLOWS, LANES, STEPS, edits

OPEN = "await diagram.open(argument); return await diagram.write()"
DRAW = """
const [modeling, shapes] = [get('modeling'), get('elementFactory')];
const task = () => shapes.createShape({ type: 'bpmn:UserTask' });
const does = {
  rename: (one) => modeling.updateLabel(one, 'Van mij'),
  move: (one) => modeling.moveElements([one], { x: 0, y: 20 }),
  colour: (one) => modeling.setColor([one], { fill: '#ffeeaa' }),
  append: (one) => get('autoPlace').append(one, task()),
  connect: (one) => modeling.connect(one, element('advies_geven')),
  watch: (one) => modeling.createShape(
    { type: 'bpmn:BoundaryEvent', eventDefinitionType: 'bpmn:TimerEventDefinition' },
    { x: one.x, y: one.y + one.height }, one, { attach: true }),
  insert: (one) => modeling.createShape(
    task(), middle(one.waypoints), one),
  remove: (one) => modeling.removeElements([one]),
  undo: () => get('commandStack').undo(),
};
const middle = ([from, to]) => ({ x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 });
for (const [name, id] of argument) if (element(id)) does[name](element(id));
return await diagram.write();
"""
KINDS = {
    "a lane": "modeling.addLane(pool, 'bottom')",
    "a moment at a step": """modeling.createShape(
      { type: 'bpmn:BoundaryEvent', eventDefinitionType: 'bpmn:TimerEventDefinition' },
      { x: task.x, y: task.y + task.height }, task, { attach: true })""",
    "a subprocess around a step": """
      const around = modeling.createShape({ type: 'bpmn:SubProcess', isExpanded: true,
        width: 500, height: 300 }, { x: task.x, y: task.y }, pool);
      modeling.moveElements([task], { x: 0, y: 0 }, around);
      modeling.createShape({ type: 'bpmn:StartEvent' }, { x: around.x + 60, y: around.y + 60 },
        around)""",
    "a note": """modeling.connect(task, modeling.createShape({ type: 'bpmn:TextAnnotation' },
      { x: task.x, y: task.y - 90 }, pool))""",
    "a message": """const message = get('bpmnFactory').create('bpmn:Message', { name: 'nieuw' });
      const definitions = modeler.getDefinitions();
      const wait = get('bpmnReplace').replaceElement(task, { type: 'bpmn:ReceiveTask' });
      message.$parent = definitions;
      modeling.updateModdleProperties(wait, definitions,
        { rootElements: [...definitions.rootElements, message] });
      modeling.updateProperties(wait, { messageRef: message })""",
    "something to keep": """modeling.connect(task, modeling.createShape(
      { type: 'bpmn:DataObjectReference' }, { x: task.x, y: task.y + 160 }, pool))""",
    "another pool": """modeling.createShape(get('elementFactory').createParticipantShape(),
      { x: pool.x + 300, y: pool.y + pool.height + 200 }, get('canvas').getRootElement())""",
    "another kind of step": "get('bpmnReplace').replaceElement(task, { type: 'bpmn:ScriptTask' })",
}
COME = """
const modeling = get('modeling');
const pool = get('elementRegistry').find(({ type }) => type === 'bpmn:Participant');
const task = element('verrijken');
%s;
return await diagram.write();
"""
TAKE_IN = "return [await diagram.takeIn(argument), await diagram.write()]"
UNDO = "while (get('commandStack').canUndo()) get('commandStack').undo(); return diagram.write()"
REDO = "while (get('commandStack').canRedo()) get('commandStack').redo(); return diagram.write()"
DRAWN = """
return get('elementRegistry').getAll().map((one) => [one, !one.labelTarget && one.parent,
  one.source, one.target, one.host, one.labelTarget].map((part) => part?.id).join(' ')).sort()
"""

ELSEWHERE: list[Edit] = [lambda d: d.rename("advies_geven", "Nagaan")]
REMOVED: list[Edit] = [lambda d: d.remove("verrijken")]
on_steps = st.tuples(
    st.sampled_from(["rename", "move", "colour", "append", "connect", "watch", "remove", "undo"]),
    st.sampled_from(STEPS),
)
on_flows = st.tuples(st.sampled_from(["rename", "insert", "remove"]), st.sampled_from(FLOWS))
on_lanes = st.tuples(st.just("rename"), st.sampled_from(LANES))
strokes = st.lists(st.one_of(on_steps, on_steps, on_flows, on_lanes), max_size=4)


def test_things_of_every_kind_come_and_go(visit: OpenDesk) -> None:
    desk = visit(OWNER)
    editor = open_diagram(desk, begin(desk, "Van alles wat"), SMALL)
    for kind, script in KINDS.items():
        base = editor.run(OPEN, BASE.decode())
        without = editor.run(DRAWN)
        changed = editor.run(OPEN, editor.run(COME % script))
        drawn = editor.run(DRAWN)
        assert lines(changed) != lines(base), kind

        editor.run(OPEN, base)
        undo, taken_in = editor.run(TAKE_IN, changed)
        assert (undo, lines(taken_in), editor.run(DRAWN)) == ("kept", lines(changed), drawn), kind
        undo, taken_in = editor.run(TAKE_IN, base)
        assert (undo, lines(taken_in), editor.run(DRAWN)) == ("kept", lines(base), without), kind


def test_what_one_sees_is_what_the_server_made_of_both(visit: OpenDesk) -> None:
    desk = visit(OWNER)
    editor = open_diagram(desk, begin(desk, "Door elkaar heen"), SMALL)
    outcomes = []

    @settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
    @example(mine=[("rename", "verrijken")], theirs=ELSEWHERE, prefer="mine")
    @example(mine=[("rename", "verrijken")], theirs=REMOVED, prefer="theirs")
    @given(mine=strokes, theirs=edits("theirs"), prefer=st.sampled_from(["mine", "theirs"]))
    def whatever_they_do(mine: Sequence[tuple[str, str]], theirs: list[Edit], prefer: Any) -> None:
        base = editor.run(OPEN, BASE.decode()).encode()
        drawn = editor.run(DRAW, mine)
        sides = {"mine": drawn.encode(), "theirs": edited(base, *theirs)}
        merged = merge(PATH, base=base, prefer=prefer, **sides).content.decode()

        undo, taken_in = editor.run(TAKE_IN, merged)
        seen = editor.run(DRAWN)
        outcomes.append(undo)
        _undone_and_redone(editor, drawn, merged, taken_in)
        assert lines(editor.run(OPEN, merged)) == lines(taken_in)
        assert editor.run(DRAWN) == seen

    whatever_they_do()
    assert {"kept", "anew"} <= {*outcomes}


def _undone_and_redone(editor: Editor, drawn: str, merged: str, taken_in: str) -> None:
    """What can be undone leaves alone what the other did, and can be done again."""
    undone = editor.run(UNDO)
    assert dangling(undone.encode()) == []
    came, gone = ids(merged) - ids(drawn), ids(drawn) - ids(merged)
    assert came <= ids(undone)
    assert not gone & ids(undone)
    assert lines(editor.run(REDO)) == lines(taken_in)


def ids(xml: str) -> set[str]:
    return set(re.findall(r' id="([^"]+)"', xml))


def lines(xml: str) -> list[str]:
    """What a diagram says, in whatever order."""
    return sorted(xml.splitlines())
