"""What makes one municipality different from the next: each choice changes the route it should.

The rows are the configuration points of the domain model; a cell says what comes of the choice
when the real diagrams, tables and forms are walked with the profile of that municipality.
"""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from service.domain.rounds import next_round, read_every
from tests.processes.acts import KENMERK, enriched, reported, triaged
from tests.processes.places import MA, MD, NEW_YEAR, RO, RY, Place, place

CASE: Mapping[str, Any] = {
    "registratie": {"kenmerk": KENMERK},
    "signaal": {"gaat_over": ["slachtoffer"], "vorm": "arbeid", "minderjarig": "nee"},
    "triage": {"urgentie": "normaal", "meldcode": "nee"},
    "routering": {"groepen": ["af-zorg"]},
}


# -- what comes of a choice --------------------------------------------------------------------


def who_triages(here: Place) -> Any:
    """Who gets a signal about a perpetrator, and whether a second person looks along."""
    walk = reported(here.walk, gaat_over=["dader"])
    triage = walk.task("triage").roles
    enriched(triaged(walk)).do("vermoeden_beoordelen", {"beoordeling": {"oordeel": "nee"}})
    return triage, walk.open == ["tweede_beoordeling_geven"]


def whom_colleagues_tell(here: Place) -> Any:
    return here.profile.settings["meldpunt_intern"]


def whom_residents_tell(here: Place) -> Any:
    return here.profile.settings["meldpunt_inwoner"].split("; ")[0]


def who_advises(here: Place) -> Any:
    """Whom the form proposes, in whose inbox the question comes, and if it must be anonymous."""
    walk = enriched(triaged(reported(here.walk)), advice="ja")
    asked = here.proposed("beoordelen_vermoeden/advies_vragen", "advies.gevraagd_aan")
    anonymous = walk.shown("advies_vragen")["shop_regel"]["uitkomst"] == "geen_persoonsgegevens"
    walk.do("advies_vragen", {"advies": {"gevraagd_aan": asked}})
    named = [p.name for p in here.profile.partners if p.id in here.profile.settings["adviseurs"]]
    return asked, walk.task("advies_geven").roles, anonymous, len(named)


def who_coordinates_care(here: Place) -> Any:
    """The partner behind the care coordinator, and the first step for a victim who can choose."""
    walk = here.walk.begin("zorgtraject_slachtoffer", {**CASE, "routebesluit": {"hoofdroute": "A"}})
    walk.do("slachtofferkaart_invullen", {"slachtofferkaart": CARD})
    [partner] = [p.id for p in here.profile.partners if p.role == "zorgcoordinator"]
    return partner, walk.open


CARD = {
    "leeftijdsgroep": "23_plus",
    "verblijf": "nederlander",
    "veiligheid": "veilig",
    "toerekenbaar": "ja",
    "hulp_nodig": "ja",
    "amv": "nee",
}


def who_guides(here: Place) -> Any:
    return here.proposed("opvang_regelen/ambulant_afspreken", "ambulant.aanbieder")


def where_care_goes(here: Place) -> Any:
    decided = {"hoofdroute": "A", "regiehouder": "af-zorg"}
    basis = here.decide("regie_convenant", voorstel_route={"voorstel": "A"}, **JUDGED)
    return here.decide("ontvanger", routebesluit=decided), basis["convenant"]


JUDGED: Mapping[str, Any] = {"beoordeling": {"minderjarig": "nee"}, "triage": CASE["triage"]}


def where_care_and_crime_go(here: Place) -> Any:
    decided = {"hoofdroute": "B", "regiehouder": "zvh"}
    regie = here.decide("regie_convenant", voorstel_route={"voorstel": "B"}, **JUDGED)["regie"]
    return here.decide("ontvanger", routebesluit=decided), regie


def which_tables_look_at_subversion(here: Place) -> Any:
    """The local tables that a case visits one after another before it goes to the RIEC."""
    walk = here.walk
    walk.results["agendapunt_plaatsen"] = {"agendapunt": {"kenmerk": "A1"}}
    decided = {"hoofdroute": "C", "regiehouder": "riec"}
    shared = {"gegevensdeling": {"besluit": "toegestaan"}, "verstrekking": {"kenmerk": "V1"}}
    walk.begin("overdracht", {**CASE, **shared, "routebesluit": decided})
    visited = []
    while "agendapunt_voorbereiden" in walk.open:
        visited.append(walk.shown("agendapunt_voorbereiden")["voorstel_overleg"])
        chosen = {"agendapunt": {"overleg": visited[-1]}}
        walk.do("agendapunt_voorbereiden", chosen)
        walk.tell("overlegbesluit", "A1", overleg={"besluit": "doorgeleiden"})
    return visited, walk.open


