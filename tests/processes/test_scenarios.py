"""Cases walk the real diagrams from report to end, the way the domain model tells it."""

from datetime import timedelta

import pytest

from service.engine import variables_for
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
    assert walk.ends == [
        "Samen beoordeeld",
        "Regulier of geen actie",
        "Teruggekoppeld",
        "Geen vermoeden",
        "Naar aanpak",
    ]
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
    assert walk.variables["aanpak"]["uitkomst"] == "onvoldoende_informatie"


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
    assert walk.due is None


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
    assert walk.sees("verrijken")["verrijking"]["overleg_nodig"] is None


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
    assert walk.sees("casus_afsluiten")["afsluitvoorstel"] == {"bewaartermijn": "15 jaar"}
    closed(walk)
    assert walk.ends[-3:] == ["Teruggekoppeld", "Afgesloten", "Naar aanpak"]
    assert walk.jobs[0] == "registreren"
    assert walk.jobs[-2:] == ["statistiek_vastleggen", "terugkoppeling_sturen"]
    assert walk.variables["aanpak"]["uitkomst"] == "afgesloten"
    assert walk.variables["aanpak"]["afsluiting"] == {"resultaat": "hulp_gestart"}
    assert walk.variables["aanpak"]["sporen"]["zorgtraject"]["uitkomst"] == "hulp_geweigerd"


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
    walk.settings["tafel_ondermijning"] = []
    ready_for_route(walk)
    handed_over(allowed(routed(walk, route)), partner, "weigeren")
    assert walk.open == ["routebesluit_nemen"]
    handed_over(allowed(routed(walk, route)), partner, "weigeren")
    assert walk.open == ["knelpunt_beschrijven"]
    walk.do("knelpunt_beschrijven", {"knelpunt": {"soort": "regie"}})
    walk.do("bemiddelen", {"bemiddeling": {"opgelost": "ja", "resultaat": "U neemt het over."}})
    assert walk.sees("routebesluit_nemen")["escalatie"]["uitkomst"] == "opgelost"
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
    assert walk.sees("routebesluit_nemen")["overdracht"]["reden"] == "Verlopen op 01-11-2026."


def test_an_anonymous_reporter_is_told_before_follow_up_as_well(walk: Walk) -> None:
    judged(enriched(triaged(reported(walk, anoniem="ja", hoedanigheid="anoniem"))), "ja")
    handed_over(allowed(routed(walk, "A")), "zorgcoordinator", "accepteren")
    assert walk.open == ["slachtofferkaart_invullen", "terugkoppeling_geven"]


def test_acute_danger_runs_beside_the_normal_course(walk: Walk) -> None:
    reported(walk, acuut_gevaar="ja")
    assert walk.open == ["acuut_vastleggen", "triage"]
    assert walk.task("acuut_vastleggen").due == MONDAY + timedelta(minutes=15)
    walk.do("acuut_vastleggen", {"acuut": {"gebeld_112": "ja"}})
    walk.do("veiligheid_borgen", {"veiligheid": {"minderjarig": "ja"}})
    walk.do("crisisdienst_inschakelen", {"crisisdienst": {"instantie": "veilig_thuis"}})
    assert walk.jobs == ["registreren", "melding_burgemeester"]
    assert not walk.ended
    told(triaged(walk, dubbel="ja"))
    assert sorted(set(walk.ends)) == ["Acuut afgehandeld", "Dubbel", "Teruggekoppeld"]
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
    told(triaged(reported(walk, acuut_gevaar="ja"), dubbel="ja"))
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


@pytest.mark.parametrize(
    ("triage", "proposal"),
    [
        ({"type": "geen_mensenhandel"}, "regulier_loket"),
        ({"type": "geen_mensenhandel", "urgentie": "acuut"}, "112"),
    ],
)
def test_what_is_no_trafficking_is_referred_where_the_table_proposes(
    walk: Walk, triage: dict[str, str], proposal: str
) -> None:
    triaged(reported(walk), **triage)
    assert walk.sees("doorverwijzen")["voorstel_bestemming"]["bestemming"] == proposal
    told(walk.do("doorverwijzen"))
    assert walk.ends[-1] == "Doorverwezen"


def test_a_signal_of_another_municipality_goes_there_after_weighing(walk: Walk) -> None:
    handed = {"uitkomst": "gestart", "kenmerk": "2026-AAAA-BBBB"}
    walk.results["overdragen_aan_gemeente"] = {"gemeenteoverdracht": handed}
    allowed(triaged(reported(walk), eigen_gemeente="nee", andere_gemeente="Rijswijk"))
    told(walk.do("gemeenteoverdracht_voorbereiden"))
    assert walk.ends[-1] == "Doorverwezen"


def test_a_municipality_that_takes_no_signals_here_is_told_by_hand(walk: Walk) -> None:
    handed = {"uitkomst": "niet_aangesloten", "kenmerk": None}
    walk.results["overdragen_aan_gemeente"] = {"gemeenteoverdracht": handed}
    allowed(triaged(reported(walk), eigen_gemeente="nee"))
    walk.do("gemeenteoverdracht_voorbereiden")
    assert walk.open == ["doorverwijzen"]


