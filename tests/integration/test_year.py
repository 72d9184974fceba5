"""A year of one municipality on the virtual clock: everything comes on the right working day.

2028 is a leap year; its Easter Monday, Whit Monday and first day of Christmas are Mondays.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from service.bootstrap import bootstrap
from service.domain.working_days import AMSTERDAM, WorkingCalendar
from service.operations.demo import load_demo
from service.storage import Erasure, Instance, MessageOut, ScheduledStart
from tests.conftest import TestServer
from tests.integration.conftest import Clock, Office, Post, settings_for
from tests.integration.year import Year

EVE = datetime(2027, 12, 31, 17, tzinfo=AMSTERDAM)
CALENDAR = WorkingCalendar()
HEAD = 'naam = "Jaar"\ngemeente = "midden-delfland"\nproces = "meldroute_signaal"\n'
REPORTED = """
[[stap]]
rol = "melder"
taak = "signaal_indienen"
[stap.antwoorden.signaal]
hoedanigheid = "medewerker"
anoniem = "nee"
gaat_over = ["slachtoffer"]
"""
TRIAGED = """
[[stap]]
rol = "af-zorg"
taak = "triage"
antwoorden = {{ triage = {{ type = "{0}", bruikbaar = "ja", eigen_gemeente = "ja" }} }}
"""
REFERRED = (
    REPORTED
    + TRIAGED.format("geen_mensenhandel")
    + '[[stap]]\nrol = "af-zorg"\ntaak = "doorverwijzen"\n[einde]\nnamen = ["Doorverwezen"]\n'
)
WATCHED = (
    REPORTED
    + TRIAGED.format("slachtoffer")
    + """
[[stap]]
rol = "af-zorg"
taak = "verrijken"


[[stap]]
rol = "af-zorg"
taak = "vermoeden_beoordelen"
antwoorden = { beoordeling = { oordeel = "onvoldoende" } }

[[stap]]
rol = "af-veiligheid"
taak = "tweede_beoordeling_geven"
antwoorden = { tweede_beoordeling = { eens = "ja" } }

