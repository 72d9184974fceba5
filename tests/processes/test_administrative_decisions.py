"""The tables of administrative action, row by row."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from service.domain.profile import read_profile
from tests.processes.test_decisions import Tables


@pytest.fixture(scope="module")
def tables(root: Path) -> Tables:
    return Tables(root)


HOUSING = ["controle", "brandveiligheid", "overbewoning", "last", "sluiting"]
SOFT_HOUSING = ["gesprek", "controle", "brandveiligheid", "overbewoning"]
LICENSED = ["apv_handhaving", "controleteam_seks", "bibob", "intrekking"]
ZERO_POLICY = ["apv_handhaving", "controleteam_seks", "last", "sluiting"]


@pytest.mark.parametrize(
    ("step", "enabler", "zero_policy", "instruments"),
    [
        ("huisvesting", "onbewust", "nee", SOFT_HOUSING),
        ("huisvesting", "bewust", "nee", HOUSING),
        ("huisvesting", "onbekend", "ja", HOUSING),
        ("registratie", "bewust", "nee", ["adresonderzoek", "brp_nader_onderzoek", "flyer"]),
        ("registratie", "onbewust", "nee", ["adresonderzoek", "brp_nader_onderzoek", "flyer"]),
        ("arbeid", "onbewust", "nee", ["gesprek", "nla_melding", "vergunningvoorschrift"]),
        ("arbeid", "bewust", "nee", ["nla_melding", "bibob", "vergunningvoorschrift"]),
        ("seks", "bewust", "ja", ZERO_POLICY),
        ("seks", "onbewust", "ja", ZERO_POLICY),
        ("seks", "bewust", "nee", LICENSED),
        ("financieel", "geen", "nee", ["terugvordering", "fiscus_via_riec"]),
        ("werving", "bewust", "nee", ["voorlichting", "uitzendbureau_aanpak"]),
        ("verblijf", "geen", "nee", ["vreemdelingenpolitie", "adresonderzoek"]),
        ("terugkeer", "geen", "nee", ["zorgcoordinator_ind"]),
        ("iets anders", "bewust", "ja", []),
        (None, None, "nee", []),
    ],
)
def test_each_step_has_its_instruments_and_who_does_not_know_is_talked_to_first(
    tables: Tables, step: str | None, enabler: str | None, zero_policy: str, instruments: list[str]
) -> None:
    scope = {
        "stap": step,
        "barriere": {"faciliteerder": enabler},
        "gemeente": {"seksinrichting_nulbeleid": zero_policy},
    }
    assert tables.decide("barriere_instrumenten", scope)["maatregelen"] == instruments


BY_POLICY = ["subsidie", "vastgoed"]


@pytest.mark.parametrize(
    ("application", "gemeente", "outcome"),
    [
        ({"soort": "seksinrichting"}, {"seksinrichting_nulbeleid": "ja"}, "weigeren"),
        ({"soort": "seksinrichting", "tip": "om"}, {"seksinrichting_nulbeleid": "ja"}, "weigeren"),
        ({"soort": "seksinrichting"}, {"bibob_automatisch": ["seksinrichting"]}, "ja"),
        (
            {"soort": "bouwvergunning", "arbeidsmigranten": "ja"},
            {"bibob_automatisch": ["arbeidsmigrantenpand"]},
            "ja",
        ),
        (
            {"soort": "bouwvergunning", "arbeidsmigranten": "nee"},
            {"bibob_automatisch": ["arbeidsmigrantenpand"]},
            "nee",
        ),
        ({"soort": "bouwvergunning", "arbeidsmigranten": "ja"}, {}, "nee"),
        ({"soort": "exploitatie", "tip": "af"}, {}, "ja"),
        ({"soort": "exploitatie", "tip": "om"}, {}, "ja"),
        ({"soort": "subsidie", "tip": "riec"}, {}, "ja"),
        ({"soort": "subsidie"}, {}, "beleid"),
        ({"soort": "vastgoed"}, {}, "beleid"),
        ({"soort": "subsidie"}, {"bibob_volgens_beleid": []}, "nee"),
        ({"soort": "opdracht"}, {"bibob_volgens_beleid": ["opdracht"]}, "beleid"),
        ({"soort": "seksinrichting"}, {}, "beleid"),
        ({"soort": "exploitatie"}, {}, "nee"),
        ({}, {}, "nee"),
    ],
)
def test_the_choices_of_the_municipality_decide_who_is_tested(
    tables: Tables,
    application: Mapping[str, str],
    gemeente: Mapping[str, Any],
    outcome: str,
) -> None:
    scope = {
        "bibob_aanvraag": {"tip": "geen", **application},
        "gemeente": {
            "seksinrichting_nulbeleid": "nee",
            "bibob_automatisch": [],
            "bibob_volgens_beleid": BY_POLICY,
            **gemeente,
        },
    }
    found = tables.decide("bibob_nodig", scope)
    assert found["uitkomst"] == outcome
    assert found["toelichting"]


@pytest.mark.parametrize(
    ("municipality", "sex", "migrants"),
    [
        ("midden-delfland", "weigeren", "ja"),
        ("rijswijk", "beleid", "nee"),
        ("regio-rotterdam", "beleid", "nee"),
        ("maashorst", "beleid", "nee"),
    ],
)
def test_each_municipality_tests_what_its_policy_names(
    tables: Tables, root: Path, municipality: str, sex: str, migrants: str
) -> None:
    path = root / "processes" / "gemeenten" / f"{municipality}.toml"
    gemeente = read_profile(path.read_bytes(), file=path.name).as_context()

    def decided(**application: str) -> Any:
        scope = {"bibob_aanvraag": {"tip": "geen", **application}, "gemeente": gemeente}
        return tables.decide("bibob_nodig", scope)["uitkomst"]

    assert decided(soort="seksinrichting") == sex
    assert decided(soort="bouwvergunning", arbeidsmigranten="ja") == migrants
