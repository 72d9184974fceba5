"""Models that import one another, as they stand in a bundle, a folder or a request."""

from pathlib import Path

import pytest

from service.dmn import check_together, read_together
from service.domain.errors import Refused
from service.domain.findings import Severity
from tests.pace import costs_at_most

MODELS = Path(__file__).parent / "models"
FILES = {path.name: path.read_bytes() for path in sorted(MODELS.glob("*.dmn"))}


def imports(name, namespace):
    return f'<import name="{name}" namespace="{namespace}"/>'


def decision(text):
    return (
        f'<decision id="d{len(text)}" name="d"><literalExpression><text>{text}</text>'
        "</literalExpression></decision>"
    )


def codes(contents):
    return [(found.file, found.code) for found in check_together(contents)]


@pytest.mark.parametrize("files", [["normen.dmn", "termijn.dmn"], ["termijn.dmn", "normen.dmn"]])
def test_a_decision_uses_a_decision_a_function_and_a_service_of_another_file(env, files):
    read = read_together({file: FILES[file] for file in files})
    model = next(one for one in read if one.file == "termijn.dmn")
    assert model.decide("termijn", {"leeftijd": 17}, env).value == 2
    assert model.decide("termijn", {"leeftijd": 18}, env).value == 5
    assert model.decide("weegt", {"leeftijd": 16}, env).value == "hoog"
    assert model.decide("weegt", {"leeftijd": 17}, env).value == "normaal"


def test_what_belongs_together_has_no_findings():
    assert check_together(FILES) == []


def test_a_model_that_is_not_there_is_named_with_a_way_out():
    (found,) = check_together({"termijn.dmn": FILES["termijn.dmn"]})
    assert (found.code, found.severity) == ("unknown-import", Severity.ERROR)
    assert "normen" in found.reason
    assert found.way_out
    with pytest.raises(Refused, match="normen"):
        read_together({"termijn.dmn": FILES["termijn.dmn"]})


def test_models_that_need_one_another_are_refused_each(wrap):
    ring = {
        "a.dmn": wrap(imports("b", "urn:b"), decision("1"), namespace="urn:a"),
        "b.dmn": wrap(imports("c", "urn:c"), decision("2"), namespace="urn:b"),
        "c.dmn": wrap(imports("a", "urn:a"), decision("3"), namespace="urn:c"),
        "d.dmn": wrap(imports("a", "urn:a"), decision("4"), namespace="urn:d"),
    }
    circle = [(file, "import-cycle") for file in ("a.dmn", "b.dmn", "c.dmn")]
    assert codes(ring) == circle
    told = []
    read = read_together(ring, refused=told.append)
    assert [model.file for model in read] == ["d.dmn"]
    assert len(told) == 3


def test_a_model_that_imports_itself_is_refused(wrap):
    own = wrap(imports("zelf", "urn:a"), decision("1"), namespace="urn:a")
    assert codes({"a.dmn": own}) == [("a.dmn", "import-cycle")]


def test_a_namespace_of_two_files_matters_only_to_who_imports_it(wrap):
    twins = {file: wrap(decision("1"), namespace="urn:a") for file in ("1.dmn", "2.dmn")}
    assert codes(twins) == []
    reader = wrap(imports("a", "urn:a"), decision("2"), namespace="urn:b")
    (found,) = check_together({**twins, "3.dmn": reader})
    assert found.code == "ambiguous-import"
    assert "1.dmn, 2.dmn" in found.reason


def test_a_mistake_in_an_imported_model_is_told_once(wrap):
    wrong = wrap(decision("1 +"), namespace="urn:a")
    reader = wrap(imports("a", "urn:a"), decision("2"), namespace="urn:b")
    assert codes({"b.dmn": reader, "a.dmn": wrong}) == [("a.dmn", "unparsable-expression")]


def test_many_imports_are_looked_at_quickly(wrap):
    many = "".join(imports(f"n{n}", "urn:b") for n in range(2_000))
    other = "".join(imports(f"n{n}", f"urn:{n}") for n in range(2_000))
    with costs_at_most(5):
        found = codes(
            {
                "a.dmn": wrap(many, decision("1"), namespace="urn:a"),
                "b.dmn": wrap(other, decision("2"), namespace="urn:b"),
            }
        )
    assert found == [("b.dmn", "unknown-import")] * 2_000


def test_tables_are_taken_apart_with_the_types_they_import():
    asked = FILES["termijn.dmn"].replace(
        b"</definitions>",
        b'<decision id="keuze" name="Keuze"><decisionTable id="t"><input><inputExpression typeRef='
        b'"normen.tUrgentie"><text>u</text></inputExpression></input><output/><rule><inputEntry>'
        b'<text>"acuut", "hoog"</text></inputEntry><outputEntry><text>1</text></outputEntry></rule>'
        b"</decisionTable></decision></definitions>",
    )
    (found,) = check_together({"t.dmn": asked, "normen.dmn": FILES["normen.dmn"]})
    assert (found.code, found.element_id) == ("gap", "t")
    assert '"normaal"' in found.reason
