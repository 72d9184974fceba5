"""A case that is locked extra: only who is named oversees it, and it can always go on."""

import pytest
from sqlalchemy import update

from service.domain.errors import Conflict, InvalidInput, NotFound
from service.operations.claim_task import claim_task
from service.operations.inbox import my_tasks, role_tasks
from service.operations.links.links_of import links_of
from service.operations.list_cases import list_cases
from service.operations.show_task import show_task
from service.storage import UserAccount
from tests.integration import everything, steps
from tests.integration.conftest import Office
from tests.integration.guarded import WHY, colleague, lock, seen, unlock


def listed(office: Office, role: str) -> set[str]:
    page = office.act(list_cases, role, limit=100)
    return {line.reference for line in page.cases}


def test_who_coordinates_and_is_not_named_does_not_find_the_case(office: Office) -> None:
    locked, other = office.report().reference, office.report().reference
    lock(office, locked)

    assert listed(office, "af-zorg") == {locked, other}
    assert listed(office, "af-achtervang") == {other}
    with pytest.raises(NotFound, match="bestaat niet, of is niet voor u"):
        seen(office, locked, office.person("af-achtervang"))


def test_a_colleague_with_the_same_role_loses_its_tasks_and_its_mail(office: Office) -> None:
    reference = office.report().reference
    other = colleague(office, "af-zorg")
    lock(office, reference)
    task_id = office.inbox("af-zorg")["triage"].id

    with office.application.sessions() as session:
        assert role_tasks(session, actor=other).tasks == ()
    with (
        office.application.sessions.begin() as session,
        pytest.raises(NotFound, match="bestaat niet, of is niet voor u"),
    ):
        show_task(
            session,
            office.application.collaborators,
            task_id=task_id,
            actor=other,
            now=office.clock(),
        )
    office.post.sent.clear()
    office.announce([task_id])
    assert [mail.recipient for mail in office.post.sent] == ["af-zorg@midden-delfland.example"]


def test_what_a_colleague_had_taken_up_comes_back_to_who_is_named(office: Office) -> None:
    reference = office.report().reference
    other = colleague(office, "af-zorg")
    with office.application.sessions.begin() as session:
        claim_task(
            session,
            task_id=office.inbox("af-zorg")["triage"].id,
            actor=other,
            now=office.clock(),
        )
    lock(office, reference)
    with office.application.sessions() as session:
        assert my_tasks(session, actor=other).tasks == ()
    assert office.inbox("af-zorg")["triage"].assignee_id is None
    steps.triaged(office)


def test_who_is_named_does_the_tasks_of_every_role_that_coordinates(office: Office) -> None:
    reference = office.report().reference
    named = office.person("af-achtervang")
    lock(office, reference, named)
    assert "triage" in office.inbox("af-achtervang"), "its own role has no task in it"

    task_id = office.inbox("af-achtervang")["triage"].id
    with office.application.sessions.begin() as session:
        claim_task(session, task_id=task_id, actor=named, now=office.clock())
    office.complete("af-achtervang", task_id, triage=steps.TRIAGE)
    assert "verrijken" in office.open_tasks(reference)


def test_the_second_judgement_finds_a_second_named_person(office: Office) -> None:
    reference = office.report().reference
    lock(office, reference, office.person("af-achtervang"))
    steps.triaged(office)
    steps.enriched(office)
    judged = {"oordeel": "nee", "motivering": steps.WHY}
    office.do("af-zorg", "vermoeden_beoordelen", beoordeling=judged)

    assert "tweede_beoordeling_geven" not in office.inbox("af-veiligheid")
    office.do("af-achtervang", "tweede_beoordeling_geven", tweede_beoordeling={"eens": "ja"})
    assert "tweede_beoordeling_geven" not in office.open_tasks(reference)


def test_another_role_sees_the_case_as_ever_once_it_has_a_task_in_it(office: Office) -> None:
    reference = steps.up_to_handover(office, "B", "zvh")
    lock(office, reference)
    assert seen(office, reference, office.person("zvh")).is_partner
    with pytest.raises(NotFound):
        seen(office, reference, office.person("wonen"))


def test_links_do_not_tell_that_it_is_there(office: Office) -> None:
    first = office.report().reference
    office.clock.move(minutes=1)
    double = office.report().reference
    [triage] = (task.id for task in office.tasks(double) if task.element_id == "triage")
    office.complete("af-zorg", triage, triage={**steps.TRIAGE, "dubbel": "ja", "dubbel_met": first})
    lock(office, first)

    def links(role: str) -> list[str]:
        found = office.act(links_of, role, instance_id=office.instance(double).id)
        return [link.reference for link in found]

    assert links("af-zorg") == [first]
    assert links("af-achtervang") == []


def test_a_case_that_is_locked_cannot_be_named_as_a_duplicate_by_others(office: Office) -> None:
    locked = office.report().reference
    lock(office, locked, by=office.person("af-achtervang"))
    office.clock.move(minutes=1)
    office.report()
    with pytest.raises(InvalidInput, match="niet alles klopt"):
        office.do(
            "af-zorg", "triage", triage={**steps.TRIAGE, "dubbel": "ja", "dubbel_met": locked}
        )


def test_why_it_is_locked_is_read_by_who_oversees_it_and_stands_nowhere_in_plain(
    office: Office,
) -> None:
    reference = steps.up_to_handover(office, "B", "zvh")
    lock(office, reference)
    assert WHY in seen_reasons(office, reference, "af-zorg")
    assert WHY not in seen_reasons(office, reference, "zvh")
    assert everything.holding(office.application.engine, WHY) == []


def seen_reasons(office: Office, reference: str, role: str) -> list[str]:
    return [line.reason for line in seen(office, reference, office.person(role)).history]


def test_unlocking_brings_it_back_to_all_who_coordinate(office: Office) -> None:
    reference = office.report().reference
    keeper = office.person("af-zorg")
    lock(office, reference)
    with pytest.raises(NotFound):
        unlock(office, reference, office.person("af-achtervang"))
    unlock(office, reference, keeper)
    assert reference in listed(office, "af-achtervang")
    with pytest.raises(Conflict, match="niet \\(meer\\) extra vergrendeld"):
        unlock(office, reference, keeper)


def test_nobody_locks_without_a_reason_or_for_somebody_who_does_not_coordinate(
    office: Office,
) -> None:
    reference = office.report().reference
    with pytest.raises(InvalidInput, match="waarom"):
        lock(office, reference, reason="  ")
    with pytest.raises(InvalidInput, match="coördineert"):
        lock(office, reference, office.person("wonen"))
    for role in ("wonen", "zvh", "melder", "functioneel-beheer"):
        with pytest.raises(NotFound):
            lock(office, reference, by=office.person(role))
    assert reference in listed(office, "af-achtervang")


def test_when_who_was_named_has_gone_who_repairs_names_another(office: Office) -> None:
    reference = office.report().reference
    lock(office, reference)
    keeper, heir = office.person("functioneel-beheer"), office.person("af-achtervang")
    with office.application.sessions.begin() as session:
        gone = office.person("af-zorg").user_id
        session.execute(update(UserAccount).where(UserAccount.id == gone).values(active=False))

    with pytest.raises(InvalidInput, match="ten minste één"):
        lock(office, reference, by=keeper)
    lock(office, reference, heir, by=keeper)

    assert seen(office, reference, heir).overseen
    with pytest.raises(NotFound):
        seen(office, reference, keeper)
