"""What comes back in a municipality, comes as often as its plan says, and on working days."""

from collections.abc import Mapping
from datetime import date, datetime

import pytest

from service.domain.profile import Profile
from service.domain.rounds import next_round, read_every
from tests.processes.places import MA, MD, NEW_YEAR, RO, RY, place

MEETINGS: Mapping[str, Mapping[str, int]] = {
    RY: {"ondermijningstafel": 4, "ophis": 13, "lokaal-vangnet": 13, "zvh-overleg": 0, "vris": 4},
    MD: {
        "signaleringsoverleg": 13,
        "themaoverleg": 13,
        "af-overleg": 2,
        "ondermijningstafel-district-e": 4,
        "districtscollege": 4,
        "bestuurlijke-mensenhandeltafel": 2,
        "regionaal-platform": 4,
        "netwerkbijeenkomst-af": 2,
    },
    RO: {
        "gemeentelijk-overleg": 13,
        "regionaal-platform": 3,
        "netwerkbijeenkomst-af": 1,
        "regionale-tafel": 2,
        "rvo": 1,
    },
    MA: {"af-zorgcoordinator": 9, "casusoverleg": 13, "zorgtafel": 0, "taskforce-riec": 0},
}
"""How often each meeting is held in 2026; 0 when a case calls it."""


def moments(profile: Profile, first: date, every: str) -> list[datetime]:
    """When something that comes back begins in 2026."""
    found, after = [], NEW_YEAR
    while (after := next_round(profile.calendar, first, read_every(every), after)).year == 2026:
        found.append(after)
    return found


@pytest.mark.parametrize("where", MEETINGS)
def test_meetings_are_held_as_often_as_the_plan_of_the_municipality_says(where: str) -> None:
    profile = place(where).profile
    held = {
        meeting.id: len(moments(profile, meeting.round.first, meeting.round.every))
        if meeting.round
        else 0
        for meeting in profile.meetings
    }
    assert held == MEETINGS[where]


@pytest.mark.parametrize("where", MEETINGS)
def test_the_process_of_meetings_begins_on_every_day_on_which_one_is_held(where: str) -> None:
    profile = place(where).profile
    days = {
        moment
        for meeting in profile.meetings
        if meeting.round
        for moment in moments(profile, meeting.round.first, meeting.round.every)
    }
    assert place(where).starts("overleg") == len(days)


@pytest.mark.parametrize("where", MEETINGS)
def test_what_comes_back_begins_on_a_working_day_at_nine(where: str) -> None:
    profile = place(where).profile
    for name, found in profile.rounds.items():
        for moment in moments(profile, found.first, found.every):
            assert profile.calendar.is_working_day(moment.date()), name
            assert (moment.hour, moment.minute) == (9, 0), name


@pytest.mark.parametrize(("where", "number"), [(RY, 7), (MD, 15), (RO, 6), (MA, 20)])
def test_the_action_points_are_those_of_the_plan(where: str, number: int) -> None:
    assert len(place(where).profile.action_points) == number
