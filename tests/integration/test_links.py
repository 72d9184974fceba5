"""Signals that belong together: duplicates, related ones, and two people at once."""

from collections.abc import Callable
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from service.domain.errors import Incident, InvalidInput
from service.operations.erase_instance import erase_instance
from service.operations.links.links_of import links_of
from service.storage import CaseLink, Fact, Instance, MessageOut, Municipality
from tests.integration.conftest import Office
from tests.integration.networking import run
from tests.integration.steps import TRIAGE, enriched, judged, triaged


def link(office: Office, reference: str, other: str, **more: str) -> dict[str, Any]:
    triage = {"dubbel": "ja", "dubbel_met": other, **more}
    return dict(run(office, reference, "signaal_koppelen", triage=triage)["koppeling"])


def seen_by(office: Office, role: str, reference: str) -> list[tuple[str, str, bool]]:
    instance = office.instance(reference)
    found = office.act(links_of, role, instance_id=instance.id)
    return [(line.kind, line.reference, line.outward) for line in found]


def test_a_duplicate_points_at_the_first_signal_and_each_shows_the_other(office: Office) -> None:
    first, second = office.report().reference, office.report().reference
    assert link(office, second, first.lower()) == {"kenmerk": first, "soort": "dubbel"}
    assert seen_by(office, "af-zorg", second) == [("dubbel", first, True)]
    assert seen_by(office, "af-zorg", first) == [("dubbel", second, False)]


def test_linking_twice_is_linking_once(office: Office) -> None:
    first, second = office.report().reference, office.report().reference
    link(office, second, first)
    link(office, second, first, soort_koppeling="gerelateerd")
    assert seen_by(office, "af-zorg", second) == [("gerelateerd", first, True)]


def test_a_duplicate_of_a_duplicate_belongs_to_the_first_signal(office: Office) -> None:
    first, second, third = (office.report().reference for _ in range(3))
    link(office, second, first)
    assert link(office, third, second)["kenmerk"] == first


def test_who_may_not_see_the_other_case_sees_no_link(office: Office) -> None:
    first, second = office.report().reference, office.report().reference
    link(office, second, first)
    triaged(office)
    assert seen_by(office, "oov", second) == []


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ("2026-ABCD-EFGH", "kennen wij niet in deze gemeente"),
        ("zelf", "van deze zaak zelf"),
        ("geen kenmerk", "Vul een kenmerk in"),
    ],
)
def test_a_kenmerk_that_cannot_be_is_refused_at_its_field_and_nothing_is_lost(
    office: Office, told: str, why: str
) -> None:
    reference = office.report().reference
    with pytest.raises(InvalidInput) as refused:
        triaged(office, dubbel="ja", dubbel_met=reference if told == "zelf" else told)
    assert why in refused.value.fields["triage.dubbel_met"][0]
    assert office.open_tasks(reference) == ["triage"]


def test_a_case_of_another_municipality_does_not_exist_here(office: Office) -> None:
    first, second = office.report().reference, office.report().reference
    with office.application.sessions.begin() as session:
        session.execute(
            update(Instance)
            .where(Instance.reference == first)
            .values(municipality=another(session))
        )
    with pytest.raises(InvalidInput) as refused:
        office.complete(
            "af-zorg",
            office.tasks(second)[-1].id,
            triage={**TRIAGE, "dubbel": "ja", "dubbel_met": first},
        )
    assert "kennen wij niet in deze gemeente" in refused.value.fields["triage.dubbel_met"][0]
    with pytest.raises(Incident, match="bestaat niet in deze gemeente"):
        link(office, second, first)


def another(session: Session) -> str:
    session.add(Municipality(id="elders", name="Elders", publication_id=None))
    session.flush()
    return "elders"


def test_a_case_cannot_be_linked_to_itself(office: Office) -> None:
    reference = office.report().reference
    with pytest.raises(Incident, match="aan zichzelf"):
        link(office, reference, reference)


def test_of_two_that_call_each_other_a_duplicate_at_once_one_stays(office: Office) -> None:
    first, second = office.report().reference, office.report().reference
    outcomes: list[str] = []
    threads = [
        Thread(target=lambda a=a, b=b: outcomes.append(outcome(lambda: link(office, a, b))))
        for a, b in ((first, second), (second, first))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lost, won = sorted(outcomes)
    assert won == "linked"
    assert "zelf al dubbel met deze zaak" in lost
    with office.application.sessions() as session:
        assert len(session.scalars(select(CaseLink)).all()) == 1


def outcome(what: Callable[[], Any]) -> str:
    try:
        what()
    except Incident as error:
        return str(error)
    return "linked"


def test_a_signal_linked_to_a_watched_case_wakes_it(office: Office) -> None:
    watched = office.report().reference
    triaged(office)
    enriched(office)
    judged(office, "onvoldoende")
    assert office.open_tasks(watched) == ["monitoren"]
    second = office.report().reference
    link(office, second, watched, soort_koppeling="gerelateerd")
    office.work()
    assert office.open_tasks(watched) == ["verrijken"]


def test_a_message_about_a_link_holds_no_more_than_the_kenmerk(office: Office) -> None:
    first, second = office.report().reference, office.report().reference
    link(office, second, first)
    office.work()
    with office.application.sessions() as session:
        sent = session.scalars(
            select(MessageOut).where(MessageOut.subject == "nieuw_signaal_gekoppeld")
        ).one()
        assert (sent.correlation_key, sent.payload, sent.body) == (first, None, None)


def facts(office: Office, reference: str) -> dict[str, str]:
    with office.application.sessions() as session:
        rows = session.execute(
            select(Fact.name, Fact.value)
            .join(Instance, Instance.id == Fact.instance_id)
            .where(Instance.reference == reference)
        )
        return {row.name: row.value for row in rows}


def told(office: Office, reference: str, *names: str) -> dict[str, str]:
    """Some of the facts: registration has written down what was reported already."""
    return {name: value for name, value in facts(office, reference).items() if name in names}


def record(office: Office, reference: str, **signal: Any) -> None:
    run(office, reference, "statistiek_vastleggen", signaal=signal)


def test_the_facts_of_both_count_once(office: Office) -> None:
    first, second = office.report().reference, office.report().reference
    record(office, first, vorm="arbeid")
    record(office, second, vorm="seksueel", hoedanigheid="inwoner")
    link(office, second, first)
    assert facts(office, second) == {}
    assert told(office, first, "signaal.vorm", "signaal.hoedanigheid") == {
        "signaal.vorm": "arbeid",
        "signaal.hoedanigheid": "medewerker",
    }


def test_what_a_duplicate_records_later_counts_with_the_first_signal(office: Office) -> None:
    first, second = office.report().reference, office.report().reference
    link(office, second, first)
    record(office, second, vorm="seksueel", sector=["horeca"])
    record(office, first, vorm="arbeid")
    assert facts(office, second) == {}
    assert told(office, first, "signaal.vorm", "signaal.sector") == {
        "signaal.vorm": "arbeid",
        "signaal.sector": "horeca",
    }


def test_a_case_that_is_erased_leaves_no_link(office: Office) -> None:
    first, second = office.report().reference, office.report().reference
    link(office, second, first)
    with office.application.sessions.begin() as session:
        session.execute(
            update(Instance)
            .where(Instance.reference == second)
            .values(status="completed", ended_at=office.clock())
        )
    office.work()
    office.act(
        erase_instance, "archief", instance_id=office.instance(second).id, ground="vergissing"
    )
    assert seen_by(office, "af-zorg", first) == []
    with office.application.sessions() as session:
        assert session.scalars(select(CaseLink)).all() == []
