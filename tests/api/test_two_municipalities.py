"""Two municipalities in one installation: nothing of one is seen or touched from the other."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, make_url, select
from sqlalchemy.orm import Session

from service.bootstrap import bootstrap
from service.domain.actor import REPORTER_ROLE
from service.domain.errors import NotFound
from service.domain.profile import read_profile
from service.operations import bundle_files
from service.operations.accounts import create_user
from service.operations.figures import count
from service.operations.figures.period import Period
from service.operations.network.end_entry import end_entry
from service.operations.network.list_register import list_register
from service.operations.network.registers import REGISTERS
from service.operations.network.show_entry import show_entry
from service.operations.publish import publish
from service.storage import Access, Base, Delivery, Event, Instance, ScheduledStart, Task
from tests.api.conftest import ApiOffice, through_api
from tests.api.test_rights import MAY, sent
from tests.conftest import TestServer
from tests.integration import steps
from tests.integration.conftest import MONDAY, Clock, Office, Post, settings_for

NEIGHBOUR = "rijswijk"
EVERYBODY = "iedereen"
"""Somebody who has every role there is next door."""


@pytest.fixture(scope="module")
def both_template(
    database_server: TestServer, demo_template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The name of a database with two municipalities; the second has a person for each role."""
    with database_server.database(template=demo_template) as address:
        application = bootstrap(settings_for(address, tmp_path_factory.mktemp("both")))
        with application.sessions.begin() as session:
            settle_next_door(session)
        application.close()
        yield str(make_url(address).database)


def settle_next_door(session: Session) -> None:
    content = bundle_files.read_bundled(NEIGHBOUR)
    publish(session, content=content, published_by="toets", reason="toets", now=MONDAY)
    roles = read_profile(content[bundle_files.PROFILE], file=bundle_files.PROFILE).roles
    for name, held in ({role: {role} for role in roles} | {EVERYBODY: set(roles)}).items():
        create_user(
            session,
            municipality=NEIGHBOUR,
            email=f"{name}@{NEIGHBOUR}.example",
            name=f"Buur ({name})",
            password="een heel lang wachtwoord",
            roles=held - {REPORTER_ROLE},
            now=MONDAY,
        )


@pytest.fixture
def api(database_server: TestServer, both_template: str, tmp_path: Path) -> Iterator[ApiOffice]:
    """The first municipality."""
    clock = Clock()
    with database_server.database(template=both_template) as address:
        application = bootstrap(settings_for(address, tmp_path), clock=clock)
        with through_api(Office(application=application, clock=clock, post=Post())) as asked:
            yield asked
        application.close()


@pytest.fixture
def there(api: ApiOffice) -> ApiOffice:
    """The municipality next door, at the same addresses."""
    return replace(api, municipality=NEIGHBOUR, tokens={})


def asked(there: ApiOffice, operation: str, *, case: str, task: str) -> int:
    method, path = operation.split()
    path = path.format(task=task, case=case, file=uuid4())
    return there.ask(EVERYBODY, method, path, **sent(operation)).status_code


def of_one_case() -> Iterator[str]:
    yield from (operation for operation in MAY if "{task}" in operation or "{case}" in operation)


def test_no_operation_on_a_case_or_task_finds_that_of_the_neighbours(
    api: ApiOffice, there: ApiOffice
) -> None:
    case = str(api.instance(api.report().reference).id)
    task = api.task_id("af-zorg", "triage")
    found = {
        operation: asked(there, operation, case=case, task=task) for operation in of_one_case()
    }
    assert set(found.values()) == {404}, found
    assert len(found) > 15


def test_what_was_tried_is_logged_at_home_and_changes_nothing_next_door(
    api: ApiOffice, there: ApiOffice
) -> None:
    case = api.instance(api.report().reference)
    asked(there, "GET /instances/{case}", case=str(case.id), task="")
    after = api.instance(case.reference)
    assert (after.revision, after.last_hash) == (case.revision, case.last_hash)
    with api.application.sessions() as session:
        [where] = session.scalars(select(Access.municipality).where(Access.what == "geweigerd"))
    assert where == NEIGHBOUR


@pytest.mark.parametrize("path", ["/tasks", "/instances", "/signals", "/instances/to-repair"])
def test_lists_hold_what_is_of_ones_own_municipality(
    api: ApiOffice, there: ApiOffice, path: str
) -> None:
    theirs, ours = api.report().reference, there.report().reference
    told = str(there.read(EVERYBODY, path))
    assert theirs not in told
    assert (ours in told) == (path in ("/tasks", "/instances"))


def test_who_searches_by_kenmerk_finds_ones_own_cases_only(
    api: ApiOffice, there: ApiOffice
) -> None:
    theirs, ours = api.report().reference, there.report().reference
    for reference, number in ((theirs, 0), (ours, 1)):
        for path in ("/tasks", "/instances"):
            [found] = there.read(EVERYBODY, path, reference=reference).keys() & {
                "tasks",
                "instances",
            }
            assert len(there.read(EVERYBODY, path, reference=reference)[found]) == number


def test_a_message_for_a_case_of_the_neighbours_reaches_nobody(
    api: ApiOffice, there: ApiOffice
) -> None:
    reference = monitored(api)
    body = {"name": "nieuw_signaal_gekoppeld", "correlation_key": reference}
    assert there.ask(EVERYBODY, "POST", "/messages", json=body).status_code == 404
    there.work()
    assert api.open_tasks(reference) == ["monitoren"]
    api.send("af-zorg", "/messages", body)
    assert api.open_tasks(reference) == ["verrijken"]


