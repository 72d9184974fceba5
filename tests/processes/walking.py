"""Walks a case through the real diagrams on a virtual clock."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from service.domain.profile import Profile
from service.engine import Advance, OpenedTask, Surroundings
from service.operations.in_memory import CaseInMemory
from service.operations.scenario.beginning import KENMERK
from tests.processes.stage import repertoire

Answers = Mapping[str, Mapping[str, Any]]


class Walk(CaseInMemory):
    """One case, of any role and with any answers; its service tasks are done at once."""

    def __init__(self, profile: Profile, now: datetime) -> None:
        super().__init__(published=replace(repertoire().published, profile=profile), now=now)
        self.settings: dict[str, Any] = {}
        self.results: dict[str, dict[str, Any]] = {
            "convenant_controleren": {"convenant_controle": {"geldig": "ja", "reden": ""}},
        }
        """What service tasks give, by job type."""
        self.done: list[str] = []
        """The types of the service tasks, in order."""
        self.cancelled: list[str] = []

    @property
    def around(self) -> Surroundings:
        """The clock and the municipality."""
        around = super().around
        return replace(around, gemeente={**around.gemeente, **self.settings})

    @property
    def open(self) -> list[str]:
        """The element ids of the open tasks, sorted."""
        return self.open_tasks()

    def task(self, element_id: str) -> OpenedTask:
        """The one open task of this step."""
        [task] = [task for task in self.tasks.values() if task.element_id == element_id]
        return task

    def shown(self, element_id: str) -> Mapping[str, Any]:
        """What the form of the open task of this step may show."""
        return self.sees(self.task(element_id))

    def begin(self, process_id: str, variables: Mapping[str, Any]) -> "Walk":
        """Starts the case."""
        self.start(process_id, variables)
        return self

    def begin_by(self, process_id: str, message: str, signaal: Mapping[str, Any]) -> None:
        """Starts the case by a message that carries a signal."""
        own = {"registratie": {"kenmerk": KENMERK}}
        self.start_by(process_id, message, {"signaal": signaal}, own)

    def do(self, element_id: str, answers: Answers | None = None) -> "Walk":
        """Completes the one open task of this step."""
        self.complete(self.task(element_id), answers or {})
        return self

    def wait(self, **span: float) -> "Walk":
        """Lets time pass; fires every timer on the way at its own moment."""
        self.wait_until(self.now + timedelta(**span))
        return self

    def tell(self, message: str, key: str, **payload: Any) -> "Walk":
        """Delivers a message."""
        self.hear(message, key, payload)
        return self

    def settle(self, advance: Advance) -> None:
        """Takes over what happened, and does the service tasks at once, as a worker would."""
        super().settle(advance)
        self.cancelled += [task.element_id for task in advance.closed if task.how == "cancelled"]
        while self.jobs:
            job = next(iter(self.jobs.values()))
            self.done.append(job.type)
            self.finish(job, self.result_of(job.type))

    def result_of(self, job_type: str) -> dict[str, Any]:
        """What the handlers of the service give that a diagram or form reads."""
        if job_type != "verstrekking_vastleggen":
            return self.results.get(job_type, {})
        return {"verstrekking": {"kenmerk": f"{KENMERK}-V{self.done.count(job_type)}"}}
