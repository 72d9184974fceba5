"""Insight in a process: every number known by hand, from cases that were walked."""

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import text

from service.domain.errors import NotFound
from service.domain.working_days import AMSTERDAM, WorkingCalendar
from service.operations.erase_instance import erase_instance
from service.operations.figures.period import Period
from service.operations.studio.insight import count as count_of
from service.operations.studio.insight.show import processes_with_insight
from tests.integration import drawn, insights, steps
from tests.integration.conftest import Furnished, Office, OpenOffice
from tests.integration.insights import at, begun, judged, path, repaired, seen, step

FRIDAY = 20, 12
_TOOK = """
    INSERT INTO task (id, municipality, instance_id, reference, process_id, element_id, name,
        roles, state, opened_at, due_at, closed_at, nudges)
    SELECT gen_random_uuid(), municipality, id, reference, process_id, :element, 'Stap',
        '{af-zorg}', 'completed', :opened, :closed, :closed, 0 FROM instance WHERE id = :case
"""


@pytest.fixture(scope="module")
def friday(furnished: Furnished) -> Iterator[str]:
    """Five cases begun on Monday 2 March, half past nine.

    Judged within 1, 1, 2 and 5 working days, the last one late. Two were good, two went back: one
    of those was mended after two days, the other nobody looked at for a week. One waits, late.
    """
    with furnished(_walk) as template:
        yield template


def _walk(office: Office) -> None:
    insights.published(office)
    quick, sent_back, given_up, late, _waits = [begun(office) for _ in range(5)]
    at(office, 3, 9, 30)
    judged(office, quick, "ja")
    judged(office, sent_back, "nee")
    at(office, 4, 9, 30)
    judged(office, given_up, "nee")
    at(office, 5, 9, 30)
    repaired(office, sent_back)
    at(office, 9, 9, 30)
    judged(office, late, "ja")
    at(office, *FRIDAY)


@pytest.fixture
def walked(friday: str, open_office: OpenOffice) -> Office:
    """The office on Friday 20 March, when those five cases have gone where they went."""
    office = open_office(friday)
    at(office, *FRIDAY)
    return office


def test_cases_that_wait_are_counted_where_they_stand_and_which_are_late(walked: Office) -> None:
    begun(walked)
    found = step(seen(walked), "toetsen")
    assert (found.waiting, found.waiting_late) == (2, 1)
    assert step(seen(walked), "herstellen").waiting == 0


def test_times_are_in_working_days_where_the_norm_time_is(walked: Office) -> None:
    found = step(seen(walked), "toetsen")
    assert (found.norms, found.unit, found.done, found.done_cases) == (("2wd",), "wd", 4, 4)
    assert found.median == pytest.approx(1.5), "of 1, 1, 2 and 5"
    assert found.p90 == pytest.approx(4.1), "nine tenths of the way from the first to the fourth"
    assert found.median_hours == pytest.approx(36)
    assert found.p90_hours == pytest.approx(48 + 0.7 * 120), "a week-end counts on the clock"


def test_a_step_without_a_norm_time_is_told_in_hours(walked: Office) -> None:
    found = step(seen(walked), "herstellen")
    assert (found.unit, found.done, found.median, found.p90) == ("clock", 1, 48, 48)
    assert (found.with_norm, found.late_share) == (0, None)


def test_tasks_that_were_finished_after_their_norm_time_are_late(walked: Office) -> None:
    found = step(seen(walked), "toetsen")
    assert (found.with_norm, found.late, found.late_share) == (4, 1, 25)


def test_paths_are_counted_by_times_and_cases_with_their_share_at_a_choice(walked: Office) -> None:
    shown = seen(walked)
    counted = {one.element_id: (one.times, one.cases, one.share) for one in shown.paths}
    assert counted == {
        "begin": (5, 5, None),
        "na_een_week": (1, 1, None),
        "einde": (3, 3, None),
        "einde_verlopen": (1, 1, None),
        **{key: counted[key] for key in counted if key.startswith("pijl_")},
        "verder": (4, 4, None),
        "ja": (2, 2, 50),
        "nee": (2, 2, 50),
        "hersteld": (1, 1, None),
        "opgegeven": (1, 1, None),
    }
    assert path(shown, "ja").source == "Vraag akkoord?"
    assert path(shown, "ja").target == "Einde"


