"""Multi-instance: once per item."""

from datetime import timedelta

import pytest

from service.domain.errors import Incident
from tests.unit.engine.diagrams import (
    END,
    START,
    Case,
    boundary,
    bpmn,
    chain,
    io,
    job,
    many,
    sub,
    thrown,
    timer,
    user,
)

ERROR = '<error id="fout" name="fout" errorCode="MISLUKT"/>'


def asking(
    attributes: str,
    *,
    sequential: bool = False,
    enough: str = "",
    settings: str = "",
    edge: str = "",
) -> bytes:
    task = user("vraag", settings, many(attributes, sequential=sequential, enough=enough))
    edges = edge and edge + user("te_laat") + chain("rand", "te_laat", "einde")
    return bpmn(START + task + edges + user("na") + END + chain("begin", "vraag", "na", "einde"))


COLLECT = (
    'inputCollection="=partners" inputElement="partner" '
    'outputCollection="adviezen" outputElement="=advies"'
)


def by_scope(case: Case, scope: str) -> None:
    """Puts the task of a scope first, so that ``complete`` takes it."""
    task = next(task for task in case.tasks.values() if task.scope == scope)
    case.tasks = {task.task_id: task} | case.tasks


def test_everybody_is_asked_at_once_and_answers_stand_in_the_order_of_the_items() -> None:
    case = Case(asking(COLLECT), variables={"partners": ["zvh", "riec", "nla"]})
    assert [task.scope for task in case.tasks.values()] == ["vraag#1", "vraag#2", "vraag#3"]
    for number, answer in ((3, "c"), (1, "a"), (2, "b")):
        by_scope(case, f"vraag#{number}")
        case.complete("vraag", advies=answer)
    assert case.open == ["na"]
    assert case.variables == {"partners": ["zvh", "riec", "nla"], "adviezen": ["a", "b", "c"]}


def test_each_instance_sees_its_own_item_and_number() -> None:
    groups = '<zeebe:assignmentDefinition candidateGroups="=[partner]"/>'
    case = Case(asking(COLLECT, settings=groups), variables={"partners": ["zvh", "riec"]})
    assert [task.roles for task in case.tasks.values()] == [("zvh",), ("riec",)]


def test_one_after_the_other_also_passes_an_empty_item() -> None:
    case = Case(asking(COLLECT, sequential=True), variables={"partners": ["zvh", None, "nla"]})
    for answer in ("a", "b", "c"):
        assert case.open == ["vraag"]
        case.complete("vraag", advies=answer)
    assert case.open == ["na"]
    assert case.variables["adviezen"] == ["a", "b", "c"]


@pytest.mark.parametrize("sequential", [True, False])
def test_nobody_to_ask_is_passed(sequential: bool) -> None:
    case = Case(asking(COLLECT, sequential=sequential), variables={"partners": []})
    assert case.open == ["na"]
    assert case.variables["adviezen"] == []


@pytest.mark.parametrize("partners", ["zvh", None, {"a": 1}, list(range(1001))])
def test_what_is_no_list_or_too_long_stops_the_case(partners: object) -> None:
    with pytest.raises(Incident) as caught:
        Case(asking(COLLECT), variables={"partners": partners})
    assert caught.value.element_id == "vraag"


def test_enough_answers_take_the_other_tasks_away() -> None:
    case = Case(
        asking(COLLECT, enough='=advies = "ja"'),
        variables={"partners": ["zvh", "riec", "nla"]},
    )
    case.complete("vraag", advies="nee")
    assert len(case.open) == 2
    case.complete("vraag", advies="ja")
    assert case.open == ["na"]
    assert case.variables["adviezen"] == ["nee", "ja", None]
    assert case.told("cancelled") == ["vraag"]


def test_without_an_output_the_answers_merge_where_everybody_can_see_them() -> None:
    case = Case(
        asking('inputCollection="=partners" inputElement="partner"'),
        variables={"partners": ["zvh", "riec"]},
    )
    case.complete("vraag", zvh={"ja": True})
    case.complete("vraag", riec={"ja": False})
    assert case.variables["zvh"] == {"ja": True}
    assert case.variables["riec"] == {"ja": False}
    assert "partner" not in case.variables


