"""A stage on a database: the operations of the product, its handlers, and the scenario's clock.

Everything happens in the session of the caller, so a scenario is there whole or not at all. The
kenmerk of the case is a real one; to the scenario it goes by the name that the scenario uses.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service import engine
from service.domain.actor import REPORTER_ROLE, Actor
from service.domain.errors import Conflict, Incident, NotAllowed, NotFound
from service.operations import rights
from service.operations.answer_by_code import answer_by_code
from service.operations.broadcast_signal import broadcast_signal
from service.operations.case import Case, open_case
from service.operations.claim_task import claim_task
from service.operations.collaborators import Collaborators
from service.operations.complete_task import complete_task
from service.operations.deliver_message import send_in
from service.operations.fire_due import fire_due
from service.operations.history import Happening
from service.operations.in_memory import first_step
from service.operations.nudge_tasks import nudge_task
from service.operations.published import Publications, Published
from service.operations.report_signal import REPORTING_PROCESS, Reported, report_signal
from service.operations.scenario.answers import answered
from service.operations.scenario.beginning import beginning, first_variables
from service.operations.scenario.by_hand import ByHand
from service.operations.scenario.casting import adjusted, inbox_of, laid_over
from service.operations.scenario.choosing import chosen
from service.operations.scenario.course_of import course_of
from service.operations.scenario.moments import later
from service.operations.scenario.people import people_of
from service.operations.scenario.play import Course
from service.operations.scenario.results import as_reckoned, as_told
from service.operations.scenario.script import DoTask, Scenario, Tell
from service.operations.service_tasks import HANDLERS
from service.operations.start_instance import begin_case
from service.storage import Instance, Task

WITHOUT_ACCOUNT = frozenset({"inwoner", "anoniem"})
"""``signaal.hoedanigheid`` of reporters who have no account."""


class AdjustedPublications(Publications):
    """The publications of a node, with the choices that a scenario makes."""

    def __init__(self, known: Publications, scenario: Scenario) -> None:
        super().__init__()
        self._known, self._scenario = known, scenario

    def get(self, session: Session, publication_id: UUID) -> Published:
        """One publication."""
        published = self._known.get(session, publication_id)
        return replace(published, profile=adjusted(published.profile, self._scenario))


@dataclass(kw_only=True)
class DatabaseStage:
    """One case of one municipality."""

    session: Session
    collaborators: Collaborators
    work: ByHand
    published: Published
    scenario: Scenario
    municipality: str
    people: Mapping[str, Actor]
    now: datetime
    instance_id: UUID | None = None
    code: str | None = None
    """The terugkoppelcode of a reporter without an account."""
    held: Instance | None = None
    """Keeps the case in the session, so that it is read once for each step."""
    earlier: dict[str, str] = field(default_factory=dict)
    """The real kenmerk of other cases, by what the scenario calls them."""
    before: Sequence["DatabaseStage"] = ()
    """The stages of those cases."""

    @classmethod
    def of(
        cls,
        session: Session,
        collaborators: Collaborators,
        scenario: Scenario,
        *,
        municipality: str,
        work: ByHand | None = None,
    ) -> "DatabaseStage":
        """An empty stage; the municipality must have published, and have an account per role."""
        work = work or ByHand()
        publications = AdjustedPublications(collaborators.publications, scenario)
        stage = cls(
            session=session,
            collaborators=replace(collaborators, publications=publications, queue=work),
            work=work,
            published=publications.current(session, municipality),
            scenario=scenario,
            municipality=municipality,
            people=people_of(session, municipality),
            now=scenario.begin,
        )
        told = as_told(HANDLERS, scenario.jobs, stage.real)
        work.handlers = as_reckoned(told, scenario.reckoned, stage.real)
        return stage

    @property
    def instance(self) -> Instance:
        """The case as it is now.

        Raises:
            Conflict: nothing has begun.
        """
        if self.instance_id is None:
            raise Conflict("De zaak is nog niet begonnen.")
        self.held = self.session.get_one(Instance, self.instance_id)
        return self.held

    def opening(self) -> Tell | None:
        """The first step, when it is what begins the case."""
        return self.scenario.opening(self.published.process(self.scenario.process_id))

    def begin(self, opening: Tell | None) -> None:
        """Begins the case; a report begins it when the reporter sends the form in."""
        if opening is not None:
            self._begin_by(opening)
        elif self.scenario.process_id != REPORTING_PROCESS:
            self._begin_plainly()
        self._settle()

    def do(self, step: DoTask) -> None:
        """Takes an open task up and completes it."""
        if self.instance_id is None:
            self._report(step)
        else:
            self._complete(step)
        self._settle()

    def wait(self, span: str) -> datetime:
        """Fires timers, reminds and escalates on the way, each at its own moment."""
        return self.wait_until(later(self.now, span, self.published.profile.calendar))

    def wait_until(self, until: datetime) -> datetime:
        """The same, until a moment."""
        while self.instance_id and (due := self._next_due()) is not None and due <= until:
            self.now = max(self.now, due.astimezone(until.tzinfo))
            self._do_what_is_due(self.instance_id)
            self._settle()
        self.now = until
        return until

    def tell(self, step: Tell) -> None:
        """Sends a message in, or a signal that the case waits for."""
        sent: dict[str, Any] = {
            "name": step.message,
            "payload": self.real(step.payload),
            "actor": self._messenger(),
            "now": self.now,
        }
        if step.message in self.instance.waiting_signals:
            broadcast_signal(self.session, self.collaborators, **sent)
        else:
            key = self.real(step.key) if step.key else self.instance.reference
            send_in(self.session, self.collaborators, correlation_key=key, **sent)
        self._settle()

    def open_tasks(self) -> Sequence[str]:
        """The ids of the open tasks, sorted."""
        if self.instance_id is None:
            return [self._reporting_task()]
        return sorted(task.element_id for task in self.tasks())

    def tasks(self) -> Sequence[Task]:
        """The open tasks, in the order in which they opened."""
        return self.session.scalars(
            select(Task)
            .where(Task.instance_id == self.instance_id, Task.state == "open")
            .order_by(Task.opened_at, Task.id)
        ).all()

    def course(self) -> Course:
        """How the case has gone so far."""
        course = course_of(self.session, self._case())
        called = {real: name for name, real in self._names().items()}
        return replace(course, variables=renamed(course.variables, called))

    def _begin_by(self, opening: Tell) -> None:
        payload = {k: v for k, v in self.scenario.variables.items() if k != "registratie"}
        reached = send_in(
            self.session,
            self.collaborators,
            name=opening.message,
            correlation_key=opening.key,
            payload=laid_over(payload, opening.payload),
            actor=self._messenger(),
            now=self.now,
        )
        self.session.expire_all()
        for key in reached.started:
            if self.session.get_one(Instance, key).process_id == self.scenario.process_id:
                self.instance_id = key

    def _begin_plainly(self) -> None:
        how = beginning(self.published, self.scenario, self.now)
        self.now = how.at
        self.instance_id = begin_case(
            self.session,
            self.collaborators,
            self.published,
            self.scenario.process_id,
            lambda own: first_step(
                self.published,
                self.scenario.process_id,
                laid_over(first_variables(self.scenario), own),
                timer=how.timer,
                now=how.at,
            ),
            Happening(kind="gestart", actor=self._messenger()),
            now=self.now,
        ).id
        self._note_reporter()

    def _note_reporter(self) -> None:
        """A process that is otherwise called may ask the reporter of the case around it."""
        asked = any(isinstance(s, DoTask) and s.role == REPORTER_ROLE for s in self.scenario.steps)
        if asked:
            self.instance.reported_by = self._person(REPORTER_ROLE).user_id
            self.session.flush()

    def _report(self, step: DoTask) -> None:
        if step.task != self._reporting_task():
            raise NotFound(f"Taak {step.task!r} staat niet open; wel: {self._reporting_task()}.")
        if step.role != REPORTER_ROLE:
            raise NotAllowed(f"Taak {step.task!r} is niet voor {step.role!r}, maar voor: melder.")
        told = self._raw(step, {}, self.scenario.process_id, step.task)
        known = told.get("signaal", {}).get("hoedanigheid") not in WITHOUT_ACCOUNT
        reported = report_signal(
            self.session,
            self.collaborators,
            actor=self._person(REPORTER_ROLE) if known else None,
            municipality=self.municipality,
            answers=told,
            submission_id=uuid4(),
            now=self.now,
        )
        self._remember(reported)

    def _remember(self, reported: Reported) -> None:
        self.code = reported.code
        self.instance_id = self.session.scalars(
            select(Instance.id).where(
                Instance.municipality == self.municipality,
                Instance.reference == reported.reference,
            )
        ).one()

    def _complete(self, step: DoTask) -> None:
        task = self._task(step)
        raw = self._raw(step, self._variables(task), task.process_id, task.form_id)
        if self.code is not None and task.roles == [REPORTER_ROLE]:
            answer_by_code(
                self.session, self.collaborators, code=self.code, answers=raw, now=self.now
            )
            return
        actor = self._person(inbox_of(self.published.profile, step.role))
        claim_task(self.session, task_id=task.id, actor=actor, now=self.now)
        complete_task(
            self.session,
            self.collaborators,
            task_id=task.id,
            actor=actor,
            answers=raw,
            now=self.now,
        )

    def _raw(
        self, step: DoTask, seen: Mapping[str, Any], process_id: str, form_id: str | None
    ) -> dict[str, Any]:
        form = self.published.form(process_id, form_id)
        real = replace(step, answers=self.real(step.answers))
        return answered(self.published, form, real, seen, self.now)

    def _task(self, step: DoTask) -> Task:
        return chosen(
            step,
            self.tasks(),
            role=inbox_of(self.published.profile, step.role),
            about=self.real(step.about),
            may_do=lambda task: task.roles,
            variables=self._variables,
        )

    def _variables(self, task: Task) -> Mapping[str, Any]:
        return engine.variables_for(self.published.bundle, self._case().state, task.id)

    def _case(self) -> Case:
        return open_case(self.session, self.collaborators, self.instance)

    def _next_due(self) -> datetime | None:
        nudge = self.session.scalar(
            select(func.min(Task.next_nudge)).where(
                Task.instance_id == self.instance_id, Task.state == "open"
            )
        )
        return min((at for at in (self.instance.next_due, nudge) if at is not None), default=None)

    def _do_what_is_due(self, instance_id: UUID) -> None:
        if not fire_due(self.session, self.collaborators, instance_id=instance_id, now=self.now):
            late = [t.id for t in self.tasks() if t.next_nudge and t.next_nudge <= self.now]
            for task_id in late:
                nudge_task(
                    self.session,
                    self.collaborators,
                    task_id=task_id,
                    instance_id=instance_id,
                    municipality=self.municipality,
                    now=self.now,
                )

    def _settle(self) -> None:
        """Does the work that a step asked for; what stumbles is told.

        Raises:
            Incident: the case cannot go on.
        """
        self.session.expire_all()
        self.work.do_all(self.session, self.collaborators, now=self.now)
        if self.instance_id is not None and self.instance.incident is not None:
            raise Incident(self.instance.incident, element_id=self.instance.incident_element)

    def _reporting_task(self) -> str:
        steps = self.published.process(REPORTING_PROCESS).steps
        return next(step.element_id for step in steps if step.type == "userTask")

    def _person(self, role: str) -> Actor:
        if role not in self.people:
            raise NotFound(
                f"Niemand heeft de rol {role!r} in {self.municipality}; maak een account."
            )
        return self.people[role]

    def _messenger(self) -> Actor:
        """Somebody who may send messages in."""
        for actor in self.people.values():
            if rights.coordinates(actor, self.published.profile):
                return actor
        raise NotFound(f"Niemand in {self.municipality} coördineert; maak een account.")

    def _names(self) -> dict[str, str]:
        """What the scenario calls each case, with its real kenmerk."""
        own = str(first_variables(self.scenario)["registratie"]["kenmerk"])
        return self.earlier | ({own: self.instance.reference} if self.instance_id else {})

    def real(self, value: Any) -> Any:
        """A value of the scenario, with the real kenmerk of each case in it."""
        return renamed(value, self._names())


def renamed(value: Any, names: Mapping[str, str]) -> Any:
    """A value with texts in it replaced by others, however deep they stand."""
    if isinstance(value, Mapping):
        return {key: renamed(inner, names) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [renamed(inner, names) for inner in value]
    if isinstance(value, str):
        for old, new in names.items():
            value = value.replace(old, new)
    return value