def test_a_way_leads_past_what_only_joins_and_two_at_once_are_no_choice(office: Office) -> None:
    body = (
        drawn.START
        + insights.user("een", insights.FOR_CARE)
        + '<exclusiveGateway id="samen"/>'
        + insights.gateway("parallel", "beide")
        + insights.gateway("exclusive", "vraag", default="door")
        + insights.END
        + insights.flow("begin", "beide")
        + insights.flow("beide", "vraag", key="links")
        + insights.flow("beide", "samen", key="rechts")
        + insights.flow("vraag", "een", when="=1 = 2")
        + insights.flow("vraag", "samen", key="door")
        + insights.chain("een", "samen", "einde")
    )
    drawn.publish_process(office, body)
    begun(office)
    assert path(seen(office), "door").target == "Einde"
    assert path(seen(office), "door").choice
    assert not path(seen(office), "links").choice


def test_a_round_counts_every_time_and_the_case_once(office: Office) -> None:
    drawn.publish_process(office, drawn.ROUND)
    case = begun(office)
    for again in ("ja", "ja", "nee"):
        instance = office.instance(case)
        task_id = drawn.open_task(office, instance, "doen")
        office.complete("af-zorg", task_id, nog_een_keer=again)
    shown = seen(office)
    assert (step(shown, "doen").done, step(shown, "doen").done_cases) == (3, 1)
    assert (path(shown, "klaar").times, path(shown, "klaar").share) == (1, 33)


def test_only_what_happened_in_the_period_counts(walked: Office) -> None:
    week = Period(first=date(2026, 3, 4), until=date(2026, 3, 6))
    shown = seen(walked, period=week)
    assert (step(shown, "toetsen").done, step(shown, "toetsen").median) == (1, 2)
    assert (path(shown, "nee").times, path(shown, "ja").times) == (1, 0)
    assert step(shown, "herstellen").done == 1
    empty = seen(walked, period=Period(first=date(2025, 1, 1), until=date(2026, 1, 1)))
    assert step(empty, "toetsen").done == 0
    assert step(empty, "toetsen").median is None
    assert step(empty, "toetsen").waiting == 1, "what waits now, waits whatever the period"


def test_days_are_dutch_days(office: Office) -> None:
    insights.published(office)
    case = begun(office)
    at(office, 31, 23, 30)
    judged(office, case, "ja")
    april = Period(first=date(2026, 4, 1), until=date(2026, 5, 1))
    assert step(seen(office), "toetsen").done == 1
    assert step(seen(office, period=april), "toetsen").done == 0


def test_a_step_by_working_hours_counts_opening_hours_only(office: Office) -> None:
    hours = insights.BODY.replace("normtijden.triage)", "normtijden.triage_hoog)")
    insights.published(office, hours)
    at(office, 6, 16)
    case = begun(office)
    at(office, 9, 10, 30)
    judged(office, case, "ja")
    found = step(seen(office), "toetsen")
    assert (found.norms, found.unit) == (("4wu",), "wu")
    assert found.median == pytest.approx(2.5), "an hour on Friday, one and a half on Monday"
    assert found.median_hours == pytest.approx(66.5)


def test_the_database_counts_in_working_time_what_norm_times_add(office: Office) -> None:
    """Tasks that took exactly so many working days or hours, over holidays and summer time."""
    insights.published(office)
    instance = office.instance(begun(office))
    calendar, chance = WorkingCalendar(), random.Random(20260302)  # noqa: S311 - days, not secrets
    expected: dict[str, tuple[str, int]] = {}
    with office.application.engine.begin() as connection:
        for number in range(60):
            start = datetime(2026, 1, 1, tzinfo=AMSTERDAM) + timedelta(
                days=chance.randrange(360), hours=chance.randrange(9, 17), minutes=number
            )
            start, count = calendar.add_working_days(start, 0), chance.randrange(60)
            unit = "wd" if number % 2 else "wu"
            expected[f"stap_{number}"] = (unit, count)
            connection.execute(
                text(_TOOK),
                {
                    "case": instance.id,
                    "element": f"stap_{number}",
                    "opened": start,
                    "closed": calendar.after_norm(start, f"{count}{unit}"),
                },
            )
    where = count_of.Where(
        municipality=instance.municipality,
        process_id="proces",
        period=Period(first=date(2026, 1, 1), until=date(2028, 1, 1)),
    )
    with office.application.sessions() as session:
        found = count_of.durations(session, where, calendar)
    for element_id, (unit, took) in expected.items():
        spread = found[element_id].working_days
        if unit == "wu":
            spread = found[element_id].working_hours
        assert spread.median == pytest.approx(took, abs=1e-6), element_id


