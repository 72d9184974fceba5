"""Administrative action: who is asked first, what a control passes on, and what it never asks."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from service.domain.profile import Profile
from service.domain.working_days import AMSTERDAM
from service.engine import Advance, MessageOut
from service.feel import Environment
from service.forms import read_form, validate
from tests.processes.acts import KENMERK, MONDAY
from tests.processes.test_decisions import Tables
from tests.processes.walking import Walk

CASE = {
    "registratie": {"kenmerk": KENMERK},
    "routering": {"groepen": ["af-veiligheid"], "leidend": "af-veiligheid"},
}
OWN = {"registratie": {"kenmerk": KENMERK}}
QUIET = {
    "acuut_gevaar": "nee",
    "feiten": "Niets bijzonders.",
    "slachtoffersignaal": "nee",
    "overtreding": "nee",
    "strafbaar": "nee",
}
VICTIM = {
    **QUIET,
    "slachtoffersignaal": "ja",
    "signaal_omschrijving": "Zij zegt dat zij niet weg mag.",
    "signaal_adres": "Kaarsenmakersweg 12",
    "vorm": "arbeid",
    "minderjarig": "nee",
    "waarnemingen": [
        {"kenmerk": "opgesloten", "waarneming": "waargenomen", "bron": "verklaring"},
        {"kenmerk": "chantage", "waarneming": "niet_waargenomen", "bron": "eigen_waarneming"},
    ],
}
VIOLATION = {
    **QUIET,
    "overtreding": "ja",
    "feiten": "Negen bedden in vier kamers.",
    "adressen": [
        {"adres": "Kaarsenmakersweg 12", "overtredingen": ["overbewoning", "brp"]},
        {"adres": "Kaarsenmakersweg 14", "overtredingen": ["overbewoning"]},
    ],
}


class Control(Walk):
    """A walk through a control that keeps what it says to the outside."""

    def __init__(self, profile: Profile, now: datetime) -> None:
        super().__init__(profile, now)
        self.said: list[MessageOut] = []
        self.appointed = "ja"

    def settle(self, advance: Advance) -> None:
        self.said += advance.messages
        super().settle(advance)

    def result_of(self, job_type: str) -> dict[str, Any]:
        if job_type == "aanwijzing_controleren":
            return {"aanwijzing_controle": {"geldig": self.appointed, "reden": "Verlopen."}}
        if job_type == "controle_vastleggen":
            return {"controle_telling": {"nummer": 1, "dit_jaar": 7, "jaardoel": 12}}
        return super().result_of(job_type)

    def found(self, findings: Mapping[str, Any], variables: Mapping[str, Any]) -> "Control":
        """Plans, instructs and visits; these are the findings."""
        self.begin("integrale_controle", variables)
        self.do("controle_plannen", {"controleplan": {"moment": self.now}})
        self.do("controle_instrueren")
        self.do("bevindingen_vastleggen", {"bevindingen": findings})
        return self


@pytest.fixture
def control(profile: Profile) -> Control:
    return Control(profile, MONDAY)


@pytest.fixture(scope="module")
def tables(root: Path) -> Tables:
    return Tables(root)


def test_a_victim_found_in_a_control_is_a_signal_of_its_own(control: Control, root: Path) -> None:
    control.found(VICTIM, OWN)
    [message] = control.said
    assert message.name == "bevinding_controle"
    path = root / "forms" / "meldroute_signaal" / "signaal_indienen.form"
    form = read_form(path.read_bytes(), file=path.name)
    told = {**message.payload["signaal"], "telefoon": "010-1234567"}
    answers = validate(
        form,
        {"signaal": told},
        scope={"gemeente": {}},
        env=Environment(now=MONDAY),
    )
    assert answers["signaal"]["indicatoren"] == ["opgesloten"]
    assert answers["signaal"]["adres"] == "Kaarsenmakersweg 12"


def test_that_signal_is_not_acute_again(control: Control, tables: Tables) -> None:
    """Acute danger was seen to on the spot; the new case begins with the rest."""
    control.found({**VICTIM, "acuut_gevaar": "doorgezet"}, OWN)
    [message] = control.said
    assert tables.decide("urgentie", message.payload) != "acuut"


def test_acute_danger_goes_first_and_the_findings_come_back(control: Control) -> None:
    control.found({"acuut_gevaar": "ja"}, OWN)
    assert control.open == ["acuut_vastleggen", "bevindingen_vastleggen"]
    assert control.shown("bevindingen_vastleggen")["bevindingen"]["acuut_gevaar"] == "doorgezet"
    assert control.said == []


def test_a_violation_without_a_case_begins_an_approach(control: Control) -> None:
    control.found(VIOLATION, OWN)
    [message] = control.said
    assert message.name == "overtreding_vastgesteld"
    assert message.payload["overtreding"] == {
        "omschrijving": "Negen bedden in vier kamers.",
        "soorten": ["overbewoning", "brp"],
        "kenmerk": KENMERK,
    }


def test_a_violation_in_a_case_is_left_to_who_asked_for_the_control(control: Control) -> None:
    control.found(VIOLATION, CASE)
    control.do("controle_evalueren")
    assert control.said == []
    assert control.last.variables["controle"]["overtreding"] == "ja"
    assert control.last.variables["controle"]["uitkomst"] == "overtreding"


@pytest.mark.parametrize(
    ("findings", "outcome"),
    [
        (VICTIM, "slachtoffersignaal"),
        ({**VICTIM, "overtreding": "ja"}, "slachtoffersignaal"),
        (VIOLATION, "overtreding"),
        (QUIET, "geen_bijzonderheden"),
    ],
)
def test_the_heaviest_finding_is_the_outcome(
    control: Control, findings: Mapping[str, Any], outcome: str
) -> None:
    control.found(findings, CASE)
    control.do("controle_evalueren")
    assert control.last.variables["controle"]["uitkomst"] == outcome
    assert control.ends == ["Controle uitgevoerd"]


def test_who_may_not_take_part_sends_the_plan_back_with_the_reason(control: Control) -> None:
    control.appointed = "nee"
    control.begin("integrale_controle", OWN)
    control.do("controle_plannen", {"controleplan": {"moment": control.now}})
    assert control.open == ["controle_plannen"]
    assert control.shown("controle_plannen")["aanwijzing_controle"]["reden"] == "Verlopen."


def test_findings_are_due_after_the_control_and_not_after_the_plan(control: Control) -> None:
    visit = datetime(2026, 12, 10, 14, tzinfo=AMSTERDAM)
    control.begin("integrale_controle", OWN)
    control.do("controle_plannen", {"controleplan": {"moment": visit}})
    control.do("controle_instrueren")
    due = control.task("bevindingen_vastleggen").due
    assert due == visit + timedelta(days=1)


PERSON = re.compile(r"naam|geboorte|bsn|document|telefoon|nationaliteit|email")


def test_a_control_never_asks_for_a_person(root: Path) -> None:
    """There is no ground yet for personal data of sex workers; and the team need not know."""
    for path in sorted((root / "forms" / "integrale_controle").glob("*.form")):
        for field in fields(json.loads(path.read_text(encoding="utf-8"))["components"]):
            assert not PERSON.search(field["key"].split(".")[-1]), (path.stem, field["key"])


def test_what_is_observed_is_seen_not_seen_or_unknown_and_has_a_source(root: Path) -> None:
    path = root / "forms" / "integrale_controle" / "bevindingen_vastleggen.form"
    found = {
        f["key"]: f for f in fields(json.loads(path.read_text(encoding="utf-8"))["components"])
    }
    values = [option["value"] for option in found["waarneming"]["values"]]
    assert values == ["waargenomen", "niet_waargenomen", "onbekend"]
    assert [option["value"] for option in found["bron"]["values"]] == [
        "eigen_waarneming",
        "verklaring",
        "document",
        "vermoeden",
    ]


@pytest.mark.parametrize("task", ["afstemming_geven"])
def test_the_police_reads_what_the_municipality_wants_and_no_more(root: Path, task: str) -> None:
    path = root / "forms" / "dadergerichte_aanpak" / f"{task}.form"
    shown = [
        field["key"]
        for field in fields(json.loads(path.read_text(encoding="utf-8"))["components"])
        if field.get("readonly")
    ]
    assert shown == ["maatregelkeuze.bericht_politie"]


def approached(walk: Walk, *, interest: str) -> Walk:
    """An approach with one measure; the interest of a criminal case is as told."""
    walk.begin("dadergerichte_aanpak", CASE)
    walk.do(
        "barriereanalyse_maken",
        {"barriere": {"stappen": ["huisvesting", "seks"], "faciliteerder": "onbewust"}},
    )
    measure = {"instrument": "flyer", "eigenaar": "communicatie", "doel": "Uitleg geven."}
    chosen = {
        "haalbaar": "ja",
        "strafrechtelijk_belang": interest,
        "maatregelen": [measure],
    }
    return walk.do("maatregelen_kiezen", {"maatregelkeuze": chosen})


def test_the_table_proposes_each_measure_once_and_people_choose(walk: Walk) -> None:
    walk.begin("dadergerichte_aanpak", CASE)
    walk.do(
        "barriereanalyse_maken",
        {"barriere": {"stappen": ["huisvesting", "seks"], "faciliteerder": "bewust"}},
    )
    proposed = walk.shown("maatregelen_kiezen")["voorgestelde_maatregelen"]
    assert len(proposed) == len(set(proposed))
    assert {"sluiting", "controle", "apv_handhaving"} <= set(proposed)
    assert walk.task("maatregelen_kiezen").roles == ("oov", "af-veiligheid")


@pytest.mark.parametrize("interest", ["ja", "onbekend"])
def test_nothing_happens_before_the_police_has_been_asked(walk: Walk, interest: str) -> None:
    approached(walk, interest=interest)
    assert walk.open == ["afstemming_geven"]
    assert walk.task("afstemming_geven").roles == ("politie-avim",)


def test_silence_of_the_police_is_no_consent(walk: Walk) -> None:
    approached(walk, interest="ja").wait(days=30)
    assert walk.open == ["afstemming_navragen"]


def test_a_measure_goes_to_its_owner(walk: Walk) -> None:
    approached(walk, interest="nee")
    assert walk.task("uitvoeren").roles == ("communicatie",)
    walk.do("uitvoeren", {"instrument": {"uitkomst": "vervolg_nodig", "toelichting": "Herhalen."}})
    told = walk.shown("resultaat_beoordelen")["maatregelen_overzicht"]
    assert told == "flyer: er is meer nodig. Herhalen."


def test_the_college_decides_where_the_law_says_so(walk: Walk) -> None:
    walk.begin("bestuurlijk_besluit", {**CASE, "voornemen": {"besluit": "intrekken"}})
    walk.do(
        "besluit_voorbereiden",
        {"besluitvoorstel": {"bevoegd_gezag": "college", "zienswijze": "nee_spoed"}},
    )
    assert walk.task("besluit_nemen").roles == ("portefeuillehouder",)


def test_the_terms_of_the_bureau_are_settings(walk: Walk) -> None:
    norms = {**walk.published.profile.norms, "lbb_advies": "P10D", "lbb_verlenging": "P3D"}
    walk.settings["normtijden"] = norms
    walk.begin("bibob_toets", OWN)
    walk.do("aanvraag_vastleggen", {"bibob_aanvraag": {"soort": "exploitatie", "tip": "om"}})
    walk.do("eigen_onderzoek_doen", {"bibob_onderzoek": {"voldoende": "nee"}})
    walk.do("lbb_advies_vragen").wait(days=10)
    assert walk.open == ["lbb_advies_na_verlenging"]
    walk.wait(days=3)
    assert walk.open == ["lbb_advies_na_verlenging"], "three days end on a Sunday"
    walk.wait(days=1)
    assert walk.open == ["gevaar_beoordelen"]


def fields(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for component in components:
        yield from fields(component.get("components", []))
        if "key" in component:
            yield component
