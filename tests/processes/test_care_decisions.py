"""The tables of the care path and the meldcode, row by row."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.processes.test_decisions import Tables

Facts = Mapping[str, Any]

ADULT = {"leeftijdsgroep": "23_plus", "amv": None, "veiligheid": "onveilig"}
MINOR = {"leeftijdsgroep": "12-17", "veiligheid": "onveilig"}
HERE = {**ADULT, "verblijf": "nederlander", "inschrijving": "hier"}
REFLECTING = {**ADULT, "verblijf": "bedenktijd", "inschrijving": "niet"}


@pytest.fixture(scope="module")
def tables(root: Path) -> Tables:
    return Tables(root)


@pytest.mark.parametrize(
    ("subject", "arrangement", "card", "payer"),
    [
        ("zorgcoordinatie", "den_haag", HERE, "den_haag"),
        ("zorgcoordinatie", "zvh", REFLECTING, "zvh"),
        ("zorgcoordinatie", "gemeente", HERE, "gemeente"),
        ("opvang", "gemeente", {**MINOR, "verblijf": "asielprocedure", "amv": "ja"}, "nidos_coa"),
        ("voorziening", "zvh", {**MINOR, "verblijf": "nederlander"}, "jeugdwet"),
        ("opvang", "den_haag", {**HERE, "via_nla": "ja"}, "nla"),
        ("voorziening", "gemeente", {**HERE, "via_nla": "ja"}, "gemeente_inschrijving"),
        ("opvang", "den_haag", REFLECTING, "rijk_coa"),
        ("voorziening", "gemeente", {**ADULT, "verblijf": "geen"}, "rijk_coa"),
        ("opvang", "gemeente", {**ADULT, "verblijf": "asielprocedure"}, "rijk_coa"),
        ("opvang", "den_haag", HERE, "den_haag"),
        ("opvang", "zvh", HERE, "zvh"),
        ("opvang", "gemeente", HERE, "gemeente_inschrijving"),
        ("voorziening", "zvh", HERE, "gemeente_inschrijving"),
        ("opvang", "gemeente", {**HERE, "inschrijving": "andere_gemeente"}, "andere_gemeente"),
        ("opvang", "gemeente", {**HERE, "inschrijving": "niet"}, "gemeente_aantreffen"),
        ("opvang", "gemeente", {**HERE, "inschrijving": "onbekend"}, "voorlopig_aantreffen"),
        ("opvang", "zvh", None, "voorlopig_aantreffen"),
    ],
)
def test_who_pays_follows_the_person_and_the_arrangement_of_the_region(
    tables: Tables, subject: str, arrangement: str, card: Facts | None, payer: str
) -> None:
    scope = {
        "onderdeel": subject,
        "gemeente": {"opvang_financier": arrangement},
        "slachtofferkaart": card,
    }
    decided = tables.decide("wie_betaalt", scope)
    assert decided["financier"] == payer
    assert decided["toelichting"]


@pytest.mark.parametrize(
    ("card", "scheme"),
    [
        ({"amv": "ja", "verblijf": "asielprocedure"}, "beschermde_opvang"),
        ({"verblijf": "nederlander"}, "zvw"),
        ({"verblijf": "vergunning"}, "zvw"),
        ({"verblijf": "eu_eer", "werkt": "ja"}, "zvw_werk"),
        ({"verblijf": "eu_eer", "werkt": "nee"}, "uitzoeken"),
        ({"verblijf": "bedenktijd"}, "rma"),
        ({"verblijf": "asielprocedure"}, "rma"),
        ({"verblijf": "geen"}, "cak"),
        ({"verblijf": "onbekend"}, "uitzoeken"),
        ({}, "uitzoeken"),
    ],
)
def test_insurance_follows_the_right_to_stay(tables: Tables, card: Facts, scheme: str) -> None:
    assert tables.decide("verzekering", {"slachtofferkaart": card})["regeling"] == scheme


def place(
    tables: Tables,
    card: Facts | None,
    *,
    urgent: bool = False,
    office_hours: bool = True,
    tried: tuple[str, ...] | None = None,
    specialised: bool = False,
) -> str:
    scope = {
        "spoed": "ja" if urgent else "nee",
        "kantooruren": "ja" if office_hours else "nee",
        "opvang": None if tried is None else {"geprobeerd": list(tried)},
        "gemeente": {"opvang_nationaal": "ja" if specialised else "nee"},
        "slachtofferkaart": card,
    }
    return str(tables.decide("opvangplek", scope)["soort"])


@pytest.mark.parametrize(
    ("card", "kind"),
    [
        ({**HERE, "veiligheid": "veilig"}, "ambulant"),
        ({**MINOR, "amv": "ja", "verblijf": "asielprocedure"}, "beschermde_opvang"),
        ({**MINOR, "verblijf": "nederlander"}, "jeugdhulp"),
        ({**REFLECTING, "geslacht": "vrouw"}, "cosm_vrouw"),
        ({**ADULT, "verblijf": "geen", "geslacht": "man"}, "cosm_man"),
        ({**HERE, "problematiek": ["lvb", "verslaving"]}, "omm"),
        ({**HERE, "geslacht": "man", "via_nla": "ja"}, "nla_plek"),
        ({**HERE, "geslacht": "vrouw"}, "vrouwenopvang"),
        ({**HERE, "geslacht": "man", "problematiek": ["lvb"]}, "mannenopvang"),
        ({**HERE, "geslacht": "x"}, "maatschappelijke_opvang"),
        ({**REFLECTING, "geslacht": "x"}, "noodbed"),
        (None, "maatschappelijke_opvang"),
    ],
)
def test_a_place_fits_the_person(tables: Tables, card: Facts | None, kind: str) -> None:
    assert place(tables, card) == kind


def test_a_region_with_specialised_places_uses_them_before_the_ordinary_ones(
    tables: Tables,
) -> None:
    card = {**HERE, "geslacht": "vrouw"}
    assert place(tables, card, specialised=True) == "nationaal"
    assert place(tables, card, specialised=True, tried=("nationaal",)) == "vrouwenopvang"


def test_in_the_night_and_for_a_stranger_an_emergency_bed_comes_first(tables: Tables) -> None:
    card = {**HERE, "geslacht": "vrouw"}
    assert place(tables, card, urgent=True, office_hours=False) == "noodbed"
    assert place(tables, card, urgent=True) == "vrouwenopvang"
    assert place(tables, None, urgent=True) == "noodbed"
    assert place(tables, {"leeftijdsgroep": "onbekend"}, urgent=True) == "noodbed"


@pytest.mark.parametrize(
    ("card", "kinds"),
    [
        ({**HERE, "geslacht": "vrouw"}, ["vrouwenopvang", "maatschappelijke_opvang", "noodbed"]),
        ({**REFLECTING, "geslacht": "man"}, ["cosm_man", "noodbed"]),
        ({**MINOR, "verblijf": "nederlander"}, ["jeugdhulp", "noodbed"]),
    ],
)
def test_what_was_full_is_not_proposed_again_and_in_the_end_it_goes_higher_up(
    tables: Tables, card: Facts, kinds: list[str]
) -> None:
    tried: list[str] = []
    while (kind := place(tables, card, tried=tuple(tried))) != "geen":
        tried.append(kind)
    assert tried == kinds


@pytest.mark.parametrize(
    ("answers", "advice"),
    [
        ({"vermoeden": "nee", "onveilig": "nee"}, "geen_vermoeden"),
        ({"vermoeden": "ja", "onveilig": "ja"}, "melden"),
        ({"vermoeden": "nee", "onveilig": "ja"}, "melden"),
        ({"hulp_mogelijk": "nee"}, "melden"),
        ({"hulp_mogelijk": "ja", "hulp_aanvaard": "nee"}, "melden"),
        ({"hulp_mogelijk": "ja", "hulp_aanvaard": "ja", "hulp_helpt": "nee"}, "melden"),
        ({"hulp_mogelijk": "ja", "hulp_aanvaard": "ja", "hulp_helpt": "nog_niet"}, "hulp"),
        ({"hulp_mogelijk": "ja", "hulp_aanvaard": "ja", "hulp_helpt": "ja"}, "hulp"),
        ({"onveilig": "ja", "hulp_mogelijk": "ja", "hulp_aanvaard": "ja"}, "melden"),
    ],
)
def test_the_meldcode_advises_to_report_what_is_unsafe_or_cannot_be_helped(
    tables: Tables, answers: Facts, advice: str
) -> None:
    meldcode = {"vermoeden": "ja", "onveilig": "nee", **answers}
    assert tables.decide("meldcode_afweging", {"meldcode": meldcode})["advies"] == advice


@pytest.mark.parametrize(
    ("reporter", "purpose", "consent", "registration"),
    [
        ("politie", "registratie", "nee", "volledig"),
        ("nla", "registratie_opvang", "mondeling", "volledig"),
        ("kmar", "registratie_opvang", "nee", "anoniem"),
        ("zorgcoordinator", "registratie", "schriftelijk", "volledig"),
        ("gemeente", "registratie_opvang", "mondeling", "anoniem"),
        ("jeugdzorg", "registratie", "nee", "anoniem"),
    ],
)
def test_comensha_hears_a_name_only_with_the_consent_that_the_reporter_needs(
    tables: Tables, reporter: str, purpose: str, consent: str, registration: str
) -> None:
    comensha = {"gemeld_door": reporter, "soort": purpose, "toestemming": consent}
    decided = tables.decide("comensha_toestemming", {"comensha": comensha})
    assert decided["registratie"] == registration
