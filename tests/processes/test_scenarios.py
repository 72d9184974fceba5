"""Cases walk the real diagrams from report to end, the way the domain model tells it."""

from datetime import timedelta

import pytest

from tests.processes.acts import (
    KENMERK,
    MONDAY,
    allowed,
    care_refused,
    closed,
    enriched,
    followed_up,
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
    assert walk.done == ["registreren"]


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
    assert walk.ends == [
        "Samen beoordeeld",
        "Regulier of geen actie",
        "Teruggekoppeld",
        "Geen vermoeden",
        "Naar aanpak",
    ]
    assert walk.last.ended
    assert walk.last.variables["aanpak"]["uitkomst"] == "geen_vermoeden"
    assert "terugkoppeling_sturen" in walk.done


def test_who_gives_feedback_sees_nothing_of_the_judgement(walk: Walk) -> None:
    judged(enriched(triaged(reported(walk))), "nee").do("gemeentelijk_oppakken")
    shown = set(walk.shown("terugkoppeling_geven"))
    assert shown.isdisjoint({"verrijking", "beoordeling", "tweede_beoordeling", "oppakken"})


def test_a_reporter_who_wants_no_feedback_gets_none(walk: Walk) -> None:
    judged(enriched(triaged(reported(walk, terugkoppeling_gewenst="nee"))), "nee")
    walk.do("gemeentelijk_oppakken")
    assert walk.ends[-3:] == ["Geen terugkoppeling", "Geen vermoeden", "Naar aanpak"]


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
    assert walk.ends[-1] == "Termijn verstreken"
    told(walk)
    assert walk.ends[-2:] == ["Onvoldoende informatie", "Naar aanpak"]
    assert walk.last.variables["aanpak"]["uitkomst"] == "onvoldoende_informatie"


def test_watching_is_extended_twice_and_then_it_ends(walk: Walk) -> None:
    judged(enriched(triaged(reported(walk))), "onvoldoende")
    for _ in range(2):
        walk.wait(days=80).do("monitoren", {"monitoring": {"vervolg": "verlengen"}})
        assert walk.open == ["monitoren"]
    walk.wait(days=80).do("monitoren", {"monitoring": {"vervolg": "verlengen"}})
    assert walk.ends[-1] == "Niet verder volgen"
    told(walk)
    assert walk.ends[-2:] == ["Onvoldoende informatie", "Naar aanpak"]


def test_extensions_count_over_the_whole_case(walk: Walk) -> None:
    judged(enriched(triaged(reported(walk))), "onvoldoende")
    for _ in range(2):
        walk.do("monitoren", {"monitoring": {"vervolg": "verlengen"}})
    walk.do("monitoren", {"monitoring": {"vervolg": "verrijken"}})
    judged(enriched(walk), "onvoldoende")
    walk.do("monitoren", {"monitoring": {"vervolg": "verlengen"}})
    assert walk.ends[-1] == "Niet verder volgen"


def test_a_new_linked_signal_brings_a_watched_case_back(walk: Walk) -> None:
    judged(enriched(triaged(reported(walk))), "onvoldoende")
    walk.tell("nieuw_signaal_gekoppeld", KENMERK)
    assert walk.open == ["verrijken"]
    assert walk.cancelled == ["monitoren"]


def test_a_watched_case_can_be_enriched_again_by_choice(walk: Walk) -> None:
    judged(enriched(triaged(reported(walk))), "onvoldoende")
    walk.do("monitoren", {"monitoring": {"vervolg": "verrijken"}})
    assert walk.open == ["verrijken"]
    assert walk.last.next_due is None


def test_meeting_and_advice_come_before_the_judgement(walk: Walk) -> None:
    walk.results["agendapunt_plaatsen"] = {"agendapunt": {"kenmerk": f"{KENMERK}-A1"}}
    enriched(triaged(reported(walk)), meeting="ja", advice="ja")
    assert walk.task("agendapunt_voorbereiden").roles == ("af-zorg",)
    walk.do("agendapunt_voorbereiden", {"agendapunt": {"overleg": "signaleringsoverleg"}})
    assert walk.open == []
    walk.tell("overlegbesluit", f"{KENMERK}-A1", overleg={"besluit": "doorgeleiden"})
    walk.do("advies_vragen", {"advies": {"vraag": "Wat ziet u?"}})
    assert walk.task("advies_geven").roles == ("zorgcoordinator",)
    walk.do("advies_geven", {"advies": {"advies": "Blijf in contact."}})
    assert walk.open == ["vermoeden_beoordelen"]


def test_a_meeting_may_ask_for_more_before_the_judgement(walk: Walk) -> None:
    walk.results["agendapunt_plaatsen"] = {"agendapunt": {"kenmerk": f"{KENMERK}-A1"}}
    enriched(triaged(reported(walk)), meeting="ja")
    walk.do("agendapunt_voorbereiden", {"agendapunt": {"overleg": "signaleringsoverleg"}})
    walk.tell("overlegbesluit", f"{KENMERK}-A1", overleg={"besluit": "verrijken"})
    assert walk.open == ["verrijken"]
    assert walk.shown("verrijken")["verrijking"]["overleg_nodig"] is None


@pytest.mark.parametrize(
    ("asked", "role"),
    [("shop", "zorgcoordinator"), ("ketenregisseur",) * 2, ("veilig_thuis", "veilig-thuis")],
)
def test_advice_is_given_by_whom_it_was_asked_of(walk: Walk, asked: str, role: str) -> None:
    enriched(triaged(reported(walk)), advice="ja")
    walk.do("advies_vragen", {"advies": {"gevraagd_aan": asked}})
    assert walk.task("advies_geven").roles == (role,)


def test_advice_that_never_comes_does_not_hold_up_the_case(walk: Walk) -> None:
    enriched(triaged(reported(walk)), advice="ja").do("advies_vragen").wait(days=8)
    assert walk.open == ["vermoeden_beoordelen"]
    assert walk.cancelled == ["advies_geven"]


def test_care_only_is_handed_over_followed_up_and_closed(walk: Walk) -> None:
    ready_for_route(walk)
    assert walk.task("routebesluit_nemen").roles == ("af-zorg",)
    allowed(routed(walk, "A"))
    handed_over(walk, "zorgcoordinator", "accepteren")
    assert walk.open == ["slachtofferkaart_invullen", "terugkoppeling_geven"]
    followed_up(told(walk), "loopt")
    assert walk.open == ["slachtofferkaart_invullen"]
    walk.wait(days=31)
    assert walk.open == ["opvolgen", "slachtofferkaart_invullen"]
    care_refused(followed_up(walk))
    assert walk.open == ["casus_afsluiten"]
    assert walk.shown("casus_afsluiten")["afsluitvoorstel"] == {"bewaartermijn": "15 jaar"}
    closed(walk)
    assert walk.ends[-3:] == ["Teruggekoppeld", "Afgesloten", "Naar aanpak"]
    assert walk.done[0] == "registreren"
    assert walk.done[-2:] == ["statistiek_vastleggen", "terugkoppeling_sturen"]
    assert walk.last.variables["aanpak"]["uitkomst"] == "afgesloten"
    assert walk.last.variables["aanpak"]["afsluiting"] == {"resultaat": "hulp_gestart"}
    assert walk.last.variables["aanpak"]["sporen"]["zorgtraject"]["uitkomst"] == "hulp_geweigerd"


def test_the_case_waits_for_its_tracks_even_when_follow_up_calls_them_done(walk: Walk) -> None:
    handed_over(allowed(routed(ready_for_route(walk), "A")), "zorgcoordinator", "accepteren")
    followed_up(told(walk))
    assert walk.open == ["slachtofferkaart_invullen"]


def test_who_keeps_the_lead_hands_nothing_over(walk: Walk) -> None:
    routed(ready_for_route(walk), "A", regiehouder="af-zorg")
    assert walk.open == ["slachtofferkaart_invullen", "terugkoppeling_geven"]
    assert "Regie blijft bij ons" in walk.ends


def test_a_stuck_track_goes_to_the_chain_director_and_is_followed_up_again(walk: Walk) -> None:
    handed_over(allowed(routed(ready_for_route(walk), "A")), "zorgcoordinator", "accepteren")
    followed_up(told(walk), "vastgelopen")
    walk.do("knelpunt_beschrijven", {"knelpunt": {"soort": "capaciteit"}})
    assert walk.task("bemiddelen").roles == ("ketenregisseur",)
    walk.do("bemiddelen", {"bemiddeling": {"opgelost": "ja", "resultaat": "Er komt plek."}})
    walk.wait(days=31)
    assert walk.open == ["opvolgen", "slachtofferkaart_invullen"]


@pytest.mark.parametrize("state", ["onveilig", "vermist"])
def test_follow_up_that_finds_somebody_in_danger_is_acted_on_at_once(
    walk: Walk, state: str
) -> None:
    handed_over(allowed(routed(ready_for_route(walk), "A")), "zorgcoordinator", "accepteren")
    followed_up(told(walk), "loopt", betrokkene=state)
    assert walk.open == ["acuut_vastleggen", "slachtofferkaart_invullen"]


def test_a_message_that_somebody_is_missing_is_acted_on_beside_the_case(walk: Walk) -> None:
    enriched(triaged(reported(walk)))
    walk.tell("betrokkene_onveilig", KENMERK)
    assert walk.open == ["acuut_vastleggen", "vermoeden_beoordelen"]


def test_what_the_riec_gives_back_is_decided_again(walk: Walk) -> None:
    walk.settings["tafel_ondermijning"] = []
    handed_over(allowed(routed(ready_for_route(walk), "C")), "riec", "accepteren")
    followed_up(told(walk))
    walk.do("riec_besluit_geven", {"doorgeleiding": {"uitkomst": "terug_naar_gemeente"}})
    walk.do("interventieadvies_verwerken")
    assert walk.open == ["routebesluit_nemen"]


@pytest.mark.parametrize(
    ("side_tracks", "opened"),
    [
        (["bestuurlijk"], "barriereanalyse_maken"),
        (["bibob"], "barriereanalyse_maken"),
        (["controle"], "controle_plannen"),
        (["zorg"], "slachtofferkaart_invullen"),
    ],
)
def test_each_side_track_is_begun_beside_the_main_route(
    walk: Walk, side_tracks: list[str], opened: str
) -> None:
    walk.settings["tafel_ondermijning"] = []
    decision = {"hoofdroute": "C", "slachtoffer_in_beeld": "nee", "nevensporen": side_tracks}
    ready_for_route(walk).do("routebesluit_nemen", {"routebesluit": decision})
    handed_over(allowed(walk), "riec", "accepteren")
    assert walk.open == sorted([opened, "riec_besluit_geven", "terugkoppeling_geven"])


@pytest.mark.parametrize(("wanted", "told"), [("ja", 1), ("nee", 0)])
def test_the_burgemeester_hears_of_a_route_decision_when_that_is_decided(
    walk: Walk, wanted: str, told: int
) -> None:
    routed(ready_for_route(walk), "C", burgemeester_informeren=wanted)
    assert walk.done.count("melding_burgemeester") == told
    assert walk.open == ["doel_bepalen"]


def test_the_burgemeester_hears_nothing_when_nobody_decided_about_it(walk: Walk) -> None:
    routed(ready_for_route(walk), "A")
    assert "melding_burgemeester" not in walk.done
    assert walk.open == ["doel_bepalen"]


@pytest.mark.parametrize(("route", "partner"), [("B", "zvh"), ("C", "riec")])
def test_a_refused_hand_over_is_decided_again_and_a_second_refusal_is_a_bottleneck(
    walk: Walk, route: str, partner: str
) -> None:
    walk.settings["tafel_ondermijning"] = []
    ready_for_route(walk)
    handed_over(allowed(routed(walk, route)), partner, "weigeren")
    assert walk.open == ["routebesluit_nemen"]
    handed_over(allowed(routed(walk, route)), partner, "weigeren")
    assert walk.open == ["knelpunt_beschrijven"]
    walk.do("knelpunt_beschrijven", {"knelpunt": {"soort": "regie"}})
    walk.do("bemiddelen", {"bemiddeling": {"opgelost": "ja", "resultaat": "U neemt het over."}})
    assert walk.shown("routebesluit_nemen")["escalatie"]["uitkomst"] == "opgelost"
    handed_over(allowed(routed(walk, route)), partner, "accepteren")
    assert "terugkoppeling_geven" in walk.open


def test_an_agreement_that_has_expired_blocks_the_hand_over_with_its_reason(walk: Walk) -> None:
    walk.results["convenant_controleren"]["convenant_controle"] = {
        "geldig": "nee",
        "reden": "Verlopen op 01-11-2026.",
    }
    allowed(routed(ready_for_route(walk), "A")).do("overdragen")
    walk.do("blokkade_oplossen", {"overdracht": {"na_blokkade": "stoppen"}})
    assert walk.open == ["routebesluit_nemen"]
    assert walk.shown("routebesluit_nemen")["overdracht"]["reden"] == "Verlopen op 01-11-2026."


def test_an_anonymous_reporter_is_told_before_follow_up_as_well(walk: Walk) -> None:
    judged(enriched(triaged(reported(walk, anoniem="ja", hoedanigheid="anoniem"))), "ja")
    handed_over(allowed(routed(walk, "A")), "zorgcoordinator", "accepteren")
    assert walk.open == ["slachtofferkaart_invullen", "terugkoppeling_geven"]


def test_a_reporter_may_be_asked_to_think_along(walk: Walk) -> None:
    judged(enriched(triaged(reported(walk))), "nee").do("gemeentelijk_oppakken")
    asked = {"niveau": "2", "sjabloon": "bekeken", "meedenken": "ja", "vraag": "Wie woont er?"}
    walk.do("terugkoppeling_geven", {"terugkoppeling": asked})
    assert walk.task("meedenken_melder").roles == ("melder",)
    walk.do("meedenken_melder", {"meedenken": {"reactie": "Een gezin."}}).do("reactie_bekijken")
    assert walk.ends[-3:] == ["Melder heeft meegedacht", "Geen vermoeden", "Naar aanpak"]


def test_a_reporter_who_does_not_think_along_holds_nothing_up(walk: Walk) -> None:
    judged(enriched(triaged(reported(walk))), "nee").do("gemeentelijk_oppakken")
    asked = {"niveau": "2", "sjabloon": "bekeken", "meedenken": "ja", "vraag": "Wie woont er?"}
    walk.do("terugkoppeling_geven", {"terugkoppeling": asked}).wait(days=15)
    assert walk.ends[-1] == "Naar aanpak"


def test_where_feedback_is_a_duty_a_colleague_gets_it_unasked(walk: Walk) -> None:
    walk.settings["terugkoppeling_plicht"] = "ja"
    judged(enriched(triaged(reported(walk, terugkoppeling_gewenst="nee"))), "nee")
    walk.do("gemeentelijk_oppakken")
    assert walk.shown("terugkoppeling_geven")["voorstel_niveau"] == 2


def test_without_suspicion_the_approach_by_licences_and_controls_may_follow(walk: Walk) -> None:
    judged(enriched(triaged(reported(walk))), "nee")
    walk.do("gemeentelijk_oppakken", {"oppakken": {"wijze": "bestuurlijk"}})
    assert walk.open == ["barriereanalyse_maken"]


def test_without_suspicion_the_safety_house_may_take_it_over(walk: Walk) -> None:
    judged(enriched(triaged(reported(walk))), "nee")
    via_the_house = {"oppakken": {"wijze": "zvh_zonder_mensenhandel"}}
    allowed(walk.do("gemeentelijk_oppakken", via_the_house), "geweigerd")
    handed_over(allowed(walk.do("gemeentelijk_oppakken", via_the_house)), "zvh", "weigeren")
    handed_over(allowed(walk.do("gemeentelijk_oppakken", via_the_house)), "zvh", "accepteren")
    assert walk.ends[-1] == "Bij het ZVH"
    assert walk.open == ["terugkoppeling_geven"]
