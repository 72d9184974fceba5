"""The database goes away and comes back: web and worker say so, wait, and go on by themselves."""

import signal
import time
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from service.bootstrap import Application, bootstrap
from service.storage.job_queue import PostgresJobQueue
from tests.faults.node import PATIENCE, until
from tests.faults.people import Book, Person
from tests.faults.proof import calm, left_over
from tests.faults.site import Site
from tests.integration.conftest import settings_for

SOON = 100.0  # seconds for an answer, on a slow machine too


@pytest.fixture
def gone(shared_site: Site) -> Site:
    """A site of which only the database does not run."""
    if shared_site.database.pid is not None or not shared_site.complete:
        shared_site.start()
        shared_site.kill("database")
    return shared_site


def test_it_is_not_ready_and_yet_alive(gone: Site) -> None:
    assert gone.status("/readyz") == 503
    assert gone.status("/healthz") == 200


@pytest.mark.parametrize("path", ["/inloggen", "/melden", "/terugkoppeling"])
def test_a_page_says_plainly_what_is_going_on(gone: Site, path: str) -> None:
    answer = httpx.get(gone.url + path, timeout=SOON)

    assert answer.status_code in (200, 503)
    if answer.status_code == 503:
        assert "niet bereikbaar" in answer.text
        assert int(answer.headers["Retry-After"]) > 0
    assert "Traceback" not in answer.text


def test_the_api_says_it_in_json(gone: Site) -> None:
    answer = httpx.get(
        f"{gone.url}/api/v1/tasks", headers={"Authorization": "Bearer mr_x"}, timeout=SOON
    )

    assert answer.status_code == 503
    assert answer.json()["status"] == "Service Unavailable"
    assert int(answer.headers["Retry-After"]) > 0


def test_a_submission_during_the_outage_is_not_acknowledged(gone: Site) -> None:
    answer = httpx.post(
        f"{gone.url}/api/v1/signals",
        json={"municipality": "midden-delfland", "submission_id": str(uuid4()), "answers": {}},
        timeout=SOON,
    )

    assert answer.status_code == 503


def test_web_and_worker_go_on_by_themselves(gone: Site) -> None:
    assert gone.web.process is not None
    assert gone.worker.process is not None
    before = (gone.web.process.pid, gone.worker.process.pid)
    assert gone.status("/readyz") == 503
    worker_notices(gone)
    gone.revive_database()

    until(lambda: gone.status("/readyz") == 200, lambda: gone.web.said[-2000:])
    with Person(gone.url, None, Book(deadline=time.monotonic() + PATIENCE)) as person:
        person.report(uuid4())
    until(
        lambda: calm(gone.application),
        lambda: f"the worker goes on: {left_over(gone.application)} {gone.worker.said[-2000:]}",
    )
    assert (gone.web.process.poll(), gone.worker.process.poll()) == (None, None)
    assert (gone.web.process.pid, gone.worker.process.pid) == before


def test_a_worker_that_waits_for_the_database_can_be_stopped(gone: Site) -> None:
    worker_notices(gone)

    assert gone.worker.stop(signal.SIGTERM) == 0


def worker_notices(gone: Site) -> None:
    """Returns when the worker has found out, once more, that there is no database."""
    before = gone.worker.said.count("worker has no database")
    until(
        lambda: gone.worker.said.count("worker has no database") > before,
        lambda: gone.worker.said[-2000:],
    )


def test_a_connection_lost_while_work_is_queued_counts_as_a_lost_database(
    fresh_database_url: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The edges answer 503 to it; any other error would be a page about a mistake of ours."""
    application = bootstrap(settings_for(fresh_database_url, tmp_path_factory.mktemp("data")))
    try:
        with pytest.raises(OperationalError):
            _queue_on_a_lost_connection(application)
    finally:
        application.close()


def _queue_on_a_lost_connection(application: Application) -> None:
    with application.sessions.begin() as session:
        mine = session.scalar(text("SELECT pg_backend_pid()"))
        with application.sessions() as other:
            other.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": mine})
        PostgresJobQueue().run_service_tasks(session, [uuid4()])
