"""Controls on a database: they count once a year, and what they find begins a case."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from service.domain.working_days import AMSTERDAM
from service.operations.startable import begin_by_hand
from service.storage import Fact, Instance
from tests.integration.conftest import Office
from tests.integration.networking import TODAY, YESTERDAY, agreement_for, run, until

COUNT = "controle_vastleggen"
LAST_EVENING = datetime(2026, 12, 31, 23, 30, tzinfo=AMSTERDAM)
VISIT = datetime(2026, 3, 5, 10, tzinfo=AMSTERDAM)
FOUND = {"controle": {"uitkomst": "overtreding"}}
QUIET = {
    "acuut_gevaar": "nee",
    "feiten": "Negen bedden in vier kamers.",
    "slachtoffersignaal": "nee",
    "overtreding": "nee",
    "strafbaar": "nee",
}


@pytest.fixture
def case(office: Office) -> str:
    return office.report().reference


def counted(office: Office, case: str) -> tuple[int, int]:
    """The number within the case, and the number this year."""
    told = run(office, case, COUNT, **FOUND)["controle_telling"]
    return told["nummer"], told["dit_jaar"]


def test_controls_are_numbered_in_their_case_and_counted_over_all_cases(
    office: Office, case: str
) -> None:
    other = office.report().reference
    assert [counted(office, c) for c in (case, other, case)] == [(1, 1), (1, 2), (2, 3)]


def test_the_year_ends_at_midnight_in_the_netherlands(office: Office, case: str) -> None:
    office.clock.moment = LAST_EVENING
    assert counted(office, case) == (1, 1)
    office.clock.moment = LAST_EVENING + timedelta(hours=1)
    assert counted(office, case) == (2, 1)


def test_the_aim_is_a_choice_of_the_municipality(office: Office, case: str) -> None:
    assert run(office, case, COUNT, **FOUND)["controle_telling"]["jaardoel"] == 0


def test_what_came_out_of_it_is_a_fact_too(office: Office, case: str) -> None:
    counted(office, case)
    with office.application.sessions() as session:
        facts = session.execute(select(Fact.name, Fact.value).where(Fact.name.like("controle%")))
        assert sorted(tuple(fact) for fact in facts) == [
            ("controle", "1"),
            ("controle.uitkomst", "overtreding"),
        ]


def planned(office: Office, **participant: str) -> str:
    """A control that openbare orde began by hand, with its plan; gives its kenmerk."""
    begun = office.act(begin_by_hand, "oov", process_id="integrale_controle", submission_id=uuid4())
    plan = {
        "moment": VISIT,
        "aanleiding": "risico",
        "doel": "Brandveiligheid en bewoning.",
        "adressen": [{"adres": "Kaarsenmakersweg 12", "soort": "bedrijf"}],
        "deelnemers": [{"bevoegdheid": "Toezicht", **participant}],
        "tolk": "nee",
        "slachtofferprotocol": "ja",
    }
    office.do("oov", "controle_plannen", controleplan=plan)
    return begun.reference


def visited(office: Office, **findings: Any) -> str:
    """A control up to its findings; gives its kenmerk."""
    reference = planned(office, organisatie="brandweer", aanwijzingsbesluit="nee")
    told = dict.fromkeys(("kenbaar", "eigen_doel", "geen_persoonsgegevens", "slachtoffer"), "ja")
    office.do("oov", "controle_instrueren", controleinstructie=told)
    seen = {"adres": "Kaarsenmakersweg 12", "overtredingen": ["overbewoning"]}
    answers = {**QUIET, "adressen": [seen], **findings}
    office.do("interventieteam", "bevindingen_vastleggen", bevindingen=answers)
    return reference


def begun_beside(office: Office, reference: str) -> list[str]:
    """The processes of all other cases."""
    with office.application.sessions() as session:
        return sorted(
            session.scalars(select(Instance.process_id).where(Instance.reference != reference))
        )


def test_nobody_takes_part_on_a_decision_that_is_over(office: Office) -> None:
    appointment = agreement_for(office, "toezicht")
    until(office, appointment, TODAY)
    reference = planned(office, organisatie="toezicht", aanwijzingsbesluit="ja")
    assert office.open_tasks(reference) == ["controle_instrueren"]
    until(office, agreement_for(office, "toezicht"), YESTERDAY)
    reference = planned(office, organisatie="toezicht", aanwijzingsbesluit="ja")
    assert office.open_tasks(reference) == ["controle_plannen"]


def test_a_violation_found_without_a_case_begins_an_approach(office: Office) -> None:
    reference = visited(office, overtreding="ja")
    assert begun_beside(office, reference) == ["dadergerichte_aanpak"]
    assert "barriereanalyse_maken" in office.inbox("oov")


def test_a_victim_found_begins_a_signal_that_waits_for_triage(office: Office) -> None:
    reference = visited(
        office,
        slachtoffersignaal="ja",
        signaal_omschrijving="Zij zegt dat zij niet weg mag.",
        signaal_adres="Kaarsenmakersweg 12",
        vorm="arbeid",
        minderjarig="nee",
    )
    assert begun_beside(office, reference) == ["meldroute_signaal"]
    assert "triage" in office.inbox("af-zorg")


def test_a_quiet_control_begins_nothing(office: Office) -> None:
    reference = visited(office)
    assert begun_beside(office, reference) == []
    assert office.open_tasks(reference) == ["controle_evalueren"]


def test_what_is_punishable_goes_to_the_police(office: Office) -> None:
    visited(office, strafbaar="ja", strafbaar_omschrijving="Er stond een hennepkwekerij.")
    assert "strafbaar_feit_beoordelen" in office.inbox("politie-avim")
