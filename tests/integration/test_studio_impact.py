"""What a draft would do to open cases: what is shown before is what happens after."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import event, select

from service.domain.errors import InvalidInput, NotFound, Refused
from service.operations import bundle_files
from service.operations.moving.plans import MoveRequest
from service.operations.published import compile_files
from service.operations.studio.publishing.impact import preview_impact
from service.operations.studio.publishing.sight import changed_sight
from service.storage import Access, Task
from tests.integration import drawn, moves, publishing
from tests.integration.conftest import DEMO, Office
from tests.integration.drawn import FOR_CARE
from tests.integration.moves import FOR_SAFETY, due_after, published, steps
from tests.unit.engine.diagrams import user

BEFORE = steps(user("doen", due_after("P4D")), user("daarna", FOR_CARE))
AFTER = steps(
    user("doen", due_after("P2D")).replace("af-zorg", "af-veiligheid"), user("nieuw", FOR_CARE)
)
"""``doen`` gets another norm time and another role; ``daarna`` is gone."""


@pytest.fixture
def cases(office: Office) -> list[Any]:
    """Forty cases: one in four stands at the step that the draft takes away."""
    published(office, BEFORE)
    found = []
    for number in range(40):
        found.append(drawn.begun(office))
        office.clock.move(minutes=7)
        if number % 4 == 3:
            task = drawn.open_task(office, found[-1], "doen")
            drawn.completed(office, task, office.person("af-zorg"))
    return found


def test_the_preview_of_forty_cases_is_what_the_batch_then_does(
    office: Office, cases: list[Any]
) -> None:
    draft = publishing.begun(office, diagram=AFTER)
    page = publishing.impact(office, draft)
    assert (page.total, len(page.cases), page.next_reference) == (40, 40, None)
    assert publishing.current(office) == page.number - 1
    untouched = {case.reference: moves.rows_about(office, case) for case in cases}

    done = publishing.publish(office, draft, move=True)
    assert done.number == page.number
    assert done.batch_id is not None
    fared = moves.worked_off(office, done.batch_id)
    told = {line.reference: line.reason for line in fared.told}
    for case, shown in zip(sorted(cases, key=lambda case: case.reference), page.cases, strict=True):
        assert shown.reference == case.reference
        if shown.outcome.advance is None:
            [why] = shown.outcome.obstacles
            assert told[case.reference] == f"{why.reason} {why.way_out}"
            assert moves.rows_about(office, case) == untouched[case.reference]
            continue
        [change] = shown.outcome.changes
        task = moves.only(office, case)
        assert {name: getattr(task, name) for name in change.columns} == dict(change.columns)
        assert (change.gained, change.lost) == (("af-veiligheid",), ("af-zorg",))
        assert task.due_at == change.task.due_at - timedelta(days=2)
        moves.consistent(office, case.id)
    assert dict(fared.counts) == {"moved": 30, "failed": 10}


def test_pages_follow_on_one_another_without_a_query_for_each_case(
    office: Office, cases: list[Any]
) -> None:
    draft = publishing.begun(office, diagram=AFTER)
    publishing.impact(office, draft)
    asked: list[str] = []

    def count(*told: Any) -> None:
        asked.append(told[2])

    event.listen(office.application.engine, "before_cursor_execute", count)
    few = publishing.impact(office, draft, limit=5)
    after_few, asked = len(asked), []
    many = publishing.impact(office, draft, limit=35, after=few.next_reference)
    event.remove(office.application.engine, "before_cursor_execute", count)
    assert len(asked) == after_few
    seen = [case.reference for case in (*few.cases, *many.cases)]
    assert seen == sorted(case.reference for case in cases)
    assert many.next_reference is None


def test_a_case_without_a_place_goes_where_the_plan_says(office: Office, cases: list[Any]) -> None:
    draft = publishing.begun(office, diagram=AFTER)
    number = publishing.current(office)
    plan = {
        "from": number,
        "to": number + 1,
        "moves": [{"process": "proces", "element": "daarna", "to": "nieuw"}],
    }
    page = publishing.impact(office, draft, request=MoveRequest(target=0, plans=[plan]))
    assert all(case.outcome.advance for case in page.cases)
    strange = {**plan, "moves": [{"process": "proces", "element": "daarna", "to": "weg"}]}
    with pytest.raises(InvalidInput, match="'weg' staat niet in proces"):
        publishing.impact(office, draft, request=MoveRequest(target=0, plans=[strange]))
    done = publishing.publish(office, draft, move=True, plans=[plan])
    assert done.batch_id
    assert dict(moves.worked_off(office, done.batch_id).counts) == {"moved": 40}
    assert len(cases) == 40


def test_looking_changes_nothing_and_is_logged(office: Office) -> None:
    published(office, BEFORE)
    case = drawn.begun(office)
    before = moves.rows_about(office, case)
    draft = publishing.begun(office, diagram=AFTER)
    publishing.impact(office, draft)
    assert moves.rows_about(office, case) == before
    with office.application.sessions() as session:
        [line] = session.scalars(select(Access).where(Access.what == "gevolgen_bekeken")).all()
    assert (line.user_name, line.thing) == (office.person(publishing.OWNER).name, str(draft))


def test_a_draft_with_faults_shows_the_faults_and_nothing_else(office: Office) -> None:
    draft = publishing.begun(
        office, diagram=BEFORE.replace(b'targetRef="daarna"', b'targetRef="weg"')
    )
    with pytest.raises(Refused, match="kan nog niet worden gepubliceerd") as refused:
        publishing.impact(office, draft)
    assert refused.value.findings


def test_for_others_there_is_no_draft(office: Office) -> None:
    draft = publishing.begun(office)
    for role in ("af-zorg", "oov", "zvh", "melder"):
        for key in (draft, uuid4()):
            assert refused(office, key, role) == "Deze bladzijde bestaat niet, of is niet voor u."


def refused(office: Office, draft: UUID, role: str) -> str:
    with office.application.sessions() as session, pytest.raises(NotFound) as error:
        preview_impact(
            session,
            office.application.collaborators,
            draft_id=draft,
            actor=office.person(role),
            now=office.clock(),
        )
    return str(error.value)


def test_who_sees_more_or_less_is_told_by_role() -> None:
    content = bundle_files.read_bundled(DEMO)
    text = content[bundle_files.PROFILE].decode()
    head = "[rollen.oov]"
    start = text.index(head)
    role = text[start : text.index("\n[", start + 1)]
    other = role.replace('"straf", ', "").replace('"straf"', "") + "\ncoordineert = true\n"
    changed = {**content, bundle_files.PROFILE: text.replace(role, other).encode()}
    before = compile_files(content, id=uuid4(), number=1)
    after = compile_files(changed, id=uuid4(), number=2)
    [found] = changed_sight(before, after)
    assert found.role == "oov"
    assert (found.domains_gained, found.domains_lost) == ((), ("straf",))
    assert (found.questions_gained, found.questions_lost > 0) == (0, True)
    assert found.rights_gained == ("coordineert",)
    assert changed_sight(before, before) == []


def test_the_task_that_changes_hands_names_who_gains_and_who_loses(office: Office) -> None:
    published(office, steps(user("doen", FOR_CARE)))
    case = drawn.begun(office)
    draft = publishing.begun(office, diagram=steps(user("doen", FOR_SAFETY)))
    [shown] = publishing.impact(office, draft).cases
    [change] = shown.outcome.changes
    assert (change.gained, change.lost) == (("af-veiligheid",), ("af-zorg",))
    with office.application.sessions() as session:
        [task] = session.scalars(select(Task).where(Task.instance_id == case.id))
        assert task.roles == ["af-zorg"]
