"""Closed cases replayed on a draft: what would have come of them, and what cannot be said."""

from typing import Any

import pytest
from sqlalchemy import select

from service.operations.studio.replaying.compare import Replayed
from service.storage import Access
from tests.integration import drawn, moves, publishing
from tests.integration.conftest import Office
from tests.integration.drawn import FOR_CARE
from tests.integration.moves import asks, form, published, steps
from tests.unit.engine.diagrams import (
    START,
    bpmn,
    call,
    catch,
    chain,
    ext,
    flow,
    gateway,
    job,
    process,
    timer,
    user,
)

SECRET = "Violeta woont in de Dorpsstraat"


def choosing(value: str, *, wait: str = "", extra: str = "") -> bytes:
    """``doen``, and then the end that ``doen.wie`` leads to."""
    before = catch("wachten", timer(wait)) if wait else ""
    first = chain("begin", "wachten", "doen") if wait else chain("begin", "doen")
    return bpmn(
        START
        + before
        + user("doen", asks())
        + gateway("exclusive", "wie_is_het", default="anders")
        + user("bellen", FOR_CARE)
        + '<endEvent id="gebeld" name="Gebeld"/><endEvent id="afgesloten" name="Afgesloten"/>'
        + first
        + chain("doen", "wie_is_het")
        + flow("wie_is_het", "bellen", when=f'=doen.wie = "{value}"')
        + flow("wie_is_het", "afgesloten", key="anders")
        + chain("bellen", "gebeld")
        + extra
    )


def closed(office: Office, wie: str) -> None:
    case = drawn.begun(office)
    holder = office.person("af-zorg")
    office.clock.move(hours=1)
    drawn.completed(office, drawn.open_task(office, case, "doen"), holder, doen={"wie": wie})
    if "bellen" in office.open_tasks(case.reference):
        office.clock.move(days=1)
        drawn.completed(office, drawn.open_task(office, case, "bellen"), holder)
    assert office.instance(case.reference).status == "completed"


def shown(office: Office, **files: bytes) -> list[Replayed]:
    draft = publishing.begun(office, **files)
    page = publishing.replayed(office, draft)
    assert page.next_number is None
    assert [one.number for one in page.cases] == list(range(1, page.total + 1))
    return [one.case for one in page.cases]


def test_a_condition_that_changes_ends_other_cases_otherwise(office: Office) -> None:
    published(office, choosing("ja"), doen=form("wie"))
    closed(office, "ja")
    closed(office, "nee")
    closed(office, SECRET)
    found = shown(office, diagram=choosing("nee"))
    told = sorted((r.what, r.ended_as, r.would_end_as, r.other_way_from) for r in found)
    assert told == [
        ("changed", "Afgesloten", None, "Taak doen"),
        ("changed", "Gebeld", "Afgesloten", "Taak doen"),
        ("same", "Afgesloten", "Afgesloten", None),
    ]
    [stuck] = [r for r in found if r.stuck_at]
    assert stuck.stuck_at == ("Taak bellen",)


def test_nothing_of_a_case_can_be_read_in_the_outcome(office: Office) -> None:
    published(office, choosing("ja"), doen=form("wie"))
    closed(office, SECRET)
    case = drawn.begun(office)
    [found] = shown(office, diagram=choosing(SECRET))
    assert SECRET not in repr(found)
    assert case.reference not in repr(found)
    with office.application.sessions() as session:
        lines = session.scalars(select(Access).where(Access.what == "zaak_nagespeeld")).all()
    assert [line.user_name for line in lines] == [office.person(publishing.OWNER).name]
    assert lines[0].instance_id is not None


def test_a_renamed_step_takes_its_answers_along(office: Office) -> None:
    published(office, choosing("ja"), doen=form("wie"))
    closed(office, "ja")
    renamed = choosing("ja")
    for place in (b'<userTask id="', b'sourceRef="', b'targetRef="'):
        renamed = renamed.replace(place + b'doen"', place + b'vragen"')
    [found] = shown(office, diagram=renamed)
    assert (found.what, found.would_end_as) == ("same", "Gebeld")


def test_answers_that_no_longer_fit_the_form_cannot_be_replayed(office: Office) -> None:
    published(office, choosing("ja"), doen=form("wie"))
    closed(office, "ja")
    asked = form("wie", "waarom").replace(
        b'"label":"Vraag waarom"', b'"label":"Vraag waarom","validate":{"required":true}'
    )
    [found] = shown(office, doen=asked)
    assert found.what == "unplayable"
    assert found.reason == (
        "bij stap ‘Taak doen’ passen de antwoorden niet meer in het formulier: ‘Vraag waarom’"
    )
    [fits] = shown(office, doen=form("wie", "waarom"))
    assert (fits.what, fits.would_end_as) == ("same", "Gebeld")