def test_a_timer_on_the_edge_takes_every_instance_away() -> None:
    case = Case(
        asking(COLLECT, edge=boundary("rand", "vraag", timer("PT1H"))),
        variables={"partners": ["zvh", "riec"]},
    )
    case.complete("vraag", advies="a")
    case.wait(timedelta(hours=1))
    assert case.open == ["te_laat"]
    assert case.last.next_due is None


def test_a_timer_on_the_edge_ends_with_the_last_instance() -> None:
    case = Case(
        asking(COLLECT, edge=boundary("rand", "vraag", timer("PT1H"))),
        variables={"partners": ["zvh", "riec"]},
    )
    case.complete("vraag", advies="a")
    case.complete("vraag", advies="b")
    assert case.open == ["na"]
    assert case.last.next_due is None


def test_an_error_of_one_job_ends_all_through_the_edge_of_the_repetition() -> None:
    work = job("werk", inner=many('inputCollection="=items" inputElement="item"'))
    case = Case(
        bpmn(
            START
            + work
            + boundary("rand", "werk", thrown("error", "fout"))
            + user("herstel")
            + END
            + chain("begin", "werk", "einde")
            + chain("rand", "herstel", "einde"),
            ERROR,
        ),
        variables={"items": [1, 2, 3]},
    )
    assert len(case.jobs) == 3
    case.fail("werk", "MISLUKT")
    assert case.open == ["herstel"]
    assert case.jobs == {}


def test_a_repeated_subprocess_keeps_items_apart() -> None:
    body = (
        '<startEvent id="sb" name="sb"/>'
        + user("a", io(outputs={"uitkomst": "=antwoord + item"}))
        + '<endEvent id="se" name="se"/>'
        + chain("sb", "a", "se")
    )
    attributes = (
        'inputCollection="=items" inputElement="item" '
        'outputCollection="uitkomsten" outputElement="=uitkomst"'
    )
    case = Case(
        bpmn(
            START
            + sub("deel", body, many(attributes))
            + user("na")
            + END
            + chain("begin", "deel", "na", "einde")
        ),
        variables={"items": [10, 20]},
    )
    by_scope(case, "deel#2")
    case.complete("a", antwoord=2)
    case.complete("a", antwoord=1)
    assert case.open == ["na"]
    assert case.variables["uitkomsten"] == [11, 22]


def test_the_repetition_as_a_whole_is_told_apart_from_its_instances() -> None:
    case = Case(asking(COLLECT), variables={"partners": ["zvh", "riec"]})
    case.complete("vraag")
    case.complete("vraag")
    told = [(e.element_type, e.scope) for e in case.trail if e.element_id == "vraag"]
    assert told[0] == ("multiInstanceBody", "")
    assert told.count(("userTask", "vraag#1")) == 2
    assert told[-1] == ("multiInstanceBody", "")


def test_repetitions_within_repetitions_are_bounded() -> None:
    body = (
        '<startEvent id="sb" name="sb"/>'
        + user("a", inner=many('inputCollection="=items"'))
        + '<endEvent id="se" name="se"/>'
        + chain("sb", "a", "se")
    )
    with pytest.raises(Incident, match="geen rust"):
        Case(
            bpmn(
                START
                + sub("deel", body, many('inputCollection="=items"'))
                + END
                + chain("begin", "deel", "einde")
            ),
            variables={"items": list(range(900))},
        )


def test_output_mappings_of_an_instance_fill_its_own_result() -> None:
    settings = io(outputs={"advies": "=antwoord.tekst"})
    case = Case(asking(COLLECT, settings=settings), variables={"partners": ["zvh", "riec"]})
    case.complete("vraag", antwoord={"tekst": "a"})
    case.complete("vraag", antwoord={"tekst": "b"})
    assert case.variables == {"partners": ["zvh", "riec"], "adviezen": ["a", "b"]}


def test_an_item_cannot_pass_for_the_settings_of_the_municipality() -> None:
    groups = '<zeebe:assignmentDefinition candidateGroups="=gemeente.rollen"/>'
    diagram = asking('inputCollection="=wie" inputElement="gemeente"', settings=groups)
    case = Case(
        diagram,
        variables={"wie": [{"rollen": ["vals"]}]},
        gemeente={"rollen": ["echt"]},
        guarded=False,
    )
    assert case.task("vraag").roles == ("echt",)
