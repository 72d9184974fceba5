"""A publication compiled once, for all cases and threads."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from service import engine
from service.domain.errors import NotFound, Refused
from tests.unit.engine.diagrams import (
    END,
    HEAD,
    NOW,
    START,
    Case,
    boundary,
    bpmn,
    call,
    chain,
    end,
    error,
    job,
    many,
    process,
    script,
    sub,
    thrown,
    timer,
    user,
)

AROUND = engine.Surroundings(now=NOW)


def test_a_file_may_hold_several_processes_in_a_collaboration() -> None:
    collaboration = (
        '<collaboration id="samen"><participant id="p1" name="Een" processRef="een"/>'
        '<participant id="p2" name="Twee" processRef="twee"/>'
        '<participant id="p3" name="Buiten" processRef="buiten"/></collaboration>'
    )
    other = process(
        "twee",
        '<startEvent id="b2" name="b"/>'
        + user("u2")
        + '<endEvent id="e2" name="e"/>'
        + chain("b2", "u2", "e2"),
    )
    drawn = '<process id="buiten" isExecutable="false"/>'
    body = START + user("u1") + END + chain("begin", "u1", "einde")
    content = bpmn(body, collaboration + drawn + other, process_id="een")
    bundle = engine.compile_bundle({"a.bpmn": content}, {})
    assert set(bundle.processes) == {"een", "twee"}
    for process_id, task in (("een", "u1"), ("twee", "u2")):
        advance = engine.start(bundle, process_id, variables={}, around=AROUND)
        assert [opened.element_id for opened in advance.opened] == [task]


def test_a_process_tells_its_steps_in_the_order_of_the_document() -> None:
    lanes = (
        '<laneSet id="l"><lane id="melder" name="Melder"><flowNodeRef>begin</flowNodeRef>'
        "<flowNodeRef>a</flowNodeRef><flowNodeRef>deel</flowNodeRef>"
        "<flowNodeRef>einde</flowNodeRef></lane></laneSet>"
    )
    inner = '<startEvent id="sb" name="sb"/>' + user("b") + '<endEvent id="se" name="se"/>'
    content = bpmn(
        lanes
        + START
        + user("a", '<zeebe:formDefinition formId="formulier"/>')
        + sub("deel", inner + chain("sb", "b", "se"))
        + END
        + chain("begin", "a", "deel", "einde")
    )
    info = engine.compile_bundle({"a.bpmn": content}, {}).processes["proces"]
    told = [(step.element_id, step.type, step.role, step.outgoing) for step in info.steps]
    assert told == [
        ("begin", "startEvent", "melder", ("a",)),
        ("a", "userTask", "melder", ("deel",)),
        ("deel", "subProcess", "melder", ("einde",)),
        ("sb", "startEvent", "melder", ("b",)),
        ("b", "userTask", "melder", ("se",)),
        ("se", "endEvent", "melder", ()),
        ("einde", "endEvent", "melder", ()),
    ]
    assert info.steps[1].form_id == "formulier"
    assert info.xml == content


def test_every_error_in_every_file_is_told_at_once() -> None:
    wrong = bpmn(START + script("a", "1 +", "x") + END + chain("begin", "a", "einde"))
    with pytest.raises(Refused) as caught:
        engine.compile_bundle({"a.bpmn": wrong, "b.bpmn": b"<x", "c.bpmn": wrong}, {"d.dmn": b""})
    assert {found.file for found in caught.value.findings} == {
        "a.bpmn",
        "b.bpmn",
        "c.bpmn",
        "d.dmn",
    }


def test_the_same_process_in_two_files_is_refused() -> None:
    content = bpmn(START + user("a") + END + chain("begin", "a", "einde"))
    with pytest.raises(Refused, match="twee keer"):
        engine.compile_bundle({"a.bpmn": content, "b.bpmn": content}, {})


def test_a_diagram_that_stands_in_two_bundles_is_compiled_once() -> None:
    body = START + user("a") + END + chain("begin", "a", "einde")
    content, other = bpmn(body), bpmn(body, process_id="ander")
    before = engine.compile_bundle({"a.bpmn": content}, {})
    after = engine.compile_bundle({"a.bpmn": content, "b.bpmn": other}, {})
    assert after.process("proces") is before.process("proces")
    assert set(after.processes) == {"proces", "ander"}


def test_forms_and_job_types_that_do_not_exist_are_refused() -> None:
    content = bpmn(
        START
        + user("a", '<zeebe:formDefinition formId="formulier"/>')
        + job("b", "iets")
        + END
        + chain("begin", "a", "b", "einde")
    )
    known = engine.Known(forms=frozenset(), job_types=frozenset())
    with pytest.raises(Refused) as caught:
        engine.compile_bundle({"a.bpmn": content}, {}, known=known)
    assert {found.element_id for found in caught.value.findings} == {"a", "b"}


def test_an_unknown_process_cannot_be_started() -> None:
    content = bpmn(START + user("a") + END + chain("begin", "a", "einde"))
    bundle = engine.compile_bundle({"a.bpmn": content}, {})
    with pytest.raises(NotFound):
        engine.start(bundle, "anders", variables={}, around=AROUND)


def test_a_diagram_of_a_thousand_steps_in_a_row_compiles_and_runs() -> None:
    keys = [f"s{n}" for n in range(1200)]
    body = START + "".join(script(key, "1", "x") for key in keys) + END
    content = f"{HEAD}{process('proces', body + chain('begin', *keys, 'einde'))}</definitions>"
    assert Case(content.encode(), guarded=False).ended == "einde"


RICH = bpmn(
    START
    + user(
        "vraag",
        inner=many('inputCollection="=wie" outputCollection="uit" outputElement="=antwoord"'),
    )
    + boundary("rand", "vraag", timer("P1D"))
    + call("roep", "ander")
    + END
    + chain("begin", "vraag", "roep", "einde")
    + chain("rand", "einde"),
    process(
        "ander",
        '<startEvent id="b" name="b"/>'
        + user("binnen")
        + '<endEvent id="e" name="e"/>'
        + chain("b", "binnen", "e"),
    ),
)


def run(bundle: engine.CompiledBundle, number: int) -> Any:
    return engine.trace(
        bundle,
        "proces",
        variables={"wie": list(range(number % 4)), "nummer": number},
        around=AROUND,
        answers={"vraag": {"antwoord": number}, "binnen": {"klaar": number}},
    )


def test_threads_share_a_bundle_without_noticing_each_other() -> None:
    bundle = engine.compile_bundle({"a.bpmn": RICH}, {})
    alone = [run(bundle, number) for number in range(40)]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda number: run(bundle, number), range(40)))
    assert together == alone


def test_running_cases_leaves_no_trace_in_the_bundle() -> None:
    bundle = engine.compile_bundle({"a.bpmn": RICH}, {})

    def picture() -> list[Any]:
        nodes = [node for key in bundle.processes for node in bundle.process(key).nodes()]
        return [
            (
                node.name,
                sorted(vars(node)),
                node.data,
                list(node.flows),
                [event.n_subscribers() for event in vars(node).values() if hasattr(event, "emit")],
            )
            for node in nodes
        ]

    before = picture()
    for number in range(5):
        run(bundle, number)
    assert picture() == before


def test_a_step_tells_its_properties() -> None:
    content = bpmn(
        START
        + user("eerst")
        + user(
            "tweede",
            '<zeebe:properties><zeebe:property name="vierOgenMet" value="eerst"/>'
            "</zeebe:properties>",
        )
        + END
        + chain("begin", "eerst", "tweede", "einde")
    )
    [info] = engine.compile_bundle({"a.bpmn": content}, {}).processes.values()
    properties = {step.element_id: dict(step.properties) for step in info.steps}
    assert properties["tweede"] == {"vierOgenMet": "eerst"}
    assert properties["eerst"] == {}


THROWS = bpmn(
    START + end("einde", thrown("error", "weg")) + chain("begin", "einde"),
    error("weg", "WEG"),
    process_id="kind",
)


def calling(catches: str) -> bytes:
    """A call in another file, with this error caught on its edge."""
    body = START + call("roep", "kind") + END + '<endEvent id="anders" name="A"/>'
    body += boundary("rand", "roep", thrown("error", "op"))
    return bpmn(
        body + chain("begin", "roep", "einde") + chain("rand", "anders"), error("op", catches)
    )


def test_an_error_may_be_caught_by_a_call_in_another_file() -> None:
    assert Case(calling("WEG"), THROWS).ended == "anders"


def test_an_error_that_no_file_catches_is_refused() -> None:
    with pytest.raises(Refused, match="vangt die op"):
        engine.compile_bundle({"a.bpmn": calling("ANDERS"), "b.bpmn": THROWS}, {})


def test_what_the_guard_let_through_before_is_compiled_without_asking_it_again() -> None:
    body = START + user("doen").replace("</userTask>", "<glimlach/></userTask>") + END
    content = {"proces.bpmn": bpmn(body + chain("begin", "doen", "einde"))}
    with pytest.raises(Refused):
        engine.compile_bundle(content, {})

    bundle = engine.compile_bundle(content, {}, checked=True)

    assert [step.element_id for step in bundle.processes["proces"].steps]
    assert bundle.findings == ()