def test_what_may_not_be_shared_is_referred_without_the_signal(walk: Walk) -> None:
    allowed(triaged(reported(walk), eigen_gemeente="nee"), "geweigerd")
    assert walk.sees("doorverwijzen")["voorstel_bestemming"]["bestemming"] == "andere_gemeente"
    assert "overdragen_aan_gemeente" not in walk.jobs


@pytest.mark.parametrize("kind", ["gerelateerd", "vervolg"])
def test_a_related_signal_is_linked_and_goes_on(walk: Walk, kind: str) -> None:
    triaged(reported(walk), dubbel="ja", dubbel_met="2026-AAAA-BBBB", soort_koppeling=kind)
    assert "signaal_koppelen" in walk.jobs
    assert walk.open == ["verrijken"]


def test_a_signal_about_more_matters_is_split_once(walk: Walk) -> None:
    parts = [{"omschrijving": "Een andere woning.", "gaat_over": ["locatie"]}]
    triage = {"bruikbaar": "nee", "splitsen": "ja", "delen": parts}
    reported(walk).do("triage", {"triage": triage})
    walk.do("aanvulling_geven")
    triaged(walk)
    assert walk.jobs.count("signaal_splitsen") == 1
    assert walk.open == ["verrijken"]


def test_the_meldcode_runs_beside_the_approach(walk: Walk) -> None:
    triaged(reported(walk), meldcode="ja")
    assert walk.open == ["signalen_in_kaart_brengen", "verrijken"]


@pytest.mark.parametrize(
    ("message", "as_whom"),
    [
        ("signaal_van_keten", "ketenpartner"),
        ("signaal_van_andere_gemeente", "ketenpartner"),
        ("bevinding_controle", "medewerker"),
    ],
)
def test_a_signal_that_comes_in_as_a_message_is_registered_and_triaged(
    walk: Walk, message: str, as_whom: str
) -> None:
    walk.begin_by("meldroute_signaal", message, {"gaat_over": ["dader"], "vorm": "arbeid"})
    assert walk.open == ["triage"]
    assert walk.task("triage").roles == ("af-veiligheid",)
    assert walk.variables["signaal"]["hoedanigheid"] == as_whom
    assert walk.jobs == ["registreren"]


def test_danger_in_a_message_is_acted_on_before_triage(walk: Walk) -> None:
    walk.begin_by("meldroute_signaal", "signaal_van_keten", {"acuut_gevaar": "ja"})
    assert walk.open == ["acuut_vastleggen", "triage"]


def test_a_reporter_who_adds_unasked_is_read_by_who_handles_the_signal(walk: Walk) -> None:
    triaged(reported(walk))
    for text in ("Het busje is wit.", "Er staat een naam op."):
        walk.tell("aanvulling_melder", KENMERK, bericht_melder={"tekst": text})
    assert walk.open == ["aanvulling_bekijken", "aanvulling_bekijken", "verrijken"]
    tasks = [task for task in walk.tasks.values() if task.element_id == "aanvulling_bekijken"]
    seen = [variables_for(walk.bundle, walk.state, task.task_id) for task in tasks]
    assert {task.roles for task in tasks} == {("af-zorg",)}
    assert sorted(told["bericht_melder"]["tekst"] for told in seen) == [
        "Er staat een naam op.",
        "Het busje is wit.",
    ]


def test_an_addition_that_tells_of_danger_is_acted_on(walk: Walk) -> None:
    triaged(reported(walk)).tell("aanvulling_melder", KENMERK, bericht_melder={"tekst": "Nu!"})
    walk.do("aanvulling_bekijken", {"aanvulling_bekeken": {"acuut": "ja"}})
    assert walk.open == ["acuut_vastleggen", "verrijken"]


def test_a_reporter_who_takes_leave_is_wiped_and_the_case_goes_on(walk: Walk) -> None:
    triaged(reported(walk)).tell("melding_ingetrokken", KENMERK)
    assert walk.jobs == ["registreren", "melder_wissen"]
    assert walk.open == ["intrekking_bekijken", "verrijken"]


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
    assert walk.sees("terugkoppeling_geven")["voorstel_niveau"] == 2


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


def test_who_is_named_in_a_signal_does_not_handle_the_danger_in_it_either(walk: Walk) -> None:
    reported(walk, acuut_gevaar="ja", af_betrokken="ja")
    assert walk.task("acuut_vastleggen").roles == ("af-achtervang", "jz")


def test_shelter_and_the_crisis_service_go_side_by_side(walk: Walk) -> None:
    reported(walk, acuut_gevaar="ja").do("acuut_vastleggen")
    safe = {"slachtoffer_veilig_plaatsbaar": "ja", "minderjarig": "ja", "betrokkene": "veilig"}
    walk.do("veiligheid_borgen", {"veiligheid": safe})
    assert walk.open == ["crisisdienst_inschakelen", "plaatsing_regelen", "triage"]


def test_who_is_still_in_danger_is_looked_at_again_the_next_day(walk: Walk) -> None:
    reported(walk, acuut_gevaar="ja").do("acuut_vastleggen")
    walk.do("veiligheid_borgen", {"veiligheid": {"melder": "onveilig", "betrokkene": "veilig"}})
    assert walk.open == ["triage"]
    walk.wait(hours=25)
    assert walk.open == ["triage", "veiligheid_borgen"]
    walk.do("veiligheid_borgen", {"veiligheid": {"melder": "veilig", "betrokkene": "onbekend"}})
    assert "Acuut afgehandeld" in walk.ends