def test_what_runs_in_a_process_that_was_called_waits_there_and_at_the_call(office: Office) -> None:
    office.report()
    steps.triaged(office)
    standing = {
        process_id: {one.element_id for one in found.steps if one.waiting}
        for process_id in ("meldroute_signaal", "van_signaal_tot_aanpak", "beoordelen_vermoeden")
        if (found := seen(office, process_id=process_id))
    }
    assert "verrijken" in standing["beoordelen_vermoeden"]
    assert standing["van_signaal_tot_aanpak"] == {"vermoeden_laten_beoordelen"}
    assert "triage" not in standing["meldroute_signaal"]


def test_an_erased_case_is_counted_nowhere_any_more(walked: Office) -> None:
    with walked.application.sessions() as session:
        [gone] = session.execute(
            text("SELECT id FROM instance WHERE end_name = 'Verlopen'")
        ).scalars()
    with walked.application.sessions.begin() as session:
        erase_instance(
            session,
            walked.application.collaborators,
            instance_id=gone,
            ground="verzoek",
            actor=walked.person("archief"),
            now=walked.clock(),
        )
    shown = seen(walked)
    assert (step(shown, "toetsen").done, path(shown, "nee").times) == (3, 1)
    assert path(shown, "na_een_week").times == 0


def test_what_another_municipality_did_is_not_counted(walked: Office) -> None:
    with walked.application.engine.begin() as connection:
        connection.execute(text("INSERT INTO municipality (id, name) VALUES ('elders', 'Elders')"))
        connection.execute(text("ALTER TABLE event DISABLE TRIGGER USER"))
        for table in ("instance", "event", "task"):
            connection.execute(text(f"UPDATE {table} SET municipality = 'elders'"))  # noqa: S608
    shown = seen(walked)
    assert {one.times for one in shown.paths} == {0}
    assert {(one.waiting, one.done) for one in shown.steps} == {(0, 0)}


def test_what_is_not_in_the_diagram_is_told_apart_and_the_old_diagram_can_be_shown(
    walked: Office,
) -> None:
    before = seen(walked).publication
    insights.published(walked, insights.BODY.replace("herstellen", "opnieuw_doen"))
    shown = seen(walked)
    assert [(one.element_id, one.name, one.done) for one in shown.other_steps] == [
        ("herstellen", "Taak herstellen", 1)
    ]
    assert "herstellen" not in {one.element_id for one in shown.steps}
    assert {one.element_id for one in shown.other_paths} >= set()
    old = seen(walked, publication=before)
    assert (old.publication, old.other_steps) == (before, ())
    assert step(old, "herstellen").done == 1
    first = seen(walked, publication=1)
    assert first.xml is None, "the process was not there yet"
    assert {one.element_id for one in first.other_steps} == {"toetsen", "herstellen"}


def test_who_only_coordinates_sees_no_small_count_and_others_rounded(walked: Office) -> None:
    for _ in range(6):
        begun(walked)
    shown = seen(walked, by="af-zorg")
    found = step(shown, "toetsen")
    assert not shown.exact
    assert found.waiting == 5, "seven, rounded to fives"
    assert found.waiting_late is None
    assert (found.done, found.median, found.late, found.late_share) == (None, None, None, None)
    assert path(shown, "begin").times == 10, "eleven"
    assert (path(shown, "ja").times, path(shown, "ja").cases, path(shown, "ja").share) == (
        None,
        None,
        None,
    )
    assert seen(walked).exact


def test_what_is_to_be_shared_has_no_small_counts_for_the_owner_either(walked: Office) -> None:
    assert path(seen(walked, to_share=True), "ja").times is None


@pytest.mark.parametrize("role", ["oov", "zvh", "melder"])
def test_for_others_it_does_not_exist(walked: Office, role: str) -> None:
    with pytest.raises(NotFound):
        seen(walked, by=role)
    with walked.application.sessions() as session, pytest.raises(NotFound):
        processes_with_insight(session, walked.application.collaborators, actor=walked.person(role))


def test_a_process_or_publication_that_is_not_there_is_not_found(walked: Office) -> None:
    with pytest.raises(NotFound):
        seen(walked, process_id="bestaat_niet")
    with pytest.raises(NotFound):
        seen(walked, publication=99)
