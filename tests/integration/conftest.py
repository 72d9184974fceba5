"""A whole application on a real database, with a clock that tests can move."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from inspect import signature
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID, uuid4

import pytest
from sqlalchemy import make_url, select

from service.bootstrap import Application, bootstrap
from service.config import Settings
from service.domain.actor import Actor
from service.domain.errors import InvalidInput
from service.domain.working_days import AMSTERDAM
from service.jobs.work import sweep
from service.operations.accounts import actor_of
from service.operations.announce_tasks import announce_tasks
from service.operations.complete_task import Completed, complete_task
from service.operations.deliver import deliver
from service.operations.files import Uploads
from service.operations.inbox import TaskLine, role_tasks
from service.operations.list_cases import OwnSignal, own_signals
from service.operations.published import Publications
from service.operations.report_signal import Reported, report_signal
from service.operations.run_service_task import run_service_task
from service.operations.send_message import send_message
from service.storage import Delivery, Instance, Job, MessageOut, Task, UserAccount
from tests.conftest import TestServer

MONDAY = datetime(2026, 3, 2, 9, 30, tzinfo=AMSTERDAM)
DEMO = "midden-delfland"
T = TypeVar("T")
Furnished = Callable[[Callable[["Office"], object]], AbstractContextManager[str]]
OpenOffice = Callable[[str], "Office"]


@dataclass
class Clock:
    """A clock that stands still until somebody moves it."""

    moment: datetime = MONDAY

    def __call__(self) -> datetime:
        return self.moment

    def move(self, **units: float) -> None:
        self.moment += timedelta(**units)


@dataclass
class Post:
    """Mails that left."""

    sent: list[Any] = field(default_factory=list)

    def send(self, mail: Any) -> None:
        self.sent.append(mail)


@contextmanager
def fields_told() -> Iterator[None]:
    """Lets a failing test say which fields were wrong."""
    try:
        yield
    except InvalidInput as wrong:
        wrong.add_note(repr(wrong.fields))
        raise


@dataclass(kw_only=True)
class Office:
    """The demo municipality at work: everybody by role, the worker by hand."""

    application: Application
    clock: Clock
    post: Post
    submission: UUID = field(default_factory=uuid4)
    municipality: str = DEMO

    def person(self, role: str) -> Actor:
        with self.application.sessions() as session:
            address = f"{role}@{self.municipality}.example"
            user_id = session.scalar(select(UserAccount.id).where(UserAccount.email == address))
            assert user_id is not None, role
            actor = actor_of(session, user_id=user_id)
            assert actor is not None
            return actor

    def act(self, operation: Callable[..., T], by: str | Actor | None, **given: Any) -> T:
        """Has an operation done for a role, or a person, in a transaction of its own."""
        if "now" in signature(operation).parameters:
            given.setdefault("now", self.clock())
        actor = self.person(by) if isinstance(by, str) else by
        with self.application.sessions.begin() as session, fields_told():
            return operation(session, self.application.collaborators, actor=actor, **given)

    def report(
        self, *, by: str | None = "melder", uploads: Uploads | None = None, **answers: Any
    ) -> Reported:
        self.submission = uuid4()
        return self.report_again(by=by, uploads=uploads, **answers)

    def report_again(
        self, *, by: str | None = "melder", uploads: Uploads | None = None, **answers: Any
    ) -> Reported:
        """Sends the form in under the number of the last submission."""
        told = {**SIGNAL, **answers}
        with self.application.sessions.begin() as session:
            reported = report_signal(
                session,
                self.application.collaborators,
                actor=self.person(by) if by else None,
                municipality=self.municipality,
                answers={"signaal": {k: v for k, v in told.items() if v is not None}},
                submission_id=self.submission,
                now=self.clock(),
                uploads=uploads,
            )
        self.work()
        return reported

    def inbox(self, role: str) -> dict[str, TaskLine]:
        with self.application.sessions() as session:
            page = role_tasks(session, actor=self.person(role), limit=100)
            return {task.element_id: task for task in page.tasks}

    def do(self, role: str, element_id: str, **answers: Any) -> Completed:
        return self.complete(role, self.inbox(role)[element_id].id, **answers)

    def complete(self, role: str, task_id: UUID, **answers: Any) -> Completed:
        done = self.act(complete_task, role, task_id=task_id, answers=answers)
        self.work()
        return done

    def work(self) -> None:
        """What the worker does: service tasks and messages, until nothing is left."""
        while self._one_round():
            pass

    def later(self, **units: float) -> None:
        """Moves the clock and lets everything that is due happen."""
        self.clock.move(**units)
        while sweep(self.application):
            self.work()
        self.work()

    def instance(self, reference: str) -> Instance:
        with self.application.sessions() as session:
            return session.scalars(select(Instance).where(Instance.reference == reference)).one()

    def own_signals(self, role: str) -> list[OwnSignal]:
        with self.application.sessions() as session:
            return own_signals(session, actor=self.person(role))

    def tasks(self, reference: str) -> list[Task]:
        with self.application.sessions() as session:
            return list(session.scalars(select(Task).where(Task.reference == reference)))

    def open_tasks(self, reference: str) -> list[str]:
        with self.application.sessions() as session:
            return sorted(
                session.scalars(
                    select(Task.element_id).where(Task.reference == reference, Task.state == "open")
                )
            )

    def _one_round(self) -> bool:
        with self.application.sessions() as session:
            jobs = list(session.scalars(select(Job.id).where(Job.state == "waiting")))
            messages = list(
                session.scalars(select(MessageOut.id).where(MessageOut.sent_at.is_(None)))
            )
            deliveries = list(
                session.scalars(select(Delivery.id).where(Delivery.state == "waiting"))
            )
        self._each(jobs, self._run)
        self._each(messages, self._send)
        self._each(deliveries, self._deliver)
        return bool(jobs or messages or deliveries)

    def _each(self, keys: list[UUID], do: Callable[[Any, UUID], None]) -> None:
        for key in keys:
            with self.application.sessions.begin() as session:
                do(session, key)

    def _run(self, session: Any, key: UUID) -> None:
        run_service_task(session, self.application.collaborators, job_id=key, now=self.clock())

    def _send(self, session: Any, key: UUID) -> None:
        send_message(
            session,
            self.application.collaborators,
            self.post,
            message_id=key,
            now=self.clock(),
        )

    def _deliver(self, session: Any, key: UUID) -> None:
        deliver(session, self.application.collaborators, delivery_id=key, now=self.clock())

    def announce(self, task_ids: list[UUID]) -> None:
        with self.application.sessions.begin() as session:
            announce_tasks(
                session, self.application.collaborators, task_ids=task_ids, now=self.clock()
            )
        self.work()


SIGNAL: dict[str, Any] = {
    "hoedanigheid": "medewerker",
    "anoniem": "nee",
    "naam": "Sanne Voorbeeld",
    "email": "sanne@voorbeeld.example",
    "acuut_gevaar": "nee",
    "omschrijving": "Zes nieuwkomers op één adres; één man voert het woord en heeft alle passen.",
    "adres": "Dorpsstraat 1, Voorbeelddorp",
    "gaat_over": ["slachtoffer"],
    "vorm": "arbeid",
    "minderjarig": "nee",
    "terugkoppeling_gewenst": "ja",
    "veilig_terugbellen": "ja",
}


def settings_for(database_url: str, folder: Path) -> Settings:
    """Settings with fixed keys, for one database."""
    return Settings.from_env(
        {
            "MELDROUTE_DATABASE_URL": database_url,
            "MELDROUTE_DATA_DIR": str(folder),
            "MELDROUTE_SECRET_KEY": "ab" * 32,
            "MELDROUTE_MASTER_KEY": "cd" * 32,
            "MELDROUTE_DEMO": "1",
        }
    )


@contextmanager
def opened(address: str, folder: Path, publications: Publications) -> Iterator[Office]:
    """An office at this database, on Monday morning."""
    clock = Clock()
    application = bootstrap(settings_for(address, folder), clock=clock)
    shared = replace(application.collaborators, publications=publications)
    try:
        yield Office(
            application=replace(application, collaborators=shared), clock=clock, post=Post()
        )
    finally:
        application.close()


@pytest.fixture
def open_office(
    database_server: TestServer, tmp_path: Path, compiled: Publications
) -> Iterator[OpenOffice]:
    """Opens an office on a copy of a template."""
    with ExitStack() as open_offices:

        def open_one(template: str) -> Office:
            address = open_offices.enter_context(database_server.database(template=template))
            return open_offices.enter_context(opened(address, tmp_path, compiled))

        yield open_one


@pytest.fixture
def office(open_office: OpenOffice, demo_template: str) -> Office:
    """The demo municipality with a database of its own."""
    return open_office(demo_template)


@pytest.fixture(scope="session")
def furnished(
    database_server: TestServer,
    demo_template: str,
    tmp_path_factory: pytest.TempPathFactory,
    compiled: Publications,
) -> Furnished:
    """Makes a template of what happened in an office, for the many tests that begin there."""

    @contextmanager
    def furnished(happened: Callable[[Office], object]) -> Iterator[str]:
        with database_server.database(template=demo_template) as address:
            with opened(address, tmp_path_factory.mktemp("furnished"), compiled) as office:
                happened(office)
            yield str(make_url(address).database)

    return furnished
