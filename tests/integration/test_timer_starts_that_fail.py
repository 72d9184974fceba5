"""Starts by the clock that meet something or cannot happen: once, shown, and in nobody's way."""

from typing import Any

import pytest

from service.domain.errors import Conflict, NotAllowed
from service.jobs.work import sweep
from service.storage import Publication
from tests.integration.carried import cases_of
from tests.integration.clockwork import (
    DAILY,
    HOURLY,
    at,
    begins,
    begun_at,
    listed,
    next_of,
    planned,
    published,
    retried,
    starting,
    stumbles,
    until,
)
from tests.integration.conftest import Office
from tests.integration.test_two_at_once import in_transaction, meeting, sound


def test_two_workers_that_sweep_at_once_begin_one_case(office: Office) -> None:
    published(office, proces=begins(DAILY))
    office.clock.moment = at(2026, 3, 3, 9, 30)
    one, other = meeting(office, starting(office), starting(office), waits=False)
    assert (one, other) == (True, False)
    [case] = cases_of(office, "proces")
    assert sound(office, case) == 1
    assert in_transaction(office, starting(office)) is False, "it is not due any more"


def test_a_publication_that_meets_a_start_waits_for_it_and_loses_nothing(office: Office) -> None:
    published(office, proces=begins(DAILY))
    office.clock.moment = at(2026, 3, 3, 9, 30)

    def publishing(_: Any) -> None:
        published(office, proces=begins(DAILY), ander=begins(HOURLY))

    started, nothing = meeting(office, starting(office), publishing)
    assert (started, nothing) == (True, None)
    office.later()
    assert len(cases_of(office, "proces")) == 1
    assert next_of(office) == at(2026, 3, 4, 9, 30)


def test_a_start_that_fails_is_shown_and_waits_and_holds_up_no_other(office: Office) -> None:
    published(office, kapot=stumbles(DAILY), heel=begins(DAILY))
    until(office, at(2026, 3, 3, 9, 30))
    assert cases_of(office, "kapot") == []
    assert len(cases_of(office, "heel")) == 1
    failed, fine = listed(office)
    assert (failed.process_id, failed.by, failed.name) == ("kapot", "timer", "op_tijd")
    assert failed.missed_at == at(2026, 3, 3, 9, 30)
    assert failed.incident is not None
    assert fine.incident is None
    assert sweep(office.application) == 0, "not again every few seconds"
    assert next_of(office, "kapot") == at(2026, 3, 4, 9, 30), "the series goes on"

    published(office, kapot=begins(DAILY), heel=begins(DAILY))
    [still, _] = listed(office)
    assert (still.id, still.missed_at) == (failed.id, failed.missed_at), "yet to be made up for"
    office.clock.moment = at(2026, 3, 3, 11)
    retried(office, failed.id)
    office.later()
    assert begun_at(office, "kapot") == [at(2026, 3, 3, 11)]
    assert next_of(office, "kapot") == at(2026, 3, 4, 9, 30)
    assert [start.incident for start in listed(office)] == [None, None]
    with pytest.raises(Conflict):
        retried(office, failed.id)


def test_a_start_that_is_to_be_tried_again_survives_a_publication(office: Office) -> None:
    published(office, kapot=stumbles(DAILY))
    until(office, at(2026, 3, 3, 9, 30))
    [failed] = listed(office)
    retried(office, failed.id)
    published(office, kapot=begins(DAILY))
    until(office, at(2026, 3, 3, 10))
    assert begun_at(office, "kapot") == [at(2026, 3, 3, 10)]
    assert next_of(office, "kapot") == at(2026, 3, 4, 9, 30)


def test_the_next_start_that_works_clears_an_incident(office: Office) -> None:
    published(office, kapot=stumbles(DAILY))
    until(office, at(2026, 3, 3, 9, 30))
    published(office, kapot=begins(DAILY))
    until(office, at(2026, 3, 4, 9, 30))
    [start] = listed(office)
    assert (start.incident, start.missed_at) == (None, None)
    assert len(cases_of(office, "kapot")) == 1


def test_an_error_that_nobody_foresaw_is_shown_and_rests_until_somebody_tries_again(
    office: Office,
) -> None:
    published(office, proces=begins(DAILY))
    good = damaged(office, b"a disk that forgets")
    office.clock.moment = at(2026, 3, 3, 9, 30)
    assert sweep(office.application) > 0
    assert sweep(office.application) == 0, "not again every few seconds"

    damaged(office, good)
    [start] = listed(office)
    assert (start.next_at, start.missed_at) == (None, at(2026, 3, 3, 9, 30))
    assert start.incident == "De start is mislukt: Refused."
    retried(office, start.id)
    office.later()
    assert begun_at(office) == [at(2026, 3, 3, 9, 30)]
    assert next_of(office) == at(2026, 3, 4, 9, 30)


def damaged(office: Office, files: bytes) -> bytes:
    """Puts other bytes in the place of the publication that the start is on; what was there."""
    with office.application.sessions.begin() as session:
        publication = session.get_one(Publication, planned(office).publication_id)
        was, publication.files = publication.files, files
        return was


def test_a_formula_that_gives_no_next_moment_starts_and_then_says_so(office: Office) -> None:
    formula = (
        '=if now() &lt; date and time("2026-03-02T10:00:00+01:00") '
        'then date and time("2026-03-03T09:00:00+01:00") else "nooit"'
    )
    published(office, proces=begins(formula))
    until(office, at(2026, 3, 3, 9))
    assert len(cases_of(office, "proces")) == 1
    [start] = listed(office)
    assert (start.next_at, start.missed_at) == (None, None)
    assert start.incident is not None
    assert "op_tijd" in start.incident or "Op tijd" in start.incident
    office.later(days=3)
    assert len(cases_of(office, "proces")) == 1


def test_starts_are_the_business_of_some_roles_only(office: Office) -> None:
    published(office, kapot=stumbles(DAILY))
    until(office, at(2026, 3, 3, 9, 30))
    [failed] = listed(office)
    for role in ("melder", "oov", "zvh"):
        with pytest.raises(NotAllowed):
            listed(office, role)
        with pytest.raises(NotAllowed):
            retried(office, failed.id, role)