def test_a_longer_wait_shows_in_working_days(office: Office) -> None:
    published(office, choosing("ja", wait="PT1H"), doen=form("wie"))
    case = drawn.begun(office)
    office.later(hours=2)
    task = drawn.open_task(office, case, "doen")
    drawn.completed(office, task, office.person("af-zorg"), doen={"wie": "nee"})
    [found] = shown(office, diagram=choosing("ja", wait="P7D"))
    assert found.what == "changed"
    assert (found.days_before, found.days_after) == (0, 5)
    assert found.other_way_from is None


def test_recorded_results_are_used_and_new_automatic_steps_are_not_guessed(office: Office) -> None:
    def with_job(kind: str, key: str = "vastleggen") -> bytes:
        return steps(user("doen", FOR_CARE), job(key, kind))

    published(office, with_job("registreren"))
    case = drawn.begun(office)
    task = drawn.open_task(office, case, "doen")
    drawn.completed(office, task, office.person("af-zorg"))
    office.work()
    assert office.instance(case.reference).status == "completed"
    [same] = shown(office, diagram=with_job("registreren").replace(b"Taak doen", b"Taak eerst"))
    assert same.would_end_as == same.ended_as
    [new] = shown(office, diagram=with_job("verstrekking_vastleggen", "uitgeven"))
    assert new.what == "unplayable"
    assert "is in deze zaak niet uitgevoerd" in new.reason


def test_another_outcome_of_a_decision_is_told_also_in_a_called_process(office: Office) -> None:
    ask = ext('<zeebe:calledDecision decisionId="keuze" resultVariable="uitkomst"/>')
    inner = (
        '<startEvent id="x1"/>'
        f'<businessRuleTask id="kiezen" name="Kiezen">{ask}</businessRuleTask>'
        '<endEvent id="x2"/>'
    )
    called = process("ander", inner + chain("x1", "kiezen", "x2"))
    diagram = steps(user("doen", FOR_CARE), call("roep", "ander"), extra=called)
    drawn.publish_files(office, {moves.FILE: diagram, TABLE: decides("ja")})
    case = drawn.begun(office)
    task = drawn.open_task(office, case, "doen")
    drawn.completed(office, task, office.person("af-zorg"))
    draft = publishing.begun(office)
    publishing.save(office, draft, {TABLE: decides("nee")})
    [found] = publishing.replayed(office, draft).cases
    assert (found.case.what, found.case.decisions) == ("changed", ("Kiezen",))
    assert found.case.other_way_from is None


TABLE = "processes/proces/keuze.dmn"


def decides(value: str) -> bytes:
    """A decision that always says the same."""
    space = "https://www.omg.org/spec/DMN/20191111/MODEL/"
    return (
        f'<definitions xmlns="{space}" id="d" name="Keuzes" namespace="n">'
        '<decision id="keuze" name="Keuze"><variable id="v" name="Keuze"/>'
        f'<literalExpression id="l"><text>"{value}"</text></literalExpression>'
        "</decision></definitions>"
    ).encode()


def test_what_was_repaired_or_moved_is_not_replayed(office: Office) -> None:
    published(office, steps(user("doen", FOR_CARE), user("daarna", FOR_CARE)))
    case = drawn.begun(office)
    second = published(office, steps(user("doen", FOR_CARE), user("erna", FOR_CARE)))
    moves.moved(office, second)
    for step in ("doen", "erna"):
        task = drawn.open_task(office, case, step)
        drawn.completed(office, task, office.person("af-zorg"))
    [found] = shown(office, diagram=steps(user("doen", FOR_CARE)))
    assert (found.what, found.reason) == (
        "unplayable",
        "de zaak is onderweg overgezet naar een andere publicatie",
    )


def test_processes_that_do_not_change_are_left_alone(office: Office) -> None:
    published(office, choosing("ja"), doen=form("wie"))
    closed(office, "ja")
    draft = publishing.begun(office)
    path = "forms/actiepunt/actiepunt_uitvoeren.form"
    publishing.save(office, draft, {path: _other(path)})
    page = publishing.replayed(office, draft)
    assert ("actiepunt" in page.processes, "proces" in page.processes) == (True, False)
    assert (page.total, page.cases) == (0, ())


def _other(path: str) -> bytes:
    from service.operations.studio.originals import shared_files  # noqa: PLC0415

    return shared_files()[path] + b"\n"


@pytest.mark.parametrize("limit", [2])
def test_pages_of_a_replay_follow_on_one_another(office: Office, limit: int) -> None:
    published(office, choosing("ja"), doen=form("wie"))
    for _ in range(5):
        closed(office, "nee")
    draft = publishing.begun(office, diagram=choosing("nee"))
    after, numbers = 0, list[Any]()
    while True:
        page = publishing.replayed(office, draft, after=after, limit=limit)
        numbers += [one.number for one in page.cases]
        if page.next_number is None:
            break
        after = page.next_number
    assert numbers == [1, 2, 3, 4, 5]
