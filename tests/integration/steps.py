"""What people fill in at each step of a case, in full, and the steps of a walk by name.

Everything typed by hand is in ``TYPED``: no mail and no column in plain text may hold any of it.
"""

from typing import Any

from sqlalchemy import select

from service.operations.complete_task import Completed
from service.operations.deliver_message import send_in
from service.storage import AgendaItem
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
    """By route A there is a victim in sight, and so a track of care; by B and C there is not."""
    return office.do(
        "af-zorg",
        "routebesluit_nemen",
        routebesluit={
            "slachtoffer_in_beeld": "ja" if route == "A" else "nee",
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


FORM_OF = {"zvh": "zvh_aanmelden", "riec": "riec_signaal_opstellen"}
"""The partners with a form of their own for a handover."""
ASKED = {
    "zvh_aanmelden": {
        "criterium_leefgebieden": "ja",
        "criterium_ketens": "ja",
        "criterium_omgeving": "ja",
        "criterium_veiligheid": "nee",
        "doel": "Veilig wonen en werken voor vier bewoners.",
    },
    "riec_signaal_opstellen": {
        "onderwerp": ["onderneming"],
        "verschijningsvorm": ["arbeid"],
        "feiten": FACTS,
        "gewenste_interventie": ["bestuurlijk"],
    },
}


LOCAL_TABLES = ("signaleringsoverleg", "ondermijningstafel-district-e")
"""What the demo municipality asks before the RIEC hears of a case."""


def passed_on(office: Office, table: str) -> None:
    """A local table says that the case may go on to the RIEC."""
    office.do(
        "af-zorg",
        "agendapunt_voorbereiden",
        agendapunt={
            "overleg": table,
            "domein": "bestuurlijk",
            "onderwerp": "Verhuur van een adres",
            "vraag": "Mag dit door naar het RIEC?",
            "samenvatting": SUMMARY,
        },
    )
    with office.application.sessions.begin() as session:
        newest = select(AgendaItem.reference).order_by(AgendaItem.reference.desc()).limit(1)
        send_in(
            session,
            office.application.collaborators,
            name="overlegbesluit",
            correlation_key=session.scalars(newest).one(),
            payload={"overleg": {"besluit": "doorgeleiden"}},
            actor=office.person("functioneel-beheer"),
            now=office.clock(),
        )
    office.work()


def handed_to(office: Office, partner: str) -> Completed:
    for table in LOCAL_TABLES if partner == "riec" else ():
        passed_on(office, table)
    form = FORM_OF.get(partner, "overdragen")
    return office.do(
        "af-zorg",
        form,
        overdracht={
            "ontvanger": partner,
            "verstrekking": "2026-V1",
            "samenvatting": SUMMARY,
            "gewenste_actie": WISH,
            "reactie_voor": "2026-06-01",
            **ASKED.get(form, {}),
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


def care_refused(office: Office) -> Completed:
    """The victim wants no help, and two weeks later neither; that ends the track of care."""
    office.do(
        "af-zorg",
        "slachtofferkaart_invullen",
        slachtofferkaart={
            "leeftijdsgroep": "23_plus",
            "geslacht": "vrouw",
            "verblijf": "nederlander",
            "inschrijving": "hier",
            "aangetroffen_in": "Midden-Delfland",
            "via_nla": "nee",
            "veiligheid": "veilig",
            "toerekenbaar": "ja",
            "wil_hulp": "weet_niet",
            "contact_toegestaan": "ja",
        },
    )
    office.do(
        "af-zorg",
        "contact_mogelijk_maken",
        zorgcontact={"wijze": "zelf_contact", "resultaat": "contact"},
    )
    office.do("zorgcoordinator", "intake_doen", intake={"aanvaardt_hulp": "nee"})
    office.do(
        "zorgcoordinator",
        "rechten_uitleggen",
        rechten={"bereikt": "nee", "datum": office.clock().date().isoformat()},
    )
    office.later(days=15)
    office.do(
        "zorgcoordinator",
        "hulp_opnieuw_aanbieden",
        heraanbod={"antwoord": "nee", "datum": office.clock().date().isoformat()},
    )
    return office.do(
        "af-zorg",
        "traject_afronden",
        zorgtraject={"uitkomst": "hulp_geweigerd", "deur_open": "ja"},
    )


def safety_house_done(office: Office) -> Completed:
    """The safety house leads the case for a while and gives it back to the municipality."""
    office.do(
        "zvh",
        "procesregisseur_aanwijzen",
        casusregie={
            "procesregisseur": "Mira van der Loket",
            "bereikbaar": "06-12345678",
            "eerste_overleg": office.clock().date().isoformat(),
        },
    )
    office.do(
        "zvh",
        "casusoverleg_voeren",
        casusoverleg={
            "datum": office.clock().date().isoformat(),
            "organisaties": ["gemeente"],
            "betrokkene": "geinformeerd",
            "gevraagd_van_gemeente": WISH,
        },
    )
    office.do(
        "procesregisseur",
        "plan_van_aanpak_maken",
        plan_van_aanpak={"doel": WISH, "zorg_bij_zorgcoordinator": "ja", "acties": []},
    )
    office.later(days=43)
    return office.do(
        "zvh",
        "voortgang_bewaken",
        casusregie={"vervolg": "stoppen", "uitkomst": "afgeschaald", "toelichting": REASON},
    )


def shelved(office: Office) -> Completed:
    """The RIEC does nothing with the signal; that ends its track."""
    return office.do(
        "riec",
        "riec_besluit_geven",
        doorgeleiding={"uitkomst": "gedeponeerd", "motivering": REASON},
    )


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


TRACK_DONE = {
    "zorgcoordinator": care_refused,
    "zvh": safety_house_done,
    "riec": shelved,
}
"""What ends the track of each partner that has the lead."""


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
