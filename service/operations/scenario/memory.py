"""A stage in memory: the real engine, forms and profile, and no database."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from service import engine
from service.domain.errors import NotAllowed, NotFound
from service.operations.four_eyes import PROPERTY as FOUR_EYES
from service.operations.in_memory import CaseInMemory
from service.operations.published import Published
from service.operations.scenario.answers import answered, checked
from service.operations.scenario.beginning import beginning, first_variables
from service.operations.scenario.casting import inbox_of
from service.operations.scenario.choosing import chosen
from service.operations.scenario.moments import later
from service.operations.scenario.play import Course, Walked
from service.operations.scenario.results import Results, kenmerk_of
from service.operations.scenario.script import DoTask, Scenario, Tell

_WALKED: Final = {("sequenceFlow", "taken"), ("boundaryEvent", "completed")}


@dataclass(kw_only=True)
class MemoryStage(CaseInMemory):
    """One case; service tasks are done at once, with results from the scenario."""

    scenario: Scenario
    results: Results
    done_by: dict[str, str] = field(default_factory=dict)
    """Which role did a task last, for four eyes."""
    sent: list[engine.MessageOut] = field(default_factory=list)
    """What the case sent, to itself and to others."""

    @classmethod
    def of(cls, published: Published, scenario: Scenario) -> "MemoryStage":
        """An empty stage for a scenario."""
        results = Results({**scenario.jobs, **scenario.reckoned})
        return cls(published=published, scenario=scenario, now=scenario.begin, results=results)

    @property
    def walked(self) -> Walked:
        """What was walked so far."""
        return frozenset(
            (entry.process_id, entry.element_id)
            for entry in self.trail
            if (entry.element_type, entry.what) in _WALKED
        )

    def opening(self) -> Tell | None:
        """The first step, when it is what begins the case."""
        return self.scenario.opening(self.published.process(self.scenario.process_id))

    def begin(self, opening: Tell | None) -> None:
        """Begins the case by a message, by the clock or by hand."""
        process_id, first = self.scenario.process_id, first_variables(self.scenario)
        if opening is not None:
            self.start_by(process_id, opening.message, opening.payload, first)
            return
        how = beginning(self.published, self.scenario, self.now)
        self.now = how.at
        self.start(process_id, first, timer=how.timer)

    def do(self, step: DoTask) -> None:
        """Completes an open task of this role, its answers checked by its form."""
        task = self._task(step)
        self._refuse_same_eyes(task, step.role)
        form = self.published.form(task.process_id, task.form_id)
        seen = self.sees(task)
        raw = answered(self.published, form, step, seen, self.now)
        self.done_by[task.element_id] = step.role
        self.complete(task, checked(self.published, form, raw, seen, self.now))

    def wait(self, span: str) -> datetime:
        """Fires every timer on the way at its own moment."""
        until = later(self.now, span, self.published.profile.calendar)
        self.wait_until(until)
        return until

    def tell(self, step: Tell) -> None:
        """Brings a message, or a signal that the case waits for."""
        if step.message in {signal.name for signal in self.last.waiting_signals}:
            self.hear_signal(step.message, step.payload)
        else:
            key = step.key or kenmerk_of(self.last.variables)
            self.hear(step.message, key, step.payload)

    def may_do(self, task: engine.OpenedTask) -> list[str]:
        """The roles of the task; the stand-ins too once its norm time is over."""
        late = task.due is not None and task.due <= self.now
        stand_ins = self.published.profile.stand_ins_of(task.roles) if late else []
        return [*task.roles, *stand_ins]

    def course(self) -> Course:
        """How the case has gone so far.

        Raises:
            NotFound: what the scenario reckons was never asked for, so that nothing shows it.
        """
        for kind in self.results.unasked(self.scenario.reckoned):
            raise NotFound(
                f"nagerekend.{kind}: zo vaak komt deze servicetaak niet; haal weg wat niet past."
            )
        ended = self.last.ended
        return Course(
            ends=tuple(self.ends),
            ended=None if ended is None else ended.name or ended.element_id,
            variables=self.last.variables,
            walked=self.walked,
        )

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

    def settle(self, advance: engine.Advance) -> None:
        """Takes over what happened; then does the service tasks, and hears its own messages."""
        super().settle(advance)
        self.sent += advance.messages
        while self.jobs:
            job = next(iter(self.jobs.values()))
            self.finish(job, self.results.of(job, self.last.variables, self.scenario.begin))
        for message in advance.messages:
            self._hear_own(message)

    def _hear_own(self, message: engine.MessageOut) -> None:
        """What a case sends itself; who else would get it is not here."""
        if self.waits_for(message):
            self.hear(message.name, message.correlation_key, message.payload)