def who_controls(here: Place) -> Any:
    """Who is proposed, what that team is called, how often, and who needs an appointment."""
    settings = here.profile.settings
    return (
        here.proposed("integrale_controle/controle_plannen", "organisatie"),
        here.profile.roles["interventieteam"].name,
        here.starts("integrale_controle"),
        settings["aanwijzing_nodig_voor"],
    )


def a_licence_for_a_sex_establishment(here: Place) -> Any:
    return _bibob(here, {"soort": "seksinrichting", "arbeidsmigranten": "nee", "tip": "geen"})


def a_licence_for_migrant_housing(here: Place) -> Any:
    return _bibob(here, {"soort": "bouwvergunning", "arbeidsmigranten": "ja", "tip": "geen"})


def _bibob(here: Place, asked: Mapping[str, Any]) -> Any:
    return here.decide("bibob_nodig", bibob_aanvraag=asked)["uitkomst"]


def who_pays(here: Place) -> Any:
    given = {"onderdeel": "zorgcoordinatie", "slachtofferkaart": {**CARD, "inschrijving": "hier"}}
    return here.decide("wie_betaalt", **given)["financier"]


def who_reads_the_report(here: Place) -> Any:
    """How often there is one in 2026, and in whose inboxes it comes."""
    walk = here.walk.begin("periodieke_rapportage", {"registratie": {"kenmerk": KENMERK}})
    walk.do("rapportage_duiden").do("rapportage_nalezen", {"nalezing": {"vrijgave": "ja"}})
    readers = sorted(role for task in walk.tasks.values() for role in task.roles)
    return here.starts("periodieke_rapportage"), readers


def when_policy_is_evaluated(here: Place) -> Any:
    """The years of the first evaluations from 2026 on."""
    settings = here.profile.settings
    first, every = settings["beleidsevaluatie_eerste"], read_every(settings["beleidsevaluatie"])
    once = next_round(here.profile.calendar, first, every, NEW_YEAR)
    return once.year, next_round(here.profile.calendar, first, every, once).year


def what_a_partner_hears_unasked(here: Place) -> Any:
    told = {"terugkoppeling_gewenst": "nee", "anoniem": "nee", "hoedanigheid": "ketenpartner"}
    return here.decide("terugkoppelniveau", signaal=told, onderzoek_loopt="nee")


def what_shop_may_know(here: Place) -> Any:
    asked = {"partner": "shop", "toerekenbaar": "ja", "hulp_nodig": "ja"}
    return here.decide("shop_regel", gegevensdeling=asked)["uitkomst"]


def whether_partners_are_asked_about_the_code(here: Place) -> Any:
    walk = here.walk.begin("toezicht_meldcode_partners", {"registratie": {"kenmerk": KENMERK}})
    return len(walk.tasks), walk.ends


# -- the table ---------------------------------------------------------------------------------

