"""Cases walk the real diagrams from report to end, the way the domain model tells it."""

from datetime import timedelta

import pytest

from tests.processes.acts import (
    KENMERK,
    MONDAY,
    allowed,
    closed,
    enriched,
    handed_over,
    judged,
    ready_for_route,
    reported,
    routed,
    told,
    triaged,
)
from tests.processes.walking import Walk


def test_a_signal_about_a_victim_goes_to_the_focal_point_for_care_within_two_days(
    walk: Walk,
) -> None:
    triage = reported(walk).task("triage")
    assert triage.roles == ("af-zorg",)
    assert triage.due == MONDAY + timedelta(days=2)
    assert walk.jobs == ["registreren"]


def test_a_signal_about_a_minor_must_be_triaged_within_four_office_hours(walk: Walk) -> None:
    triage = reported(walk, minderjarig="ja").task("triage")
    assert triage.due == MONDAY + timedelta(hours=4)


def test_whoever_is_named_in_a_signal_gets_no_task_of_it(walk: Walk) -> None:
    others = ("af-achtervang", "jz")
    assert reported(walk, af_betrokken="ja").task("triage").roles == others
    assert triaged(walk).task("verrijken").roles == others
    enriched(walk).do("vermoeden_beoordelen", {"beoordeling": {"oordeel": "nee"}})
    assert walk.task("tweede_beoordeling_geven").roles == others


def test_no_suspicion_ends_with_regular_help_and_neutral_feedback(walk: Walk) -> None:
    judged(enriched(triaged(reported(walk))), "nee")
    walk.do("gemeentelijk_oppakken", {"oppakken": {"wijze": "reguliere_hulp"}})
    assert walk.task("terugkoppeling_geven").roles == ("af-zorg",)
    told(walk)
    assert walk.ends == ["Teruggekoppeld", "Geen vermoeden", "Naar aanpak"]
    assert walk.ended
    assert walk.variables["aanpak"]["uitkomst"] == "geen_vermoeden"
    assert "terugkoppeling_sturen" in walk.jobs


def test_who_gives_feedback_sees_nothing_of_the_judgement(walk: Walk) -> None:
    judged(enriched(triaged(reported(walk))), "nee").do("gemeentelijk_oppakken")
    shown = set(walk.sees("terugkoppeling_geven"))
    assert shown.isdisjoint({"verrijking", "beoordeling", "tweede_beoordeling", "oppakken"})


def test_a_reporter_who_wants_no_feedback_gets_none(walk: Walk) -> None:
    judged(enriched(triaged(reported(walk, terugkoppeling_gewenst="nee"))), "nee")
    walk.do("gemeentelijk_oppakken")
    assert walk.ends == ["Geen terugkoppeling", "Geen vermoeden", "Naar aanpak"]


def test_two_focal_points_who_disagree_assess_again(walk: Walk) -> None:
    enriched(triaged(reported(walk)))
    walk.do("vermoeden_beoordelen", {"beoordeling": {"oordeel": "ja"}})
    assert walk.task("tweede_beoordeling_geven").roles == ("af-veiligheid",)
    walk.do("tweede_beoordeling_geven", {"tweede_beoordeling": {"eens": "nee"}})
    assert walk.open == ["vermoeden_beoordelen"]


def test_a_municipality_with_one_focal_point_has_no_second_assessment(walk: Walk) -> None:
    walk.settings["af_model"] = "enkel"
    enriched(triaged(reported(walk)))
    walk.do("vermoeden_beoordelen", {"beoordeling": {"oordeel": "nee"}})
    assert walk.open == ["gemeentelijk_oppakken"]


def test_too_little_known_is_watched_until_the_term_runs_out(walk: Walk) -> None:
    judged(enriched(triaged(reported(walk))), "onvoldoende")
    assert walk.open == ["monitoren"]
    walk.wait(days=89)
    assert walk.open == ["monitoren"]
    walk.wait(days=2)
    assert walk.cancelled == ["monitoren"]
    assert walk.ends == ["Onvoldoende informatie", "Naar aanpak"]
    assert walk.variables["aanpak"]["uitkomst"] == "onvoldoende_informatie"


