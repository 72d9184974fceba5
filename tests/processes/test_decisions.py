"""Each decision table, row by row, against the choices written down in the domain model."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from service.dmn import read_dmn
from service.feel import Environment

BOTH = ["af-zorg", "af-veiligheid"]


class Tables:
    """The decision tables of the repository, by id."""

    def __init__(self, root: Path) -> None:
        self._paths = {path.stem: path for path in (root / "processes").glob("*/*.dmn")}
        self._environment = Environment(now=datetime(2026, 11, 23, 9, tzinfo=UTC))

    def decide(self, decision: str, scope: Mapping[str, Any]) -> Any:
        """What the table says in this situation."""
        path = self._paths[decision]
        definitions = read_dmn(path.read_bytes(), file=path.name)
        return definitions.decide(decision, scope, self._environment).value


@pytest.fixture(scope="module")
def tables(root: Path) -> Tables:
    return Tables(root)


@pytest.mark.parametrize(
    ("signaal", "urgency"),
    [
        ({"acuut_gevaar": "ja"}, "acuut"),
        ({"wanneer": "nu", "indicatoren": ["opgesloten"]}, "acuut"),
        ({"wanneer": "nu", "indicatoren": ["misleiding", "geweld_of_dreiging"]}, "acuut"),
        ({"minderjarig": "ja", "wanneer": "langer"}, "hoog"),
        ({"gaat_over": ["slachtoffer"], "betrokkene_veilig": "nee"}, "hoog"),
        ({"gaat_over": ["locatie"], "indicatoren": ["opgesloten"]}, "hoog"),
        ({"gaat_over": ["locatie"], "indicatoren_arbeid": ["slaapt_op_werkplek"]}, "hoog"),
        ({"gaat_over": ["dader"]}, "normaal"),
        ({"gaat_over": ["locatie"], "indicatoren": ["onderbetaling"]}, "normaal"),
        ({"gaat_over": ["slachtoffer"], "wanneer": "langer"}, "laag"),
        ({"gaat_over": [], "indicatoren": []}, "laag"),
        ({}, "laag"),
        ({"gaat_over": ["slachtoffer"], "betrokkene_veilig": "ja"}, "normaal"),
        (
            {"gaat_over": ["slachtoffer"], "wanneer": "deze_week", "indicatoren": ["opgesloten"]},
            "normaal",
        ),
    ],
)
def test_urgency_follows_danger_first_and_vagueness_last(
    tables: Tables, signaal: dict[str, Any], urgency: str
) -> None:
    full = {"acuut_gevaar": "nee", "minderjarig": "nee", **signaal}
    assert tables.decide("urgentie", {"signaal": full}) == urgency


@pytest.mark.parametrize(
    ("gemeente", "signaal", "groups", "lead"),
    [
        ({"af_model": "enkel"}, {"gaat_over": ["dader"]}, ["af-zorg"], "af-zorg"),
        ({"af_model": "gesplitst"}, {"gaat_over": ["slachtoffer"]}, ["af-zorg"], "af-zorg"),
        ({"af_model": "gesplitst"}, {"gaat_over": ["dader"]}, ["af-veiligheid"], "af-veiligheid"),
        (
            {"af_model": "gesplitst"},
            {"gaat_over": ["faciliteerder"]},
            ["af-veiligheid"],
            "af-veiligheid",
        ),
        ({"af_model": "gesplitst"}, {"gaat_over": ["locatie"]}, ["af-veiligheid"], "af-veiligheid"),
        ({"af_model": "gesplitst"}, {"gaat_over": ["slachtoffer", "dader"]}, BOTH, "af-zorg"),
        ({"af_model": "gesplitst"}, {"gaat_over": []}, BOTH, "af-zorg"),
        ({"af_model": "gesplitst"}, {}, BOTH, "af-zorg"),
        ({"af_model": "dubbel"}, {"gaat_over": ["slachtoffer"]}, BOTH, "eerste"),
        ({"af_model": "gesplitst", "af_afwezig": "ja"}, {}, ["af-achtervang"], "af-achtervang"),
        (
            {"af_model": "enkel", "af_afwezig": "ja"},
            {"af_betrokken": "ja"},
            ["af-achtervang", "jz"],
            "af-achtervang",
        ),
        ({}, {"gaat_over": ["dader"]}, BOTH, "af-zorg"),
    ],
)
def test_a_signal_reaches_the_focal_points_that_the_municipality_chose(
    tables: Tables,
    gemeente: dict[str, Any],
    signaal: dict[str, Any],
    groups: list[str],
    lead: str,
) -> None:
    routing = tables.decide("routering_af", {"gemeente": gemeente, "signaal": signaal})
    assert (routing["groepen"], routing["leidend"]) == (groups, lead)


def test_in_a_split_municipality_the_other_focal_point_gives_the_second_assessment(
    tables: Tables,
) -> None:
    for about, second in (("slachtoffer", ["af-veiligheid"]), ("dader", ["af-zorg"])):
        scope = {"gemeente": {"af_model": "gesplitst"}, "signaal": {"gaat_over": [about]}}
        assert tables.decide("routering_af", scope)["tweede_beoordelaars"] == second


@pytest.mark.parametrize(
    ("judgement", "victim", "criminal", "organised", "proposal", "care"),
    [
        ("nee", "ja", "ja", "ja", "regulier", False),
        ("nee", None, None, None, "regulier", False),
        ("ja", "ja", "nee", "nee", "A", True),
        ("ja", "ja", "ja", "nee", "B", True),
        ("ja", "ja", "ja", "ja", "C", True),
        ("ja", "ja", "nee", "ja", "C", True),
        ("ja", "nee", "nee", "ja", "C", False),
        ("ja", "nee", "ja", "ja", "C", False),
        ("ja", "nee", "ja", "nee", "politie_nla", False),
        ("ja", "nee", "nee", "nee", "bestuurlijk", False),
        ("ja", None, None, None, "bestuurlijk", False),
        ("onvoldoende", "ja", "ja", "ja", "monitoren", False),
        (None, None, None, None, "monitoren", False),
    ],
)
def test_the_route_is_proposed_from_what_people_judged(
    tables: Tables,
    judgement: str | None,
    victim: str | None,
    criminal: str | None,
    organised: str | None,
    proposal: str,
    care: bool,
) -> None:
    answers = {
        "oordeel": judgement,
        "slachtoffer_in_beeld": victim,
        "strafrechtelijk": criminal,
        "ondermijnend": organised,
    }
    beoordeling = {key: value for key, value in answers.items() if value is not None}
    outcome = tables.decide("route", {"beoordeling": beoordeling})
    assert outcome == {"voorstel": proposal, "zorgspoor": care}


@pytest.mark.parametrize(
    ("route", "case", "lead", "basis"),
    [
        ("A", {"beoordeling": {"minderjarig": "ja"}}, "veilig-thuis", "Jeugdwet"),
        ("A", {"triage": {"meldcode": "ja"}}, "veilig-thuis", "Wmo of Jeugdwet"),
        ("A", {"triage": {"urgentie": "laag"}}, "af-zorg", "Wmo of Jeugdwet"),
        (
            "A",
            {"gemeente": {"tafel_zorg": "zorgtafel"}},
            "zorgcoordinator",
            "Zorgtafelconvenant 18-/18+",
        ),
        ("A", {}, "zorgcoordinator", "Wmo of Jeugdwet"),
        (
            "B",
            {"gemeente": {"tafel_zorgstraf": "procesregisseur"}},
            "procesregisseur",
            "Veiligheidshuisconvenant en WGS",
        ),
        ("B", {"beoordeling": {"minderjarig": "ja"}}, "zvh", "Veiligheidshuisconvenant en WGS"),
        ("C", {}, "riec", "RIEC-convenant en WGS"),
        ("politie_nla", {}, "af-veiligheid", "Gemeentelijk privacyprotocol"),
        ("bestuurlijk", {}, "af-veiligheid", "Gemeentelijk privacyprotocol"),
    ],
)
def test_each_route_has_its_lead_and_its_basis(
    tables: Tables, route: str, case: dict[str, Any], lead: str, basis: str
) -> None:
    empty: dict[str, Any] = {"beoordeling": {}, "triage": {}, "gemeente": {}}
    scope = {**empty, "voorstel_route": {"voorstel": route}, **case}
    assert tables.decide("regie_convenant", scope) == {"regie": lead, "convenant": basis}


@pytest.mark.parametrize(
    ("rule", "partner", "capable", "help_needed", "outcome"),
    [
        ("aan", "shop", "ja", "ja", "geen_persoonsgegevens"),
        ("aan", "shop", "twijfel", "ja", "geen_persoonsgegevens"),
        ("aan", "shop", "ja", "nee", "geen_persoonsgegevens"),
        ("aan", "shop", "nee", "ja", "toegestaan"),
        ("aan", "shop", "nee", "nee", "geen_persoonsgegevens"),
        ("aan", "shop", None, None, "geen_persoonsgegevens"),
        ("aan", "zvh", "ja", "ja", "d10"),
        ("aan", "zorgcoordinator", None, None, "d10"),
        ("uit", "shop", "ja", "ja", "d10"),
    ],
)
def test_shop_gets_no_personal_data_of_who_can_choose_for_themselves(
    tables: Tables,
    rule: str,
    partner: str,
    capable: str | None,
    help_needed: str | None,
    outcome: str,
) -> None:
    answers = {"partner": partner, "toerekenbaar": capable, "hulp_nodig": help_needed}
    gegevensdeling = {key: value for key, value in answers.items() if value is not None}
    scope = {"gemeente": {"shop_regel": rule}, "gegevensdeling": gegevensdeling}
    decided = tables.decide("shop_regel", scope)
    assert decided["uitkomst"] == outcome
    assert decided["toelichting"]


@pytest.mark.parametrize(
    ("signaal", "other", "level"),
    [
        ({"hoedanigheid": "medewerker", "terugkoppeling_gewenst": "nee"}, {}, 0),
        ({"anoniem": "ja"}, {"registratie": {"terugkoppelcode": "nee"}}, 0),
        ({"anoniem": "ja"}, {}, 1),
        ({"anoniem": "ja", "hoedanigheid": "medewerker"}, {}, 1),
        ({"hoedanigheid": "inwoner"}, {}, 1),
        ({"hoedanigheid": "ondernemer"}, {}, 1),
        ({"hoedanigheid": "naaste"}, {}, 1),
        ({"hoedanigheid": "medewerker"}, {}, 2),
        ({"hoedanigheid": "ketenpartner"}, {}, 2),
        ({"hoedanigheid": "professional_meldcode"}, {}, 2),
        ({"hoedanigheid": "professional_meldcode"}, {"verstrekking_toegestaan": "ja"}, 3),
        ({"hoedanigheid": "inwoner"}, {"verstrekking_toegestaan": "ja"}, 1),
        ({"hoedanigheid": "medewerker"}, {"onderzoek_loopt": "ja"}, 1),
        (
            {"hoedanigheid": "professional_meldcode"},
            {"onderzoek_loopt": "ja", "verstrekking_toegestaan": "ja"},
            1,
        ),
        ({}, {}, 1),
    ],
)
def test_a_reporter_hears_no_more_than_their_level(
    tables: Tables, signaal: dict[str, Any], other: dict[str, Any], level: int
) -> None:
    scope = {
        "signaal": {"terugkoppeling_gewenst": "ja", "anoniem": "nee", **signaal},
        "registratie": {"kenmerk": "2026-K7Q-3XD"},
        "onderzoek_loopt": "nee",
        "verstrekking_toegestaan": "nee",
        "gemeente": {"terugkoppeling_plicht": "niet_genoemd"},
        **other,
    }
    assert tables.decide("terugkoppelniveau", scope) == level


@pytest.mark.parametrize(
    ("who", "anonymous", "investigation", "level"),
    [
        ("medewerker", "nee", "nee", 2),
        ("ketenpartner", "nee", "nee", 2),
        ("medewerker", "nee", "ja", 1),
        ("medewerker", "ja", "nee", 0),
        ("inwoner", "nee", "nee", 0),
    ],
)
def test_where_feedback_is_a_duty_colleagues_and_partners_get_it_unasked(
    tables: Tables, who: str, anonymous: str, investigation: str, level: int
) -> None:
    scope = {
        "gemeente": {"terugkoppeling_plicht": "ja"},
        "signaal": {"terugkoppeling_gewenst": "nee", "anoniem": anonymous, "hoedanigheid": who},
        "registratie": {"kenmerk": "2026-K7Q-3XD"},
        "onderzoek_loopt": investigation,
        "verstrekking_toegestaan": "nee",
    }
    assert tables.decide("terugkoppelniveau", scope) == level


@pytest.mark.parametrize(
    ("triage", "signaal", "destination"),
    [
        ({"urgentie": "acuut", "type": "geen_mensenhandel"}, {}, "112"),
        ({"type": "geen_mensenhandel"}, {"minderjarig": "ja"}, "regulier_loket"),
        ({"eigen_gemeente": "nee"}, {"vorm": "orgaan"}, "andere_gemeente"),
        ({}, {"vorm": "orgaan", "gaat_over": ["dader"]}, "politie"),
        ({}, {"sector": ["azc"], "minderjarig": "ja"}, "nidos_coa"),
        ({}, {"vorm": "arbeid", "gaat_over": ["dader"]}, "nla"),
        ({}, {"vorm": "seksueel", "gaat_over": ["slachtoffer", "dader"]}, "politie"),
        ({}, {"vorm": "crimineel", "gaat_over": ["dader"]}, "politie"),
        (
            {},
            {"vorm": "crimineel", "gaat_over": ["slachtoffer"], "minderjarig": "ja"},
            "veilig_thuis",
        ),
        ({}, {"vorm": "arbeid", "gaat_over": ["slachtoffer"]}, "zorgcoordinator"),
        ({}, {"gaat_over": ["locatie"], "anoniem": "ja"}, "meld_misdaad_anoniem"),
        ({}, {"gaat_over": ["locatie"]}, "regulier_loket"),
        ({}, {}, "regulier_loket"),
    ],
)
def test_what_is_not_for_the_municipality_has_a_place_to_go(
    tables: Tables, triage: dict[str, Any], signaal: dict[str, Any], destination: str
) -> None:
    decided = tables.decide("externe_bestemming", {"triage": triage, "signaal": signaal})
    assert decided["bestemming"] == destination
    assert decided["toelichting"]


@pytest.mark.parametrize(
    ("route", "settings", "holder", "receiver"),
    [
        ("B", {"tafel_zorgstraf": "zvh"}, "zvh", "zvh"),
        ("B", {"tafel_zorgstraf": "procesregisseur"}, "zvh", "procesregisseur"),
        ("C", {}, "riec", "riec"),
        ("A", {"tafel_zorg": "zvh"}, "veilig-thuis", "veilig-thuis"),
        ("A", {"tafel_zorg": "zvh"}, "zorgcoordinator", "zorgcoordinator"),
        ("A", {"tafel_zorg": "zvh"}, "af-zorg", "zvh"),
        ("A", {"tafel_zorg": "zorgtafel"}, "af-zorg", "zorgcoordinator"),
        ("A", {"tafel_zorg": "zorgcoordinator"}, "af-zorg", "zorgcoordinator"),
        (None, {}, None, "politie-avim"),
    ],
)
def test_the_receiver_follows_the_route_the_decision_and_the_tables_of_the_municipality(
    tables: Tables, route: str | None, settings: dict[str, str], holder: str | None, receiver: str
) -> None:
    decision = {"hoofdroute": route, "regiehouder": holder} if route else None
    scope = {"gemeente": settings, "routebesluit": decision}
    assert tables.decide("ontvanger", scope) == receiver


@pytest.mark.parametrize(
    ("version", "threshold", "rounding", "denominator"),
    [("intern", 5, 1, 20), ("openbaar", 5, 5, 20), (None, 5, 5, 20)],
)
def test_small_numbers_are_hidden_and_outside_the_municipality_rounded_too(
    tables: Tables, version: str | None, threshold: int, rounding: int, denominator: int
) -> None:
    rule = tables.decide("kleine_aantallen", {"periode": {"versie": version}})
    assert rule == {"drempel": threshold, "afronding": rounding, "noemer": denominator}


@pytest.mark.parametrize(
    ("process", "outcome", "part", "term"),
    [
        ("meldroute_signaal", "afgesloten", "jeugdhulp", "P20Y"),
        ("meldroute_signaal", "geen_vermoeden", "jeugdhulp", "P20Y"),
        ("meldroute_signaal", "afgesloten", "wmo", "P15Y"),
        ("meldroute_signaal", "afgesloten", "zorgtraject_slachtoffer", "P15Y"),
        ("meldroute_signaal", "afgesloten", "voorziening_regelen", "P15Y"),
        ("meldroute_signaal", "afgesloten", "dadergerichte_aanpak", "P10Y"),
        ("dadergerichte_aanpak", "Barrière geplaatst", "", "P10Y"),
        ("meldroute_signaal", "afgesloten", "bibob_toets", "P5Y"),
        ("bibob_toets", "Verleend", "", "P5Y"),
        ("integrale_controle", "Geen bijzonderheden", "integrale_controle", "P5Y"),
        ("meldroute_signaal", "geen_vermoeden", "", "P1Y"),
        ("meldroute_signaal", "onvoldoende_informatie", "van_signaal_tot_aanpak", "P1Y"),
        ("meldroute_signaal", "Onvoldoende informatie", "", "P1Y"),
        ("meldroute_signaal", "Doorverwezen", "", "P1Y"),
        ("meldroute_signaal", "Dubbel", "meldroute_signaal", "P1Y"),
        ("meldroute_signaal", "Geannuleerd", "", "P1Y"),
        ("meldroute_signaal", "afgesloten", "van_signaal_tot_aanpak", "P5Y"),
        ("beleidscyclus", "Beleid bijgesteld", "", "blijvend"),
        ("bewaren_vernietigen", "Vernietigd", "", "blijvend"),
        ("periodieke_rapportage", "Rapportage gedeeld", "", "P10Y"),
        ("regionale_monitor", "Cijfers geleverd", "", "P10Y"),
        ("training_bewustwording", "Trainingsjaar afgerond", "", "P10Y"),
        ("overleg", "Overleg gehouden", "", "P5Y"),
        ("avg_verzoek", "Afgehandeld", "", "P5Y"),
        ("iets_nieuws", "Klaar", "", "P5Y"),
    ],
)
def test_how_long_a_case_is_kept_follows_what_was_in_it_first(
    tables: Tables, process: str, outcome: str, part: str, term: str
) -> None:
    case = {"proces": process, "einde": outcome, "onderdeel": part}
    assert tables.decide("bewaartermijn", {"zaak": case}) == term
