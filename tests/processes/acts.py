"""What people do in a case, step by step, for the scenarios that walk the diagrams."""

from datetime import datetime
from typing import Any

from service.domain.working_days import AMSTERDAM
from service.operations.scenario.beginning import KENMERK
from tests.processes.walking import Walk

MONDAY = datetime(2026, 11, 23, 10, tzinfo=AMSTERDAM)


def reported(walk: Walk, **signaal: Any) -> Walk:
    """A colleague reports a worried victim, unless told otherwise."""
    told = {
        "hoedanigheid": "medewerker",
        "anoniem": "nee",
        "acuut_gevaar": "nee",
        "omschrijving": "Zes mensen, één adres, één man houdt de paspoorten.",
        "gaat_over": ["slachtoffer"],
        "vorm": "arbeid",
        "minderjarig": "nee",
        "terugkoppeling_gewenst": "ja",
        **signaal,
    }
    walk.begin("meldroute_signaal", {"registratie": {"kenmerk": KENMERK}})
    return walk.do("signaal_indienen", {"signaal": told})


def triaged(walk: Walk, **triage: Any) -> Walk:
    judged = {
        "type": "slachtoffer",
        "urgentie": "normaal",
        "meldcode": "nee",
        "dubbel": "nee",
        "eigen_gemeente": "ja",
        "bruikbaar": "ja",
        **triage,
    }
    return walk.do("triage", {"triage": judged})


def enriched(
    walk: Walk, *, meeting: str = "nee", advice: str = "nee", sharing: str = "nee"
) -> Walk:
    answers = {
        "gegevensdeling_nodig": sharing,
        "overleg_nodig": meeting,
        "advies_nodig": advice,
    }
    return walk.do("verrijken", {"verrijking": answers})


def judged(walk: Walk, judgement: str, **facts: str) -> Walk:
    walk.do("vermoeden_beoordelen", {"beoordeling": {"oordeel": judgement, **facts}})
    return walk.do("tweede_beoordeling_geven", {"tweede_beoordeling": {"eens": "ja"}})


def routed(walk: Walk, route: str, **decided: str) -> Walk:
    decision = {"hoofdroute": route, "strafrechtelijk": "nee", **decided}
    return walk.do("routebesluit_nemen", {"routebesluit": decision})


def allowed(walk: Walk, decision: str = "toegestaan", **weighed: str) -> Walk:
    told = {"kan_anoniem": "nee", "partner": "zvh", "grondslag": "publieke_taak", **weighed}
    purpose = {name: told[name] for name in told if name != "grondslag"}
    walk.do("doel_bepalen", {"gegevensdeling": purpose})
    return walk.do(
        "grondslag_afwegen", {"gegevensdeling": {"twijfel": "nee", "besluit": decision, **told}}
    )


HAND_OVER = {"zvh": "zvh_aanmelden", "riec": "riec_signaal_opstellen"}
"""The partners with a form of their own."""


def handed_over(walk: Walk, partner: str, answer: str) -> Walk:
    walk.do(HAND_OVER.get(partner, "overdragen"), {"overdracht": {"ontvanger": partner}})
    assert walk.task("overdracht_beoordelen").roles == (partner,)
    return walk.do("overdracht_beoordelen", {"overdracht_reactie": {"besluit": answer}})


def told(walk: Walk) -> Walk:
    return walk.do(
        "terugkoppeling_geven", {"terugkoppeling": {"niveau": "1", "sjabloon": "bekeken"}}
    )


def followed_up(walk: Walk, status: str = "klaar", **more: str) -> Walk:
    return walk.do("opvolgen", {"opvolging": {"status": status, **more}})


def closed(walk: Walk) -> Walk:
    walk.do("casus_afsluiten", {"afsluiting": {"resultaat": "hulp_gestart"}})
    return told(walk)


def care_refused(walk: Walk) -> Walk:
    """The victim wants no help, and not two weeks later either."""
    walk.do("slachtofferkaart_invullen", {"slachtofferkaart": {"veiligheid": "veilig"}})
    walk.do(
        "contact_mogelijk_maken", {"zorgcontact": {"wijze": "zelf_contact", "resultaat": "contact"}}
    )
    walk.do("intake_doen", {"intake": {"aanvaardt_hulp": "nee"}}).do("rechten_uitleggen")
    walk.wait(days=15).do("hulp_opnieuw_aanbieden", {"heraanbod": {"antwoord": "nee"}})
    return walk.do("traject_afronden", {"zorgtraject": {"uitkomst": "hulp_geweigerd"}})


def ready_for_route(walk: Walk) -> Walk:
    return judged(
        enriched(triaged(reported(walk))),
        "ja",
        slachtoffer_in_beeld="ja",
        strafrechtelijk="nee",
        ondermijnend="nee",
    )
