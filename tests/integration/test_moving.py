"""Moving running cases to a newer publication: what happens to the case, its tasks and words."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from service.domain.errors import InvalidInput, NotFound
from service.operations.moving.plans import MoveRequest
from service.operations.moving.preview_move import preview_move
from service.operations.settle import three_quarters
from service.storage import Event, Instance, Task
from service.storage.task import NEVER
from tests.integration import drawn, moves
from tests.integration.conftest import Office
from tests.integration.drawn import FOR_CARE
from tests.integration.moves import (
    FOR_SAFETY,
    asks,
    claimed,
    drafted,
    due_after,
    form,
    history,
    kinds,
    only,
    published,
    shown,
    steps,
)
from tests.unit.engine.diagrams import (
    boundary,
    call,
    chain,
    job,
    process,
    timer,
    user,
)


def test_a_renamed_task_goes_to_its_new_name_and_the_history_says_so(office: Office) -> None:
    first = published(office, steps(user("doen", FOR_CARE)))
    instance = drawn.begun(office)
    new = user("uitvoeren", FOR_CARE).replace("Taak uitvoeren", "Taak doen")
    second = published(office, steps(new))
    [preview] = moves.previewed(office, second)
    assert [(x.element_id, x.what, x.to) for x in preview.outcome.landings] == [
        ("doen", "moves", "uitvoeren")
    ]
    assert office.instance(instance.reference).revision == instance.revision
    fared = moves.moved(office, second)
    assert (fared.state, dict(fared.counts)) == ("done", {"moved": 1})
    assert only(office, instance).element_id == "uitvoeren"
    assert kinds(office, instance) == ["gestart", "gemigreerd"]
    with office.application.sessions() as session:
        event = session.scalars(select(Event).where(Event.kind == "gemigreerd")).one()
    assert event.element_name == f"publicatie {first} → {second}"
    assert event.trail == [["proces", "doen", "cancelled"], ["proces", "uitvoeren", "entered"]]
    moves.consistent(office, instance.id)


def test_a_task_that_keeps_its_form_under_another_id_keeps_its_draft(office: Office) -> None:
    published(office, steps(user("doen", asks())), doen=form("wie"))
    instance = drawn.begun(office)
    drafted(office, only(office, instance), doen={"wie": "Violeta"})
    second = published(office, steps(user("afwegen", asks())), doen=form("wie"))
    [preview] = moves.previewed(office, second)
    [change] = preview.outcome.changes
    assert (change.new_questions, dict(change.lost_answers)) == (False, {})
    moves.moved(office, second)
    task = only(office, instance)
    assert (task.element_id, task.form_id, task.name) == ("afwegen", "doen", "Taak afwegen")
    assert shown(office, task)["doen"] == {"wie": "Violeta"}


def test_another_lane_gives_the_task_to_another_role_and_takes_it_back(office: Office) -> None:
    published(office, steps(user("doen", FOR_CARE)))
    instance = drawn.begun(office)
    holder = claimed(office, only(office, instance))
    second = published(office, steps(user("doen", FOR_SAFETY)))
    [preview] = moves.previewed(office, second)
    [change] = preview.outcome.changes
    assert (change.gained, change.lost) == (("af-veiligheid",), ("af-zorg",))
    assert change.taken_back
    moves.moved(office, second)
    task = only(office, instance)
    assert (task.roles, task.assignee_id, task.assignee_name) == (["af-veiligheid"], None, None)
    assert "doen" in office.inbox("af-veiligheid")
    assert "doen" not in office.inbox("af-zorg")
    assert kinds(office, instance) == ["gestart", "gemigreerd", "taak_teruggenomen"]
    assert holder.name
    moves.consistent(office, instance.id)


def test_whoever_still_may_do_it_keeps_the_task(office: Office) -> None:
    published(office, steps(user("doen", FOR_CARE)))
    instance = drawn.begun(office)
    holder = claimed(office, only(office, instance))
    both = FOR_CARE.replace("af-zorg", "af-zorg,oov")
    second = published(office, steps(user("doen", both)))
    moves.moved(office, second)
    task = only(office, instance)
    assert (task.assignee_id, task.roles) == (holder.user_id, ["af-zorg", "oov"])


def test_a_case_at_a_task_that_is_gone_stays_wholly_where_it_is(office: Office) -> None:
    published(office, steps(user("doen", FOR_CARE), user("daarna", FOR_CARE)))
    stuck, free = drawn.begun(office), drawn.begun(office)
    drawn.completed(office, drawn.open_task(office, free, "doen"), office.person("af-zorg"))
    second = published(office, steps(user("daarna", FOR_CARE)))
    before = moves.rows_about(office, stuck)
    fits = {p.reference: p.outcome.advance is not None for p in moves.previewed(office, second)}
    assert fits == {stuck.reference: False, free.reference: True}
    fared = moves.moved(office, second)
    assert dict(fared.counts) == {"moved": 1, "failed": 1}
    [told] = fared.told
    assert (told.reference, told.state) == (stuck.reference, "failed")
    assert "Taak doen; dat heeft geen plek meer" in told.reason
    assert moves.rows_about(office, stuck) == before
    assert kinds(office, stuck) == ["gestart"]
    plan = moves.changed(moves.suggested(office, second - 1, second), doen="daarna")
    again = moves.moved(office, second, plan)
    assert dict(again.counts) == {"moved": 1}
    assert office.open_tasks(stuck.reference) == ["daarna"]
    moves.consistent(office, stuck.id)


def test_a_timer_on_an_edge_keeps_its_moment_and_a_new_one_is_armed(office: Office) -> None:
    def watched(*edges: tuple[str, str]) -> bytes:
        after = "".join(
            boundary(key, "doen", timer(span), interrupting=False)
            + user(f"na_{key}", FOR_CARE)
            + f'<endEvent id="e_{key}"/>'
            + chain(key, f"na_{key}", f"e_{key}")
            for key, span in edges
        )
        return steps(user("doen", FOR_CARE), after=after)

    published(office, watched(("eerst", "PT2H"), ("weg", "PT3H")))
    instance = drawn.begun(office)
    started = office.clock()
    office.later(hours=1)
    second = published(office, watched(("eerst", "PT9H"), ("nieuw", "PT5H")))
    [preview] = moves.previewed(office, second)
    found = {x.element_id: (x.what, x.due) for x in preview.outcome.landings}
    assert found == {
        "doen": ("stays", None),
        "eerst": ("stays", started + timedelta(hours=2)),
        "weg": ("dropped", None),
        "nieuw": ("armed", started + timedelta(hours=6)),
    }
    moves.moved(office, second)
    moves.consistent(office, instance.id)
    office.later(hours=1)
    assert office.open_tasks(instance.reference) == ["doen", "na_eerst"]
    office.later(hours=4)
    assert office.open_tasks(instance.reference) == ["doen", "na_eerst", "na_nieuw"]


def test_another_norm_time_counts_from_when_the_task_opened(office: Office) -> None:
    published(office, steps(user("doen", due_after("P4D"))))
    instance = drawn.begun(office)
    opened = office.clock()
    office.clock.move(days=1)
    second = published(office, steps(user("doen", due_after("P8D"))))
    [preview] = moves.previewed(office, second)
    [change] = preview.outcome.changes
    assert change.task.due_at == opened + timedelta(days=4)
    assert change.columns["due_at"] == opened + timedelta(days=8)
    moves.moved(office, second)
    task = only(office, instance)
    assert task.due_at == opened + timedelta(days=8)
    assert task.next_nudge == three_quarters(opened, task.due_at)
    assert office.inbox("af-zorg")["doen"].due_at == task.due_at


def test_the_same_norm_time_changes_nothing_also_after_escalation(office: Office) -> None:
    published(office, steps(user("doen", due_after("P4D"))))
    instance = drawn.begun(office)
    office.later(days=5)
    late = only(office, instance)
    assert late.roles == ["af-zorg", "af-veiligheid"]
    second = published(office, steps(user("doen", due_after("P4D")), user("nog", FOR_CARE)))
    moves.moved(office, second)
    task = only(office, instance)
    assert (task.due_at, task.next_nudge, task.nudges) == (late.due_at, None, 2)
    assert task.roles == ["af-zorg", "af-veiligheid"]
    moves.consistent(office, instance.id)


def test_a_norm_time_that_is_gone_is_gone(office: Office) -> None:
    published(office, steps(user("doen", due_after("P4D"))))
    instance = drawn.begun(office)
    second = published(office, steps(user("doen", FOR_CARE)))
    moves.moved(office, second)
    task = only(office, instance)
    assert (task.due_at, task.next_nudge) == (NEVER, None)


def test_a_draft_of_a_changed_form_keeps_every_word(office: Office) -> None:
    published(office, steps(user("doen", asks())), doen=form("wie", "waar"))
    instance = drawn.begun(office)
    drafted(office, only(office, instance), doen={"wie": "Violeta", "waar": "Dorpsstraat"})
    second = published(office, steps(user("doen", asks())), doen=form("wie", "wanneer"))
    [preview] = moves.previewed(office, second)
    [change] = preview.outcome.changes
    assert change.new_questions
    assert dict(change.lost_answers) == {"doen.waar": "Vraag waar"}
    moves.moved(office, second)
    assert shown(office, only(office, instance))["doen"]["wie"] == "Violeta"
    kept = [line for line in history(office, instance) if line.kind == "antwoorden_bewaard"]
    assert [(a.label, a.text) for line in kept for a in line.answers] == [
        ("Vraag wie", "Violeta"),
        ("Vraag waar", "Dorpsstraat"),
    ]
    assert kept[0].actor_name == office.person("af-zorg").name


def test_answers_given_before_are_read_with_the_questions_of_then(office: Office) -> None:
    published(
        office, steps(user("doen", asks()), user("daarna", FOR_CARE)), doen=form("wie", "waar")
    )
    instance = drawn.begun(office)
    task_id = drawn.open_task(office, instance, "doen")
    answers = {"wie": "Violeta", "waar": "Dorpsstraat"}
    drawn.completed(office, task_id, office.person("af-zorg"), doen=answers)
    second = published(
        office, steps(user("doen", asks()), user("daarna", FOR_CARE)), doen=form("wanneer")
    )
    moves.moved(office, second)
    done = next(line for line in history(office, instance) if line.kind == "taak_afgerond")
    assert [answer.text for answer in done.answers] == ["Violeta", "Dorpsstraat"]


def test_four_eyes_still_see_who_did_a_step_that_was_renamed(office: Office) -> None:
    def checked(first: str) -> bytes:
        eyes = f'<zeebe:properties><zeebe:property name="vierOgenMet" value="{first}"/>'
        second = user("nakijken", f"{FOR_CARE}{eyes}</zeebe:properties>")
        return steps(user(first, FOR_CARE).replace(f"Taak {first}", "Oordeel"), second)

    published(office, checked("oordelen"))
    instance = drawn.begun(office)
    judge = office.person("af-zorg")
    drawn.completed(office, drawn.open_task(office, instance, "oordelen"), judge)
    second = published(office, checked("beoordelen"))
    moves.moved(office, second)
    with pytest.raises(Exception, match="zelf gedaan"):
        drawn.completed(office, drawn.open_task(office, instance, "nakijken"), judge)


def test_work_that_waits_for_a_handler_is_done_as_the_new_publication_says(
    office: Office,
) -> None:
    published(office, steps(job("werk", "registreren"), user("doen", FOR_CARE)))
    instance = drawn.begun(office)
    second = published(
        office,
        steps(job("werk", "statistiek_vastleggen"), user("doen", FOR_CARE), user("nog", FOR_CARE)),
    )
    moves.moved(office, second)
    [waiting] = moves.rows_about(office, instance)["job"]
    assert (waiting["type"], waiting["state"]) == ("statistiek_vastleggen", "waiting")
    office.work()
    assert office.open_tasks(instance.reference) == ["doen"]
    moves.consistent(office, instance.id)


def test_called_processes_move_with_the_case(office: Office) -> None:
    def calling(inner: str) -> bytes:
        called = process(
            "ander",
            '<startEvent id="x1"/>'
            + user(inner, FOR_CARE).replace(f"Taak {inner}", "Binnen")
            + '<endEvent id="x2"/>'
            + chain("x1", inner, "x2"),
        )
        return steps(call("roep", "ander"), extra=called)

    first = published(office, calling("binnen"))
    instance = drawn.begun(office)
    second = published(office, calling("daarbinnen"))
    plan = moves.suggested(office, first, second)
    assert {move.process_id for move in plan.moves} == {"proces", "ander"}
    assert {m.element_id: (m.to, m.why) for m in plan.moves}["binnen"] == ("daarbinnen", "name")
    moves.moved(office, second, plan.as_json())
    assert office.open_tasks(instance.reference) == ["daarbinnen"]
    moves.consistent(office, instance.id)


def test_a_plan_that_names_what_is_not_there_is_refused(office: Office) -> None:
    first = published(office, steps(user("doen", FOR_CARE)))
    drawn.begun(office)
    second = published(office, steps(user("doen", FOR_CARE), user("nog", FOR_CARE)))
    plan = moves.suggested(office, first, second)
    with pytest.raises(InvalidInput, match="'nergens' staat niet in proces 'proces' van de nieuwe"):
        moves.previewed(office, second, moves.changed(plan, doen="nergens"))
    with pytest.raises(InvalidInput, match="'doen' is een userTask en 'einde' een endEvent"):
        moves.begun(office, second, moves.changed(plan, doen="einde"))
    strange = {
        "from": first,
        "to": second,
        "moves": [{"process": "proces", "element": "onbekend", "to": None}],
    }
    with pytest.raises(InvalidInput, match="'onbekend' staat niet in proces 'proces' van de oude"):
        moves.begun(office, second, strange)
    with pytest.raises(InvalidInput, match=f"meer plannen voor publicatie {first}"):
        moves.begun(office, second, plan.as_json(), plan.as_json())
    with pytest.raises(InvalidInput, match=f"Dit plan is voor publicatie {second}, niet voor 1"):
        moves.begun(office, 1, plan.as_json())
    with pytest.raises(InvalidInput, match="niet nieuwer"):
        moves.suggested(office, second, first)
    with pytest.raises(NotFound, match="Publicatie 99 bestaat niet"):
        moves.previewed(office, 99)


def test_only_a_role_that_publishes_moves_cases(office: Office) -> None:
    published(office, steps(user("doen", FOR_CARE)))
    drawn.begun(office)
    second = published(office, steps(user("doen", FOR_CARE), user("nog", FOR_CARE)))
    for role in ("af-zorg", "oov", "zvh", "melder"):
        with office.application.sessions() as session, pytest.raises(NotFound):
            preview_move(
                session,
                office.application.collaborators,
                request=MoveRequest(target=second),
                actor=office.person(role),
                now=office.clock(),
            )


def test_cases_of_another_municipality_are_neither_shown_nor_moved(office: Office) -> None:
    published(office, steps(user("doen", FOR_CARE)))
    mine, theirs = drawn.begun(office), drawn.begun(office)
    elsewhere(office, theirs)
    second = published(office, steps(user("doen", FOR_CARE), user("nog", FOR_CARE)))
    before = moves.rows_about(office, theirs)
    assert [p.reference for p in moves.previewed(office, second)] == [mine.reference]
    with pytest.raises(NotFound, match=theirs.reference):
        moves.begun(office, second, cases=[theirs.reference])
    assert dict(moves.moved(office, second).counts) == {"moved": 1}
    assert moves.rows_about(office, theirs) == before


def elsewhere(office: Office, instance: Instance) -> None:
    """Lets a case belong to a neighbour that has the very same publication numbers."""
    from service.storage import Municipality  # noqa: PLC0415

    with office.application.sessions.begin() as session:
        session.add(Municipality(id="buurgemeente", name="Buurgemeente"))
        session.flush()
        for model, key in ((Instance, Instance.id), (Task, Task.instance_id)):
            session.execute(
                update(model).where(key == instance.id).values(municipality="buurgemeente")
            )


def test_named_cases_move_and_others_stay(office: Office) -> None:
    first = published(office, steps(user("doen", FOR_CARE)))
    one, other, third = (drawn.begun(office) for _ in range(3))
    second = published(office, steps(user("doen", FOR_CARE), user("nog", FOR_CARE)))
    moves.moved(office, second, cases=[one.reference, str(other.id)])
    numbers = {p.reference: p.source for p in moves.previewed(office, published(office, newest()))}
    assert numbers == {one.reference: second, other.reference: second, third.reference: first}


def newest() -> bytes:
    return steps(user("doen", FOR_CARE), user("nog", FOR_CARE), user("meer", FOR_CARE))


def test_a_case_that_stands_still_on_an_incident_goes_on_after_the_move(office: Office) -> None:
    from tests.unit.engine.diagrams import script  # noqa: PLC0415

    published(office, steps(user("doen", FOR_CARE), script("reken", "1 + doen.getal", "x")))
    instance = drawn.begun(office)
    task_id = drawn.open_task(office, instance, "doen")
    done = drawn.completed(office, task_id, office.person("af-zorg"), doen={"getal": "drie"})
    assert done.incident
    second = published(office, steps(user("doen", FOR_CARE), script("reken", "1", "x")))
    moves.moved(office, second)
    now = office.instance(instance.reference)
    assert (now.status, now.incident) == ("active", None)
    moves.consistent(office, instance.id)