[[stap]]
open = ["monitoren"]
"""
)
FRESH = REPORTED + '[[stap]]\nopen = ["triage"]\n'
ANSWERS = {
    "rapportage_nalezen": {"nalezing": {"vrijgave": "ja"}},
    "cijfers_vrijgeven": {"vrijgave": {"besluit": "ja"}},
    "agenda_vaststellen": {"agenda": {"gaat_door": "ja"}},
    "lijst_vaststellen": {"lijstvaststelling": {"akkoord": "ja"}},
}


LEFT = frozenset({"triage", "monitoren", "controle_plannen"})
"""Tasks that nobody looks at."""
RECURRING = (
    "overleg",
    "bewaren_vernietigen",
    "periodieke_rapportage",
    "regionale_monitor",
    "beleidscyclus",
    "training_bewustwording",
    "toezicht_meldcode_partners",
    "netwerkbeheer",
    "integrale_controle",
)
MONDAY = 0


def begin(day: str) -> str:
    return f"begin = {day}T10:00:00\n"


def at(month: int, day: int, hour: int) -> datetime:
    return datetime(2028, month, day, hour, tzinfo=AMSTERDAM)


@dataclass(frozen=True, kw_only=True)
class Lived:
    """A year that has passed, and three cases that were in it."""

    year: Year
    referred: str
    """Ended on 15 April of the year before, to be kept for a year."""
    watched: str
    """Watched from 1 February on, for ninety days."""
    late: str
    """Reported on 28 February; nobody does the triage."""


@pytest.fixture(scope="module")
def lived(
    database_server: TestServer, template_database: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Lived]:
    clock = Clock(moment=EVE)
    with database_server.database(template=template_database) as address:
        settings = settings_for(address, tmp_path_factory.mktemp("year"))
        application = bootstrap(settings, clock=clock)
        with application.sessions.begin() as session:
            load_demo(session, now=EVE)
        office = Office(application=application, clock=clock, post=Post())
        yield _live(Year(office=office, answers=ANSWERS, left=LEFT))
        application.close()


def _live(year: Year) -> Lived:
    referred = year.play(HEAD + begin("2027-04-15") + REFERRED)
    year.until(at(2, 1, 10))
    watched = year.play(HEAD + begin("2028-02-01") + WATCHED)
    year.until(at(2, 28, 10))
    late = year.play(HEAD + begin("2028-02-28") + FRESH)
    year.until(at(12, 31, 23))
    return Lived(year=year, referred=referred, watched=watched, late=late)


def begun(lived: Lived, process_id: str) -> list[datetime]:
    with lived.year.application.sessions() as session:
        found = session.scalars(
            select(Instance.started_at)
            .where(Instance.process_id == process_id)
            .order_by(Instance.started_at)
        )
        return [moment.astimezone(AMSTERDAM) for moment in found]


def days(lived: Lived, process_id: str) -> list[date]:
    return sorted({moment.date() for moment in begun(lived, process_id)})


def case(lived: Lived, reference: str) -> Instance:
    return lived.year.office.instance(reference)


@pytest.mark.parametrize("process_id", RECURRING)
def test_what_comes_back_begins_at_nine_on_a_working_day(lived: Lived, process_id: str) -> None:
    moments = begun(lived, process_id)
    assert moments
    assert {moment.time() for moment in moments} == {time(9)}
    assert all(CALENDAR.is_working_day(moment.date()) for moment in moments)


def test_nine_o_clock_stays_nine_o_clock_when_the_clock_changes(lived: Lived) -> None:
    hours = {
        moment.date(): moment.astimezone(UTC).hour for moment in begun(lived, "bewaren_vernietigen")
    }
    assert (hours[date(2028, 3, 20)], hours[date(2028, 3, 27)]) == (8, 7)
    assert (hours[date(2028, 10, 23)], hours[date(2028, 10, 30)]) == (7, 8)


@pytest.mark.parametrize(
    ("process_id", "day"),
    [
        ("beleidscyclus", date(2028, 1, 12)),
        ("periodieke_rapportage", date(2028, 2, 2)),
        ("regionale_monitor", date(2028, 3, 2)),
        ("training_bewustwording", date(2028, 9, 7)),
        ("toezicht_meldcode_partners", date(2028, 10, 5)),
    ],
)
def test_what_is_yearly_comes_once_on_its_day(lived: Lived, process_id: str, day: date) -> None:
    assert [moment.date() for moment in begun(lived, process_id)] == [day]


def test_the_network_and_the_controls_come_every_quarter(lived: Lived) -> None:
    assert [day.month for day in days(lived, "netwerkbeheer")] == [1, 4, 7, 10]
    assert [day.month for day in days(lived, "integrale_controle")] == [2, 5, 8, 11]


def test_a_meeting_on_a_holiday_is_held_the_next_working_day(lived: Lived) -> None:
    held = days(lived, "overleg")
    kings_day, ascension = date(2028, 4, 27), date(2028, 5, 25)
    assert {kings_day, ascension}.isdisjoint(held)
    assert {kings_day + timedelta(days=1), ascension + timedelta(days=1)} <= set(held)


def test_a_meeting_is_held_on_leap_day_and_on_a_liberation_day_that_is_no_holiday(
    lived: Lived,
) -> None:
    assert {date(2028, 2, 29), date(2028, 5, 5)} <= set(days(lived, "overleg"))


def test_every_week_it_is_looked_at_what_may_go_and_a_monday_off_is_a_day_later(
    lived: Lived,
) -> None:
    looked = days(lived, "bewaren_vernietigen")
    assert len(looked) == 52
    assert [day for day in looked if day.weekday() != MONDAY] == [
        date(2028, 4, 18),
        date(2028, 6, 6),
        date(2028, 12, 27),
    ]


def test_a_referred_signal_is_destroyed_a_year_after_it_ended(lived: Lived) -> None:
    """Its time is over on a Saturday, and the Monday after it is Easter Monday."""
    with lived.year.application.sessions() as session:
        [erasure] = session.scalars(select(Erasure)).all()
        assert session.get_one(Instance, erasure.instance_id).reference == lived.referred
    assert erasure.erased_at.astimezone(AMSTERDAM) == at(4, 18, 9)


def test_a_signal_that_is_watched_expires_after_ninety_days_at_the_same_hour(
    lived: Lived,
) -> None:
    ended = case(lived, lived.watched)
    assert ended.end_name == "Naar aanpak"
    assert ended.ended_at is not None
    assert ended.ended_at.astimezone(AMSTERDAM) == at(5, 1, 10)


def test_people_are_reminded_on_leap_day_and_the_stand_in_comes_in_two_working_days_later(
    lived: Lived,
) -> None:
    with lived.year.application.sessions() as session:
        told = select(MessageOut.created_at, MessageOut.subject).where(
            MessageOut.instance_id == case(lived, lived.late).id
        )
        moments = {
            subject: moment.astimezone(AMSTERDAM) for moment, subject in session.execute(told)
        }
    assert moments["Herinnering: een taak loopt bijna af"] == at(2, 29, 22)
    assert moments["Termijn verstreken: een taak wacht"] == at(3, 1, 10)
    [triage] = [task for task in lived.year.office.tasks(lived.late) if task.state == "open"]
    assert triage.roles == ["af-zorg", "af-veiligheid"]


def test_nothing_has_stumbled(lived: Lived) -> None:
    with lived.year.application.sessions() as session:
        cases = session.scalars(select(Instance).where(Instance.incident.is_not(None))).all()
        starts = session.scalars(
            select(ScheduledStart).where(ScheduledStart.incident.is_not(None))
        ).all()
    assert [found.incident for found in (*cases, *starts)] == []
