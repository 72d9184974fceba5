"""Processes that begin by the clock: once a moment, on the calendar, through publications."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from service.domain.errors import Refused
from service.domain.working_days import AMSTERDAM
from service.operations.start_due import due_starts
from service.storage import Event, Instance, ScheduledStart
from tests.integration.carried import cases_of, events
from tests.integration.clockwork import (
    DAILY,
    WORKING_DAYS,
    at,
    begins,
    begun_at,
    next_of,
    planned,
    published,
    until,
)
from tests.integration.conftest import DEMO, Office
from tests.unit.engine.diagrams import chain, timer


def test_a_case_begins_when_its_moment_comes_and_not_before(office: Office) -> None:
    published(office, proces=begins(DAILY))
    assert next_of(office) == at(2026, 3, 3, 9, 30)
    until(office, at(2026, 3, 3, 9, 29))
    assert cases_of(office, "proces") == []
    until(office, at(2026, 3, 3, 9, 30))
    [case] = cases_of(office, "proces")
    assert office.open_tasks(case.reference) == ["doen"]
    assert (case.started_by, case.publication_id) == (None, planned(office).publication_id)
    assert events(office, case) == ["gestart"]
    with office.application.sessions() as session:
        event = session.scalars(select(Event).where(Event.instance_id == case.id)).one()
    told = (event.actor_name, event.element_id, event.element_name)
    assert told == ("systeem", "op_tijd", "Op tijd")
    assert next_of(office) == at(2026, 3, 4, 9, 30)
    until(office, at(2026, 3, 4, 9, 31))
    assert len(cases_of(office, "proces")) == 2
    assert next_of(office) == at(2026, 3, 5, 9, 30), "a minute late moves nothing"


def test_what_was_missed_begins_one_case_and_the_series_falls_back_into_step(
    office: Office,
) -> None:
    published(office, proces=begins(DAILY))
    until(office, at(2026, 3, 10, 14, 0))
    assert begun_at(office) == [at(2026, 3, 10, 14, 0)]
    assert next_of(office) == at(2026, 3, 11, 9, 30)


def test_a_series_ends_and_what_begins_once_begins_once(office: Office) -> None:
    published(
        office,
        drie=begins("R3/PT1H"),
        datum=begins("2026-03-04T12:00:00+01:00", "timeDate"),
        duur=begins("PT2H", "timeDuration"),
    )
    for day in range(3, 8):
        for hour in (1, 13):
            until(office, at(2026, 3, day, hour))
    assert begun_at(office, "datum") == [at(2026, 3, 4, 13)]
    assert begun_at(office, "duur") == [at(2026, 3, 3, 1)]
    assert len(cases_of(office, "drie")) == 1, "the second and third were missed as well"
    assert [next_of(office, key) for key in ("drie", "datum", "duur")] == [None] * 3
    published(
        office,
        drie=begins("R3/PT1H"),
        datum=begins("2026-03-04T12:00:00+01:00", "timeDate"),
        duur=begins("PT2H", "timeDuration"),
        ander=begins(DAILY),
    )
    assert [next_of(office, key) for key in ("drie", "datum", "duur")] == [None] * 3


def test_working_days_skip_the_weekend_and_holidays(office: Office) -> None:
    published(office, proces=begins(WORKING_DAYS))
    moments = []
    office.clock.moment = at(2026, 4, 2, 10)
    while (due := next_of(office)) is not None and due < at(2026, 4, 10):
        until(office, due)
        moments.append(due.date().isoformat())
    # Good Friday is a working day of many municipalities and not of all: the profile says so.
    calendar = office.application.collaborators.publications
    with office.application.sessions() as session:
        profile = calendar.current(session, DEMO).profile
    days = [f"2026-04-{day:02}" for day in (2, 3, 6, 7, 8, 9)]
    open_days = [
        day for day in days if profile.calendar.is_working_day(datetime.fromisoformat(day).date())
    ]
    assert "2026-04-06" not in open_days, "Easter Monday"
    assert [day for day in moments if day >= "2026-04-03"] == open_days[1:]
    assert len(begun_at(office)) == len(moments)


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        (at(2026, 3, 27, 9), [(27, 9, 1), (28, 9, 1), (29, 9, 2), (30, 9, 2)]),
        (at(2026, 10, 23, 9), [(23, 9, 2), (24, 9, 2), (25, 9, 1), (26, 9, 1)]),
    ],
    ids=["spring", "autumn"],
)
def test_nine_o_clock_stays_nine_o_clock_when_the_clock_changes(
    office: Office, first: datetime, expected: list[tuple[int, int, int]]
) -> None:
    published(office, proces=begins(f"R/{first.isoformat()}/P1D"))
    found = []
    for _ in expected:
        due = next_of(office)
        assert due is not None
        until(office, due)
        offset = due.utcoffset()
        assert offset is not None
        found.append((due.day, due.hour, offset.seconds // 3600))
    assert found == expected
    assert len(cases_of(office, "proces")) == len(expected)


def test_a_year_that_begins_on_leap_day_goes_on_at_the_end_of_february(office: Office) -> None:
    published(office, proces=begins("R/2028-02-29T09:00:00+01:00/P1Y"))
    assert next_of(office) == at(2028, 2, 29, 9)
    found = []
    for _ in range(5):
        due = next_of(office)
        assert due is not None
        until(office, due)
        found.append((due.year, due.month, due.day))
    assert found == [(2028, 2, 29), (2029, 2, 28), (2030, 2, 28), (2031, 2, 28), (2032, 2, 29)]


def test_publishing_something_else_does_not_restart_a_series(office: Office) -> None:
    published(office, proces=begins("R/P1Y"))
    before = planned(office)
    office.clock.move(days=200)
    published(office, proces=begins("R/P1Y", then="anders"), ander=begins(DAILY))
    after = planned(office)
    assert (after.id, after.anchor_at, after.next_at) == (
        before.id,
        before.anchor_at,
        before.next_at,
    )
    assert after.publication_id != before.publication_id
    until(office, at(2027, 3, 2, 9, 30))
    [case] = cases_of(office, "proces")
    assert office.open_tasks(case.reference) == ["anders"], "it begins on what is published now"
    assert next_of(office) == at(2028, 3, 2, 9, 30)


def test_another_timer_counts_from_the_publication_that_brings_it(office: Office) -> None:
    published(office, proces=begins("R/P1Y"), weg=begins(DAILY))
    office.clock.move(days=10)
    published(office, proces=begins("R/P2Y"))
    assert next_of(office) == at(2028, 3, 12, 9, 30)
    with office.application.sessions() as session:
        there = list(session.scalars(select(ScheduledStart.process_id)))
    assert "proces" in there
    assert "weg" not in there, "a process that is gone begins no more"
    until(office, at(2026, 6, 1))
    assert cases_of(office, "weg") == []


def test_what_is_overdue_at_a_publication_still_begins_once(office: Office) -> None:
    published(office, proces=begins(DAILY))
    office.clock.moment = at(2026, 3, 5, 12)
    published(office, proces=begins(DAILY), ander=begins("R/P1Y"))
    until(office, at(2026, 3, 5, 12, 1))
    assert begun_at(office) == [at(2026, 3, 5, 12, 1)]
    assert next_of(office) == at(2026, 3, 6, 9, 30)


def test_a_norm_time_in_a_timer_that_changes_moves_the_next_start_only(office: Office) -> None:
    duration = "=na_normtijd(now(), gemeente.normtijden.verrijken)"
    published(office, proces=begins(duration))
    before = planned(office)
    published(office, proces=begins(duration), profile=('verrijken = "5wd"', 'verrijken = "1wd"'))
    after = planned(office)
    assert after.anchor_at == before.anchor_at
    assert before.next_at is not None
    assert after.next_at is not None
    assert after.next_at.astimezone(AMSTERDAM).date() == at(2026, 3, 3).date()
    assert before.next_at.astimezone(AMSTERDAM).date() == at(2026, 3, 9).date()


def test_what_comes_back_follows_the_profile_also_when_that_changes(office: Office) -> None:
    source = "=volgende_keer(gemeente.cyclus.netwerk.eerste, gemeente.cyclus.netwerk.elke, now())"
    far = 'eerste = 3026-01-19\nelke = "P3M"'
    published(office, proces=begins(source), profile=(far, 'eerste = 2026-01-19\nelke = "P3M"'))
    assert next_of(office) == at(2026, 4, 20, 9)  # 19 April is a Sunday
    published(office, proces=begins(source), profile=(far, 'eerste = 2026-01-31\nelke = "P1M"'))
    assert next_of(office) == at(2026, 3, 31, 9)
    until(office, at(2026, 3, 31, 9))
    assert begun_at(office) == [at(2026, 3, 31, 9)]
    assert next_of(office) == at(2026, 4, 30, 9)


def test_the_same_bundle_again_plans_nothing_anew(office: Office) -> None:
    body = begins(DAILY)
    published(office, proces=body)
    before = planned(office)
    office.clock.move(hours=1)
    published(office, proces=body)
    assert planned(office).next_at == before.next_at
    assert planned(office).publication_id == before.publication_id


def test_a_timer_without_moment_is_refused_at_publication_and_nothing_changes(
    office: Office,
) -> None:
    published(office, proces=begins(DAILY))
    before = planned(office)
    with pytest.raises(Refused) as refused:
        published(office, proces=begins('="vandaag"', "timeDate"))
    [finding] = refused.value.findings
    assert (finding.code, finding.element_id) == ("timer-start-unusable", "op_tijd")
    assert finding.file == "processes/proces/proces.bpmn"
    assert planned(office).publication_id == before.publication_id
    assert planned(office).timer == f"cycle {DAILY}"


def test_a_process_begins_by_each_of_its_clocks(office: Office) -> None:
    two = begins(DAILY) + (
        f'<startEvent id="ook" name="Ook">{timer("R/P1D", "timeCycle")}</startEvent>'
        + chain("ook", "doen")
    )
    published(office, proces=two)
    with office.application.sessions() as session:
        due = due_starts(session, now=at(2026, 3, 3, 9, 30))
        ours = select(ScheduledStart.id).where(ScheduledStart.process_id == "proces")
        assert set(due) >= set(session.scalars(ours))
    until(office, at(2026, 3, 3, 9, 30))
    assert len(cases_of(office, "proces")) == 2
    with office.application.sessions() as session:
        of_ours = ScheduledStart.process_id == "proces"
        moments = list(session.scalars(select(ScheduledStart.next_at).where(of_ours)))
        names = set(session.scalars(select(Event.element_name)))
        assert session.scalar(select(Instance.id).limit(1)) is not None
    assert moments == 2 * [at(2026, 3, 4, 9, 30).astimezone(UTC)]
    assert names >= {"Op tijd", "Ook"}
