"""The care path: who may see what, what cannot wait, and what a municipality's choices change."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from service.domain.errors import InvalidInput
from service.domain.profile import read_profile
from service.feel import Environment
from service.forms import read_form, validate
from tests.processes.acts import KENMERK, MONDAY
from tests.processes.walking import Walk

CARE = (
    "zorgtraject_slachtoffer",
    "hulp_verlenen",
    "opvang_regelen",
    "verblijf_regelen",
    "voorziening_regelen",
    "meldcode",
)
CASE = {
    "registratie": {"kenmerk": KENMERK},
    "signaal": {"vorm": "seksueel", "minderjarig": "nee"},
    "triage": {"meldcode": "nee"},
    "routering": {"groepen": ["af-zorg"]},
    "routebesluit": {"hoofdroute": "A"},
}
CARD = {
    "leeftijdsgroep": "23_plus",
    "geslacht": "vrouw",
    "verblijf": "nederlander",
    "inschrijving": "hier",
    "veiligheid": "onveilig",
    "toerekenbaar": "ja",
}


def questions(root: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every question of the care forms, with its form."""
    for process in CARE:
        for path in sorted((root / "forms" / process).glob("*.form")):
            for field in fields(json.loads(path.read_text(encoding="utf-8"))["components"]):
                yield f"{process}/{path.stem}", field


