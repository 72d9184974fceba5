"""What happens to a signal that comes in, before anybody has judged it: danger, triage, linking."""

from datetime import timedelta

import pytest

from tests.processes.acts import (
    KENMERK,
    MONDAY,
    allowed,
    reported,
    told,
    triaged,
)
from tests.processes.walking import Walk


def test_acute_danger_runs_beside_the_normal_course(walk: Walk) -> None:
    reported(walk, acuut_gevaar="ja")
    assert walk.open == ["acuut_vastleggen", "triage"]
    assert walk.task("acuut_vastleggen").due == MONDAY + timedelta(minutes=15)
    walk.do("acuut_vastleggen", {"acuut": {"gebeld_112": "ja"}})
    walk.do("veiligheid_borgen", {"veiligheid": {"minderjarig": "ja"}})
    walk.do("crisisdienst_inschakelen", {"crisisdienst": {"instantie": "veilig_thuis"}})
    assert walk.done == ["registreren", "melding_burgemeester"]
    assert not walk.last.ended
    told(triaged(walk, dubbel="ja"))
    assert sorted(set(walk.ends)) == ["Acuut afgehandeld", "Dubbel", "Teruggekoppeld"]
    assert walk.last.ended


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
    assert not walk.last.ended
    assert walk.open == ["acuut_vastleggen"]


def test_a_reporter_who_adds_information_brings_the_signal_back_to_triage(walk: Walk) -> None:
    triaged(reported(walk), bruikbaar="nee")
    assert walk.task("aanvulling_geven").roles == ("melder",)
    walk.do("aanvulling_geven", {"aanvulling": {"tekst": "Het busje is wit."}})
    assert walk.open == ["triage"]
    assert walk.last.next_due is None


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
    assert walk.shown("doorverwijzen")["voorstel_bestemming"]["bestemming"] == proposal
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
    assert walk.shown("doorverwijzen")["voorstel_bestemming"]["bestemming"] == "andere_gemeente"
    assert "overdragen_aan_gemeente" not in walk.done


@pytest.mark.parametrize("kind", ["gerelateerd", "vervolg"])
def test_a_related_signal_is_linked_and_goes_on(walk: Walk, kind: str) -> None:
    triaged(reported(walk), dubbel="ja", dubbel_met="2026-AAAA-BBBB", soort_koppeling=kind)
    assert "signaal_koppelen" in walk.done
    assert walk.open == ["verrijken"]


def test_a_signal_about_more_matters_is_split_once(walk: Walk) -> None:
    parts = [{"omschrijving": "Een andere woning.", "gaat_over": ["locatie"]}]
    triage = {"bruikbaar": "nee", "splitsen": "ja", "delen": parts}
    reported(walk).do("triage", {"triage": triage})
    walk.do("aanvulling_geven")
    triaged(walk)
    assert walk.done.count("signaal_splitsen") == 1
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
    assert walk.last.variables["signaal"]["hoedanigheid"] == as_whom
    assert walk.done == ["registreren"]


def test_danger_in_a_message_is_acted_on_before_triage(walk: Walk) -> None:
    walk.begin_by("meldroute_signaal", "signaal_van_keten", {"acuut_gevaar": "ja"})
    assert walk.open == ["acuut_vastleggen", "triage"]


def test_a_reporter_who_adds_unasked_is_read_by_who_handles_the_signal(walk: Walk) -> None:
    triaged(reported(walk))
    for text in ("Het busje is wit.", "Er staat een naam op."):
        walk.tell("aanvulling_melder", KENMERK, bericht_melder={"tekst": text})
    assert walk.open == ["aanvulling_bekijken", "aanvulling_bekijken", "verrijken"]
    tasks = [task for task in walk.tasks.values() if task.element_id == "aanvulling_bekijken"]
    seen = [walk.sees(task) for task in tasks]
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
    assert walk.done == ["registreren", "melder_wissen"]
    assert walk.open == ["intrekking_bekijken", "verrijken"]


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