NO_DATA, WEIGH = "geen_persoonsgegevens", "d10"
BY_THEMSELVES, SHARE = ["contact_mogelijk_maken"], ["doel_bepalen"]
NOT_HERE = (0, ["Niet van toepassing"])
FOCAL = "Aandachtsfunctionaris mensenhandel"
Cells = Mapping[str, Any]
DIFFERENCES: Mapping[str, tuple[Callable[[Place], Any], Cells]] = {
    "af.model": (
        who_triages,
        {
            RY: (("af-zorg",), False),
            MD: (("af-veiligheid",), True),
            RO: (("af-zorg",), False),
            MA: (("af-zorg", "af-veiligheid"), True),
        },
    ),
    "meldpunt.intern": (
        whom_colleagues_tell,
        {
            RY: FOCAL,
            MD: "OOV (ondermijning) of aandachtsfunctionaris",
            RO: FOCAL,
            MA: "Aandachtsfunctionaris sociaal domein of OOV",
        },
    ),
    "meldpunt.inwoner": (
        whom_residents_tell,
        {
            RY: "Meld Misdaad Anoniem",
            MD: "Meld Misdaad Anoniem, SHOP",
            RO: "Meld Misdaad Anoniem, politie, Nederlandse Arbeidsinspectie",
            MA: "Meld Misdaad Anoniem",
        },
    ),
    "adviesorganisatie": (
        who_advises,
        {
            RY: ("shop", ("zorgcoordinator",), True, 1),
            MD: ("shop", ("zorgcoordinator",), True, 1),
            RO: ("essm", ("zorgcoordinator",), False, 1),
            MA: ("mo_den_bosch", ("zorgcoordinator",), False, 2),
        },
    ),
    "zorgcoordinatie": (
        who_coordinates_care,
        {
            RY: ("shop", BY_THEMSELVES),
            MD: ("shop", BY_THEMSELVES),
            RO: ("essm", SHARE),
            MA: ("mo_den_bosch", SHARE),
        },
    ),
    "begeleiding": (
        who_guides,
        {RY: "SHOP", MD: "Leger des Heils (Goodwill)", RO: "ESSM", MA: "MO Den Bosch"},
    ),
    "tafel.zorg": (
        where_care_goes,
        {
            RY: ("zvh", "Wmo of Jeugdwet"),
            MD: ("zvh", "Wmo of Jeugdwet"),
            RO: ("zorgcoordinator", "Wmo of Jeugdwet"),
            MA: ("zorgcoordinator", "Zorgtafelconvenant 18-/18+"),
        },
    ),
    "tafel.zorgstraf": (
        where_care_and_crime_go,
        {
            RY: ("zvh", "zvh"),
            MD: ("zvh", "zvh"),
            RO: ("zvh", "zvh"),
            MA: ("procesregisseur", "procesregisseur"),
        },
    ),
    "tafel.ondermijning": (
        which_tables_look_at_subversion,
        {
            RY: (["ondermijningstafel", "ophis"], ["riec_signaal_opstellen"]),
            MD: (
                ["signaleringsoverleg", "ondermijningstafel-district-e"],
                ["riec_signaal_opstellen"],
            ),
            RO: ([], ["riec_signaal_opstellen"]),
            MA: ([], ["riec_signaal_opstellen"]),
        },
    ),
    "controleteam": (
        who_controls,
        {
            RY: ("interventieteam", "Team Veiligheid, Inspectie en Handhaving (VIH)", 4, []),
            MD: ("toezicht", "Interventieteam", 4, []),
            RO: (
                "interventieteam",
                "Regionaal Controleteam Mensenhandel",
                12,
                ["interventieteam"],
            ),
            MA: ("interventieteam", "Interventieteam Maas & Leijgraaf (IML)", 4, []),
        },
    ),
    "seksinrichting.nulbeleid": (
        a_licence_for_a_sex_establishment,
        {RY: "beleid", MD: "weigeren", RO: "beleid", MA: "beleid"},
    ),
    "bibob.automatisch": (
        a_licence_for_migrant_housing,
        {RY: "nee", MD: "ja", RO: "nee", MA: "nee"},
    ),
    "opvang.financier": (
        who_pays,
        {RY: "den_haag", MD: "zvh", RO: "gemeente", MA: "gemeente"},
    ),
    "rapportage": (
        who_reads_the_report,
        {
            RY: (2, ["burgemeester"]),
            MD: (1, ["burgemeester", "directie", "portefeuillehouder"]),
            RO: (1, ["portefeuillehouder"]),
            MA: (1, ["burgemeester", "portefeuillehouder"]),
        },
    ),
    "beleidsevaluatie": (
        when_policy_is_evaluated,
        {RY: (2027, 2029), MD: (2026, 2028), RO: (2027, 2031), MA: (2026, 2030)},
    ),
    "terugkoppeling.plicht": (what_a_partner_hears_unasked, {RY: 0, MD: 0, RO: 0, MA: 2}),
    "shop.regel": (what_shop_may_know, {RY: NO_DATA, MD: NO_DATA, RO: WEIGH, MA: WEIGH}),
    "meldcode.toezichtContracten": (
        whether_partners_are_asked_about_the_code,
        {RY: NOT_HERE, MD: (4, []), RO: NOT_HERE, MA: NOT_HERE},
    ),
}
ALL_CELLS = [(key, where) for key, (_, cells) in DIFFERENCES.items() for where in cells]


@pytest.mark.parametrize(("key", "where"), ALL_CELLS, ids=[f"{k}-{w}" for k, w in ALL_CELLS])
def test_a_choice_changes_the_route_that_it_should_change(key: str, where: str) -> None:
    comes_of, cells = DIFFERENCES[key]
    assert comes_of(place(where)) == cells[where]


def test_every_municipality_has_every_choice() -> None:
    assert {frozenset(cells) for _, cells in DIFFERENCES.values()} == {frozenset({RY, MD, RO, MA})}
    assert len(ALL_CELLS) == 4 * 18
