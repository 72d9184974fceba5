"""Who sees what, and who does what: everything else does not exist for them."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from service.domain.actor import Actor
from service.domain.errors import MeldrouteError, NotAllowed, NotFound
from service.operations import bundle_files
from service.operations.accounts import actor_of, create_user, set_roles
from service.operations.claim_task import claim_task
from service.operations.complete_task import complete_task
from service.operations.inbox import my_tasks, role_tasks
from service.operations.list_cases import list_cases
from service.operations.notes import add_note
from service.operations.publish import publish
from service.operations.release_task import release_task
from service.operations.retry_incident import retry_incident
from service.operations.save_draft import save_draft
from service.operations.show_case import CaseView, show_case
from service.operations.show_task import show_task
from service.operations.start_instance import start_instance
from service.storage import Access, Task
from tests.integration import everything, steps
from tests.integration.conftest import DEMO, SIGNAL, Office

CARE = "Het slachtoffer weet van deze melding."


def account(office: Office, municipality: str, *roles: str) -> Actor:
    with office.application.sessions.begin() as session:
        user_id = create_user(
            session,
            municipality=municipality,
            email=f"{uuid4()}@elders.example",
            name="Iemand Anders",
            password="een heel lang wachtwoord",
            roles=roles,
            now=office.clock(),
        )
        actor = actor_of(session, user_id=user_id)
        assert actor is not None
        return actor


def next_door(office: Office, *roles: str) -> Actor:
    """Somebody with these roles in another municipality of the same installation."""
    content = bundle_files.read_bundled(DEMO)
    profile = content[bundle_files.PROFILE].decode()
    profile = profile.replace('id = "midden-delfland"', 'id = "buurdorp"')
    profile = profile.replace('naam = "Midden-Delfland"', 'naam = "Buurdorp"')
    with office.application.sessions.begin() as session:
        publish(
            session,
            content={**content, bundle_files.PROFILE: profile.encode()},
            published_by="toets",
            reason="toets",
            now=office.clock(),
        )
    return account(office, "buurdorp", *roles)


def attempts(
    office: Office, *, task_id: UUID, instance_id: UUID, actor: Actor
) -> dict[str, Callable[[Session], object]]:
    """Everything that somebody can try with a task and its case."""
    given: dict[str, Any] = {"actor": actor, "now": office.clock()}
    parts = office.application.collaborators
    return {
        "look at the task": lambda s: show_task(s, parts, task_id=task_id, **given),
        "claim": lambda s: claim_task(s, task_id=task_id, **given),
        "give back": lambda s: release_task(s, task_id=task_id, **given),
        "draft": lambda s: save_draft(s, parts, task_id=task_id, answers={}, **given),
        "complete": lambda s: complete_task(s, parts, task_id=task_id, answers={}, **given),
        "look at the case": lambda s: show_case(s, parts, instance_id=instance_id, **given),
        "note": lambda s: add_note(
            s, parts, instance_id=instance_id, domain="algemeen", text="x", **given
        ),
        "retry": lambda s: retry_incident(s, parts, instance_id=instance_id, **given),
    }


def refused(office: Office, actor: Actor, *, element_id: str = "triage") -> dict[str, str]:
    """What is answered to each attempt."""
    task = office.inbox("af-zorg")[element_id]
    answers = {}
    for name, attempt in attempts(
        office, task_id=task.id, instance_id=task.instance_id, actor=actor
    ).items():
        try:
            with office.application.sessions.begin() as session:
                attempt(session)
            answers[name] = "done"
        except MeldrouteError as error:
            answers[name] = type(error).__name__
    return answers


def case_of(office: Office, role: str, reference: str) -> CaseView:
    return office.act(show_case, role, instance_id=office.instance(reference).id)


def told(view: CaseView) -> str:
    return " | ".join(f"{a.label}: {a.text}" for line in view.history for a in line.answers)


def looks(office: Office, what: str) -> list[str]:
    with office.application.sessions() as session:
        return list(session.scalars(select(Access.user_name).where(Access.what == what)))


@pytest.mark.parametrize("role", ["sociaal-domein", "zvh", "melder"])
def test_for_another_role_a_task_and_its_case_do_not_exist(office: Office, role: str) -> None:
    office.report(by="oov")
    answers = refused(office, office.person(role))
    assert set(answers.values()) == {"NotFound"}, answers


def test_who_repairs_may_try_a_case_again_and_for_the_rest_it_does_not_exist(
    office: Office,
) -> None:
    office.report(by="oov")
    answers = refused(office, office.person("functioneel-beheer"))
    assert answers.pop("retry") == "Conflict", "there is no incident"
    assert set(answers.values()) == {"NotFound"}, answers


def test_for_another_municipality_nothing_exists_whatever_the_role(office: Office) -> None:
    office.report()
    stranger = next_door(office, "af-zorg", "af-veiligheid", "oov")
    answers = refused(office, stranger)
    assert set(answers.values()) == {"NotFound"}, answers
    with office.application.sessions() as session:
        assert role_tasks(session, actor=stranger).tasks == ()
        cases = list_cases(session, office.application.collaborators, actor=stranger).cases
        assert cases == ()


def test_only_who_coordinates_sees_all_cases(office: Office) -> None:
    reference = office.report().reference
    with office.application.sessions() as session:
        parts = office.application.collaborators
        page = list_cases(session, parts, actor=office.person("af-achtervang"))
        assert [case.reference for case in page.cases] == [reference]
        for role in ("oov", "melder", "burgemeester", "zvh"):
            with pytest.raises(NotFound):
                list_cases(session, parts, actor=office.person(role))


def test_a_withdrawn_role_takes_the_claimed_task_along(office: Office) -> None:
    office.report()
    person = account(office, DEMO, "af-zorg")
    task = office.inbox("af-zorg")["triage"]
    with office.application.sessions.begin() as session:
        claim_task(session, task_id=task.id, actor=person, now=office.clock())
    with office.application.sessions.begin() as session:
        assert person.user_id is not None
        set_roles(session, user_id=person.user_id, municipality=DEMO, roles=())
    with office.application.sessions() as session:
        assert person.user_id is not None
        now = actor_of(session, user_id=person.user_id)
        assert now is not None
        assert my_tasks(session, actor=now).tasks == ()
    assert set(refused(office, now).values()) == {"NotFound"}
    assert office.inbox("af-zorg")["triage"].assignee_id is None, "a colleague can take it"


def test_a_reporter_sees_neutral_progress_and_nothing_else(office: Office) -> None:
    reference = office.report().reference
    steps.triaged(office)
    [signal] = office.own_signals("melder")
    assert (signal.reference, signal.progress, signal.feedback) == (reference, "bekeken", ())
    assert signal.open_task_id is None
    with pytest.raises(NotFound):
        case_of(office, "melder", reference)
    assert office.own_signals("oov") == []


def test_nobody_else_answers_the_question_to_the_reporter(office: Office) -> None:
    office.report()
    steps.triaged(office, bruikbaar="nee", vraag_aan_melder=steps.QUESTION)
    [signal] = office.own_signals("melder")
    assert signal.open_task_id is not None
    for role in ("af-zorg", "oov", "zvh"):
        with pytest.raises(NotFound):
            office.complete(role, signal.open_task_id, aanvulling={"tekst": "x"})


def test_the_reporter_cannot_lose_the_question(office: Office) -> None:
    office.report()
    steps.triaged(office, bruikbaar="nee", vraag_aan_melder=steps.QUESTION)
    [signal] = office.own_signals("melder")
    assert signal.open_task_id is not None
    with pytest.raises(NotAllowed), office.application.sessions.begin() as session:
        release_task(
            session,
            task_id=signal.open_task_id,
            actor=office.person("melder"),
            now=office.clock(),
        )


def test_a_partner_sees_the_handover_and_its_own_answers(office: Office) -> None:
    reference = steps.up_to_handover(office, "B", "zvh")
    steps.accepted(office, "zvh")
    view = case_of(office, "zvh", reference)
    assert view.is_partner
    assert {line.element_name for line in view.history} == {
        "Aanmelden bij de tafel",
        "Overdracht beoordelen",
    }
    text = told(view)
    assert steps.SUMMARY in text
    assert "Mira van der Loket" in text
    for hidden in (SIGNAL["omschrijving"], SIGNAL["adres"], steps.FACTS, steps.WHY):
        assert hidden not in text
    assert (view.diagrams, view.notes, view.files, view.reporter) == ((), (), {}, None)
    assert [task.element_id for task in view.open_tasks] == ["procesregisseur_aanwijzen"]


def test_a_partner_does_not_see_what_another_partner_was_told_or_answered(office: Office) -> None:
    reference = steps.up_to_handover(office, "B", "zvh")
    steps.refused(office, "zvh")
    steps.routed(office, "C", "riec")
    steps.allowed(office)
    for table in steps.LOCAL_TABLES:
        steps.passed_on(office, table)
    office.do(
        "af-zorg",
        "riec_signaal_opstellen",
        overdracht={
            "ontvanger": "riec",
            "verstrekking": "2026-V2",
            "samenvatting": "Alleen de bedrijven achter het adres.",
            "gewenste_actie": "Onderzoek de eigenaar.",
            "reactie_voor": "2026-06-01",
            **steps.ASKED["riec_signaal_opstellen"],
        },
    )
    text = told(case_of(office, "riec", reference))
    assert "Alleen de bedrijven achter het adres." in text
    assert steps.SUMMARY not in text
    assert steps.REASON not in text
    assert steps.SUMMARY in told(case_of(office, "zvh", reference))


def test_the_form_of_a_partner_shows_the_handover_only(office: Office) -> None:
    steps.up_to_handover(office, "B", "zvh")
    task = office.inbox("zvh")["overdracht_beoordelen"]
    view = office.act(show_task, "zvh", task_id=task.id)
    assert view.form is not None
    assert {field.key.split(".")[0] for field in view.form.fields} == {
        "overdracht",
        "overdracht_reactie",
    }
    assert "melder" not in view.domains


def test_care_is_hidden_from_public_order_and_crime_from_social_care(office: Office) -> None:
    reference = office.report(
        slachtoffer_weet="ja", vorm="crimineel", indicatoren_crimineel=["hennep_knippen"]
    ).reference
    steps.triaged(office)
    steps.enriched(office, verklaringen=steps.AGREED)
    view = as_role(office, reference, "oov")
    assert steps.AGREED in told(view)
    assert "hennep" in told(view).lower()
    assert "weet" not in told(view).lower()
    assert "weet" in told(case_of(office, "af-zorg", reference)).lower()

    views = as_role(office, reference, "sociaal-domein")
    assert "weet" in told(views).lower()
    assert "hennep" not in told(views).lower()
    assert steps.AGREED not in told(views)


def as_role(office: Office, reference: str, role: str) -> CaseView:
    """The case as a role sees it that has had a task in it."""
    with office.application.sessions.begin() as session:
        session.execute(
            update(Task)
            .where(Task.reference == reference, Task.element_id == "verrijken")
            .values(roles=["af-zorg", role])
        )
    return case_of(office, role, reference)


def test_the_reporter_is_shown_to_who_may_know_and_each_look_is_logged(office: Office) -> None:
    reference = office.report().reference
    steps.triaged(office)
    steps.enriched(office)
    assert as_role(office, reference, "oov").reporter is None
    assert looks(office, "melder_bekeken") == []
    for _ in range(2):
        reporter = case_of(office, "af-zorg", reference).reporter
        assert reporter is not None
        assert reporter["signaal.naam"] == SIGNAL["naam"]
    assert looks(office, "melder_bekeken") == [office.person("af-zorg").name] * 2
    assert len(looks(office, "zaak_bekeken")) == 3
    assert SIGNAL["naam"] not in told(case_of(office, "af-zorg", reference))


@pytest.mark.parametrize("by", ["melder", "burgerzaken"])
def test_the_name_of_a_colleague_who_reported_stands_in_no_history_and_in_no_table(
    office: Office, by: str
) -> None:
    reference = office.report(by=by, naam=None).reference
    steps.triaged(office, bruikbaar="nee", vraag_aan_melder=steps.QUESTION)
    [signal] = office.own_signals(by)
    assert signal.open_task_id is not None
    with office.application.sessions.begin() as session:
        parts, person = office.application.collaborators, office.person(by)
        look = {"task_id": signal.open_task_id, "actor": person, "now": office.clock()}
        show_task(session, parts, **look)
        save_draft(session, parts, answers={"aanvulling": {"tekst": "Het"}}, **look)
    office.complete(by, signal.open_task_id, aanvulling={"tekst": steps.ANSWER})
    view = case_of(office, "af-zorg", reference)
    assert person.name not in {line.actor_name for line in view.history}
    assert "melder" in {line.actor_name for line in view.history}
    assert view.reporter is not None
    assert view.reporter["signaal.naam"] == person.name, "who may know finds it in the melderkluis"
    engine = office.application.engine
    assert everything.holding(engine, person.name, but=("user_account",)) == []


def test_who_reported_is_not_told_by_what_kind_of_person_it_was(office: Office) -> None:
    reference = office.report(hoedanigheid="slachtoffer").reference
    steps.triaged(office)
    steps.enriched(office)
    assert "slachtoffer zelf" not in told(as_role(office, reference, "oov")).lower()


def test_the_second_look_is_not_by_who_looked_first(office: Office) -> None:
    both = account(office, DEMO, "af-zorg", "af-veiligheid")
    office.report()
    steps.triaged(office)
    steps.enriched(office)
    judge(office, both, "vermoeden_beoordelen")
    with pytest.raises(NotAllowed, match=r"U hebt ‘Vermoeden beoordelen’ zelf .* tweede persoon"):
        judge(office, both, "tweede_beoordeling_geven")
    assert "tweede_beoordeling_geven" in office.inbox("af-veiligheid")
    office.do("af-veiligheid", "tweede_beoordeling_geven", tweede_beoordeling={"eens": "ja"})


def judge(office: Office, actor: Actor, element_id: str) -> None:
    answers: dict[str, Any] = {"tweede_beoordeling": {"eens": "ja"}}
    if element_id == "vermoeden_beoordelen":
        answers = {"beoordeling": {"oordeel": "nee", "motivering": steps.WHY}}
    with office.application.sessions.begin() as session:
        [task] = [t for t in role_tasks(session, actor=actor).tasks if t.element_id == element_id]
        complete_task(
            session,
            office.application.collaborators,
            task_id=task.id,
            actor=actor,
            answers=answers,
            now=office.clock(),
        )


@pytest.mark.parametrize("role", ["melder", "zvh"])
def test_only_staff_start_a_case(office: Office, role: str) -> None:
    with office.application.sessions.begin() as session, pytest.raises(NotAllowed):
        start_instance(
            session,
            office.application.collaborators,
            process_id="acuut_gevaar",
            actor=office.person(role),
            now=office.clock(),
        )


def test_a_report_is_made_with_its_own_form_only(office: Office) -> None:
    with pytest.raises(MeldrouteError), office.application.sessions.begin() as session:
        start_instance(
            session,
            office.application.collaborators,
            process_id="meldroute_signaal",
            actor=office.person("af-zorg"),
            now=office.clock(),
        )
