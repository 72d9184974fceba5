"""What the page of a trial shows: where it stands, how it came there, and what can be done."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from service import engine, feel, forms
from service.domain.actor import Actor
from service.operations.collaborators import Collaborators
from service.operations.diagrams import Diagram, OpenHere, Passed, diagrams
from service.operations.published import Published
from service.operations.scenario.script import DoTask, Scenario, Step, Values
from service.operations.studio.trial.played import Played, played
from service.operations.studio.trial.replay import Frame, Replay
from service.operations.studio.trial.simulated import Source, can_be_chosen
from service.operations.studio.trial.steps import Where, open_task
from service.storage import Draft


@dataclass(frozen=True, kw_only=True)
class OpenInTrial:
    """An open task, and who may do it."""

    element_id: str
    number: int
    """Which of the open tasks with this id, from 1."""
    name: str
    roles: tuple[str, ...]
    due: datetime | None


@dataclass(frozen=True, kw_only=True)
class Work:
    """A service task that was done, and what it gave."""

    name: str
    type: str
    visit: int
    values: dict[str, Any]
    """By path."""
    source: Source


@dataclass(frozen=True, kw_only=True)
class Happened:
    """One step with what it brought about."""

    number: int
    """The steps of the script up to here."""
    step: Step | None
    at: datetime
    task: engine.TrailEntry | None
    """The task that was done."""
    answers: tuple[forms.ReadableAnswer, ...]
    opened: tuple[str, ...]
    """The names of the tasks that came open."""
    ends: tuple[str, ...]
    sent: tuple[str, ...]
    """The messages that would have been sent."""
    work: tuple[Work, ...]


@dataclass(frozen=True, kw_only=True)
class Misfit:
    """The step that does not fit the draft any more."""

    number: int
    step: Step | None
    """None when the case cannot even begin."""
    reason: str
    expected: Any
    found: Any
    after: int
    """How many steps come after it."""


@dataclass(frozen=True, kw_only=True)
class TrialPage:
    """A trial, walked as far as it goes."""

    draft: Draft
    trial_id: UUID
    scenario: Scenario
    published: Published
    begun: bool
    now: datetime
    next_due: datetime | None
    ended: str | None
    diagrams: tuple[Diagram, ...]
    tasks: tuple[OpenInTrial, ...]
    waiting: tuple[engine.Subscription, ...]
    """The messages and signals that it waits for."""
    history: tuple[Happened, ...]
    variables: Values
    misfit: Misfit | None


@dataclass(frozen=True, kw_only=True)
class TrialTask:
    """An open task with its form."""

    draft: Draft
    trial_id: UUID
    scenario: Scenario
    published: Published
    task: engine.OpenedTask
    number: int
    roles: tuple[str, ...]
    now: datetime
    form: forms.FormDefinition | None
    variables: Values
    environment: feel.Environment
    typed: Values
    """What was answered before, when that step does not fit any more."""


def show_trial(
    session: Session, collaborators: Collaborators, *, where: Where, actor: Actor
) -> TrialPage:
    """A trial on the draft as it is now.

    Raises:
        NotFound: there is none for this actor.
        Refused: the draft does not compile; with the findings.
    """
    trial = played(
        session, collaborators, draft_id=where.draft_id, trial_id=where.trial_id, actor=actor
    )
    walk, begun = trial.walk, bool(trial.walk.frames)
    advance = walk.stage.last if begun else None
    ended = advance.ended if advance else None
    return TrialPage(
        draft=trial.draft,
        trial_id=trial.trial.id,
        scenario=trial.scenario,
        published=walk.stage.published,
        begun=begun,
        now=walk.stage.now,
        next_due=advance.next_due if advance else None,
        ended=(ended.name or ended.element_id) if ended else None,
        diagrams=tuple(_diagrams(walk)),
        tasks=tuple(_tasks(walk)),
        waiting=(*advance.waiting_for, *advance.waiting_signals) if advance else (),
        history=tuple(_history(walk)),
        variables=advance.variables if advance else {},
        misfit=_misfit(trial),
    )


def show_task(
    session: Session,
    collaborators: Collaborators,
    *,
    where: Where,
    element_id: str,
    number: int,
    actor: Actor,
) -> TrialTask:
    """An open task of a trial with its form.

    Raises:
        NotFound: there is no such trial for this actor.
        Conflict: the task is not open (any more).
        Refused: the draft does not compile.
    """
    trial = played(
        session, collaborators, draft_id=where.draft_id, trial_id=where.trial_id, actor=actor
    )
    walk = trial.begun()
    task, stage = open_task(walk, element_id, number), walk.stage
    seen, misfit = stage.sees(task), walk.misfit
    again = isinstance(misfit, DoTask) and misfit.task == element_id
    return TrialTask(
        draft=trial.draft,
        trial_id=trial.trial.id,
        scenario=trial.scenario,
        published=stage.published,
        task=task,
        number=number,
        roles=tuple(stage.may_do(task)),
        now=stage.now,
        form=stage.published.form(task.process_id, task.form_id),
        variables=stage.published.scope(seen),
        environment=stage.published.environment(stage.now),
        typed=misfit.answers if again and isinstance(misfit, DoTask) else {},
    )


def _tasks(walk: Replay) -> Iterator[OpenInTrial]:
    counted: dict[str, int] = {}
    for task in walk.stage.tasks.values():
        counted[task.element_id] = number = counted.get(task.element_id, 0) + 1
        yield OpenInTrial(
            element_id=task.element_id,
            number=number,
            name=task.name or task.element_id,
            roles=tuple(walk.stage.may_do(task)),
            due=task.due,
        )


def _diagrams(walk: Replay) -> Iterator[Diagram]:
    tasks = [
        OpenHere(
            process_id=task.process_id, element_id=task.element_id, assignee=None, due_at=task.due
        )
        for task in walk.stage.tasks.values()
    ]
    trail = [Passed.of(entry) for entry in walk.stage.trail]
    return diagrams(walk.stage.published.bundle, trail, tasks)


def _history(walk: Replay) -> Iterator[Happened]:
    number = 0
    for frame in walk.frames:
        number += frame.step is not None
        task = _task_of(frame)
        yield Happened(
            number=number,
            step=frame.step,
            at=frame.at,
            task=task,
            answers=tuple(_answers(walk, frame, task)),
            opened=tuple(_names(frame, "userTask", "entered")),
            ends=tuple(_names(frame, "endEvent", "completed")),
            sent=tuple(message.name for message in frame.sent),
            work=tuple(_work(frame)),
        )


def _task_of(frame: Frame) -> engine.TrailEntry | None:
    done = (e for e in frame.trail if (e.element_type, e.what) == ("userTask", "completed"))
    if not isinstance(frame.step, DoTask):
        return None
    return next((entry for entry in done if entry.element_id == frame.step.task), None)


def _answers(
    walk: Replay, frame: Frame, task: engine.TrailEntry | None
) -> list[forms.ReadableAnswer]:
    if task is None or not isinstance(frame.step, DoTask):
        return []
    published = walk.stage.published
    form_id = next(
        step.form_id
        for step in published.process(task.process_id).steps
        if step.element_id == task.element_id
    )
    form = published.form(task.process_id, form_id)
    domains = frozenset(field.domain for field in form.fields) if form else frozenset()
    return forms.readable(form, frame.step.answers, domains=domains) if form else []


def _names(frame: Frame, kind: str, what: str) -> Iterator[str]:
    for entry in frame.trail:
        if (entry.element_type, entry.what) == (kind, what):
            yield entry.name or entry.element_id


def _work(frame: Frame) -> Iterator[Work]:
    names = {entry.element_id: entry.name for entry in frame.trail}
    for done in frame.work:
        yield Work(
            name=names.get(done.element_id) or done.element_id,
            type=done.type,
            visit=done.visit,
            values=can_be_chosen(done),
            source=done.source,
        )


def _misfit(trial: Played) -> Misfit | None:
    walk = trial.walk
    if walk.failed is None:
        return None
    before = len(walk.fitting)
    return Misfit(
        number=before + 1,
        step=walk.misfit if walk.frames else None,
        reason=walk.failed.reason,
        expected=walk.failed.expected,
        found=walk.failed.found,
        after=max(len(trial.scenario.steps) - before - 1, 0),
    )
