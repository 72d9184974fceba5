"""Two process owners in one profile, and in one scenario."""

import tomllib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.operations import bundle_files
from service.operations.comparing import merge
from tests.unit.operations.comparing.edits import ROOT

PATH = bundle_files.PROFILE
BASE = bundle_files.read_bundled("maashorst")[PATH]
SCENARIO = "processes/meldroute_signaal/scenarios/s06_busje_in_de_nacht.toml"
NORMS = sorted(tomllib.loads(BASE.decode())["normtijden"])


def changed(content: bytes, old: str, new: str) -> bytes:
    assert old.encode() in content, old
    return content.replace(old.encode(), new.encode(), 1)


def read(content: bytes) -> dict[str, Any]:
    return tomllib.loads(content.decode())


def test_neighbouring_norms_are_no_conflict_and_comments_stay() -> None:
    mine = changed(BASE, 'triage = "2wd"', 'triage = "3wd" # in overleg')
    theirs = changed(BASE, 'aanvulling = "10wd"', '# Ruim genoeg.\naanvulling = "15wd"')
    merged = merge(PATH, base=BASE, mine=mine, theirs=theirs)
    assert merged.conflicts == ()
    assert merged.content == changed(
        mine, 'aanvulling = "10wd"', '# Ruim genoeg.\naanvulling = "15wd"'
    )


def test_one_norm_changed_by_both_is_a_conflict_that_names_it() -> None:
    mine = changed(BASE, '\ntriage = "2wd"', '\ntriage = "3wd"')
    theirs = changed(BASE, '\ntriage = "2wd"', '\ntriage = "4wd"')
    merged = merge(PATH, base=BASE, mine=mine, theirs=theirs, prefer="theirs")
    assert merged.conflicts == ("Norm *triage*: u ‘3 werkdagen’, uw collega ‘4 werkdagen’.",)
    assert merged.content == theirs


def test_domains_that_each_gave_a_role_are_both_there() -> None:
    line = 'domeinen = ["algemeen", "signaal", "zorg", "straf"]'
    mine = changed(BASE, line, 'domeinen = ["algemeen", "signaal", "zorg", "straf", "bestuurlijk"]')
    theirs = changed(BASE, line, 'domeinen = ["algemeen", "signaal", "straf"]')
    merged = merge(PATH, base=BASE, mine=mine, theirs=theirs)
    assert merged.conflicts == ()
    assert read(merged.content)["rollen"]["procesregisseur"]["domeinen"] == [
        "algemeen",
        "signaal",
        "straf",
        "bestuurlijk",
    ]


def test_roles_and_top_keys_that_both_added_stand_in_their_own_table() -> None:
    mine = BASE + b'\n[rollen.wijkteam]\nnaam = "Wijkteam"\n'
    theirs = changed(BASE, 'naam = "Maashorst"\n', 'naam = "Maashorst"\nextra = ["a"]\n')
    theirs = changed(theirs, "[rollen.melder]", '[rollen.baas]\nnaam = "Baas"\n\n[rollen.melder]')
    for sides in ((mine, theirs), (theirs, mine)):
        merged = merge(PATH, base=BASE, mine=sides[0], theirs=sides[1])
        assert merged.conflicts == ()
        found = read(merged.content)
        assert found["extra"] == ["a"]
        assert {"wijkteam", "baas"} <= {*found["rollen"]}


@pytest.mark.parametrize("prefer", ["mine", "theirs"])
def test_a_role_that_one_removed_and_the_other_named_is_a_conflict(prefer: str) -> None:
    start = BASE.index(b"[rollen.jz]")
    end = BASE.index(b"[rollen.communicatie]")
    theirs = BASE[:start] + changed(BASE[end:], 'achtervang = "jz"', 'achtervang = "archief"')
    theirs = changed(BASE, 'achtervang = "jz"\n', "")
    theirs = theirs[:start] + theirs[theirs.index(b"[rollen.communicatie]") :]
    mine = changed(BASE, 'naam = "Burgerzaken"\n', 'naam = "Burgerzaken"\nachtervang = "jz"\n')
    merged = merge(PATH, base=BASE, mine=mine, theirs=theirs, prefer=prefer)  # type: ignore[arg-type]
    assert merged.conflicts == (
        "Rol *Juridische zaken*: uw collega heeft dit weggehaald, u wijzigde dit of gebruikt het.",
    )
    roles = read(merged.content)["rollen"]
    assert {role.get("achtervang") for role in roles.values()} <= {None, *roles}
    assert ("jz" in roles) is (prefer == "mine")


def test_steps_of_a_scenario_that_both_added_stand_where_each_put_them() -> None:
    base = (ROOT / SCENARIO).read_bytes()
    mine = changed(
        base, '[[stap]]\nwacht = "P9D"', '[[stap]]\nwacht = "P1D"\n\n[[stap]]\nwacht = "P9D"'
    )
    theirs = changed(base, "[einde]", '[[stap]]\nwacht = "P2D"\n\n[einde]')
    theirs = changed(theirs, 'wacht = "P6D"', 'wacht = "P7D"')
    merged = merge(SCENARIO, base=base, mine=mine, theirs=theirs)
    assert merged.conflicts == ()
    waits = [step["wacht"] for step in read(merged.content)["stap"] if "wacht" in step]
    assert waits == ["P1D", "P9D", "P7D", "P2D"]
    assert merged.content.startswith(b"# De melder reageert niet")


@settings(max_examples=25)
@given(
    mine=st.dictionaries(st.sampled_from(NORMS), st.integers(1, 9), max_size=4),
    theirs=st.dictionaries(st.sampled_from(NORMS), st.integers(1, 9), max_size=4),
)
def test_norms_of_both_are_there_and_those_in_conflict_are_told(
    mine: dict[str, int], theirs: dict[str, int]
) -> None:
    sides = [with_norms(one) for one in (mine, theirs)]
    merged = merge(PATH, base=BASE, mine=sides[0], theirs=sides[1])
    before = read(BASE)["normtijden"]
    clash = {
        n for n in mine if n in theirs and len({before[n], f"{mine[n]}wd", f"{theirs[n]}wd"}) == 3
    }
    assert len(merged.conflicts) == len(clash)
    found = read(merged.content)["normtijden"]
    for name in {*mine} - {*theirs}:
        assert found[name] == f"{mine[name]}wd"
    for name in {*theirs} - {*mine}:
        assert found[name] == f"{theirs[name]}wd"


def with_norms(norms: dict[str, int]) -> bytes:
    content = BASE
    before = read(BASE)["normtijden"]
    for name, days in norms.items():
        content = changed(content, f'\n{name} = "{before[name]}"', f'\n{name} = "{days}wd"')
    return content