def test_watching_is_extended_twice_and_then_it_ends(walk: Walk) -> None:
    judged(enriched(triaged(reported(walk))), "onvoldoende")
    for _ in range(2):
        walk.wait(days=80).do("monitoren", {"monitoring": {"vervolg": "verlengen"}})
        assert walk.open == ["monitoren"]
    walk.wait(days=80).do("monitoren", {"monitoring": {"vervolg": "verlengen"}})
    assert walk.ends == ["Onvoldoende informatie", "Naar aanpak"]


def test_a_new_linked_signal_brings_a_watched_case_back(walk: Walk) -> None:
    judged(enriched(triaged(reported(walk))), "onvoldoende")
    walk.tell("nieuw_signaal_gekoppeld", KENMERK)
    assert walk.open == ["verrijken"]
    assert walk.cancelled == ["monitoren"]


def test_a_watched_case_can_be_enriched_again_by_choice(walk: Walk) -> None:
    judged(enriched(triaged(reported(walk))), "onvoldoende")
    walk.do("monitoren", {"monitoring": {"vervolg": "verrijken"}})
    assert walk.open == ["verrijken"]
    assert walk.due is None


def test_meeting_and_advice_come_before_the_judgement(walk: Walk) -> None:
    enriched(triaged(reported(walk)), meeting="ja", advice="ja")
    assert walk.task("overleg_voeren").roles == ("oov",)
    walk.do("overleg_voeren").do("advies_vragen", {"advies": {"vraag": "Wat ziet u?"}})
    assert walk.task("advies_geven").roles == ("zorgcoordinator",)
    walk.do("advies_geven", {"advies": {"advies": "Blijf in contact."}})
    assert walk.open == ["vermoeden_beoordelen"]


def test_advice_that_never_comes_does_not_hold_up_the_case(walk: Walk) -> None:
    enriched(triaged(reported(walk)), advice="ja").do("advies_vragen").wait(days=8)
    assert walk.open == ["vermoeden_beoordelen"]
    assert walk.cancelled == ["advies_geven"]


def test_care_only_is_handed_over_followed_up_and_closed(walk: Walk) -> None:
    ready_for_route(walk)
    assert walk.task("routebesluit_nemen").roles == ("af-zorg",)
    allowed(routed(walk, "A"))
    handed_over(walk, "zorgcoordinator", "accepteren")
    told(walk).do("opvolgen", {"opvolging": {"status": "loopt"}})
    assert walk.open == []
    walk.wait(days=31)
    closed(walk)
    assert walk.ends == [
        "Toegestaan",
        "Teruggekoppeld",
        "Teruggekoppeld",
        "Afgesloten",
        "Naar aanpak",
    ]
    assert walk.jobs == [
        "registreren",
        "verstrekking_vastleggen",
        "terugkoppeling_sturen",
        "statistiek_vastleggen",
        "terugkoppeling_sturen",
    ]
    assert walk.variables["aanpak"]["uitkomst"] == "afgesloten"
    assert walk.variables["aanpak"]["afsluiting"] == {"resultaat": "hulp_gestart"}


@pytest.mark.parametrize(("wanted", "told"), [("ja", 1), ("nee", 0)])
def test_the_burgemeester_hears_of_a_route_decision_when_that_is_decided(
    walk: Walk, wanted: str, told: int
) -> None:
    routed(ready_for_route(walk), "C", burgemeester_informeren=wanted)
    assert walk.jobs.count("melding_burgemeester") == told
    assert walk.open == ["doel_bepalen"]


def test_the_burgemeester_hears_nothing_when_nobody_decided_about_it(walk: Walk) -> None:
    routed(ready_for_route(walk), "A")
    assert "melding_burgemeester" not in walk.jobs
    assert walk.open == ["doel_bepalen"]


