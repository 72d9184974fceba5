"""What people fill in at each step of a case, in full, and the steps of a walk by name.

Everything typed by hand is in ``TYPED``: no mail and no column in plain text may hold any of it.
"""

from typing import Any

from service.operations.complete_task import Completed
from tests.integration.conftest import SIGNAL, Office

WHY = "Drie verklaringen wijzen op dwang; paspoorten en loon zijn ingenomen door dezelfde man."
SUMMARY = "Vier bewoners vragen om hulp bij hun paspoort en hun loon."
WISH = "Neem contact op met de vier bewoners, met een tolk Roemeens."
REASON = "Onze capaciteit schiet deze maand tekort."
QUESTION = "Weet u welke kleur het busje had?"
ANSWER = "Het busje was wit met een blauwe streep."
AGREED = "De tolk belt morgen met Violeta."
FACTS = "Het adres staat op naam van Windmolen Flex BV."

TYPED = (
    WHY,
    SUMMARY,
    WISH,
    REASON,
    QUESTION,
    ANSWER,
    AGREED,
    FACTS,
    SIGNAL["omschrijving"],
    SIGNAL["adres"],
    SIGNAL["naam"],
    "Windmolen",
    "Violeta",
    "paspoort",
    "uitbuiting",
)

ENRICHED: dict[str, Any] = {
    "bronnen": [
        {
            "bron": "kvk",
            "doel": "Wie verhuurt het adres?",
            "grondslag": "openbaar register",
            "resultaat": FACTS,
        }
    ],
    "feiten": FACTS,
    "gegevensdeling_nodig": "nee",
    "overleg_nodig": "nee",
    "advies_nodig": "nee",
}
TRIAGE: dict[str, Any] = {
    "type": "slachtoffer",
    "urgentie": "normaal",
    "meldcode": "nee",
    "dubbel": "nee",
    "eigen_gemeente": "ja",
    "bruikbaar": "ja",
}
ACUTE: dict[str, Any] = {
    "gebeld_112": "ja",
    "gebeld_op": "2026-03-02T09:20",
    "gebeld_door": "Mira van der Loket",
    "betrokkene_veilig": "onbekend",
    "melder_veilig": "ja",
    "afspraken": AGREED,
}
WEIGHED: dict[str, Any] = {
    "partner": "zvh",
    "betrokkene_rol": "vermoedelijk_slachtoffer",
    "datavelden": ["naam", "adres"],
    "bijzonder": "nee",
    "noodzaak": "Zonder deze gegevens kan de partner niet helpen.",
    "grondslag": "publieke_taak",
    "toestemming": "toestemming",
    "twijfel": "nee",
    "besluit": "toegestaan",
}


def triaged(office: Office, *, by: str = "af-zorg", **other: Any) -> Completed:
    return office.do(by, "triage", triage={**TRIAGE, **other})


def enriched(office: Office, *, by: str = "af-zorg", **other: Any) -> Completed:
    return office.do(by, "verrijken", verrijking={**ENRICHED, **other})


def judged(office: Office, judgement: str, *, second: str = "af-veiligheid") -> Completed:
    office.do(
        "af-zorg",
        "vermoeden_beoordelen",
        beoordeling={
            "oordeel": judgement,
            "motivering": WHY,
            "slachtoffer_in_beeld": "ja",
            "strafrechtelijk": "nee",
            "ondermijnend": "nee",
        },
    )
    return office.do(second, "tweede_beoordeling_geven", tweede_beoordeling={"eens": "ja"})


def routed(office: Office, route: str, holder: str) -> Completed:
    return office.do(
        "af-zorg",
        "routebesluit_nemen",
        routebesluit={
            "slachtoffer_in_beeld": "ja",
            "strafrechtelijk": "nee",
            "ondermijnend": "nee",
            "hoofdroute": route,
            "regiehouder": holder,
            "motivering": WHY,
        },
    )


def allowed(office: Office) -> Completed:
    office.do(
        "af-zorg",
        "doel_bepalen",
        gegevensdeling={
            "doel": "Hulp aan vier bewoners.",
            "wettelijke_taak": "wmo",
            "kan_anoniem": "nee",
            "partner": "zvh",
        },
    )
    return office.do(
        "af-zorg",
        "grondslag_afwegen",
        gegevensdeling=WEIGHED,
    )


def handed_to(office: Office, partner: str) -> Completed:
    return office.do(
        "af-zorg",
        "overdragen",
        overdracht={
            "ontvanger": partner,
            "verstrekking": "2026-V1",
            "samenvatting": SUMMARY,
            "gewenste_actie": WISH,
            "reactie_voor": "2026-06-01",
        },
    )


def accepted(office: Office, partner: str) -> Completed:
    return office.do(
        partner,
        "overdracht_beoordelen",
        overdracht_reactie={"besluit": "accepteren", "contactpersoon": "Mira van der Loket"},
    )


def refused(office: Office, partner: str) -> Completed:
    return office.do(
        partner,
        "overdracht_beoordelen",
        overdracht_reactie={"besluit": "weigeren", "reden": REASON},
    )


def told(office: Office, text: str = "bekeken", level: str = "1") -> Completed:
    return office.do(
        "af-zorg",
        "terugkoppeling_geven",
        terugkoppeling={"niveau": level, "sjabloon": text, "kanaal": "email"},
    )


def followed_up(office: Office, status: str) -> Completed:
    following = {} if status == "klaar" else {"volgende_datum": "2026-06-01"}
    return office.do("af-zorg", "opvolgen", opvolging={"status": status, **following})


def closed(office: Office) -> Completed:
    return office.do(
        "af-zorg",
        "casus_afsluiten",
        afsluiting={
            "resultaat": "hulp_gestart",
            "vorm_definitief": "arbeid",
            "terugkoppelniveau": "1",
        },
    )


def up_to_route(office: Office, **signal: Any) -> str:
    """A signal that is reported, triaged, enriched and found suspicious; its kenmerk."""
    reference = office.report(**signal).reference
    triaged(office)
    enriched(office)
    judged(office, "ja")
    return reference


def up_to_handover(office: Office, route: str, partner: str, **signal: Any) -> str:
    """A signal whose handover to a partner waits for the answer of that partner."""
    reference = up_to_route(office, **signal)
    routed(office, route, partner)
    allowed(office)
    handed_to(office, partner)
    return reference
