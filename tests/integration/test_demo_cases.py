"""The demo municipality has a past year: cases in all stages, so that lists look lived in."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from service.bootstrap import Application, bootstrap
from service.operations.demo_cases import CASES, has_cases, load_cases
from service.operations.published import Publications
from service.operations.report_signal import REPORTING_PROCESS
from service.operations.verify_history import verify_history
from service.storage import Delivery, Instance, Job, MessageOut, Task
from service.storage.task import NEVER
from tests.conftest import TestServer
from tests.integration.conftest import DEMO, MONDAY, settings_for

SCENARIO = f"""naam = "Proef"
gemeente = "alle"
proces = "{REPORTING_PROCESS}"
begin = 2026-03-02T09:30:00

[[stap]]
rol = "melder"
taak = "{{task}}"

[[stap]]
open = ["triage"]
"""
Told = list[tuple[str, datetime, str, str | None]]


@pytest.fixture(scope="module")
def home(
    database_server: TestServer,
    demo_template: str,
    compiled: Publications,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Application]:
    """The demo municipality on its first day, without a case."""
    with database_server.database(template=demo_template) as address:
        application = bootstrap(settings_for(address, tmp_path_factory.mktemp("demo_cases")))
        shared = replace(application.collaborators, publications=compiled)
        yield replace(application, collaborators=shared)
        application.close()


def made(
    application: Application, session: Session, cases: int = CASES, root: Path | None = None
) -> int:
    return load_cases(
        session, application.collaborators, municipality=DEMO, now=MONDAY, cases=cases, root=root
    )


@pytest.fixture(scope="module")
def year(home: Application) -> Iterator[Session]:
    """The municipality after its past year; nothing of it stays."""
    with home.sessions() as session:
        assert not has_cases(session, DEMO)
        assert made(home, session) == CASES
        yield session


def test_every_case_is_made(year: Session) -> None:
    assert has_cases(year, DEMO)
    made_all = year.scalar(select(func.count()).select_from(Instance))
    assert made_all is not None
    assert CASES <= made_all < CASES * 1.25, "and those that they presuppose"


def test_nothing_has_happened_before_the_last_year_or_after_today(year: Session) -> None:
    first, last = year.execute(
        select(func.min(Instance.started_at), func.max(Task.opened_at))
        .select_from(Instance)
        .join(Task, Task.instance_id == Instance.id)
    ).one()
    assert MONDAY - timedelta(days=366) < first
    assert last <= MONDAY


def test_some_cases_have_ended_and_some_are_under_way(year: Session) -> None:
    states = dict(
        year.execute(select(Instance.status, func.count()).group_by(Instance.status)).all()
    )
    assert set(states) == {"active", "completed"}, "and none stands still by an incident"
    assert min(states.values()) > CASES / 5


def test_some_tasks_are_late_and_some_are_taken_up(year: Session) -> None:
    still_open = year.scalars(select(Task).where(Task.state == "open")).all()
    assert any(task.due_at < MONDAY for task in still_open)
    assert any(MONDAY < task.due_at < NEVER for task in still_open)
    assert any(task.assignee_id for task in still_open)
    assert any(task.assignee_id is None for task in still_open)


def test_nothing_is_left_for_the_worker_to_make_up_for(year: Session) -> None:
    assert year.scalars(select(Job).where(Job.state != "done")).all() == []
    assert year.scalars(select(MessageOut).where(MessageOut.sent_at.is_(None))).all() == []
    assert year.scalars(select(Delivery).where(Delivery.state == "waiting")).all() == []
    assert year.scalars(select(Instance).where(Instance.next_due < MONDAY)).all() == []
    assert year.scalars(select(Task).where(Task.next_nudge < MONDAY)).all() == []


def test_every_history_is_whole(year: Session) -> None:
    for key in year.scalars(select(Instance.id)):
        assert verify_history(year, instance_id=key).broken_at is None


def test_today_decides_what_is_made(home: Application) -> None:
    assert told(home) == told(home)


def told(application: Application) -> Told:
    with application.sessions() as session:
        made(application, session, 4)
        columns = (Instance.process_id, Instance.started_at, Instance.status, Instance.end_name)
        return [tuple(row) for row in session.execute(select(*columns).order_by(*columns))]


def test_a_scenario_that_goes_wrong_is_left_out_and_told(
    home: Application, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    folder = tmp_path / "processes" / REPORTING_PROCESS / "scenarios"
    folder.mkdir(parents=True)
    for task in ("signaal_indienen", "nergens"):
        (folder / f"{task}.toml").write_text(SCENARIO.format(task=task))
    with home.sessions() as session, caplog.at_level(logging.WARNING, "meldroute.demo"):
        count = made(home, session, 4, tmp_path)
        assert session.scalar(select(func.count()).select_from(Instance)) == count
    reasons = [vars(record)["reason"] for record in caplog.records]
    assert count + len(reasons) == 3, "signals: three quarters of the cases"
    assert count > 0
    assert reasons
    assert all("nergens" in why for why in reasons)


def test_cases_are_in_all_stages(year: Session) -> None:
    ends = set(year.scalars(select(Instance.end_name).where(Instance.end_name.is_not(None))))
    assert {"Naar aanpak", "Doorverwezen", "Dubbel", "Onvoldoende informatie"} <= ends
    urgencies = set(year.scalars(select(Instance.urgency).where(Instance.urgency.is_not(None))))
    assert {"acuut", "hoog", "normaal"} <= urgencies
    done = set(year.scalars(select(Task.element_id)))
    assert {"monitoren", "overdracht_beoordelen", "acuut_vastleggen", "casus_afsluiten"} <= done
