"""The main job, end to end, in the words of the people who do it."""

import pytest

from tests.integration import steps
from tests.integration.conftest import Office


def ended(office: Office, reference: str) -> tuple[str, str | None]:
    instance = office.instance(reference)
    return instance.status, instance.end_name


def test_a_signal_goes_by_route_a_from_report_to_closed_through_five_roles(office: Office) -> None:
    reference = steps.up_to_handover(office, "A", "zorgcoordinator")
    assert office.open_tasks(reference) == ["overdracht_beoordelen"]
    steps.accepted(office, "zorgcoordinator")
    steps.told(office)
    steps.followed_up(office, "loopt")
    assert office.open_tasks(reference) == ["slachtofferkaart_invullen"]
    steps.care_refused(office)
    assert office.open_tasks(reference) == []
    office.later(days=31)
    steps.followed_up(office, "klaar")
    steps.closed(office)
    steps.told(office, "afgerond")

    assert ended(office, reference) == ("completed", "Naar aanpak")
    closers = {task.closed_by_name for task in office.tasks(reference)}
    assert len(closers) == 4
    assert [signal.progress for signal in office.own_signals("melder")] == ["afgerond"]


def test_what_turns_out_to_be_something_else_is_picked_up_by_the_municipality(
    office: Office,
) -> None:
    reference = office.report().reference
    steps.triaged(office)
    steps.enriched(office)
    steps.judged(office, "nee")
    office.do(
        "af-zorg",
        "gemeentelijk_oppakken",
        oppakken={"wijze": "reguliere_hulp", "toelichting": steps.AGREED},
    )
    steps.told(office)

    assert ended(office, reference) == ("completed", "Naar aanpak")


def test_too_little_known_is_watched_until_the_term_is_over(office: Office) -> None:
    reference = office.report().reference
    steps.triaged(office)
    steps.enriched(office)
    steps.judged(office, "onvoldoende")
    assert office.open_tasks(reference) == ["monitoren"]
    office.later(days=89)
    assert office.open_tasks(reference) == ["monitoren"]
    office.later(days=2)
    steps.told(office, "afgerond")

    assert ended(office, reference) == ("completed", "Naar aanpak")
    [watched] = [task for task in office.tasks(reference) if task.element_id == "monitoren"]
    assert watched.state == "cancelled"


@pytest.mark.parametrize(("route", "partner"), [("B", "zvh"), ("C", "riec")])
def test_a_refused_handover_is_decided_again_and_then_accepted(
    office: Office, route: str, partner: str
) -> None:
    reference = steps.up_to_handover(office, route, partner)
    steps.refused(office, partner)
    assert office.open_tasks(reference) == ["routebesluit_nemen"]
    steps.routed(office, route, partner)
    steps.allowed(office)
    steps.handed_to(office, partner)
    steps.accepted(office, partner)
    steps.told(office)
    steps.followed_up(office, "klaar")
    steps.TRACK_DONE[partner](office)
    steps.closed(office)
    steps.told(office, "afgerond")

    assert ended(office, reference) == ("completed", "Naar aanpak")


def test_acute_danger_waits_for_nothing(office: Office) -> None:
    reported = office.report(
        acuut_gevaar="ja", omschrijving="Iemand wordt nu vastgehouden, kelder Violeta."
    )
    assert reported.acute
    assert office.open_tasks(reported.reference) == ["acuut_vastleggen", "triage"]
    task = office.inbox("af-zorg")["acuut_vastleggen"]
    assert task.due_at is not None
    assert (task.due_at - office.clock()).total_seconds() == 15 * 60
    assert task.urgency == "acuut"


def test_an_hour_without_confirmation_reaches_public_order(office: Office) -> None:
    reference = office.report(acuut_gevaar="ja").reference
    office.later(minutes=59)
    assert "escalatie_opvolgen" not in office.inbox("oov")
    office.later(minutes=2)
    assert "escalatie_opvolgen" in office.inbox("oov")
    assert "acuut_vastleggen" in office.open_tasks(reference)


def test_the_burgemeester_hears_of_acute_danger_soberly(office: Office) -> None:
    office.report(acuut_gevaar="ja", omschrijving="Iemand wordt nu vastgehouden, kelder Violeta.")
    office.do("af-zorg", "acuut_vastleggen", acuut=steps.ACUTE)
    office.do(
        "af-zorg",
        "veiligheid_borgen",
        veiligheid={
            "betrokkene": "veilig",
            "melder": "veilig",
            "minderjarig": "nee",
            "slachtoffer_veilig_plaatsbaar": "niet_nodig",
        },
    )
    [mail] = [m for m in office.post.sent if m.recipient.startswith("burgemeester@")]
    assert mail.subject == "Acuut signaal in behandeling"
    assert "Violeta" not in mail.body


def test_sending_the_form_twice_makes_one_case(office: Office) -> None:
    first = office.report(by=None, hoedanigheid="anoniem", anoniem="ja")
    again = office.report_again(by=None, hoedanigheid="anoniem", anoniem="ja")

    assert again == first
    assert first.code is not None


def test_a_question_to_the_reporter_is_answered_and_comes_back_to_triage(office: Office) -> None:
    reference = office.report().reference
    steps.triaged(office, bruikbaar="nee", vraag_aan_melder=steps.QUESTION)
    [signal] = office.own_signals("melder")
    assert signal.open_task_id is not None
    office.complete("melder", signal.open_task_id, aanvulling={"tekst": steps.ANSWER})
    assert office.open_tasks(reference) == ["triage"]


def test_a_question_that_nobody_answers_ends_the_signal_after_ten_working_days(
    office: Office,
) -> None:
    reference = office.report().reference
    steps.triaged(office, bruikbaar="nee", vraag_aan_melder=steps.QUESTION)
    office.later(days=13)
    assert office.open_tasks(reference) == ["aanvulling_geven"]
    office.later(days=2)

    assert ended(office, reference) == ("completed", "Onvoldoende informatie")
    assert [signal.open_task_id for signal in office.own_signals("melder")] == [None]


@pytest.mark.parametrize("wanted", ["ja", "nee"])
def test_the_reporter_hears_something_only_when_they_want_to(office: Office, wanted: str) -> None:
    reference = office.report(terugkoppeling_gewenst=wanted).reference
    steps.triaged(office)
    steps.enriched(office)
    steps.judged(office, "nee")
    office.do(
        "af-zorg",
        "gemeentelijk_oppakken",
        oppakken={"wijze": "reguliere_hulp", "toelichting": steps.AGREED},
    )

    assert office.open_tasks(reference) == (["terugkoppeling_geven"] if wanted == "ja" else [])
