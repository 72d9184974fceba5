"""A stage in memory: the real engine, forms and profile, and no database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from service import engine
from service.domain.errors import Conflict, Incident, NotAllowed, NotFound
from service.operations.four_eyes import PROPERTY as FOUR_EYES
from service.operations.published import Published
from service.operations.scenario.answers import answered, checked
from service.operations.scenario.beginning import beginning, first_step, first_variables
from service.operations.scenario.casting import inbox_of
from service.operations.scenario.choosing import chosen
from service.operations.scenario.moments import later
from service.operations.scenario.play import Course
from service.operations.scenario.results import Results, kenmerk_of
from service.operations.scenario.script import DoTask, Scenario, Tell

MAX_MOMENTS: Final = 1_000
"""Timers that may fire in one wait; more is an endless cycle."""
_WALKED: Final = {("sequenceFlow", "taken"), ("boundaryEvent", "completed")}


@dataclass(kw_only=True)
class MemoryStage:
    """One case; service tasks are done at once, with results from the scenario."""

    published: Published
    scenario: Scenario
    now: datetime
    results: Results
    tasks: dict[UUID, engine.OpenedTask] = field(default_factory=dict)
    done_by: dict[str, str] = field(default_factory=dict)
    """Which role did a task last, for four eyes."""
    ends: list[str] = field(default_factory=list)
    walked: set[tuple[str, str]] = field(default_factory=set)
    trail: list[engine.TrailEntry] = field(default_factory=list)
    """Everything that happened, in order."""
    sent: list[engine.MessageOut] = field(default_factory=list)
    """What the case sent, to itself and to others."""
    last: engine.Advance | None = None

    @classmethod
    def of(cls, published: Published, scenario: Scenario) -> "MemoryStage":
        """An empty stage for a scenario."""
        results = Results({**scenario.jobs, **scenario.reckoned})
        return cls(published=published, scenario=scenario, now=scenario.begin, results=results)

    @property
    def advance(self) -> engine.Advance:
        """The last step.

        Raises:
            Conflict: nothing has begun.
        """
        if self.last is None:
            raise Conflict("De zaak is nog niet begonnen.")
        return self.last

    @property
    def around(self) -> engine.Surroundings:
        """The clock and the municipality."""
        return self.published.around(self.now)

    def opening(self) -> Tell | None:
        """The first step, when it is what begins the case."""
        return self.scenario.opening(self.published.process(self.scenario.process_id))

    def begin(self, opening: Tell | None) -> None:
        """Begins the case by a message, by the clock or by hand."""
        if opening is not None:
            self._settle(self._begin_by(opening))
            return
        how = beginning(self.published, self.scenario, self.now)
        self.now = how.at
        first = first_variables(self.scenario)
        self._settle(first_step(self.published, self.scenario, how, first))

    def do(self, step: DoTask) -> None:
        """Completes an open task of this role, its answers checked by its form."""
        task = self._task(step)
        self._refuse_same_eyes(task, step.role)
        form = self.published.form(task.process_id, task.form_id)
        seen = self.sees(task)
        raw = answered(self.published, form, step, seen, self.now)
        self.done_by[task.element_id] = step.role
        self._settle(
            engine.complete_task(
                self.published.bundle,
                self.advance.state,
                task_id=task.task_id,
                answers=checked(self.published, form, raw, seen, self.now),
                around=self.around,
            )
        )

    def wait(self, span: str) -> datetime:
        """Fires every timer on the way at its own moment."""
        until = later(self.now, span, self.published.profile.calendar)
        for _ in range(MAX_MOMENTS):
            due = self.advance.next_due
            if due is None or due > until:
                self.now = until
                return until
            self.now = max(self.now, due)
            self._settle(
                engine.fire_timers(self.published.bundle, self.advance.state, around=self.around)
            )
        raise Incident("De timers van deze zaak houden niet op; controleer de herhaling.")

    def tell(self, step: Tell) -> None:
        """Brings a message, or a signal that the case waits for."""
        if step.message in {signal.name for signal in self.advance.waiting_signals}:
            self._settle(
                engine.deliver_signal(
                    self.published.bundle,
                    self.advance.state,
                    name=step.message,
                    payload=step.payload,
                    around=self.around,
                )
            )
        else:
            key = step.key or kenmerk_of(self.advance.variables)
            self._deliver(step.message, key, step.payload)

    def open_tasks(self) -> Sequence[str]:
        """The ids of the open tasks, sorted."""
        return sorted(task.element_id for task in self.tasks.values())

    def may_do(self, task: engine.OpenedTask) -> list[str]:
        """The roles of the task; the stand-ins too once its norm time is over."""
        late = task.due is not None and task.due <= self.now
        stand_ins = self.published.profile.stand_ins_of(task.roles) if late else []
        return [*task.roles, *stand_ins]

    def sees(self, task: engine.OpenedTask) -> Mapping[str, Any]:
        """The variables that an open task can read."""
        return engine.variables_for(self.published.bundle, self.advance.state, task.task_id)

    def course(self) -> Course:
        """How the case has gone so far.

        Raises:
            NotFound: what the scenario reckons was never asked for, so that nothing shows it.
        """
        for kind in self.results.unasked(self.scenario.reckoned):
            raise NotFound(
                f"nagerekend.{kind}: zo vaak komt deze servicetaak niet; haal weg wat niet past."
            )
        ended = self.advance.ended
        return Course(
            ends=tuple(self.ends),
            ended=None if ended is None else ended.name or ended.element_id,
            variables=self.advance.variables,
            walked=frozenset(self.walked),
        )

    def _begin_by(self, opening: Tell) -> engine.Advance:
        process = self.published.process(self.scenario.process_id)
        given: dict[str, Any] = {
            "payload": opening.payload,
            "variables": first_variables(self.scenario),
            "around": self.around,
        }
        bundle, name = self.published.bundle, opening.message
        if name in process.start_messages:
            return engine.start_by_message(bundle, process.id, message=name, **given)
        return engine.start_by_signal(bundle, process.id, signal=name, **given)

    def _task(self, step: DoTask) -> engine.OpenedTask:
        return chosen(
            step,
            self.tasks.values(),
            role=inbox_of(self.published.profile, step.role),
            about=step.about,
            may_do=self.may_do,
            variables=self.sees,
        )

    def _refuse_same_eyes(self, task: engine.OpenedTask, role: str) -> None:
        steps = {s.element_id: s for s in self.published.process(task.process_id).steps}
        first = steps[task.element_id].properties.get(FOUR_EYES)
        if first is not None and self.done_by.get(first) == role:
            raise NotAllowed(
                f"{role!r} deed {first!r} zelf; voor {task.element_id!r} kijkt een ander."
            )

    def _deliver(self, name: str, key: str | None, payload: Mapping[str, Any]) -> None:
        self._settle(
            engine.deliver_message(
                self.published.bundle,
                self.advance.state,
                name=name,
                correlation_key=key,
                payload=payload,
                around=self.around,
            )
        )

    def _settle(self, advance: engine.Advance) -> None:
        """Takes over what happened; then does the service tasks, and hears its own messages."""
        self.last = advance
        for closed in advance.closed:
            self.tasks.pop(closed.task_id, None)
        self.tasks.update({task.task_id: task for task in advance.opened})
        self.trail += advance.trail
        self.sent += advance.messages
        self._follow(advance.trail)
        self.results.forget(advance.cancelled_jobs)
        self.results.ask(advance.jobs)
        while (job := self.results.next()) is not None:
            self._work(job)
        for message in advance.messages:
            self._hear(message)

    def _follow(self, trail: Sequence[engine.TrailEntry]) -> None:
        for entry in trail:
            place = (entry.process_id, entry.element_id)
            what = (entry.element_type, entry.what)
            if what in _WALKED:
                self.walked.add(place)
            elif what == ("endEvent", "completed"):
                self.ends.append(entry.name or entry.element_id)

    def _work(self, job: engine.JobRequest) -> None:
        self._settle(
            engine.complete_job(
                self.published.bundle,
                self.advance.state,
                job_id=job.job_id,
                result=self.results.of(job, self.advance.variables, self.scenario.begin),
                around=self.around,
            )
        )

    def _hear(self, message: engine.MessageOut) -> None:
        """What a case sends itself; who else would get it is not here."""
        wanted = {(s.name, s.correlation_key) for s in self.advance.waiting_for}
        name, key = message.name, message.correlation_key
        if {(name, key), (name, None)} & wanted:
            self._deliver(name, key, message.payload)
