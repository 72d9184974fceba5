"""The steps of a trial: answering, waiting, telling, choosing results, and going back."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from service import engine
from service.domain.actor import Actor
from service.domain.errors import Conflict, InvalidInput, NotFound, WrongField
from service.domain.working_days import WorkingCalendar
from service.operations.collaborators import Collaborators
from service.operations.scenario.casting import laid_over
from service.operations.scenario.moments import later
from service.operations.scenario.results import kenmerk_of
from service.operations.scenario.script import DoTask, Tell, Values, Wait
from service.operations.studio.trial.answers import telling_apart, told
from service.operations.studio.trial.played import Played, keep, played
from service.operations.studio.trial.replay import Replay
from service.operations.studio.trial.simulated import WorkDone, can_be_chosen
from service.operations.studio.trial.typed import as_typed, nested_at, read_lines, read_value

LONGEST_WAIT = timedelta(days=3660)


@dataclass(frozen=True, kw_only=True)
class Where:
    """Which trial, and how many steps it had when somebody saw it."""

    draft_id: UUID
    trial_id: UUID
    after: int | None = None


@dataclass(frozen=True, kw_only=True)
class Answered:
    """A task, the role in which somebody does it, and the answers as posted."""

    task: str
    number: int
    """Which of the open tasks with this id, from 1."""
    role: str
    answers: Mapping[str, Any]


def answer_task(
    session: Session,
    collaborators: Collaborators,
    *,
    where: Where,
    answered: Answered,
    actor: Actor,
    now: datetime,
) -> str:
    """Does an open task; what it is called.

    Raises:
        NotFound: there is no such trial for this actor.
        Conflict: the task is not open any more, or the case cannot go on; the message says why.
        InvalidInput: the answers do not fit the form; ``fields`` says where.
    """
    trial = _held(session, collaborators, where, actor)
    walk = trial.begun()
    task = open_task(walk, answered.task, answered.number)
    stage = walk.stage
    seen = stage.sees(task)
    form = stage.published.form(task.process_id, task.form_id)
    like_it = [
        stage.sees(other)
        for other in stage.tasks.values()
        if other.element_id == task.element_id and other is not task
    ]
    step = DoTask(
        place=trial.next_place(),
        role=answered.role,
        task=task.element_id,
        answers=told(stage.published, form, answered.answers, seen, stage.now),
        about=telling_apart(seen, like_it),
    )
    trial.take(step, now=now)
    return task.name or task.element_id


def open_task(walk: Replay, element_id: str, number: int) -> engine.OpenedTask:
    """The open task with this id, or of several the one with this number.

    Raises:
        Conflict: it is not open.
    """
    named = [task for task in walk.stage.tasks.values() if task.element_id == element_id]
    if not 1 <= number <= len(named):
        raise Conflict("Deze taak staat in deze proef niet meer open.")
    return named[number - 1]


def wait(
    session: Session,
    collaborators: Collaborators,
    *,
    where: Where,
    span: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Lets time pass: ``2wd``, ``4wu``, ``PT48H``, ``P3M``.

    Raises:
        NotFound, Conflict: as ``answer_task``.
        WrongField: at ``span``, when it is no span, or a very long one.
    """
    trial = _held(session, collaborators, where, actor)
    stage = trial.begun().stage
    asked = span.strip()
    try:
        until = later(stage.now, asked, stage.published.profile.calendar)
    except (InvalidInput, OverflowError) as error:
        why = "Schrijf bijvoorbeeld 2wd (werkdagen), 4wu (werkuren), PT48H of P3M."
        raise WrongField("Dit is geen duur.", fields={"span": [why]}) from error
    if not timedelta(0) < until - stage.now <= LONGEST_WAIT:
        raise WrongField(
            "Zo lang kan een proef niet wachten.",
            fields={"span": ["Wacht meer dan niets en ten hoogste tien jaar."]},
        )
    trial.take(Wait(place=trial.next_place(), span=asked), now=now)


