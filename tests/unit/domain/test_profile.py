"""A municipality's profile."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.errors import WrongProfile
from service.domain.profile import read_profile

SMALL = """
id = "voorbeeld"
naam = "Voorbeeld"
[rollen.af-zorg]
naam = "AF zorg"
domeinen = ["algemeen", "zorg"]
[rollen.oov]
naam = "OOV"
achtervang = "af-zorg"
[normtijden]
triage = "2wd"
[instellingen]
af_model = "enkel"
[kalender]
sluitingsdagen = [2026-12-24]
"""
FULL = f"""{SMALL}
[cyclus.rapportage]
eerste = 2026-02-02
elke = "P1Y"
[[overleggen]]
id = "signaleringsoverleg"
naam = "Signaleringsoverleg"
voorzitter = "oov"
deelnemers = ["af-zorg"]
niveau = "lokaal"
eerste = 2026-01-05
elke = "P28D"
[[overleggen]]
id = "zorgtafel"
naam = "Zorgtafel"
voorzitter = "af-zorg"
niveau = "casus"
convenant = "Zorgtafelconvenant"
[[convenanten]]
naam = "Zorgtafelconvenant"
partijen = ["zorgtafel", "shop"]
geldig_vanaf = 2025-01-01
geldig_tot = 2027-12-31
[[actiepunten]]
nr = "1.1"
ambitie = "Weten wie wat doet"
actie = "Vaststellen wie aandachtsfunctionaris is"
wie = "HRM"
wanneer = "2026"
[[partners]]
id = "shop"
naam = "SHOP"
rol = "oov"
soort = "shop"
convenant_nodig = "ja"
[[opvangplekken]]
naam = "Noodbed"
voor_wie = "Iedereen, voor drie nachten"
plekken = 2
[[instrumenten]]
naam = "Controle"
stap = "huisvesting"
wie = "oov"
basis = "Algemene wet bestuursrecht"
"""


def test_a_profile_is_read_and_becomes_a_context_for_tables() -> None:
    profile = read_profile(SMALL.encode(), file="voorbeeld.toml")
    assert profile.as_context()["af_model"] == "enkel"
    assert profile.as_context()["normtijden"] == {"triage": "2wd"}
    assert profile.domains_of(frozenset({"af-zorg", "onbekend"})) == {"algemeen", "zorg"}
    assert profile.roles["oov"].stand_in == "af-zorg"


def test_meetings_rounds_action_points_and_partners_are_part_of_the_context() -> None:
    lists = 'trainingsgroepen = ["Boa\'s"]\ncontractpartners = ["Welzijn"]\n'
    gemeente = read_profile((lists + FULL).encode(), file="v.toml").as_context()
    assert gemeente["cyclus"] == {"rapportage": {"eerste": date(2026, 2, 2), "elke": "P1Y"}}
    assert gemeente["overleggen"][0] == {
        "id": "signaleringsoverleg",
        "naam": "Signaleringsoverleg",
        "voorzitter": "oov",
        "deelnemers": ["af-zorg"],
        "niveau": "lokaal",
        "convenant": "",
        "vaste_onderwerpen": False,
        "eerste": date(2026, 1, 5),
        "elke": "P28D",
    }
    assert gemeente["overleggen"][1]["elke"] is None, "this meeting is called by a case"
    assert gemeente["actiepunten"][0]["wie"] == "HRM"
    assert gemeente["partners"] == [{"id": "shop", "naam": "SHOP", "rol": "oov", "soort": "shop"}]
    assert (gemeente["trainingsgroepen"], gemeente["contractpartners"]) == (["Boa's"], ["Welzijn"])


def test_four_eyes_on_publishing_are_off_unless_the_profile_asks_for_them() -> None:
    assert not read_profile(FULL.encode(), file="v.toml").four_eyes
    asked = FULL + "\n[studio]\nvier_ogen = true\n"
    assert read_profile(asked.encode(), file="v.toml").four_eyes
    wrong = FULL + '\n[studio]\nvier_ogen = "misschien"\n'
    with pytest.raises(WrongProfile) as error:
        read_profile(wrong.encode(), file="v.toml")
    [finding] = error.value.findings
    assert finding.reason.startswith("studio.vier_ogen: ")


def test_the_registers_begin_with_what_the_profile_says() -> None:
    profile = read_profile(FULL.encode(), file="voorbeeld.toml")
    assert profile.agreements[0].parties == ("zorgtafel", "shop")
    assert profile.agreements[0].valid_until == date(2027, 12, 31)
    assert profile.partners[0].needs_agreement is True
    assert (profile.shelters[0].name, profile.shelters[0].places) == ("Noodbed", 2)
    assert (profile.instruments[0].barrier, profile.instruments[0].role) == ("huisvesting", "oov")


def test_what_a_small_profile_leaves_out_is_empty() -> None:
    gemeente = read_profile(SMALL.encode(), file="voorbeeld.toml").as_context()
    assert gemeente["cyclus"] == {}
    assert gemeente["overleggen"] == gemeente["actiepunten"] == gemeente["partners"] == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('naam = "OOV"', 'naam = ""', r"regel 8: rollen\.oov\.naam: schrijf een tekst"),
        (
            'naam = "OOV"',
            'naam = "O"\nkleur = 1',
            r"regel 9: rollen\.oov\.kleur: deze sleutel is onbekend",
        ),
        ('naam = "OOV"', "", r"regel 7: rollen\.oov\.naam: deze sleutel ontbreekt"),
        ("[rollen.oov]", '[rollen."o v"]', r"regel 7: rollen\.o v: 'o v' is geen naam"),
        ("[rollen.oov]", "[rollen]\noov = 3\n[cyclus.x]", r"regel 8: rollen\.oov: hier hoort een"),
        (
            'achtervang = "af-zorg"',
            'achtervang = "niemand"',
            r"regel 9: rollen\.oov\.achtervang: rol 'niemand' bestaat niet; noem een rol",
        ),
        ('"2wd"', '"twee"', r"regel 11: normtijden\.triage: Normtijd 'twee' is onbekend; schrijf"),
        (
            '"zorg"]',
            '"geheim"]',
            r"regel 6: rollen\.af-zorg\.domeinen\[2\]: 'geheim' is geen keuze",
        ),
        ("[2026-12-24]", '["kerst"]', r"regel 15: kalender\.sluitingsdagen\[1\]: 'kerst' is geen"),
        (
            '"enkel"',
            '"drie"',
            r"regel 13: instellingen\.af_model: 'drie' is geen keuze; kies uit: e",
        ),
        (
            'af_model = "enkel"',
            "cyclus = 1",
            r"regel 13: instellingen\.cyclus: deze naam heeft een",
        ),
        (
            '"P1Y"',
            '"jaarlijks"',
            r"regel 19: cyclus\.rapportage\.elke: Herhaling 'jaarlijks' is on",
        ),
        (
            "2026-02-02",
            '"februari"',
            r"regel 18: cyclus\.rapportage\.eerste: 'februari' is geen dat",
        ),
        ('er = "oov"', 'er = "x"', r"regel 23: overleggen\[1\]\.voorzitter: rol 'x' bestaat niet"),
        ('["af-zorg"]', '["x"]', r"regel 24: overleggen\[1\]\.deelnemers: rol 'x' bestaat niet"),
        (
            '"lokaal"',
            '"hoog"',
            r"regel 25: overleggen\[1\]\.niveau: 'hoog' is geen keuze; kies uit",
        ),
        ('elke = "P28D"', "", r"regel 20: overleggen\[1\]: eerste en elke horen bij elkaar"),
        ('"P28D"', '"P1X"', r"regel 27: overleggen\[1\]\.elke: Herhaling 'P1X' is onbekend"),
        (
            '"zorgtafel"',
            '"signaleringsoverleg"',
            r"regel 29: overleggen\[2\]\.id: '.*' staat er al",
        ),
        ('rol = "oov"', 'rol = "x"', r"regel 48: partners\[1\]\.rol: rol 'x' bestaat niet"),
        ('soort = "shop"', 'soort = "x"', r"regel 49: partners\[1\]\.soort: 'x' is geen keuze"),
        ('convenant = "Z', 'convenant = "A', r"regel 33: overleggen\[2\]\.convenant: 'Aorgtafel"),
        (
            '"zorgtafel", "shop"',
            '"x"',
            r"regel 36: convenanten\[1\]\.partijen: 'x' is geen partner",
        ),
        ("2027-12-31", "2024-12-31", r"regel 38: convenanten\[1\]\.geldig_tot: deze dag ligt voor"),
        (
            'g = "ja"',
            "g = true",
            r"regel 50: partners\[1\]\.convenant_nodig: deze waarde is van een",
        ),
        (
            "plekken = 2",
            "plekken = -2",
            r"regel 54: opvangplekken\[1\]\.plekken: schrijf een getal",
        ),
        (
            'stap = "h',
            'stap = "H',
            r"regel 57: instrumenten\[1\]\.stap: 'Huisvesting' is geen keuze",
        ),
        ('wie = "oov"', 'wie = "x"', r"regel 58: instrumenten\[1\]\.wie: rol 'x' bestaat niet"),
        ("[rollen.oov]", "[rollen.oov", r"regel 7: dit is geen geldig TOML-bestand"),
        ('id = "voorbeeld"', "", r"regel 1: id: deze sleutel ontbreekt"),
    ],
)
def test_what_is_wrong_is_told_with_its_line_key_reason_and_way_out(
    old: str, new: str, told: str
) -> None:
    assert old in FULL
    with pytest.raises(WrongProfile, match=f"^voorbeeld.toml, {told}"):
        read_profile(FULL.replace(old, new, 1).encode(), file="voorbeeld.toml")


def test_everything_that_is_wrong_is_told_at_once_and_in_order() -> None:
    wrong = FULL.replace('"2wd"', '"twee"').replace('"P1Y"', '"jaarlijks"')
    with pytest.raises(WrongProfile) as refused:
        read_profile(wrong.encode(), file="voorbeeld.toml")
    assert [finding.line for finding in refused.value.findings] == [11, 19]
    assert all(finding.way_out for finding in refused.value.findings)


@given(
    st.integers(0, FULL.count("\n")),
    st.sampled_from(["", "x = 1", "[x]", "[[x]]", "= 3", 'id = ["a"]', "[rollen]", "elke = 1.5"])
    | st.text(max_size=20),
)
def test_whatever_stands_on_a_line_it_is_read_or_refused_with_a_line(place: int, line: str) -> None:
    lines = [*FULL.split("\n")]
    lines[place : place + 1] = [line]
    told: list[int | None] = []
    try:
        read_profile("\n".join(lines).encode(errors="replace"), file="v.toml")
    except WrongProfile as refused:
        told = [found.line for found in refused.findings]
    assert all(1 <= (number or 0) <= len(lines) for number in told)


@pytest.mark.parametrize("value", ["1", "true", "[1]", "[[]]", "{ a = 1 }", "2026-01-01"])
@pytest.mark.parametrize(
    "name", ["af_model", "adviseurs", "tafel_ondermijning", "beleidsevaluatie"]
)
def test_a_setting_of_another_kind_is_refused(name: str, value: str) -> None:
    text = FULL.replace('af_model = "enkel"', f"{name} = {value}")
    with pytest.raises(WrongProfile, match=rf"regel 13: instellingen\.{name}: "):
        read_profile(text.encode(), file="v.toml")


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [("weg", None, "rol 'weg' bestaat niet"), ("oov", "af-zorg", "heeft geen eigen werkvoorraad")],
)
def test_a_role_lies_in_the_inbox_of_a_role_that_has_one(
    first: str, second: str | None, told: str
) -> None:
    text = SMALL.replace('naam = "AF zorg"', f'naam = "AF zorg"\nwerkvoorraad_van = "{first}"')
    if second:
        text = text.replace('naam = "OOV"', f'naam = "OOV"\nwerkvoorraad_van = "{second}"')
    with pytest.raises(WrongProfile, match=told):
        read_profile(text.encode(), file="voorbeeld.toml")


def test_a_role_without_inbox_of_its_own_says_whose_it_uses() -> None:
    text = SMALL.replace('naam = "OOV"', 'naam = "OOV"\nwerkvoorraad_van = "af-zorg"')
    assert read_profile(text.encode(), file="v.toml").inboxes() == {"oov": "af-zorg"}


def test_the_profiles_that_come_with_the_product_are_right() -> None:
    folder = Path(__file__).parents[3] / "processes" / "gemeenten"
    for path in folder.glob("*.toml"):
        assert read_profile(path.read_bytes(), file=path.name).id == path.stem


def test_who_repairs_is_a_fact_of_the_role_and_not_of_coordinating() -> None:
    text = '[rollen.beheer]\nnaam = "Beheer"\ndomeinen = []\nherstelt = true\n'
    text += '[rollen.af]\nnaam = "AF"\ncoordineert = true\n'
    profile = read_profile(f'id = "proef"\nnaam = "Proef"\n{text}'.encode(), file="p.toml")
    assert (profile.roles["beheer"].repairs, profile.roles["beheer"].coordinates) == (True, False)
    assert (profile.roles["af"].repairs, profile.roles["af"].coordinates) == (False, True)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("coordineert = true", r"rollen\.zvh\.coordineert: een partner ziet alleen"),
        ("beheert_netwerk = true", r"rollen\.zvh\.beheert_netwerk: een partner ziet alleen"),
        ('domeinen = ["melder"]', r"rollen\.zvh\.domeinen: een partner mag niet weten"),
    ],
)
def test_a_partner_gets_no_rights_of_staff(line: str, told: str) -> None:
    text = f'id = "proef"\nnaam = "Proef"\n[rollen.zvh]\nnaam = "ZVH"\npartner = true\n{line}\n'
    with pytest.raises(WrongProfile, match=told):
        read_profile(text.encode(), file="v.toml")
