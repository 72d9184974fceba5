"""What stands where in a case: for pages that repair it, and for comparing two publications."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from service.engine import codec, timers
from service.engine.advance import OpenedTask, Surroundings
from service.engine.bundle import CompiledBundle
from service.engine.report import tasks_for_people
from service.engine.spiff import READY, Task
from service.engine.workflow import Instance, Running


@dataclass(frozen=True, kw_only=True, slots=True)
class Token:
    """One place where a case stands."""

    token_id: UUID
    process_id: str
    element_id: str
    element_type: str
    name: str
    """What to call its element beside others."""
    scope: str
    armed: bool
    """It only waits beside something else: on an edge, at an event gateway, for its scope."""
    due: datetime | None
    can_go_to: tuple[str, ...]
    """The elements of its own scope to which it can be moved."""


def standing(bundle: CompiledBundle, state: bytes, *, around: Surroundings) -> tuple[Token, ...]:
    """Every token of a case, those of subprocesses and called processes too."""
    case = codec.load(state, bundle, around)
    return tuple(_token(task, bundle) for task in case.all_tokens() if task.task_spec.element.type)


def open_tasks(
    bundle: CompiledBundle, state: bytes, *, around: Surroundings
) -> tuple[OpenedTask, ...]:
    """The open user tasks as this publication describes them now.

    Raises:
        Incident: a task has no role, or a due date that is no moment.
    """
    case = codec.load(state, bundle, around)
    return tasks_for_people(case)


def workflows(case: Instance) -> list[Running]:
    """The case and every process that runs inside it."""
    return [case, *case.subprocesses.values()]


def is_armed(task: Task) -> bool:
    """Whether a token only waits beside something else."""
    parent = task.parent
    if task.task_spec.listens(task):
        return True
    beside = parent is not task.workflow.task_tree and "index" not in task.internal_data
    return beside and task.state != READY and not task.children and _waits(task)


def is_free(task: Task) -> bool:
    """Whether a token stands by itself, so that it can be put elsewhere."""
    return task.parent is task.workflow.task_tree and not is_armed(task)


def _waits(task: Task) -> bool:
    return task.task_spec.trigger.event is not None


def _token(task: Task, bundle: CompiledBundle) -> Token:
    element = task.task_spec.element
    armed = is_armed(task)
    return Token(
        token_id=task.id,
        process_id=element.process_id,
        element_id=element.id,
        element_type=element.type,
        name=bundle.label(element.process_id, element.id),
        scope=task.workflow.scope_of(task),
        armed=armed,
        due=timers.due_at(task),
        can_go_to=tuple(_reachable(task.workflow)) if is_free(task) else (),
    )


def _reachable(workflow: Any) -> Iterator[str]:
    for node in workflow.spec.nodes():
        if node.can_be_entered and node.name == node.element.id:
            yield node.element.id
