"""What a form may contain, and what is refused by name."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.errors import Refused
from service.domain.findings import Severity, errors_of
from service.forms import check_form, read_form
from tests.unit.forms.form_builder import CARE, a_form, a_part, a_source, options


def codes(*parts: Any, **more: Any) -> list[str]:
    return [finding.code for finding in check_form(a_source(*parts, **more), file="x.form")]


def test_the_first_heading_is_the_title_and_leaves_the_text() -> None:
    form = a_form(a_part("text", text="# Hallo daar\n\nWelkom"), a_part("textfield", "a.b"))
    assert form.title == "Hallo daar"
    assert form.level.components[0].raw["text"] == "Welkom"


def test_a_form_without_a_heading_is_called_after_its_id() -> None:
    assert a_form(a_part("textfield", "a")).title == "proef"


def test_fields_are_flat_and_say_how_careful_to_be() -> None:
    inner = a_part("textfield", "naam", properties={"domein": "straf"})
    row = a_part("dynamiclist", path="v.rijen", label="Rijen", components=[inner])
    group = a_part("group", label="G", path="v", components=[a_part("number", "n")])
    form = a_form(group, row)
    assert [(f.key, f.repeated, f.domain) for f in form.fields] == [
        ("v.n", False, "algemeen"),
        ("v.rijen.naam", True, "straf"),
    ]
    field = form.field("v.rijen.3.naam")
    assert field is not None
    assert field.key == "v.rijen.naam"


@pytest.mark.parametrize(
    ("part", "code"),
    [
        (a_part("html", content="<b>"), "unknown-type"),
        (a_part("iframe"), "unknown-type"),
        (a_part("button", label="OK"), "unknown-type"),
        (a_part("hologram", "a"), "unknown-type"),
        (a_part("textfield", "a", disabled=True), "unknown-attribute"),
        (a_part("textfield", "a", validate={"max": 3}), "unknown-attribute"),
        (a_part("textfield", "a", properties={"kleur": "rood"}), "unknown-attribute"),
        (a_part("textfield", "a", conditional={"show": "=true"}), "unknown-attribute"),
        (a_part("textfield", "a", validate=[1]), "bad-attribute"),
        (a_part("textfield", "a", label=""), "missing-label"),
        (a_part("textfield", "a..b"), "bad-key"),
        (a_part("textfield", "a.0"), "bad-key"),
        (a_part("textfield", "_a"), "bad-key"),
        (a_part("textfield", "a", conditional={"hide": "=a b ("}), "bad-expression"),
        (a_part("textfield", "a", conditional={"hide": "true"}), "bad-expression"),
        (a_part("textfield", "a", conditional={"hide": '=b > 1 + "a"'}), "bad-expression"),
        (a_part("textfield", "a", properties={"eis": 5}), "bad-expression"),
        (a_part("textfield", "a", properties={"domein": "geheim"}), "unknown-care"),
        (a_part("textfield", "a", properties={"gevoeligheid": "zeer"}), "unknown-care"),
        (a_part("textfield", "a", readonly="=true"), "readonly-expression"),
        (a_part("textfield", "a", validate={"pattern": "("}), "bad-pattern"),
        (a_part("textfield", "a", validate={"pattern": "(a+)+b"}), "slow-pattern"),
        (a_part("textfield", "a", validate={"minLength": -1}), "bad-length"),
        (a_part("textfield", "a", validate={"minLength": 9, "maxLength": 3}), "bad-length"),
        (a_part("textfield", "a", validate={"validationType": "iban"}), "unknown-validation"),
        (a_part("textfield", "a", properties={"controle": "iban"}), "unknown-check"),
        (a_part("number", "a", validate={"min": "veel"}), "bad-bound"),
        (a_part("number", "a", increment=0), "bad-bound"),
        (a_part("number", "a", decimalDigits="x"), "bad-bound"),
        (a_part("number", "a", serializeToString=True), "unsupported-attribute"),
        (a_part("datetime", "a", subtype="week"), "unknown-subtype"),
        (
            a_part("datetime", "a", subtype="datetime", timeSerializingFormat="no_timezone"),
            "no-timezone",
        ),
        (a_part("datetime", "a", subtype="time", disallowPassedDates=True), "ignored-rule"),
        (a_part("radio", "a"), "missing-options"),
        (a_part("radio", "a", values=[{"label": "x", "value": 1}]), "bad-option"),
        (a_part("select", "a", values=options("x", "x")), "duplicate-option"),
        (
            a_part("select", "a", valuesExpression="=lijst", values=options("x")),
            "options-twice",
        ),
        (a_part("filepicker", "a", accept=".exe"), "unsupported-file-type"),
        (a_part("filepicker", "a", multiple="=true"), "unsupported-attribute"),
        (a_part("text", text=""), "missing-text"),
        (a_part("text", text="Dag {{naam}}"), "text-expression"),
        (a_part("group", label="G", properties={"een_van": "a.b"}), "unknown-key"),
        (a_part("dynamiclist", label="L", components=[]), "missing-key"),
        (a_part("dynamiclist", label="L", path="l", properties={"maximaal": 9999}), "bad-rows"),
        ("geen object", "unknown-type"),
    ],
)
def test_what_would_be_ignored_or_go_wrong_is_refused(part: Any, code: str) -> None:
    findings = check_form(a_source(part), file="x.form")
    assert code in [finding.code for finding in errors_of(findings)]


def test_a_refusal_carries_every_finding_and_reads_as_a_sentence() -> None:
    with pytest.raises(Refused, match="niet ondersteund") as caught:
        read_form(a_source(a_part("html"), a_part("iframe")), file="x.form")
    assert len(caught.value.findings) == 2


def test_two_questions_cannot_share_a_key_or_stand_on_each_other() -> None:
    assert "duplicate-key" in codes(a_part("textfield", "a"), a_part("number", "a"))
    assert "duplicate-key" in codes(a_part("textfield", "a"), a_part("number", "a.b"))
    assert "duplicate-id" in codes(a_part("textfield", "a"), a_part("number", "b", id="Veld_a"))


def test_settings_left_empty_by_the_editor_are_no_remark() -> None:
    part = a_part("textfield", "a", disabled=False, appearance={"suffixAdorner": ""})
    assert codes(part) == []


def test_a_field_that_says_nothing_about_care_is_warned_about() -> None:
    part = a_part("textfield", "a")
    del part["properties"]
    findings = check_form(a_source(part), file="x.form")
    assert {finding.severity for finding in findings} == {Severity.WARNING}
    assert len(findings) == len(CARE)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xff\xfe", "not-json"),
        (b"{", "not-json"),
        (b'{"a": NaN}', "not-json"),
        (b"[" * 100_000, "not-json"),
        (b"[]", "not-a-form"),
        (b'{"type": "default"}', "no-components"),
        (b" " * 600_000, "too-large"),
    ],
)
def test_a_file_that_is_no_form_is_refused(content: bytes, code: str) -> None:
    assert code in [finding.code for finding in check_form(content, file="x.form")]


def test_the_form_itself_is_checked_too() -> None:
    assert codes(schemaVersion=20) == ["schema-version"]
    assert codes(schemaVersion=True) == ["schema-version"]
    assert codes(id="") == ["missing-id"]
    assert codes(type="anders") == ["not-a-form"]
    assert codes(onLoad="alert(1)") == ["unknown-attribute"]


def test_depth_and_number_of_fields_are_bounded() -> None:
    deep = a_part("textfield", "a")
    for number in range(9):
        deep = a_part("group", label="G", components=[deep], id=f"G{number}")
    assert "too-deep" in codes(deep)
    many = [a_part("textfield", f"a{number}") for number in range(600)]
    assert codes(*many).count("too-many") == 1


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(
            ["type", "id", "key", "label", "values", "validate", "properties", "components",
             "conditional", "layout", "path", "text", "hide", "required", "pattern", "een_van"]
        ),
        inner | st.sampled_from(["textfield", "radio", "group", "dynamiclist", "=a", "a.b"]),
        max_size=6,
    ),
    max_leaves=20,
)  # fmt: skip


@given(components=st.lists(JUNK, max_size=4))
def test_checking_never_raises(components: list[Any]) -> None:
    check_form(a_source(*components), file="x.form")


@given(content=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_checking_any_bytes_never_raises(content: bytes) -> None:
    assert check_form(content, file="x.form")