def fields(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for component in components:
        yield from fields(component.get("components", []))
        if "key" in component:
            yield component


def test_what_is_sensitive_in_care_is_read_by_care_roles_only(root: Path) -> None:
    for form, field in questions(root):
        care = field["properties"]
        hidden = {"zorg", "voorziening"} if form.startswith("voorziening_regelen/") else {"zorg"}
        assert care["domein"] in hidden or care["gevoeligheid"] == "gewoon", (form, field["key"])


def test_who_arranges_a_provision_reads_provisions_and_no_other_care(profile_path: Path) -> None:
    profile = read_profile(profile_path.read_bytes(), file=profile_path.name)
    for role in ("burgerzaken", "inkomen", "wonen"):
        assert profile.roles[role].domains == {"algemeen", "voorziening"}, role


HANDLING = (
    "meldroute_signaal",
    "acuut_gevaar",
    "beoordelen_vermoeden",
    "gegevensdeling",
    "van_signaal_tot_aanpak",
    "overdracht",
)
"""What happens to the signal itself, before anybody is asked to do one thing for it."""


def test_what_was_reported_and_found_out_is_read_by_who_handles_the_signal(root: Path) -> None:
    for process in HANDLING:
        for path in sorted((root / "forms" / process).glob("*.form")):
            for field in fields(json.loads(path.read_text(encoding="utf-8"))["components"]):
                assert field["properties"]["domein"] != "algemeen", (path.stem, field["key"])


def test_who_does_one_thing_for_a_case_does_not_handle_the_signal(profile_path: Path) -> None:
    profile = read_profile(profile_path.read_bytes(), file=profile_path.name)
    readers = {role.id for role in profile.roles.values() if "signaal" in role.domains}
    staff = {role for role in readers if not profile.roles[role].partner}
    assert staff <= {
        "af-zorg",
        "af-veiligheid",
        "af-achtervang",
        "oov",
        "sociaal-domein",
        "procesregisseur",
        "jz",
        "privacy",
    }


def test_nobody_of_public_order_or_enforcement_reads_care(profile_path: Path) -> None:
    profile = read_profile(profile_path.read_bytes(), file=profile_path.name)
    for role in ("oov", "toezicht", "interventieteam", "vergunningen", "riec", "politie-avim"):
        assert profile.roles[role].domains.isdisjoint({"zorg", "voorziening"}), role


def test_health_is_asked_by_the_care_coordinator_only(root: Path) -> None:
    asked = {form for form, field in questions(root) if field["key"].endswith("problematiek")}
    assert asked == {"zorgtraject_slachtoffer/intake_doen"}


def filled_in(walk: Walk, **card: str) -> Walk:
    """A case in which the card has been filled in."""
    walk.begin("zorgtraject_slachtoffer", CASE)
    return walk.do("slachtofferkaart_invullen", {"slachtofferkaart": {**CARD, **card}})


@pytest.mark.parametrize(
    ("rule", "coordinator", "capable", "step"),
    [
        ("aan", "SHOP", "ja", "contact_mogelijk_maken"),
        ("aan", "SHOP", "twijfel", "contact_mogelijk_maken"),
        ("aan", "ESSM", "ja", "doel_bepalen"),
        ("uit", "SHOP", "ja", "doel_bepalen"),
    ],
)
def test_who_coordinates_care_and_the_shop_rule_decide_whether_sharing_is_weighed_at_all(
    walk: Walk, rule: str, coordinator: str, capable: str, step: str
) -> None:
    walk.settings.update(shop_regel=rule, zorgcoordinatie=coordinator)
    assert filled_in(walk, toerekenbaar=capable).open == [step]


def test_weighing_what_to_share_begins_with_what_the_card_says(walk: Walk) -> None:
    walk.settings.update(shop_regel="uit", zorgcoordinatie="ESSM")
    shown = filled_in(walk, toerekenbaar="twijfel").shown("doel_bepalen")["gegevensdeling"]
    assert (shown["partner"], shown["toerekenbaar"]) == ("zorgcoordinator", "twijfel")


def test_without_sharing_the_care_coordinator_gets_nothing_of_the_victim(walk: Walk) -> None:
    walk.settings.update(shop_regel="aan", zorgcoordinatie="SHOP")
    filled_in(walk).do("contact_mogelijk_maken", {"zorgcontact": {"wijze": "zelf_contact"}})
    assert walk.task("intake_doen").roles == ("zorgcoordinator",)
    assert "aanmelding_zorg" not in walk.last.variables


def test_a_minor_without_guardian_in_danger_gets_everything_at_once(walk: Walk) -> None:
    walk.settings.update(shop_regel="uit")
    filled_in(
        walk,
        leeftijdsgroep="12-17",
        amv="ja",
        veiligheid="acuut_onveilig",
        meldcode_gedaan="nee",
    )
    assert walk.open == [
        "doel_bepalen",
        "nidos_inschakelen",
        "plaatsing_regelen",
        "signalen_in_kaart_brengen",
    ]
    assert walk.task("plaatsing_regelen").due == MONDAY + timedelta(hours=4)


def test_a_meldcode_that_has_been_done_is_not_done_twice(walk: Walk) -> None:
    walk.settings.update(shop_regel="uit")
    filled_in(walk, leeftijdsgroep="12-17", meldcode_gedaan="ja")
    assert walk.open == ["doel_bepalen"]


def test_who_refuses_help_gets_a_new_offer_when_the_municipality_says_so(walk: Walk) -> None:
    walk.settings.update(shop_regel="aan", zorgcoordinatie="SHOP", hulp_opnieuw_na="P21D")
    filled_in(walk).do("contact_mogelijk_maken")
    walk.do("intake_doen", {"intake": {"aanvaardt_hulp": "nee"}}).do("rechten_uitleggen")
    assert walk.wait(days=20).open == []
    assert walk.wait(days=1).open == ["hulp_opnieuw_aanbieden"]


@pytest.mark.parametrize(
    ("kind", "role", "days"),
    [
        ("brp", "burgerzaken", 7),
        ("inkomen", "inkomen", 28),
        ("wonen", "wonen", 14),
        ("wmo", "sociaal-domein", 42),
        ("jeugdhulp", "sociaal-domein", 42),
        ("medisch", "sociaal-domein", 14),
        ("uitstap", "sociaal-domein", 14),
    ],
)
def test_each_provision_goes_to_its_own_role_with_its_own_norm(
    walk: Walk, kind: str, role: str, days: int
) -> None:
    walk.begin("voorziening_regelen", {**CASE, "slachtofferkaart": CARD, "soort": kind})
    [task] = walk.tasks.values()
    assert task.roles == (role,)
    assert task.due == MONDAY + timedelta(days=days)


@pytest.mark.parametrize(
    ("dublin", "reminded_after"), [("nee", timedelta(days=78)), ("ja", timedelta(days=16))]
)
def test_the_end_of_the_reflection_period_is_announced_in_time(
    walk: Walk, dublin: str, reminded_after: timedelta
) -> None:
    walk.begin("verblijf_regelen", {**CASE, "slachtofferkaart": CARD})
    start = MONDAY.date()
    walk.do("bedenktijd_vastleggen", {"bedenktijd": answers(start=start, dublin=dublin)})
    assert walk.last.next_due is not None
    assert walk.last.next_due.date() == start + reminded_after


def answers(**told: Any) -> dict[str, Any]:
    return {"loopt": "ja", **told}


def test_veilig_thuis_that_stays_silent_is_asked_without_taking_its_task_away(walk: Walk) -> None:
    walk.begin("meldcode", CASE)
    walk.do("signalen_in_kaart_brengen", {"meldcode": {"nu_onveilig": "ja"}})
    walk.do("veilig_thuis_melden").wait(days=5)
    assert walk.open == ["melding_beoordelen"], "five days end on a Saturday"
    walk.wait(days=2)
    assert walk.open == ["melding_beoordelen", "veilig_thuis_navragen"]
    walk.do("melding_beoordelen", {"vt_reactie": {"besluit": "onderzoek"}})
    assert walk.task("onderzoek_terugkoppelen").due == MONDAY + timedelta(days=77)


def test_what_is_unsafe_cannot_be_kept_from_veilig_thuis(root: Path) -> None:
    path = root / "forms" / "meldcode" / "meldcode_besluiten.form"
    form = read_form(path.read_bytes(), file=path.name)
    scope = {"meldcode": {"onveilig": "ja"}, "meldcode_afweging": {"advies": "melden"}}
    for decision in ("hulp", "geen_vermoeden"):
        given = {"meldcode": {"besluit": decision, "motivering": "Het gezin wil niet."}}
        with pytest.raises(InvalidInput) as refused:
            validate(form, given, scope=scope, env=Environment(now=MONDAY))
        assert "meldcode.besluit" in refused.value.fields


def test_help_that_stops_takes_everything_with_it(walk: Walk) -> None:
    walk.begin("hulp_verlenen", {**CASE, "slachtofferkaart": CARD, "intake": {}})
    plan = {"plek": "nodig", "voorzieningen": ["brp", "inkomen"]}
    walk.do("hulpplan_maken", {"hulpplan": plan}).wait(days=32)
    stopped = {"vervolg": "stoppen", "reden": "uit_beeld"}
    walk.do("voortgang_bespreken", {"voortgang": stopped})
    assert walk.last.ended
    assert walk.open == []
    assert "brp_regelen" in walk.cancelled


def test_help_that_is_done_waits_for_what_still_runs(walk: Walk) -> None:
    walk.begin("hulp_verlenen", {**CASE, "slachtofferkaart": CARD, "intake": {}})
    walk.do("hulpplan_maken", {"hulpplan": {"plek": "geregeld", "voorzieningen": ["brp"]}})
    walk.wait(days=32).do("voortgang_bespreken", {"voortgang": {"vervolg": "afronden"}})
    assert walk.open == ["brp_regelen", "comensha_afwegen"]
    assert not walk.last.ended
