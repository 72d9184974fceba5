"""A case in memory: the real engine, on a clock that only its walker moves; nothing leaves it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from service import engine
from service.domain.errors import Incident
from service.operations.published import Published

MAX_MOMENTS: Final = 1_000
"""Timers that may fire in one wait; more is an endless cycle."""
_NOTHING: Final = engine.Advance(
    state=b"",
    opened=(),
    closed=(),
    jobs=(),
    cancelled_jobs=(),
    messages=(),
    signals=(),
    waiting_for=(),
    waiting_signals=(),
    next_due=None,
    trail=(),
    ended=None,
    variables={},
)
"""Before the first step."""


@dataclass(kw_only=True)
class CaseInMemory:
    """One case; who walks it decides what becomes of its service tasks and messages."""

    published: Published
    now: datetime
    last: engine.Advance = _NOTHING
    """The last step."""
    tasks: dict[UUID, engine.OpenedTask] = field(default_factory=dict)
    jobs: dict[UUID, engine.JobRequest] = field(default_factory=dict)
    """Service tasks that wait, the oldest first."""
    trail: list[engine.TrailEntry] = field(default_factory=list)
    """Everything that happened, in order."""

    @property
    def bundle(self) -> engine.CompiledBundle:
        """The diagrams and tables."""
        return self.published.bundle

    @property
    def around(self) -> engine.Surroundings:
        """The clock and the municipality."""
        return self.published.around(self.now)

    @property
    def ends(self) -> list[str]:
        """The names of the end events that were reached, in called processes too, in order."""
        return [
            entry.name or entry.element_id
            for entry in self.trail
            if entry.element_type == "endEvent" and entry.what == "completed"
        ]

    def open_tasks(self) -> list[str]:
        """The ids of the open tasks, sorted."""
        return sorted(task.element_id for task in self.tasks.values())

    def sees(self, task: engine.OpenedTask) -> Mapping[str, Any]:
        """The variables that an open task can read."""
        return engine.variables_for(self.bundle, self.last.state, task.task_id)

    def start(
        self, process_id: str, variables: Mapping[str, Any], *, timer: str | None = None
    ) -> None:
        """Begins the case by hand, or at a timer start event."""
        self.settle(first_step(self.published, process_id, variables, timer=timer, now=self.now))

    def start_by(
        self, process_id: str, name: str, payload: Mapping[str, Any], variables: Mapping[str, Any]
    ) -> None:
        """Begins the case by a message, or else by a signal of this name."""
        given: dict[str, Any] = {
            "payload": payload,
            "variables": variables,
            "around": self.around,
        }
        if name in self.published.process(process_id).start_messages:
            self.settle(engine.start_by_message(self.bundle, process_id, message=name, **given))
        else:
            self.settle(engine.start_by_signal(self.bundle, process_id, signal=name, **given))

    def complete(self, task: engine.OpenedTask, answers: Mapping[str, Any]) -> None:
        """Completes an open task."""
        self.settle(
            engine.complete_task(
                self.bundle,
                self.last.state,
                task_id=task.task_id,
                answers=answers,
                around=self.around,
            )
        )

    def finish(self, job: engine.JobRequest, result: Mapping[str, Any]) -> None:
        """Does a service task."""
        del self.jobs[job.job_id]
        self.settle(
            engine.complete_job(
                self.bundle,
                self.last.state,
                job_id=job.job_id,
                result=result,
                around=self.around,
            )
        )

    def hear(self, name: str, key: str | None, payload: Mapping[str, Any]) -> None:
        """Takes a message in."""
        self.settle(
            engine.deliver_message(
                self.bundle,
                self.last.state,
                name=name,
                correlation_key=key,
                payload=payload,
                around=self.around,
            )
        )

    def waits_for(self, message: engine.MessageOut) -> bool:
        """Whether the case itself would hear what it sent."""
        name, key = message.name, message.correlation_key
        wanted = {(s.name, s.correlation_key) for s in self.last.waiting_for}
        return not wanted.isdisjoint({(name, key), (name, None)})

    def hear_signal(self, name: str, payload: Mapping[str, Any]) -> None:
        """Takes a signal in."""
        self.settle(
            engine.deliver_signal(
                self.bundle, self.last.state, name=name, payload=payload, around=self.around
            )
        )

    def fire(self) -> None:
        """Fires what is due by now."""
        self.settle(engine.fire_timers(self.bundle, self.last.state, around=self.around))

    def wait_until(self, moment: datetime) -> None:
        """Fires every timer on the way at its own moment.

        Raises:
            Incident: they do not end.
        """
        for _ in range(MAX_MOMENTS):
            due = self.last.next_due
            if due is None or due > moment:
                self.now = moment
                return
            self.now = max(self.now, due)
            self.fire()
        raise Incident("De timers van deze zaak houden niet op; controleer de herhaling.")

    def settle(self, advance: engine.Advance) -> None:
        """Takes over what a step brought about."""
        self.last = advance
        for closed in advance.closed:
            self.tasks.pop(closed.task_id, None)
        for job_id in advance.cancelled_jobs:
            self.jobs.pop(job_id, None)
        self.tasks.update({task.task_id: task for task in advance.opened})
        self.jobs.update({job.job_id: job for job in advance.jobs})
        self.trail += advance.trail


def first_step(
    published: Published,
    process_id: str,
    variables: Mapping[str, Any],
    *,
    timer: str | None,
    now: datetime,
) -> engine.Advance:
    """The step by which a case begins by hand, or at a timer start event."""
    bundle, around = published.bundle, published.around(now)
    if timer is None:
        return engine.start(bundle, process_id, variables=variables, around=around)
    return engine.start_by_timer(
        bundle, process_id, element_id=timer, variables=variables, around=around
    )
