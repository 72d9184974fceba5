"""What one completion asks of the database: few statements, and no more in a long history."""

import json
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from service.operations.accounts import actor_of
from service.operations.complete_task import complete_task
from service.storage import Task
from tests.integration import drawn, statements, steps
from tests.integration.conftest import Office

MOST = 12
PAYLOADS: dict[str, Any] = json.loads(
    (Path(__file__).parents[2] / "bench" / "payloads.json").read_text()
)


def counted(office: Office, task_id: UUID, role: str, **answers: Any) -> statements.Asked:
    """The statements of one request: who asks, and the completion."""
    user_id = office.person(role).user_id
    assert user_id is not None
    with (
        statements.asked(office.application.engine) as work,
        office.application.sessions.begin() as session,
    ):
        actor = actor_of(session, user_id=user_id)
        assert actor is not None
        complete_task(
            session,
            office.application.collaborators,
            task_id=task_id,
            actor=actor,
            answers=answers,
            now=office.clock(),
        )
    return work


@pytest.mark.parametrize("severity", ["hoog", "laag"])
def test_a_completion_of_the_benchmark_takes_few_statements(office: Office, severity: str) -> None:
    drawn.publish_bench(office)
    drawn.gives_roles(office, "af-zorg", "Lane_meldpunt", "Lane_regie")
    instance = drawn.begun(office, "meldroute_bench")
    done = 0
    while office.instance(instance.reference).status == "active":
        [element_id] = office.open_tasks(instance.reference)
        answers = {**PAYLOADS[element_id]}
        if "ernst" in answers:
            answers["ernst"] = severity
        task_id = drawn.open_task(office, instance, element_id)
        work = counted(office, task_id, "af-zorg", **answers)
        done += 1
        assert len(work) <= MOST, f"{element_id}: {len(work)}\n{work.told()}"
    assert done == 6


def test_a_completion_of_a_real_step_takes_few_statements(office: Office) -> None:
    office.report()
    for element_id, answers in (
        ("triage", {"triage": steps.TRIAGE}),
        ("verrijken", {"verrijking": steps.ENRICHED}),
    ):
        work = counted(office, office.inbox("af-zorg")[element_id].id, "af-zorg", **answers)
        assert len(work) <= MOST, f"{element_id}: {len(work)}\n{work.told()}"


def test_a_case_is_read_once_and_written_once(office: Office) -> None:
    office.report()
    task_id = office.inbox("af-zorg")["triage"].id
    work = counted(office, task_id, "af-zorg", triage=steps.TRIAGE)
    about = [text for text, _ in work.statements if " instance" in text]
    assert [text.split()[0] for text in about if "FROM instance" in text] == ["SELECT"]
    assert [text.split()[0] for text in about if text.startswith("UPDATE instance")] == ["UPDATE"]


def test_a_long_history_makes_a_completion_no_heavier(office: Office) -> None:
    drawn.publish_process(office, drawn.ROUND)
    instance = drawn.begun(office)
    sizes = []
    for _ in range(12):
        with office.application.sessions() as session:
            task_id = session.scalar(
                select(Task.id).where(Task.instance_id == instance.id, Task.state == "open")
            )
        assert task_id is not None
        sizes.append(len(counted(office, task_id, "af-zorg", nog_een_keer="ja")))
    assert len(set(sizes)) == 1, sizes
    assert len(office.instance(instance.reference).state) < 4_000
