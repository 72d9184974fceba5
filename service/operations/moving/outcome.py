"""What becomes of one case on a newer publication; nothing is written here.

Preview and move both ask this, so that what is shown is what happens.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from service import engine
from service.domain.actor import REPORTER_ROLE
from service.domain.errors import Incident, MeldrouteError, Refused
from service.operations.case import Case
from service.operations.moving.drafts import lost_answers, same_questions
from service.operations.published import Published
from service.operations.save_draft import read_draft
from service.operations.settle import three_quarters
from service.storage import Task
from service.storage.task import ESCALATED, NEVER


@dataclass(frozen=True, kw_only=True)
class Obstacle:
    """Why a case cannot go."""

    element_id: str | None
    reason: str
    way_out: str


@dataclass(frozen=True, kw_only=True)
class Landing:
    """Where one token goes."""

    process_id: str
    element_id: str
    name: str
    what: Literal["stays", "moves", "dropped", "armed"]
    """``dropped`` waited beside a step and is gone; ``armed`` is new beside a step."""
    to: str | None
    to_name: str | None
    due: datetime | None
    """When it fires, for what waits for a moment; one that stays or moves keeps its moment."""


@dataclass(frozen=True, kw_only=True)
class TaskChange:
    """What becomes of one open task: its columns before and after, and what people notice."""

    task: Task
    columns: Mapping[str, Any]
    """The columns of its row on the newer publication."""
    gained: tuple[str, ...]
    """The roles that will see it."""
    lost: tuple[str, ...]
    """The roles that will see it no longer."""
    new_questions: bool
    taken_back: bool
    """Whether the person who took it up may no longer do it."""
    lost_answers: Mapping[str, str]
    """The questions of its draft that are gone: label by path."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """One case on a newer publication, or why it cannot go there."""

    obstacles: tuple[Obstacle, ...] = ()
    landings: tuple[Landing, ...] = ()
    changes: tuple[TaskChange, ...] = ()
    """Of the tasks that stay open."""
    advance: engine.Advance | None = None
    """The step of the engine; None when the case cannot go."""


def outcome_of(
    case: Case,
    tasks: Sequence[Task],
    target: Published,
    plan: engine.Plan,
    *,
    held: Mapping[UUID, frozenset[str]],
    now: datetime,
) -> Outcome:
    """What becomes of a case whose open tasks these are.

    ``held`` says which roles each person holds who has taken up one of the tasks.
    """
    state, around = case.state, target.around(now)
    old = case.published.bundle
    try:
        advance = engine.migrate(old, target.bundle, state, plan, around=around)
        return Outcome(
            landings=tuple(
                landings(
                    engine.standing(old, state, around=around),
                    engine.standing(target.bundle, advance.state, around=around),
                )
            ),
            changes=tuple(_changes(case, tasks, target, advance, held)),
            advance=advance,
        )
    except MeldrouteError as error:
        return Outcome(obstacles=_obstacles(error))


def _obstacles(error: MeldrouteError) -> tuple[Obstacle, ...]:
    if isinstance(error, Refused) and error.findings:
        return tuple(
            Obstacle(element_id=f.element_id, reason=f.reason, way_out=f.way_out)
            for f in error.findings
        )
    place = error.element_id if isinstance(error, Incident) else None
    return (Obstacle(element_id=place, reason=str(error), way_out=""),)


def landings(before: Iterable[engine.Token], after: Iterable[engine.Token]) -> list[Landing]:
    """Where each token of a case went that has been moved: tokens keep their ids."""
    there = {token.token_id: token for token in after}
    found = [_landing(token, there.pop(token.token_id, None)) for token in before]
    return found + [
        Landing(
            process_id=token.process_id,
            element_id=token.element_id,
            name=token.name,
            what="armed",
            to=token.element_id,
            to_name=token.name,
            due=token.due,
        )
        for token in there.values()
    ]


def _landing(token: engine.Token, there: engine.Token | None) -> Landing:
    stays = there is not None and there.element_id == token.element_id
    return Landing(
        process_id=token.process_id,
        element_id=token.element_id,
        name=token.name,
        what="dropped" if there is None else "stays" if stays else "moves",
        to=there.element_id if there else None,
        to_name=there.name if there else None,
        due=there.due if there else None,
    )


def _changes(
    case: Case,
    tasks: Sequence[Task],
    target: Published,
    advance: engine.Advance,
    held: Mapping[UUID, frozenset[str]],
) -> Iterable[TaskChange]:
    opened = {task.task_id: task for task in advance.opened}
    kept = [task for task in tasks if task.id in opened]
    moments = {task.opened_at for task in kept}
    old = _due_by_moment(case.published, case.state, moments)
    new = _due_by_moment(target, advance.state, moments)
    for task in kept:
        place = task.opened_at, task.id
        same = old.get(place) == new.get(place)
        due = task.due_at if same else new.get(place) or NEVER
        yield _change(case, task, opened[task.id], target, due, held)


def _due_by_moment(
    published: Published, state: bytes, moments: Iterable[datetime]
) -> dict[tuple[datetime, UUID], datetime | None]:
    """The due date of each open task as this publication would have set it at these moments.

    So a norm time counts from the opening of the task, and only one that differs changes it.
    """
    return {
        (moment, task.task_id): task.due
        for moment in moments
        for task in engine.open_tasks(published.bundle, state, around=published.around(moment))
    }


def _change(
    case: Case,
    task: Task,
    opened: engine.OpenedTask,
    target: Published,
    due: datetime,
    held: Mapping[UUID, frozenset[str]],
) -> TaskChange:
    columns = {
        "process_id": opened.process_id,
        "element_id": opened.element_id,
        "name": opened.name or opened.element_id,
        "form_id": opened.form_id,
        **_norm_time(case, task, due),
    }
    roles = list(dict.fromkeys(opened.roles))
    if columns["nudges"] >= ESCALATED:
        roles += target.profile.stand_ins_of(roles)
    columns |= {"roles": roles, **_assignee(case, task, roles, held)}
    old_form = case.published.form(task.process_id, task.form_id)
    new_form = target.form(opened.process_id, opened.form_id)
    return TaskChange(
        task=task,
        columns=columns,
        gained=tuple(role for role in roles if role not in task.roles),
        lost=tuple(role for role in task.roles if role not in roles),
        new_questions=not same_questions(old_form, new_form),
        taken_back=task.assignee_id is not None and columns["assignee_id"] != task.assignee_id,
        lost_answers=lost_answers(read_draft(case, task), old_form, new_form),
    )


def _norm_time(case: Case, task: Task, due: datetime) -> dict[str, Any]:
    """The due date and what hangs on it; another due date is reminded of anew.

    A suspended case reminds of nothing; resuming it does.
    """
    if due == task.due_at:
        return {"due_at": due, "next_nudge": task.next_nudge, "nudges": task.nudges}
    rests = due >= NEVER or case.instance.suspended_at is not None
    first = None if rests else three_quarters(task.opened_at, due)
    return {"due_at": due, "next_nudge": first, "nudges": 0}


def _assignee(
    case: Case, task: Task, roles: Sequence[str], held: Mapping[UUID, frozenset[str]]
) -> dict[str, Any]:
    """Who has it: the reporter what is theirs, else whoever took it up and still may."""
    if list(roles) == [REPORTER_ROLE]:
        return {"assignee_id": case.instance.reported_by, "assignee_name": None}
    was_theirs = task.roles == [REPORTER_ROLE]
    entitled = task.assignee_id is not None and bool(
        held.get(task.assignee_id, frozenset()) & (set(roles) - {REPORTER_ROLE})
    )
    if was_theirs or not entitled:
        return {"assignee_id": None, "assignee_name": None}
    return {"assignee_id": task.assignee_id, "assignee_name": task.assignee_name}
