"""A process inside an activity: embedded or called."""

from datetime import timedelta

import pytest

from service import engine
from service.domain.errors import Incident, Refused
from tests.unit.engine.diagrams import (
    END,
    START,
    Case,
    boundary,
    bpmn,
    call,
    chain,
    gateway,
    io,
    process,
    script,
    sub,
    timer,
    user,
)

CALLED = process(
    "ander",
    '<startEvent id="b" name="b"/>'
    + user("binnen")
    + '<endEvent id="e" name="e"/>'
    + chain("b", "binnen", "e"),
)


def calling(mapping: str = "", flags: str = "") -> bytes:
    return bpmn(
        START
        + call("roep", "ander", mapping, flags)
        + user("na")
        + END
        + chain("begin", "roep", "na", "einde"),
        CALLED,
    )


def test_a_called_process_sees_only_what_it_is_given_and_gives_back_only_what_is_asked() -> None:
    flags = 'propagateAllChildVariables="false" propagateAllParentVariables="false"'
    mapping = io({"vraag": "=signaal.tekst"}, {"uitkomst.gegevens": "=antwoord"})
    case = Case(calling(mapping, flags), variables={"signaal": {"tekst": "t", "geheim": 1}})
    task = case.task("binnen")
    assert task.process_id == "ander"
    assert task.scope == "roep"
    assert engine.variables_for(case.bundle, case.last.state, task.task_id) == {"vraag": "t"}
    case.complete("binnen", antwoord="ja", intern="x")
    assert case.variables == {
        "signaal": {"tekst": "t", "geheim": 1},
        "uitkomst": {"gegevens": "ja"},
    }
    assert case.told("completed") == ["begin", "b", "binnen", "e", "roep"]


def test_without_flags_a_called_process_shares_what_there_is_and_gives_back_what_it_wrote() -> None:
    case = Case(calling(), variables={"a": {"x": 1}})
    assert engine.variables_for(case.bundle, case.last.state, case.task("binnen").task_id) == {
        "a": {"x": 1}
    }
    case.complete("binnen", a={"y": 2}, b=3)
    assert case.variables == {"a": {"x": 1, "y": 2}, "b": 3}


def test_nothing_comes_back_when_the_diagram_says_so() -> None:
    case = Case(calling(flags='propagateAllChildVariables="false"'), variables={"a": 1})
    case.complete("binnen", a=2, b=3)
    assert case.variables == {"a": 1}


def test_what_a_called_process_did_not_touch_does_not_undo_a_change_beside_it() -> None:
    case = Case(
        bpmn(
            START
            + gateway("parallel", "splits")
            + call("roep", "ander")
            + user("naast")
            + gateway("parallel", "samen")
            + user("na")
            + END
            + chain("begin", "splits", "roep", "samen", "na", "einde")
            + chain("splits", "naast", "samen"),
            CALLED,
        ),
        variables={"v": "oud"},
    )
    case.complete("naast", v="nieuw")
    case.complete("binnen", w=1)
    assert case.variables == {"v": "nieuw", "w": 1}


def test_a_process_in_another_file_is_called_and_its_name_may_be_a_feel_constant() -> None:
    other = bpmn(
        '<startEvent id="b" name="b"/>' + user("ver") + END + chain("b", "ver", "einde"),
        process_id="ver_weg",
    )
    calls = bpmn(
        START + call("roep", "=&quot;ver_weg&quot;") + END + chain("begin", "roep", "einde")
    )
    case = Case(calls, other, guarded=False)
    assert case.open == ["ver"]
    case.complete("ver")
    assert case.ended == "einde"


def test_calling_a_process_that_is_not_in_the_bundle_is_refused() -> None:
    calls = bpmn(START + call("roep", "bestaat_niet") + END + chain("begin", "roep", "einde"))
    with pytest.raises(Refused) as caught:
        engine.compile_bundle({"a.bpmn": calls}, {})
    assert caught.value.findings[0].element_id == "roep"


def test_processes_that_call_each_other_without_end_stop_with_an_incident() -> None:
    diagram = bpmn(START + call("roep", "proces") + END + chain("begin", "roep", "einde"))
    with pytest.raises(Incident, match="zonder einde"):
        Case(diagram, guarded=False)


def inside(*, edge: str = "") -> bytes:
    body = (
        '<startEvent id="sb" name="sb"/>'
        + script("zet", "1", "x")
        + user("binnen")
        + call("roep", "ander")
        + '<endEvent id="se" name="se"/>'
        + chain("sb", "zet", "binnen", "roep", "se")
    )
    edges = edge and edge + user("te_laat") + chain("rand", "te_laat", "einde")
    return bpmn(
        START
        + sub("deel", body)
        + edges
        + user("na")
        + END
        + chain("begin", "deel", "na", "einde"),
        CALLED.replace('id="binnen"', 'id="dieper"').replace('"binnen"', '"dieper"'),
    )


def test_an_embedded_subprocess_shares_the_variables_around_it() -> None:
    case = Case(inside())
    assert case.task("binnen").scope == "deel"
    case.complete("binnen", y=2)
    assert case.task("dieper").scope == "deel/roep"
    case.complete("dieper", z=3)
    assert case.open == ["na"]
    assert case.variables == {"x": 1, "y": 2, "z": 3}


def test_a_timer_on_the_edge_takes_everything_inside_with_it() -> None:
    case = Case(inside(edge=boundary("rand", "deel", timer("PT1H"))))
    case.complete("binnen")
    task = case.task("dieper")
    case.wait(timedelta(hours=1))
    assert case.open == ["te_laat"]
    assert [closed.task_id for closed in case.last.closed] == [task.task_id]
    assert case.told("cancelled") == ["dieper", "roep", "deel"]
    case.complete("te_laat")
    assert case.ended == "einde"


def test_three_processes_deep_survive_every_save() -> None:
    deep = [
        process(
            f"p{n}",
            f'<startEvent id="b{n}" name="b"/>'
            + user(f"voor{n}")
            + (call(f"roep{n}", f"p{n + 1}") if n < 3 else user("diepst"))
            + user(f"na{n}")
            + f'<endEvent id="e{n}" name="e"/>'
            + chain(f"b{n}", f"voor{n}", f"roep{n}" if n < 3 else "diepst", f"na{n}", f"e{n}"),
        )
        for n in (1, 2, 3)
    ]
    case = Case(
        bpmn(START + call("roep", "p1") + END + chain("begin", "roep", "einde"), "".join(deep))
    )
    order = ["voor1", "voor2", "voor3", "diepst", "na3", "na2", "na1"]
    for key in order:
        assert case.open == [key]
        case.complete(key, **{key: True})
    assert case.ended == "einde"
    assert dict(case.variables) == dict.fromkeys(order, True)


def test_a_mapping_hands_on_null_for_what_nobody_filled_in() -> None:
    case = Case(calling(io({"acuut": "=acuut", "adres": "=signaal.adres"})))
    shown = engine.variables_for(case.bundle, case.last.state, case.task("binnen").task_id)
    assert shown == {"acuut": None, "adres": None}


def test_a_mapping_that_computes_with_what_is_not_there_stops_the_case() -> None:
    with pytest.raises(Incident) as caught:
        Case(calling(io({"x": "=bedrag + 1"})))
    assert caught.value.element_id == "roep"
