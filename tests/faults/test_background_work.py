"""Background work survives the worker that did it, and errors that last."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from procrastinate import App, PsycopgConnector, RetryDecision
from procrastinate.jobs import Job as QueuedJob
from sqlalchemy import text

from service.bootstrap import Application, bootstrap
from service.jobs.connector import PatientConnector
from service.jobs.patience import MAX_TRIES, Patience
from service.jobs.stalled import put_back_stalled
from service.jobs.work import job_app
from service.storage import MessageOut
from tests.conftest import libpq_url
from tests.integration import repairing
from tests.integration.conftest import Office, office, open_office, settings_for

__all__ = ["office", "open_office"]

AN_HOUR_AGO = text("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'")


@pytest.fixture
def application(fresh_database_url: str, tmp_path: Path) -> Iterator[Application]:
    made = bootstrap(settings_for(fresh_database_url, tmp_path))
    yield made
    made.close()


def in_the_queue(
    application: Application, do: Callable[[App], Awaitable[Any]], kind: type = PsycopgConnector
) -> Any:
    """Runs ``do`` with the jobs of the application, on a connection of its own."""

    async def opened() -> Any:
        address = application.engine.url.render_as_string(hide_password=False)
        app = job_app(application, kind(conninfo=libpq_url(address), min_size=1, max_size=2))
        async with app.open_async():
            return await do(app)

    # A thread of its own: a browser test before this one leaves a loop running in the main thread.
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(lambda: asyncio.run(opened())).result()


async def begun(app: App, *names: str) -> None:
    """Each of the jobs was begun by one worker, which then gave no sign of life."""
    worker_id = await app.job_manager.register_worker()
    for name in names:
        await app.configure_task(name, queueing_lock=_lock(name)).defer_async(timestamp=1)
        assert await app.job_manager.fetch_job(queues=None, worker_id=worker_id) is not None


def _lock(name: str) -> str | None:
    return name if name in ("sweep", "retry_stalled") else None


def statuses(application: Application) -> list[tuple[str, str]]:
    with application.sessions() as session:
        rows = session.execute(text("SELECT task_name, status FROM procrastinate_jobs ORDER BY id"))
        return [(name, status) for name, status in rows]


def test_what_a_killed_worker_was_doing_is_put_back(application: Application) -> None:
    async def killed(app: App) -> None:
        await begun(app, "announce_tasks", "send_message")
        with application.engine.begin() as connection:
            connection.execute(AN_HOUR_AGO)
        await put_back_stalled(app.job_manager, after=timedelta(minutes=1))

    in_the_queue(application, killed)

    assert statuses(application) == [("announce_tasks", "todo"), ("send_message", "todo")]


def test_work_of_a_worker_that_lives_is_left_alone(application: Application) -> None:
    async def alive(app: App) -> None:
        await begun(app, "send_message")
        await put_back_stalled(app.job_manager, after=timedelta(minutes=1))

    in_the_queue(application, alive)

    assert statuses(application) == [("send_message", "doing")]


def test_clockwork_that_was_killed_does_not_hold_up_what_must_be_put_back(
    application: Application,
) -> None:
    async def killed(app: App) -> None:
        await begun(app, "sweep", "send_message")
        await app.configure_task("sweep", queueing_lock="sweep").defer_async(timestamp=2)
        with application.engine.begin() as connection:
            connection.execute(AN_HOUR_AGO)
        await put_back_stalled(app.job_manager, after=timedelta(minutes=1))

    in_the_queue(application, killed)

    assert statuses(application) == [("send_message", "todo"), ("sweep", "todo")]


def test_two_workers_that_put_the_same_back_do_not_stumble(application: Application) -> None:
    async def killed(app: App) -> None:
        await begun(app, "announce_tasks", "send_message", "sweep")
        with application.engine.begin() as connection:
            connection.execute(AN_HOUR_AGO)
        await asyncio.gather(
            *(put_back_stalled(app.job_manager, after=timedelta(minutes=1)) for _ in range(2))
        )

    in_the_queue(application, killed)

    assert statuses(application) == [("announce_tasks", "todo"), ("send_message", "todo")]


def test_that_a_job_is_done_is_told_again_when_the_connection_broke(
    application: Application,
) -> None:
    """A job that is done, and not known to be, would stay with a living worker for ever."""
    breaks_once = (
        "SELECT CASE WHEN nextval('tries') = 1 THEN pg_terminate_backend(pg_backend_pid()) END"
    )
    with application.engine.begin() as connection:
        connection.execute(text("CREATE SEQUENCE tries"))

    async def told(app: App) -> None:
        await app.connector.execute_query_async(breaks_once)

    in_the_queue(application, told, PatientConnector)

    with application.engine.connect() as connection:
        assert connection.scalar(text("SELECT last_value FROM tries")) == 2


def test_a_mistake_in_a_query_is_not_tried_again(application: Application) -> None:
    with application.engine.begin() as connection:
        connection.execute(text("CREATE SEQUENCE tries"))

    async def wrong(app: App) -> None:
        await app.connector.execute_query_async("SELECT nextval('tries')::int / 0")

    with pytest.raises(Exception, match="Database error"):
        in_the_queue(application, wrong, PatientConnector)

    with application.engine.connect() as connection:
        assert connection.scalar(text("SELECT last_value FROM tries")) == 1


def test_a_mail_is_tried_for_days() -> None:
    waits, decision = [], None
    for attempts in range(200):
        decision = Patience().get_retry_decision(exception=OSError(), job=_tried(attempts))
        if decision is None:
            break
        waits.append(_seconds(decision))

    assert decision is None
    assert waits[0] <= 5
    assert max(waits) <= timedelta(hours=1).total_seconds()
    assert timedelta(days=4) < timedelta(seconds=sum(waits)) < timedelta(days=6)


def _tried(attempts: int) -> QueuedJob:
    return QueuedJob(
        id=1, queue="q", lock=None, queueing_lock=None, task_name="t", attempts=attempts
    )


def _seconds(decision: RetryDecision) -> float:
    assert decision.retry_at is not None
    return (decision.retry_at - datetime.now(UTC)).total_seconds()


class _NoPost:
    """A mail server that is never there."""

    def send(self, mail: object) -> None:  # noqa: ARG002
        raise OSError


def test_a_mail_that_never_left_is_told_on_its_case(office: Office) -> None:
    reference = office.report().reference
    deaf = replace(office.application, mailer=_NoPost())
    message_id = _put_out(office, reference)

    async def tried(app: App) -> None:
        await app.run_worker_async(wait=False, install_signal_handlers=False)

    for attempts, told in ((0, 0), (MAX_TRIES - 1, 1)):
        with office.application.engine.begin() as connection:
            connection.execute(
                text(
                    "UPDATE procrastinate_jobs SET attempts = :attempts, scheduled_at = NULL "
                    "WHERE task_name = 'send_message' AND status = 'todo'"
                ),
                {"attempts": attempts},
            )
        in_the_queue(deaf, tried)
        assert repairing.kinds(office, office.instance(reference)).count("bericht_mislukt") == told
    with office.application.sessions() as session:
        message = session.get_one(MessageOut, message_id)
    assert message.sent_at is None
    assert message.error is not None
    assert message.error.endswith("OSError.")


def _put_out(office: Office, reference: str) -> UUID:
    """A mail in the outbox, and nothing else in the queue."""
    instance = office.instance(reference)
    key = uuid4()
    with office.application.sessions.begin() as session:
        session.execute(text("DELETE FROM procrastinate_jobs"))
        session.add(
            MessageOut(
                id=key,
                municipality=instance.municipality,
                instance_id=instance.id,
                channel="mail",
                recipient="iemand@voorbeeld.example",
                subject="Er is een taak voor u",
                created_at=office.clock(),
                attempts=0,
            )
        )
        session.flush()
        office.application.collaborators.queue.send_messages(session, [key])
    return key
