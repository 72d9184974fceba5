"""A municipality's profile."""

from pathlib import Path

import pytest

from service.domain.errors import Misconfigured
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


def test_a_profile_is_read_and_becomes_a_context_for_tables() -> None:
    profile = read_profile(SMALL.encode(), file="voorbeeld.toml")
    assert profile.as_context()["af_model"] == "enkel"
    assert profile.as_context()["normtijden"] == {"triage": "2wd"}
    assert profile.domains_of(frozenset({"af-zorg", "onbekend"})) == {"algemeen", "zorg"}
    assert profile.roles["oov"].stand_in == "af-zorg"


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (('naam = "OOV"', 'naam = ""'), "oov"),
        (('achtervang = "af-zorg"', 'achtervang = "niemand"'), "rollen.oov.achtervang"),
        (('triage = "2wd"', 'triage = "twee"'), "normtijden.triage"),
        (('"zorg"]', '"geheim"]'), "domeinen"),
        (("[2026-12-24]", '["kerst"]'), "kalender.sluitingsdagen"),
        (('id = "voorbeeld"', 'id = "voorbeeld"\nonbekend = 1'), "onbekend"),
        (("[rollen.oov]", "[rollen.oov"), "TOML"),
    ],
)
def test_what_is_wrong_is_named(change: tuple[str, str], named: str) -> None:
    with pytest.raises(Misconfigured, match=named):
        read_profile(SMALL.replace(*change).encode(), file="voorbeeld.toml")


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