@pytest.mark.parametrize(("route", "partner"), [("B", "zvh"), ("C", "riec")])
def test_a_refused_hand_over_is_decided_again_and_a_second_refusal_is_a_bottleneck(
    walk: Walk, route: str, partner: str
) -> None:
    ready_for_route(walk)
    handed_over(allowed(routed(walk, route)), partner, "weigeren")
    assert walk.open == ["routebesluit_nemen"]
    handed_over(allowed(routed(walk, route)), partner, "weigeren")
    assert walk.open == ["knelpunt_oppakken"]
    walk.do("knelpunt_oppakken", {"knelpunt": {"soort": "regie"}})
    handed_over(allowed(routed(walk, route)), partner, "accepteren")
    closed(told(walk))
    assert walk.ends[-2:] == ["Afgesloten", "Naar aanpak"]


def test_an_anonymous_reporter_is_told_before_follow_up_as_well(walk: Walk) -> None:
    judged(enriched(triaged(reported(walk, anoniem="ja", hoedanigheid="anoniem"))), "ja")
    handed_over(allowed(routed(walk, "A")), "zorgcoordinator", "accepteren")
    assert walk.open == ["terugkoppeling_geven"]


def test_acute_danger_runs_beside_the_normal_course(walk: Walk) -> None:
    reported(walk, acuut_gevaar="ja")
    assert walk.open == ["acuut_vastleggen", "triage"]
    assert walk.task("acuut_vastleggen").due == MONDAY + timedelta(minutes=15)
    walk.do("acuut_vastleggen", {"acuut": {"gebeld_112": "ja"}})
    walk.do("veiligheid_borgen", {"veiligheid": {"minderjarig": "ja"}})
    walk.do("crisisdienst_inschakelen", {"crisisdienst": {"instantie": "veilig_thuis"}})
    assert walk.jobs == ["registreren", "melding_burgemeester"]
    assert not walk.ended
    triaged(walk, dubbel="ja")
    assert sorted(walk.ends) == ["Acuut afgehandeld", "Acuut afgehandeld", "Dubbel"]
    assert walk.ended


def test_danger_that_only_triage_brings_to_light_is_acted_on_once(walk: Walk) -> None:
    triaged(reported(walk), urgentie="acuut", bruikbaar="nee")
    assert walk.open == ["aanvulling_geven", "acuut_vastleggen"]
    triaged(walk.do("aanvulling_geven"), urgentie="acuut")
    assert walk.open == ["acuut_vastleggen", "verrijken"]


def test_an_acute_signal_that_nobody_confirms_reaches_public_order_after_an_hour(
    walk: Walk,
) -> None:
    reported(walk, acuut_gevaar="ja").wait(minutes=61)
    assert walk.open == ["acuut_vastleggen", "escalatie_opvolgen", "triage"]
    assert walk.task("escalatie_opvolgen").roles == ("oov",)
    assert walk.cancelled == []


def test_a_case_waits_for_the_acute_branch_before_it_ends(walk: Walk) -> None:
    triaged(reported(walk, acuut_gevaar="ja"), dubbel="ja")
    assert not walk.ended
    assert walk.open == ["acuut_vastleggen"]


def test_a_reporter_who_adds_information_brings_the_signal_back_to_triage(walk: Walk) -> None:
    triaged(reported(walk), bruikbaar="nee")
    assert walk.task("aanvulling_geven").roles == ("melder",)
    walk.do("aanvulling_geven", {"aanvulling": {"tekst": "Het busje is wit."}})
    assert walk.open == ["triage"]
    assert walk.due is None


def test_a_reporter_who_stays_silent_for_ten_working_days_ends_the_signal(walk: Walk) -> None:
    triaged(reported(walk), bruikbaar="nee").wait(days=13)
    assert walk.open == ["aanvulling_geven"]
    walk.wait(days=2)
    assert walk.ends == ["Onvoldoende informatie"]
    assert walk.cancelled == ["aanvulling_geven"]


@pytest.mark.parametrize("why", [{"type": "geen_mensenhandel"}, {"eigen_gemeente": "nee"}])
def test_what_is_not_ours_is_referred(walk: Walk, why: dict[str, str]) -> None:
    triaged(reported(walk), **why).do("doorverwijzen")
    assert walk.ends == ["Doorverwezen"]
