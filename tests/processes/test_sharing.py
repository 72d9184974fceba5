"""What may be shared is weighed before anything is, and leaves its trace."""

import pytest

from tests.processes.acts import (
    KENMERK,
    allowed,
    enriched,
    handed_over,
    judged,
    ready_for_route,
    reported,
    routed,
    triaged,
)
from tests.processes.walking import Walk


def test_advice_from_shop_is_asked_without_personal_data(walk: Walk) -> None:
    enriched(triaged(reported(walk)), advice="ja")
    assert walk.shown("advies_vragen")["shop_regel"]["uitkomst"] == "geen_persoonsgegevens"


def test_advice_from_elsewhere_is_weighed_by_people(walk: Walk) -> None:
    walk.settings["adviesorganisatie"] = "ESSM"
    enriched(triaged(reported(walk)), advice="ja")
    assert walk.shown("advies_vragen")["shop_regel"]["uitkomst"] == "d10"


def test_when_sharing_is_refused_the_route_is_decided_again(walk: Walk) -> None:
    allowed(routed(ready_for_route(walk), "B"), "geweigerd")
    assert walk.open == ["routebesluit_nemen"]
    assert "verstrekking_vastleggen" not in walk.done


def test_the_shop_rule_turns_an_allowed_disclosure_into_an_anonymous_one(walk: Walk) -> None:
    allowed(routed(ready_for_route(walk), "A"), partner="shop", toerekenbaar="ja")
    assert walk.ends[-1] == "Anoniem gedeeld"
    assert walk.open == ["overdragen"]
    assert "verstrekking_vastleggen" not in walk.done


def test_whoever_hands_over_sees_the_kenmerk_of_what_may_be_shared(walk: Walk) -> None:
    allowed(routed(ready_for_route(walk), "B"))
    assert walk.shown("zvh_aanmelden")["verstrekking"] == {"kenmerk": f"{KENMERK}-V1"}


def test_a_new_disclosure_replaces_the_kenmerk_of_the_refused_hand_over(walk: Walk) -> None:
    allowed(routed(ready_for_route(walk), "B"))
    walk.do("zvh_aanmelden", {"overdracht": {"ontvanger": "zvh", "verstrekking": f"{KENMERK}-V1"}})
    walk.do("overdracht_beoordelen", {"overdracht_reactie": {"besluit": "weigeren"}})
    allowed(routed(walk, "A"))
    seen = walk.shown("overdragen")
    assert seen["verstrekking"] == {"kenmerk": f"{KENMERK}-V2"}
    assert seen["overdracht"].get("verstrekking") is None


def test_an_agreement_that_does_not_count_brings_the_weighing_back_with_its_reason(
    walk: Walk,
) -> None:
    walk.results["convenant_controleren"]["convenant_controle"] = {
        "geldig": "nee",
        "reden": "Verlopen op 01-11-2026.",
    }
    allowed(routed(ready_for_route(walk), "B"), grondslag="wgs_convenant")
    assert walk.open == ["grondslag_afwegen"]
    assert walk.shown("grondslag_afwegen")["convenant_controle"]["geldig"] == "nee"
    assert "verstrekking_vastleggen" not in walk.done


def test_another_ground_than_an_agreement_asks_for_none(walk: Walk) -> None:
    allowed(routed(ready_for_route(walk), "B"), grondslag="publieke_taak")
    assert "convenant_controleren" not in walk.done
    assert walk.open == ["zvh_aanmelden"]


@pytest.mark.parametrize(
    ("partner", "ground", "agreement", "decision"),
    [
        ("opsporing", "publieke_taak", "nee", None),
        ("zorg_medisch", "toestemming", "nee", None),
        ("veilig_thuis", "meldrecht", "nee", None),
        ("zvh", "wgs_convenant", "ja", None),
        ("riec", "wgs_convenant", "ja", None),
        ("anders", "geen", "nee", "geweigerd"),
    ],
)
def test_the_ground_is_proposed_by_kind_of_partner(
    walk: Walk, partner: str, ground: str, agreement: str, decision: str | None
) -> None:
    routed(ready_for_route(walk), "B")
    walk.do("doel_bepalen", {"gegevensdeling": {"kan_anoniem": "nee", "partner": partner}})
    proposal = walk.shown("grondslag_afwegen")["grondslag_voorstel"]
    assert (proposal["grondslag"], proposal["convenant"], proposal["besluit"]) == (
        ground,
        agreement,
        decision,
    )


