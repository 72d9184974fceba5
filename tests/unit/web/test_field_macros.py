"""The macros draw every form of the product, and draw it accessibly."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import Babel
from lxml import html

from service import forms
from service.domain.working_days import WorkingCalendar
from service.feel import Environment

ROOT = Path(__file__).parents[3]
FORMS = sorted((ROOT / "forms").glob("*/*.form"))
ENVIRONMENT = Environment(now=datetime(2026, 11, 20, 13, tzinfo=UTC), calendar=WorkingCalendar())


@pytest.fixture(scope="module")
def app() -> Flask:
    app = Flask("service.web")
    Babel(app, default_locale="nl")
    return app


def drawn(app: Flask, file: Path, errors: dict[str, list[str]] | None = None) -> html.HtmlElement:
    form = forms.read_form(file.read_bytes(), file=file.name)
    model = forms.render_model(
        form, values={}, errors=errors or {}, scope={"gemeente": {}}, env=ENVIRONMENT
    )
    with app.test_request_context():
        macros = app.jinja_env.get_template("macros/fields.html").make_module(
            dict(app.jinja_env.globals)
        )
        return html.fromstring(str(macros.fields(model, "/velden")))


@pytest.mark.parametrize("file", FORMS, ids=lambda file: file.stem)
def test_every_control_of_a_form_has_a_label_and_its_own_id(app: Flask, file: Path) -> None:
    page = drawn(app, file)

    ids = Counter(page.xpath("//@id"))
    labelled = set(page.xpath("//label/@for"))
    controls = page.xpath("//input[not(@type='hidden')] | //textarea | //select")
    assert [name for name, times in ids.items() if times > 1] == []
    assert [control.get("id") for control in controls if control.get("id") not in labelled] == []
    assert all(fieldset.xpath("./legend") for fieldset in page.xpath("//fieldset[@role]"))


@pytest.mark.parametrize("file", FORMS, ids=lambda file: file.stem)
def test_every_description_that_a_control_points_to_is_there(app: Flask, file: Path) -> None:
    form = forms.read_form(file.read_bytes(), file=file.name)
    page = drawn(app, file, {field.key: ["Vul dit in."] for field in form.fields})

    ids = set(page.xpath("//@id"))
    pointed = {name for value in page.xpath("//@aria-describedby") for name in value.split()}
    assert pointed - ids == set()


def test_an_error_is_said_beside_the_question(app: Flask) -> None:
    file = ROOT / "forms/meldroute_signaal/triage.form"

    page = drawn(app, file, {"triage.type": ["Kies een antwoord."]})

    question = page.get_element_by_id("veld-triage-type")
    assert question.get("aria-invalid") == "true"
    assert "Kies een antwoord." in question.text_content()


def test_a_question_that_is_not_asked_now_is_there_for_a_page_without_scripts(app: Flask) -> None:
    page = drawn(app, ROOT / "forms/meldroute_signaal/triage.form")

    not_asked = page.xpath("//div[contains(@class, 'mr-not-asked')]//textarea")
    assert not_asked
