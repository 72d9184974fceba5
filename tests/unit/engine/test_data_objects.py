"""Data objects of a subprocess are variables of its own; those of a process change nothing."""

from tests.unit.engine.diagrams import END, START, Case, bpmn, chain, io, many, sub, user

BLAD = (
    '<dataObject id="o1"/><dataObjectReference id="r1" name="blad" dataObjectRef="o1"/>'
    '<dataObject id="o2" name="Het hele blad"/>'
)
INSIDE = '<startEvent id="sb"/>' + user("in") + '<endEvent id="se"/>' + chain("sb", "in", "se")


def test_a_data_object_lives_as_long_as_its_subprocess() -> None:
    body = START + sub("deel", INSIDE, BLAD) + user("na") + END
    case = Case(bpmn(body + chain("begin", "deel", "na", "einde")), variables={"blad": "buiten"})
    case.complete("in", blad="binnen", los=1)
    assert case.variables == {"blad": "buiten", "los": 1}


def test_output_mappings_take_it_outside() -> None:
    mapping = io(outputs={"uitkomst": "=blad"})
    deel = sub("deel", INSIDE, f"<extensionElements>{mapping}</extensionElements>" + BLAD)
    case = Case(bpmn(START + deel + END + chain("begin", "deel", "einde")))
    case.complete("in", blad="binnen")
    assert case.variables == {"uitkomst": "binnen"}


def test_an_input_mapping_fills_it_and_each_instance_has_its_own() -> None:
    loop = many(
        'inputCollection="=[1, 2]" inputElement="x" outputCollection="uit" outputElement="=blad"'
    )
    deel = sub("deel", INSIDE, loop + BLAD)
    case = Case(bpmn(START + deel + END + chain("begin", "deel", "einde")))
    case.complete("in", blad="een")
    case.complete("in", blad="twee")
    assert case.variables == {"uit": ["een", "twee"]}


def test_a_data_object_of_the_process_is_a_note() -> None:
    case = Case(bpmn(BLAD + START + user("a") + END + chain("begin", "a", "einde")))
    assert case.variables == {}
    case.complete("a", blad=1)
    assert case.variables == {"blad": 1}