def monitored(api: ApiOffice) -> str:
    """A case that waits for another signal."""
    reference = api.report().reference
    steps.triaged(api)
    steps.enriched(api)
    steps.judged(api, "onvoldoende")
    return reference


def test_a_signal_to_everybody_stays_within_the_municipality(
    api: ApiOffice, there: ApiOffice
) -> None:
    there.send("functioneel-beheer", "/broadcasts", {"name": "iets"})
    there.work()
    with api.application.sessions() as session:
        assert set(session.scalars(select(Delivery.municipality))) <= {NEIGHBOUR}


def test_what_begins_by_the_clock_begins_in_the_municipality_that_planned_it(
    api: ApiOffice, there: ApiOffice
) -> None:
    ours = {start["id"] for start in there.read("functioneel-beheer", "/starts")}
    theirs = {start["id"] for start in api.read("functioneel-beheer", "/starts")}
    assert not ours & theirs
    with api.application.sessions() as session:
        planned = session.execute(
            select(ScheduledStart.municipality, func.count()).group_by(ScheduledStart.municipality)
        ).all()
    assert len({count for _, count in planned}) <= 1, "the same processes, each with its own plan"


def test_each_walks_its_own_route_with_its_own_people(api: ApiOffice, there: ApiOffice) -> None:
    theirs = api.report(gaat_over=["dader"]).reference
    ours = there.report(gaat_over=["dader"]).reference
    assert [task.roles for task in api.tasks(theirs) if task.state == "open"] == [["af-veiligheid"]]
    assert [task.roles for task in there.tasks(ours) if task.state == "open"] == [["af-zorg"]]
    there.do("af-zorg", "triage", triage=steps.TRIAGE)
    assert there.open_tasks(ours) == ["verrijken"]
    assert api.open_tasks(theirs) == ["triage"]


def test_every_row_of_a_case_says_of_which_municipality_it_is(
    api: ApiOffice, there: ApiOffice
) -> None:
    api.report()
    ours = there.instance(there.report().reference).id
    with api.application.sessions() as session:
        for model in (Event, Task):
            rows = session.scalars(select(model.municipality).where(model.instance_id == ours))
            assert set(rows) == {NEIGHBOUR}
        assert session.get_one(Instance, ours).municipality == NEIGHBOUR


def test_the_kenmerk_of_a_case_of_the_neighbours_names_nothing(
    api: ApiOffice, there: ApiOffice
) -> None:
    theirs = api.report().reference
    there.report()
    same = {"dubbel": "ja", "soort_koppeling": "dubbel", "toelichting": "Zelfde adres."}
    wrong = {**steps.TRIAGE, **same, "dubbel_met": theirs}
    task = there.task_id("af-zorg", "triage")
    told = there.ask(
        "af-zorg", "POST", f"/tasks/{task}/complete", json={"answers": {"triage": wrong}}
    )
    absent = there.ask(
        "af-zorg",
        "POST",
        f"/tasks/{task}/complete",
        json={"answers": {"triage": {**wrong, "dubbel_met": "2026-ZZZZ-ZZZZ"}}},
    )
    assert (told.status_code, absent.status_code) == (422, 422)
    assert str(told.json).replace(theirs, "…") == str(absent.json).replace("2026-ZZZZ-ZZZZ", "…")


@pytest.mark.parametrize("register_id", REGISTERS)
def test_each_keeps_registers_of_its_own(
    api: ApiOffice, there: ApiOffice, register_id: str
) -> None:
    ours, theirs = (listed(office, register_id) for office in (there, api))
    assert ours
    assert not ours.keys() & theirs.keys()
    for entry_id in theirs:
        with pytest.raises(NotFound), there.application.sessions.begin() as session:
            show_entry(
                session,
                there.application.collaborators,
                register_id=register_id,
                entry_id=entry_id,
                actor=there.person(EVERYBODY),
                now=there.clock(),
            )
        with pytest.raises(NotFound), there.application.sessions.begin() as session:
            end_entry(
                session,
                there.application.collaborators,
                register_id=register_id,
                entry_id=entry_id,
                actor=there.person(EVERYBODY),
                why="Van de buren.",
                revision=1,
                now=there.clock(),
            )
    assert listed(api, register_id) == theirs


def listed(office: ApiOffice, register_id: str) -> dict[UUID, str]:
    with office.application.sessions() as session:
        page = list_register(
            session,
            office.application.collaborators,
            register_id=register_id,
            actor=office.person("af-zorg"),
            now=office.clock(),
            limit=100,
        )
        return {entry.id: entry.name for entry in page.entries}


def test_figures_count_what_is_of_ones_own_municipality(api: ApiOffice, there: ApiOffice) -> None:
    for _ in range(3):
        api.report()
    there.report()
    year = Period(first=date(2026, 1, 1), until=date(2027, 1, 1))
    with there.application.sessions() as session:
        counts = {
            office.municipality: sum(
                count.signals_per_month(session, office.municipality, year).values()
            )
            for office in (api, there)
        }
    assert counts == {"midden-delfland": 3, NEIGHBOUR: 1}


def test_every_table_says_of_which_municipality_a_row_is() -> None:
    without = {table.name for table in Base.metadata.sorted_tables if "municipality" not in table.c}
    assert without == {"municipality"}


def test_who_has_no_name_reports_to_the_municipality_that_was_chosen(
    api: ApiOffice, there: ApiOffice
) -> None:
    reference = there.report(
        by=None, anoniem="ja", naam=None, email=None, hoedanigheid="inwoner"
    ).reference
    assert there.instance(reference).municipality == NEIGHBOUR
    assert "triage" not in api.inbox("af-zorg")
