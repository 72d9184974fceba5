"""Runs the worker until it is told to stop; it outlives a database that goes away."""

import asyncio
import contextlib
import logging
import threading

import psycopg
from procrastinate.exceptions import ProcrastinateException
from sqlalchemy.engine import make_url

from service.bootstrap import Application
from service.jobs.connector import PatientConnector
from service.jobs.stalled import HEARTBEAT_SECONDS, STALLED_AFTER
from service.jobs.work import job_app

_LOG = logging.getLogger("meldroute.jobs")
_CONCURRENCY = 4
_PAUSE_SECONDS = 1.0
_CONNECTION_SECONDS = 5.0
_GRACE_SECONDS = 20.0


def run_worker(application: Application, stop: threading.Event) -> None:
    """Works off jobs until ``stop`` is set; finishes what it is doing first."""
    while not stop.is_set():
        try:
            _knock(application)
            asyncio.run(_until_stopped(application, stop))
        except (OSError, psycopg.Error, ProcrastinateException) as error:
            _LOG.warning("worker has no database; trying again", exc_info=error)
            stop.wait(_PAUSE_SECONDS)


def _knock(application: Application) -> None:
    """Raises OperationalError at once while there is no database; a pool would wait for long."""
    psycopg.connect(_conninfo(application), connect_timeout=5).close()


async def _until_stopped(application: Application, stop: threading.Event) -> None:
    connector = PatientConnector(
        conninfo=_conninfo(application), max_size=_CONCURRENCY + 2, timeout=_CONNECTION_SECONDS
    )
    app = job_app(application, connector)
    async with app.open_async():
        worker = asyncio.create_task(
            app.run_worker_async(
                concurrency=_CONCURRENCY,
                install_signal_handlers=False,
                fetch_job_polling_interval=2.0,
                shutdown_graceful_timeout=_GRACE_SECONDS,
                delete_jobs="successful",
                update_heartbeat_interval=HEARTBEAT_SECONDS,
                stalled_worker_timeout=STALLED_AFTER.total_seconds(),
            )
        )
        stopped = asyncio.create_task(asyncio.to_thread(_wait_for, stop, worker))
        await asyncio.wait({worker, stopped}, return_when=asyncio.FIRST_COMPLETED)
        worker.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await worker


def _wait_for(stop: threading.Event, worker: "asyncio.Task[None]") -> None:
    while not stop.wait(0.5) and not worker.done():
        pass


def _conninfo(application: Application) -> str:
    """The address of the database as libpq wants it."""
    url = make_url(application.engine.url.render_as_string(hide_password=False))
    return url.set(drivername="postgresql").render_as_string(hide_password=False)
