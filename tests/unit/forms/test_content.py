"""Every form of the repository: sound, complete, and possible to fill in."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from service.domain.errors import InvalidInput
from service.forms import FormDefinition, check_form, draft, read_form, render_model, validate
from service.forms.component import Component, Level
from service.forms.field_types.choices import offered
from service.forms.values import get, put
from tests.unit.forms.form_builder import ENV, NOW, outcome

FORMS = Path(__file__).parents[3] / "forms"
FILES = sorted(FORMS.glob("*/*.form"))
SCOPE: dict[str, Any] = {
    "gemeente": {
        "af_model": "gesplitst",
        "extra_vormen": True,
        "overleggen": [{"id": "regionale-tafel", "naam": "Regionale Tafel", "elke": "P6M"}],
    }
}
WARNINGS = ("Noem alleen namen als het nodig is.", "Schrijf hier geen persoonsgegevens op.")
VALUES = {
    "bsn": "111222333",
    "kvk": "12345678",
    "zaak": "2026-K7QF-3XDM",
    "email": "a@voorbeeld.nl",
    "phone": "0612345678",
}


@pytest.fixture(params=FILES, ids=[path.stem for path in FILES])
def path(request: pytest.FixtureRequest) -> Path:
    found: Path = request.param
    return found


@pytest.fixture
def form(path: Path) -> FormDefinition:
    return read_form(path.read_bytes(), file=path.name)


def a_value(component: Component) -> Any:
    """Some answer that fits the question."""
    if options := offered(component, SCOPE, ENV):
        many = component.type.name in ("checklist", "taglist")
        values = [option.value for option in options]
        return values if many else values[0]
    fixed = component.properties.get("controle") or component.validation.get("validationType")
    by_type = {
        "number": "2",
        "checkbox": "on",
        "filepicker": ["7a9c0a52-0000-4000-8000-000000000001"],
        "datetime": NOW.isoformat()[:16] if component.raw.get("subtype") else "",
    }
    if component.type.name == "datetime" and component.raw.get("subtype") == "date":
        return NOW.date().isoformat()
    words = "Zoals gezien. " * 5
    most = int(component.validation.get("maxLength", len(words)))
    return VALUES.get(str(fixed)) or by_type.get(component.type.name) or words[:most]


def everything(level: Level) -> dict[str, Any]:
    """An answer to each question of a level, and one row in each list."""
    found: dict[str, Any] = {}
    for component in level.inputs:
        if not component.readonly:
            put(found, component.path, a_value(component))
    for component in level.lists:
        assert component.level is not None
        put(found, component.path, [everything(component.level)])
    return found


def asked(level: Level, prefix: str = "") -> Iterator[tuple[str, Component]]:
    for component in level.inputs:
        yield prefix + component.path, component
    for component in level.lists:
        assert component.level is not None
        yield from asked(component.level, f"{prefix}{component.path}.0.")


def test_nothing_at_all_is_to_be_said_about_the_form(path: Path) -> None:
    assert check_form(path.read_bytes(), file=path.name) == []


def test_the_id_of_the_form_is_the_user_task(path: Path, form: FormDefinition) -> None:
    assert form.id == path.stem
    assert form.title not in ("", form.id)


def test_each_long_text_warns_about_names(path: Path) -> None:
    for component in parts(json.loads(path.read_text())["components"]):
        if component["type"] == "textarea" and not component.get("readonly"):
            assert component["description"].endswith(WARNINGS), component["label"]


def parts(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for component in components:
        yield component
        yield from parts(component.get("components", []))


def test_a_full_set_of_answers_is_accepted(form: FormDefinition) -> None:
    raw = everything(form.level)
    found = validate(form, raw, scope=SCOPE, env=ENV)
    shown = render_model(form, values=draft(form, raw), errors={}, scope=SCOPE, env=ENV)
    assert found
    assert shown.nodes


def test_whoever_only_fills_in_what_is_asked_gets_through(form: FormDefinition) -> None:
    """Given nothing, when each complaint is followed, then the answers are accepted."""
    raw: dict[str, Any] = {}
    for _ in range(6):
        fields = outcome(form, raw, SCOPE)
        if not fields:
            return
        for path, question in asked(form.level):
            if path in fields or path.split(".0.")[0] in fields:
                put(raw, path, a_value(question))
    pytest.fail(f"still refused: {fields} for {raw}")


def test_an_empty_post_names_only_questions_of_the_form(form: FormDefinition) -> None:
    names = {name for name, _ in asked(form.level)} | {c.path for c in form.level.lists}
    assert set(outcome(form, {}, SCOPE)) <= names


@pytest.fixture
def report() -> FormDefinition:
    path = FORMS / "meldroute_signaal" / "signaal_indienen.form"
    return read_form(path.read_bytes(), file=path.name)


def test_an_acute_signal_needs_two_answers(report: FormDefinition) -> None:
    raw = {"signaal.acuut_gevaar": "ja", "signaal.omschrijving": "Help, nu"}
    found = validate(report, raw, scope=SCOPE, env=ENV)
    assert get(found, "signaal.omschrijving") == "Help, nu"


def test_any_other_signal_is_asked_where_and_about_whom(report: FormDefinition) -> None:
    raw = {"signaal.acuut_gevaar": "nee", "signaal.omschrijving": "x" * 20}
    with pytest.raises(InvalidInput) as caught:
        validate(report, raw, scope=SCOPE, env=ENV)
    assert {
        "signaal.adres",
        "signaal.telefoon",
        "signaal.gaat_over",
        "signaal.vorm",
        "signaal.minderjarig",
        "signaal.hoedanigheid",
    } <= set(caught.value.fields)


def test_an_anonymous_reporter_leaves_no_name_behind(report: FormDefinition) -> None:
    raw = {
        "signaal.acuut_gevaar": "ja",
        "signaal.omschrijving": "Help",
        "signaal.anoniem": "ja",
        "signaal.naam": "Piet",
        "signaal.telefoon": "0612345678",
    }
    found = validate(report, raw, scope=SCOPE, env=ENV)["signaal"]
    assert "naam" not in found
    assert "telefoon" not in found


def test_contact_details_belong_to_the_domain_of_the_reporter(report: FormDefinition) -> None:
    by_key = {field.key: field for field in report.fields}
    for name in ("naam", "telefoon", "email", "organisatie", "hoedanigheid"):
        assert by_key[f"signaal.{name}"].domain == "melder"


def test_whether_there_is_danger_is_asked_first(report: FormDefinition) -> None:
    first = render_model(report, values={}, errors={}, scope=SCOPE, env=ENV).nodes[0]
    assert getattr(first, "name", "") == "signaal.acuut_gevaar"


def test_another_urgency_than_proposed_has_to_be_explained() -> None:
    path = FORMS / "meldroute_signaal" / "triage.form"
    form = read_form(path.read_bytes(), file=path.name)
    raw = everything(form.level)
    raw["triage"] |= {"toelichting": "", "urgentie": "laag"}
    with pytest.raises(InvalidInput) as caught:
        validate(form, raw, scope={"voorstel_urgentie": "hoog"}, env=ENV)
    assert set(caught.value.fields) == {"triage.toelichting"}
    assert validate(form, raw, scope={"voorstel_urgentie": "laag"}, env=ENV)
