"""Walks a case through the real diagrams on a virtual clock."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from service.domain.profile import Profile
from service.engine import (
    Advance,
    CompiledBundle,
    OpenedTask,
    Surroundings,
    compile_bundle,
    complete_job,
    complete_task,
    deliver_message,
    fire_timers,
    start,
    start_by_message,
    variables_for,
)

Answers = Mapping[str, Mapping[str, Any]]


def bundle_of(root: Path) -> CompiledBundle:
    """All diagrams and tables of the repository."""
    folder = root / "processes"
    return compile_bundle(
        {path.name: path.read_bytes() for path in sorted(folder.glob("*/*.bpmn"))},
        {path.name: path.read_bytes() for path in sorted(folder.glob("*/*.dmn"))},
    )


class Walk:
    """One case: what is open, what has happened, and the clock that only the test moves."""

    def __init__(self, bundle: CompiledBundle, profile: Profile, now: datetime) -> None:
        self.bundle, self.profile, self.now = bundle, profile, now
        self.settings: dict[str, Any] = {}
        self.results: dict[str, dict[str, Any]] = {
            "convenant_controleren": {"convenant_controle": {"geldig": "ja", "reden": ""}},
        }
        """What service tasks give, by job type."""
        self.tasks: dict[UUID, OpenedTask] = {}
        self.ends: list[str] = []
        self.jobs: list[str] = []
        self.cancelled: list[str] = []

    @property
    def around(self) -> Surroundings:
        """The clock and the municipality."""
        gemeente = {**self.profile.as_context(), **self.settings}
        return Surroundings(
            now=self.now,
            gemeente=gemeente,
            calendar=self.profile.calendar,
            inboxes=self.profile.inboxes(),
        )

    @property
    def open(self) -> list[str]:
        """The element ids of the open tasks, sorted."""
        return sorted(task.element_id for task in self.tasks.values())

    def task(self, element_id: str) -> OpenedTask:
        """The one open task of this step."""
        [task] = [task for task in self.tasks.values() if task.element_id == element_id]
        return task

    def sees(self, element_id: str) -> Mapping[str, Any]:
        """What the form of the open task of this step may show."""
        return variables_for(self.bundle, self.state, self.task(element_id).task_id)

    def begin(self, process_id: str, variables: Mapping[str, Any]) -> "Walk":
        """Starts the case."""
        self._settle(start(self.bundle, process_id, variables=variables, around=self.around))
        return self

    def begin_by(self, process_id: str, message: str, signaal: Mapping[str, Any]) -> "Walk":
        """Starts the case by a message that carries a signal."""
        own = {"registratie": {"kenmerk": "2026-K7Q-3XD"}}
        self._settle(
            start_by_message(
                self.bundle,
                process_id,
                message=message,
                payload={"signaal": signaal},
                variables=own,
                around=self.around,
            )
        )
        return self

    def do(self, element_id: str, answers: Answers | None = None) -> "Walk":
        """Completes the one open task of this step."""
        task_id = self.task(element_id).task_id
        self._settle(
            complete_task(
                self.bundle,
                self.state,
                task_id=task_id,
                answers=answers or {},
                around=self.around,
            )
        )
        return self

    def wait(self, **span: float) -> "Walk":
        """Lets time pass; fires every timer on the way at its own moment."""
        until = self.now + timedelta(**span)
        while self.due is not None and self.due <= until:
            self.now = max(self.now, self.due)
            self._settle(fire_timers(self.bundle, self.state, around=self.around))
        self.now = until
        return self

    def tell(self, message: str, key: str, **payload: Any) -> "Walk":
        """Delivers a message."""
        self._settle(
            deliver_message(
                self.bundle,
                self.state,
                name=message,
                correlation_key=key,
                payload=payload,
                around=self.around,
            )
        )
        return self

    def _settle(self, advance: Advance) -> None:
        """Takes over what happened, and does the service tasks at once, as a worker would."""
        self.state, self.due, self.ended = advance.state, advance.next_due, advance.ended
        self.variables = advance.variables
        for closed in advance.closed:
            self.tasks.pop(closed.task_id, None)
            if closed.how == "cancelled":
                self.cancelled.append(closed.element_id)
        self.tasks.update({task.task_id: task for task in advance.opened})
        self.ends += [
            entry.name
            for entry in advance.trail
            if entry.element_type == "endEvent" and entry.what == "completed"
        ]
        for job in advance.jobs:
            self.jobs.append(job.type)
            self._settle(
                complete_job(
                    self.bundle,
                    self.state,
                    job_id=job.job_id,
                    result=self._result_of(job.type),
                    around=self.around,
                )
            )

    def _result_of(self, job_type: str) -> dict[str, Any]:
        """What the handlers of the service give that a diagram or form reads."""
        if job_type != "verstrekking_vastleggen":
            return self.results.get(job_type, {})
        kenmerk = self.variables["registratie"]["kenmerk"]
        return {"verstrekking": {"kenmerk": f"{kenmerk}-V{self.jobs.count(job_type)}"}}
