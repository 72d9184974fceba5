"""The round along the network: what expires becomes a task whose outcome is written."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from service.storage import Agreement, Instance, RegisterChange, Task
from tests.integration.conftest import Office
from tests.integration.networking import YESTERDAY, agreement_for, end, until

ROUND = date(2026, 4, 20)
"""The first working day on or after the day that the profile of the demo municipality gives."""
SOON = ROUND + timedelta(days=30)


@pytest.fixture
def expiring(office: Office) -> Agreement:
    until(office, agreement_for(office, "zvh"), SOON)
    return agreement_for(office, "zvh")


def go_to_round(office: Office) -> str:
    """Lets time pass until the round begins; its kenmerk."""
    office.later(days=(ROUND - office.clock().date()).days, hours=2)
    with office.application.sessions() as session:
        found = session.scalars(
            select(Instance.reference).where(Instance.process_id == "netwerkbeheer")
        ).all()
    assert len(found) == 1
    return found[0]


def to_renew(office: Office, reference: str) -> list[Task]:
    return [t for t in office.tasks(reference) if t.element_id == "afspraak_vernieuwen"]


def decide(office: Office, reference: str, **decided: str) -> None:
    [task] = to_renew(office, reference)
    office.complete("af-zorg", task.id, afspraakbesluit=decided)


def test_it_begins_by_the_clock_with_a_task_for_each_agreement_that_ends_within_the_term(
    office: Office, expiring: Agreement
) -> None:
    reference = go_to_round(office)
    assert len(to_renew(office, reference)) == 1
    assert office.open_tasks(reference) == [
        "af_bezetting_nagaan",
        "afspraak_vernieuwen",
        "instrumenten_nalopen",
        "opvangplekken_nalopen",
        "partnerkaarten_nalopen",
    ]
    assert expiring.valid_until == SOON


def test_renewing_writes_the_register_and_says_in_which_case_it_was_decided(
    office: Office, expiring: Agreement
) -> None:
    reference = go_to_round(office)
    decide(office, reference, besluit="verlengen", geldig_tot="2028-05-20", vindplaats="Z-2026-41")
    renewed = agreement_for(office, "zvh")
    assert (renewed.valid_until, renewed.reference) == (date(2028, 5, 20), "Z-2026-41")
    with office.application.sessions() as session:
        told = session.get_one(RegisterChange, (expiring.id, renewed.revision))
    assert (told.reference, told.actor_name) == (reference, "systeem")
    assert told.changes["valid_until"] == [SOON.isoformat(), "2028-05-20"]


@pytest.mark.usefixtures("expiring")
def test_withdrawing_ends_it_as_of_today(office: Office) -> None:
    decide(office, go_to_round(office), besluit="intrekken", reden="Opgezegd door de partner.")
    withdrawn = agreement_for(office, "zvh")
    assert (withdrawn.ended_on, withdrawn.ended_why) == (ROUND, "Opgezegd door de partner.")


def test_leaving_it_changes_nothing(office: Office, expiring: Agreement) -> None:
    decide(office, go_to_round(office), besluit="later", reden="De partner tekent volgende week.")
    assert agreement_for(office, "zvh").revision == expiring.revision


def test_what_was_withdrawn_meanwhile_stays_withdrawn(office: Office, expiring: Agreement) -> None:
    reference = go_to_round(office)
    end(office, "afspraken", expiring.id, expiring.revision)
    decide(office, reference, besluit="verlengen", geldig_tot="2028-05-20")
    left = agreement_for(office, "zvh")
    assert (left.ended_on, left.valid_until) == (ROUND, SOON)


def test_one_that_is_over_already_is_on_the_list_and_a_withdrawn_one_is_not(
    office: Office,
) -> None:
    until(office, agreement_for(office, "zvh"), YESTERDAY)
    until(office, agreement_for(office, "riec"), SOON)
    gone = agreement_for(office, "riec")
    end(office, "afspraken", gone.id, gone.revision)
    assert len(to_renew(office, go_to_round(office))) == 1


def test_when_everything_has_been_looked_through_the_round_ends(office: Office) -> None:
    reference = go_to_round(office)
    assert to_renew(office, reference) == []
    bezet = {"bezet": "ja", "achtervang": "ja", "opgeleid": "ja", "vertrek": "nee"}
    office.do("af-zorg", "af_bezetting_nagaan", af_bezetting={**bezet, "nodig": "niets"})
    office.do("af-zorg", "partnerkaarten_nalopen", partnerkaarten={"klopt": "ja"})
    office.do("sociaal-domein", "opvangplekken_nalopen", opvangplekken={"klopt": "ja"})
    office.do("oov", "instrumenten_nalopen", instrumenten={"klopt": "ja"})
    assert office.instance(reference).end_name == "Netwerk nagelopen"