def test_a_coordinator_of_care_rests_on_an_agreement_only_where_there_is_a_table(
    walk: Walk,
) -> None:
    walk.settings["tafel_zorg"] = "zorgtafel"
    routed(ready_for_route(walk), "A")
    walk.do(
        "doel_bepalen", {"gegevensdeling": {"kan_anoniem": "nee", "partner": "zorgcoordinator"}}
    )
    assert walk.shown("grondslag_afwegen")["grondslag_voorstel"]["convenant"] == "ja"


def test_an_anonymous_hand_over_names_no_earlier_disclosure(walk: Walk) -> None:
    handed_over(allowed(routed(ready_for_route(walk), "B")), "zvh", "weigeren")
    allowed(routed(walk, "A"), "anoniem")
    assert walk.shown("overdragen")["verstrekking"] is None


def test_sharing_without_personal_data_needs_no_further_weighing(walk: Walk) -> None:
    routed(ready_for_route(walk), "A")
    walk.do("doel_bepalen", {"gegevensdeling": {"kan_anoniem": "ja"}})
    assert walk.open == ["overdragen"]


def test_doubt_about_sharing_goes_past_the_privacy_officer(walk: Walk) -> None:
    routed(ready_for_route(walk), "B")
    walk.do("doel_bepalen", {"gegevensdeling": {"kan_anoniem": "nee"}})
    walk.do("grondslag_afwegen", {"gegevensdeling": {"twijfel": "ja", "besluit": "toegestaan"}})
    assert walk.task("privacy_advies_geven").roles == ("privacy",)
    walk.do("privacy_advies_geven", {"privacyadvies": {"advies": "akkoord"}})
    assert walk.open == ["grondslag_afwegen"]


def test_forced_organ_trade_goes_straight_to_the_police(walk: Walk) -> None:
    judged(enriched(triaged(reported(walk, vorm="orgaan"))), "ja")
    assert walk.open == ["overdragen"]
    assert "verstrekking_vastleggen" not in walk.done
    assert walk.shown("overdragen")["voorstel_ontvanger"] == "politie-avim"
    walk.do("overdragen", {"overdracht": {"ontvanger": "politie-avim"}})
    assert walk.task("overdracht_beoordelen").roles == ("politie-avim",)


@pytest.mark.parametrize(
    ("decision", "kenmerk"),
    [("toegestaan", {"kenmerk": f"{KENMERK}-V1"}), ("geweigerd", None), ("anoniem", None)],
)
def test_sharing_for_a_source_is_weighed_first_and_then_enriching_goes_on(
    walk: Walk, decision: str, kenmerk: dict[str, str] | None
) -> None:
    enriched(triaged(reported(walk)), sharing="ja", meeting="ja")
    assert walk.open == ["doel_bepalen"]
    allowed(walk, decision)
    assert walk.open == ["verrijken"]
    seen = walk.shown("verrijken")
    assert seen["gegevensdeling"]["besluit"] == decision
    assert seen["verstrekking"] == kenmerk
    assert seen["verrijking"]["gegevensdeling_nodig"] is None
    assert seen["verrijking"]["overleg_nodig"] == "ja"


def test_each_source_is_weighed_apart(walk: Walk) -> None:
    allowed(enriched(triaged(reported(walk)), sharing="ja"))
    allowed(enriched(walk, sharing="ja"), "geweigerd")
    assert walk.shown("verrijken")["verstrekking"] is None
    allowed(enriched(walk, sharing="ja"))
    assert walk.shown("verrijken")["verstrekking"] == {"kenmerk": f"{KENMERK}-V2"}
    enriched(walk)
    assert walk.open == ["vermoeden_beoordelen"]


def test_what_was_shared_for_a_source_tells_the_reporter_no_more(walk: Walk) -> None:
    reported(walk, hoedanigheid="professional_meldcode")
    allowed(enriched(triaged(walk), sharing="ja"))
    judged(enriched(walk), "nee").do("gemeentelijk_oppakken")
    assert walk.shown("terugkoppeling_geven")["voorstel_niveau"] == 2


def test_after_sharing_for_a_source_organ_trade_still_goes_straight_to_the_police(
    walk: Walk,
) -> None:
    reported(walk, vorm="orgaan", hoedanigheid="professional_meldcode")
    allowed(enriched(triaged(walk), sharing="ja"))
    judged(enriched(walk), "ja")
    handed_over(walk, "politie-avim", "accepteren")
    assert walk.shown("terugkoppeling_geven")["voorstel_niveau"] == 2
