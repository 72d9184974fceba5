"""What the worker does: each job opens a session, calls one operation and commits once."""

import logging
from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from procrastinate import App, BaseRetryStrategy, JobContext, RetryStrategy
from procrastinate.connector import BaseConnector
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from service.bootstrap import Application
from service.jobs.moves import work_off
from service.jobs.patience import MAX_TRIES as TRIES_OF_MAIL
from service.jobs.patience import Patience
from service.jobs.stalled import RETRY_STALLED, SWEEP, put_back_stalled
from service.operations.announce_tasks import announce_tasks
from service.operations.deliver import deliver, give_up_delivery
from service.operations.fire_due import due_instances, fire_due
from service.operations.nudge_tasks import due_tasks, nudge_task
from service.operations.retention.forget_reporters import forget_reporters
from service.operations.run_service_task import give_up, run_service_task
from service.operations.send_message import give_up_message, send_message
from service.operations.start_due import due_starts, give_up_start, start_due
from service.operations.studio.trial.manage import forget_trials
from service.storage.job_queue import (
    ANNOUNCE_TASKS,
    DELIVER,
    MOVE_CASES,
    RUN_SERVICE_TASK,
    SEND_MESSAGE,
)

_LOG = logging.getLogger("meldroute.jobs")
MAX_TRIES = 8
SWEEP_SECONDS = 5
_RETRY = RetryStrategy(max_attempts=MAX_TRIES, exponential_wait=3)
_MAY_PASS = (OSError, DBAPIError, PoolTimeout)
"""Errors that may be over at a next try; any other is shown as an incident at once."""
_WILL_PASS = (OSError, OperationalError, InterfaceError, PoolTimeout)
"""Errors after which a start by the clock is simply due again at the next sweep."""
_MAIL_RETRY = Patience()
_FIRST = 10
"""The priority of what must not wait behind a long queue."""


def job_app(application: Application, connector: BaseConnector) -> App:
    """The jobs of this application on a connector of Procrastinate."""
    app = App(connector=connector, periodic_defaults={"max_delay": 30})
    add = partial(_add, app, application)
    add(RUN_SERVICE_TASK, run_service_task, give_up)
    add(DELIVER, deliver, give_up_delivery)
    add(
        SEND_MESSAGE,
        partial(send_message, mailer=application.mailer),
        give_up_message,
        retry=_MAIL_RETRY,
        tries=TRIES_OF_MAIL,
        may_pass=(Exception,),
    )
    _add_announcements(app, application)
    _add_moves(app, application)
    _add_clockwork(app, application)
    return app


def _add(
    app: App,
    application: Application,
    name: str,
    do: Callable[..., object],
    give_up: Callable[..., object],
    *,
    retry: BaseRetryStrategy = _RETRY,
    tries: int = MAX_TRIES,
    may_pass: tuple[type[Exception], ...] = _MAY_PASS,
) -> None:
    """A job that does an operation; what will not pass, or has not passed, is told by another."""
    parts = application.collaborators

    @app.task(name=name, retry=retry, pass_context=True)
    def run(context: JobContext, /, **ids: str) -> None:
        keys = {key: UUID(value) for key, value in ids.items()}
        try:
            with application.sessions.begin() as session:
                do(session, parts, now=application.clock(), **keys)
        except Exception as error:
            if isinstance(error, may_pass) and context.job.attempts + 1 < tries:
                raise
            _LOG.exception("job gave up", extra={"job": ", ".join(ids.values())})
            why = f"Na {context.job.attempts + 1} pogingen mislukt: {type(error).__name__}."
            with application.sessions.begin() as session:
                give_up(session, parts, why=why, now=application.clock(), **keys)


def _add_announcements(app: App, application: Application) -> None:
    @app.task(name=ANNOUNCE_TASKS, retry=_MAIL_RETRY)
    def announce(task_ids: list[str]) -> None:
        with application.sessions.begin() as session:
            announce_tasks(
                session,
                application.collaborators,
                task_ids=[UUID(key) for key in task_ids],
                now=application.clock(),
            )


def _add_moves(app: App, application: Application) -> None:
    @app.task(name=MOVE_CASES, retry=_RETRY)
    def move(batch_id: str, chunk: int) -> None:
        work_off(application, UUID(batch_id), chunk)


def _add_clockwork(app: App, application: Application) -> None:
    @app.periodic(cron=f"* * * * * */{SWEEP_SECONDS}")
    @app.task(name=SWEEP, queueing_lock=SWEEP)
    def sweep_due(timestamp: int) -> None:  # noqa: ARG001 - Procrastinate hands it in
        sweep(application)

    @app.periodic(cron=f"* * * * * */{SWEEP_SECONDS}")
    @app.task(name=RETRY_STALLED, queueing_lock=RETRY_STALLED, priority=_FIRST)
    async def retry_stalled(timestamp: int) -> None:  # noqa: ARG001
        await put_back_stalled(app.job_manager)


def sweep(application: Application) -> int:
    """Fires what is due, starts what begins by the clock and reminds of what is late.

    How many cases, starts and tasks it touched. Each has a transaction of its own, so that one
    that is broken holds up no other.
    """
    now = application.clock()
    with application.sessions() as session:
        instances = due_instances(session, now=now)
        tasks = due_tasks(session, now=now)
        starts = due_starts(session, now=now)
    collaborators = application.collaborators
    for key in instances:
        _apart(
            application, partial(fire_due, collaborators=collaborators, instance_id=key, now=now)
        )
    for key in starts:
        _start(application, partial(start_due, collaborators=collaborators, start_id=key, now=now))
    for task_id, instance_id, municipality in tasks:
        _apart(
            application,
            partial(
                nudge_task,
                collaborators=collaborators,
                task_id=task_id,
                instance_id=instance_id,
                municipality=municipality,
                now=now,
            ),
        )
    _apart(application, partial(forget_reporters, now=now))
    _apart(application, partial(forget_trials, now=now))
    return len(instances) + len(tasks) + len(starts)


def _apart(application: Application, do: "partial[Any]") -> None:
    try:
        with application.sessions.begin() as session:
            do(session)
    except Exception:  # noqa: BLE001 - logged; the next one must not wait for this one
        _LOG.exception("sweep failed", extra=_told(do))


def _start(application: Application, start: "partial[bool]") -> None:
    """One start by the clock; what will not pass waits for somebody instead of the next round."""
    try:
        with application.sessions.begin() as session:
            start(session)
    except _WILL_PASS:
        _LOG.exception("start is tried again", extra=_told(start))
    except Exception as error:  # noqa: BLE001 - logged, and kept as an incident
        _LOG.exception("start gave up", extra=_told(start))
        why = f"De start is mislukt: {type(error).__name__}."
        given = {name: start.keywords[name] for name in ("start_id", "now")}
        _apart(application, partial(give_up_start, why=why, **given))


def _told(do: "partial[Any]") -> dict[str, str]:
    """The ids of what an operation works on, as the log names them."""
    return {
        name.removesuffix("_id"): str(key)
        for name, key in do.keywords.items()
        if name.endswith("_id")
    }
