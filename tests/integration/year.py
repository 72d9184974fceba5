"""A municipality that lives: the clock jumps from one thing that is due to the next."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service import engine, forms
from service.bootstrap import Application
from service.domain.actor import REPORTER_ROLE, Actor
from service.domain.errors import NotAllowed
from service.domain.working_days import AMSTERDAM
from service.jobs.work import sweep
from service.operations.case import lock_case
from service.operations.complete_task import complete_task
from service.operations.scenario.by_hand import ByHand
from service.operations.scenario.earlier import set_stage
from service.operations.scenario.people import people_of
from service.operations.scenario.play import play
from service.operations.scenario.read import read_scenario
from service.storage import Instance, ScheduledStart, Task
from tests.integration.conftest import DEMO, Office

ROOT = Path(__file__).parents[2]
Answers = Mapping[str, Mapping[str, Any]]


@dataclass(kw_only=True)
class Year:
    """Who does every task the moment it opens, but for those that nobody looks at."""

    office: Office
    answers: Mapping[str, Answers] = field(default_factory=dict)
    """By task, what matters; the rest is answered plainly."""
    left: frozenset[str] = frozenset()
    people: Mapping[str, Actor] = field(default_factory=dict)

    @property
    def application(self) -> Application:
        return self.office.application

    def until(self, moment: datetime) -> None:
        """Lives until then; everything happens at its own moment."""
        while (due := self._next()) is not None and due <= moment:
            self.office.clock.moment = max(self.office.clock.moment, due.astimezone(AMSTERDAM))
            while sweep(self.application):
                self.office.work()
            self._do_all_tasks()
        self.office.clock.moment = moment

    def play(self, text: str) -> str:
        """Plays a scenario to where it leaves its case; the kenmerk."""
        scenario = read_scenario(text.encode(), file="jaar.toml")
        with self.application.sessions.begin() as session:
            stage = set_stage(
                session,
                self.application.collaborators,
                scenario,
                municipality=DEMO,
                root=ROOT,
                work=ByHand(mailer=self.office.post),
            )
            play(scenario, stage)
            return stage.instance.reference

    def _next(self) -> datetime | None:
        with self.application.sessions() as session:
            moments = [
                session.scalar(select(func.min(ScheduledStart.next_at))),
                session.scalar(select(func.min(Instance.next_due))),
                session.scalar(select(func.min(Task.next_nudge))),
            ]
        return min((moment for moment in moments if moment is not None), default=None)

    def _do_all_tasks(self) -> None:
        while open_now := self._open_tasks():
            for task_id in open_now:
                self._do(task_id)
            self.office.work()

    def _open_tasks(self) -> list[UUID]:
        with self.application.sessions() as session:
            tasks = session.scalars(select(Task).where(Task.state == "open")).all()
            return [t.id for t in tasks if t.element_id not in self.left and self._who(t)]

    def _who(self, task: Task) -> list[Actor]:
        if not self.people:
            with self.application.sessions() as session:
                self.people = people_of(session, DEMO)
        return [self.people[r] for r in task.roles if r != REPORTER_ROLE and r in self.people]

    def _do(self, task_id: UUID) -> None:
        with self.application.sessions() as session:
            task = session.get_one(Task, task_id)
            if task.state != "open":
                return
            raw = self._raw(session, task)
            for actor in self._who(task):
                if self._done_by(session, task, actor, raw):
                    return
        raise AssertionError(f"niemand mag {task.element_id} doen")

    def _done_by(self, session: Session, task: Task, actor: Actor, raw: Mapping[str, Any]) -> bool:
        """False when somebody else must look, because this actor did what is to be checked."""
        try:
            complete_task(
                session,
                self.application.collaborators,
                task_id=task.id,
                actor=actor,
                answers=raw,
                now=self.office.clock(),
            )
        except NotAllowed:
            session.rollback()
            return False
        session.commit()
        return True

    def _raw(self, session: Session, task: Task) -> dict[str, Any]:
        case = lock_case(
            session,
            self.application.collaborators,
            instance_id=task.instance_id,
            municipality=DEMO,
        )
        form = case.published.form(task.process_id, task.form_id)
        seen = engine.variables_for(case.published.bundle, case.state, task.id)
        given = self.answers.get(task.element_id, {})
        if form is None:
            return {}
        return forms.fill_in(
            form,
            given,
            scope=case.published.scope(seen),
            env=case.published.environment(self.office.clock()),
        )