def wait_for_timer(
    session: Session, collaborators: Collaborators, *, where: Where, actor: Actor, now: datetime
) -> None:
    """Lets time pass until the next timer.

    Raises:
        NotFound, Conflict: as ``answer_task``; also when no timer runs.
    """
    trial = _held(session, collaborators, where, actor)
    stage = trial.begun().stage
    due = stage.last.next_due
    if due is None:
        raise Conflict("Er loopt geen termijn in deze proef.")
    span = span_until(stage.now, due, stage.published.profile.calendar)
    trial.take(Wait(place=trial.next_place(), span=span), now=now)


def span_until(start: datetime, due: datetime, calendar: WorkingCalendar) -> str:
    """How a scenario says that it waits until then: in working days or days where that fits."""
    for unit in ("{}wd", "P{}D"):
        for count in range(1, 61):
            if later(start, unit.format(count), calendar) == due:
                return unit.format(count)
    seconds = max(1, -int((start - due).total_seconds() // 1))
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    parts = ((hours, "H"), (minutes, "M"), (seconds, "S"))
    return "PT" + "".join(f"{count}{unit}" for count, unit in parts if count)


def tell(
    session: Session,
    collaborators: Collaborators,
    *,
    where: Where,
    element_id: str,
    values: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Brings the message or signal for which an element waits, with what somebody typed.

    Raises:
        NotFound, Conflict: as ``answer_task``; also when nothing waits there.
        WrongField: at ``values``.
    """
    trial = _held(session, collaborators, where, actor)
    advance = trial.begun().stage.last
    payload = read_lines(values, field="values")
    for waiting in (*advance.waiting_for, *advance.waiting_signals):
        if waiting.element_id == element_id:
            own = waiting.correlation_key in (None, kenmerk_of(advance.variables))
            key = None if own else waiting.correlation_key
            step = Tell(place=trial.next_place(), message=waiting.name, key=key, payload=payload)
            trial.take(step, now=now)
            return
    raise Conflict("Hier wacht niets meer op dit bericht.")


def choose_result(
    session: Session,
    collaborators: Collaborators,
    *,
    where: Where,
    kind: str,
    visit: int,
    values: Mapping[str, str],
    actor: Actor,
    now: datetime,
) -> None:
    """Gives a service task that was done another result; the steps after it are walked again.

    ``values``: what was typed, by path; what is left empty is no part of the result.

    Raises:
        NotFound: there is no such trial for this actor, or no such service task in it.
        Conflict: as ``answer_task``.
    """
    trial = _held(session, collaborators, where, actor)
    done = [work for work in trial.begun().results.done if work.type == kind]
    if not 1 <= visit <= len(done):
        raise NotFound("Deze automatische stap is in deze proef niet gedaan.")
    results: list[Values] = [work.result for work in done]
    results[visit - 1] = _chosen(done[visit - 1], values)
    scenario = trial.scenario
    keep(trial.trial, replace(scenario, jobs={**scenario.jobs, kind: results}), now=now)


def back_to(
    session: Session,
    collaborators: Collaborators,
    *,
    where: Where,
    steps: int,
    actor: Actor,
    now: datetime,
) -> None:
    """Drops every step after this many; a message that begins the case stays.

    Raises:
        NotFound: there is no such trial for this actor.
        Refused: the draft does not compile.
    """
    trial = _held(session, collaborators, where, actor)
    process = trial.published.process(trial.scenario.process_id)
    least = 1 if trial.scenario.opening(process) else 0
    kept = trial.scenario.steps[: max(steps, least)]
    keep(trial.trial, replace(trial.scenario, steps=kept), now=now)


def _held(session: Session, collaborators: Collaborators, where: Where, actor: Actor) -> Played:
    return played(
        session,
        collaborators,
        draft_id=where.draft_id,
        trial_id=where.trial_id,
        after=where.after,
        actor=actor,
        hold=True,
    )


def _chosen(work: WorkDone, values: Mapping[str, str]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for path, value in can_be_chosen(work).items():
        typed = values.get(path, as_typed(value))
        if typed != as_typed(value):
            value = read_value(typed) if typed else None  # noqa: PLW2901 - the rest stays as it is
        if value is not None:
            result = laid_over(result, nested_at(path, value))
    return result
