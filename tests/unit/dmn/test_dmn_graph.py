"""Requirements: evaluated when read, once, in the order that they are needed."""

from decimal import Decimal

import pytest

from service.dmn import imports_others, read_dmn, read_together
from service.domain.errors import ExpressionError, NotFound, Refused


def decision(name, text, *requires, type_ref=""):
    typed = f' typeRef="{type_ref}"' if type_ref else ""
    needs = "".join(
        f'<informationRequirement><required{kind} href="#{target}"/></informationRequirement>'
        if kind != "Knowledge"
        else f'<knowledgeRequirement><requiredKnowledge href="#{target}"/></knowledgeRequirement>'
        for kind, target in requires
    )
    return (
        f'<decision id="{name}" name="{name}"><variable name="{name}"{typed}/>{needs}'
        f"<literalExpression><text><![CDATA[{text}]]></text></literalExpression></decision>"
    )


def given_input(name, type_ref):
    variable = f'<variable name="{name}" typeRef="{type_ref}"/>'
    return f'<inputData id="{name}" name="{name}">{variable}</inputData>'


def knowledge(name, parameters, text, *, type_ref=""):
    formal = "".join(
        f'<formalParameter name="{n}"' + (f' typeRef="{t}"/>' if t else "/>")
        for n, t in parameters.items()
    )
    typed = f' typeRef="{type_ref}"' if type_ref else ""
    return (
        f'<businessKnowledgeModel id="{name}" name="{name}"><variable name="{name}"{typed}/>'
        f"<encapsulatedLogic>{formal}<literalExpression><text><![CDATA[{text}]]></text>"
        "</literalExpression></encapsulatedLogic></businessKnowledgeModel>"
    )


def test_a_required_decision_comes_first(wrap, decide):
    content = wrap(
        decision("besluit", "basis * 2", ("Decision", "basis")),
        decision("basis", "score + 1", ("Input", "score")),
        given_input("score", "number"),
    )
    assert decide(content, score=4).value == Decimal(10)


def test_a_required_decision_that_is_not_read_is_not_evaluated(wrap, decide):
    content = wrap(
        decision("besluit", "if score > 0 then 1 else zwaar", ("Decision", "zwaar")),
        decision("zwaar", "nergens.bekend + 1"),
    )
    outcome = decide(content, score=4)
    assert outcome.value == 1
    assert outcome.diagnoses == ()


def test_a_decision_that_needs_itself_is_null_with_a_diagnosis(wrap, decide):
    content = wrap(
        decision("besluit", "ander", ("Decision", "ander")),
        decision("ander", "besluit", ("Decision", "besluit")),
    )
    outcome = decide(content)
    assert outcome.value is None
    assert "zichzelf" in outcome.diagnoses[0].message


def test_an_input_of_another_type_is_null_with_a_diagnosis(wrap, decide):
    content = wrap(decision("besluit", "score", ("Input", "score")), given_input("score", "number"))
    outcome = decide(content, score="veel")
    assert outcome.value is None
    assert "'score'" in outcome.diagnoses[0].message
    assert decide(content, score=[7]).value == 7


def test_knowledge_is_a_function_with_typed_parameters(wrap, decide):
    dubbel = knowledge("dubbel", {"x": "number"}, "x * 2")
    good = wrap(decision("besluit", "dubbel(21)", ("Knowledge", "dubbel")), dubbel)
    assert decide(good).value == 42
    bad = wrap(decision("besluit", 'dubbel("a")', ("Knowledge", "dubbel")), dubbel)
    assert decide(bad).value is None
    assert decide(bad).diagnoses


def test_an_invocation_binds_parameters_by_name(wrap, decide):
    content = wrap(
        knowledge("min keer", {"a": "", "b": ""}, "a - b"),
        '<decision id="besluit" name="besluit"><knowledgeRequirement><requiredKnowledge '
        'href="#min keer"/></knowledgeRequirement><invocation><literalExpression><text>min keer'
        '</text></literalExpression><binding><parameter name="b"/><literalExpression><text>1'
        '</text></literalExpression></binding><binding><parameter name="a"/><literalExpression>'
        "<text>score</text></literalExpression></binding></invocation></decision>",
    )
    assert decide(content, score=5).value == 4


def test_an_external_function_is_null_with_a_diagnosis(wrap, decide):
    content = wrap(
        '<businessKnowledgeModel id="f" name="f"><encapsulatedLogic kind="Java"><formalParameter '
        'name="x"/><context/></encapsulatedLogic></businessKnowledgeModel>',
        decision("besluit", "f(1)", ("Knowledge", "f")),
    )
    outcome = decide(content)
    assert outcome.value is None
    assert any("nooit uitgevoerd" in item.message for item in outcome.diagnoses)


def test_a_decision_service_takes_its_inputs_in_place_of_decisions(wrap, decide, env):
    content = wrap(
        '<decisionService id="dienst" name="dienst"><outputDecision href="#binnen"/>'
        '<inputDecision href="#basis"/><inputData href="#score"/></decisionService>',
        decision("binnen", "basis + score", ("Decision", "basis"), ("Input", "score")),
        decision("basis", "100"),
        decision("besluit", "dienst(1, 2)", ("Knowledge", "dienst")),
        given_input("score", "number"),
    )
    assert decide(content).value == 3
    definitions = read_dmn(content, file="a.dmn")
    outputs, outcome = definitions.call_service("dienst", {"basis": 5, "score": 6}, env)
    assert (outputs, outcome.value) == (("binnen",), 11)
    with pytest.raises(NotFound):
        definitions.call_service("onbekend", {}, env)


def test_endless_recursion_stops_with_an_error(wrap, decide):
    content = wrap(
        '<businessKnowledgeModel id="f" name="f"><knowledgeRequirement><requiredKnowledge '
        'href="#f"/></knowledgeRequirement><encapsulatedLogic><formalParameter name="x"/>'
        "<literalExpression><text>f(x + 1) + f(x + 2)</text></literalExpression>"
        "</encapsulatedLogic></businessKnowledgeModel>",
        decision("besluit", "f(1)", ("Knowledge", "f")),
    )
    with pytest.raises(ExpressionError):
        decide(content)


def test_an_imported_model_gives_its_knowledge_and_types(wrap, env):
    shared = read_dmn(
        wrap(knowledge("begroet", {"wie": ""}, '"Dag " + wie'), namespace="urn:gedeeld"),
        file="gedeeld.dmn",
    )
    content = wrap(
        '<import name="gedeeld" namespace="urn:gedeeld" importType="x"/>',
        '<decision id="besluit" name="besluit"><knowledgeRequirement><requiredKnowledge '
        'href="urn:gedeeld#begroet"/></knowledgeRequirement><literalExpression><text>'
        'gedeeld.begroet("Ada")</text></literalExpression></decision>',
    )
    definitions = read_dmn(content, file="a.dmn", imported=[shared])
    assert definitions.decide("besluit", {}, env).value == "Dag Ada"


def test_an_unknown_decision_is_not_found(wrap, table, decide):
    with pytest.raises(NotFound, match="anders"):
        decide(wrap(table([["-", "1"]])), "anders")


def test_decisions_are_known_by_id_and_by_name(wrap, table):
    definitions = read_dmn(wrap(table([["-", "1"]])), file="a.dmn")
    assert list(definitions.decisions) == ["besluit"]
    assert definitions.by_name["Besluit"].id == "besluit"


def test_knowledge_may_call_itself(wrap, decide):
    content = wrap(
        knowledge("fib", {"n": "number"}, "if n < 2 then n else fib(n - 1) + fib(n - 2)"),
        decision("besluit", "fib(10)", ("Knowledge", "fib")),
    )
    assert decide(content).value == 55


def imports(name, namespace):
    return f'<import name="{name}" namespace="{namespace}"/>'


def test_models_that_import_one_another_are_read_in_their_order(wrap, env):
    last = wrap(
        decision("a", "score + 1", ("Input", "score")),
        given_input("score", "number"),
        namespace="urn:a",
    )
    middle = wrap(
        imports("eerst", "urn:a"),
        decision("b", "eerst.a * 2", ("Decision", "a")).replace("#a", "urn:a#a"),
        namespace="urn:b",
    )
    first = wrap(
        imports("dan", "urn:b"),
        decision("c", "dan.b + 1", ("Decision", "b")).replace("#b", "urn:b#b"),
        namespace="urn:c",
    )
    read = read_together({"a.dmn": first, "b.dmn": middle, "c.dmn": last})
    assert [model.namespace for model in read] == ["urn:a", "urn:b", "urn:c"]
    assert read[-1].decide("c", {"score": 4}, env).value == 11


def test_models_in_a_circle_are_read_without_each_other(wrap):
    one = wrap(imports("b", "urn:b"), decision("a", "1"), namespace="urn:a")
    two = wrap(imports("a", "urn:a"), decision("b", "1"), namespace="urn:b")
    assert len(read_together({"1.dmn": one, "2.dmn": two}, strict=False)) == 2


def test_of_models_together_only_the_broken_ones_are_left_out(wrap):
    told = []
    contents = {
        "1.dmn": wrap(decision("a", "1 +")),
        "2.dmn": b"<a",
        "3.dmn": wrap(decision("b", "1")),
    }
    read = read_together(contents, refused=told.append)
    assert [model.file for model in read] == ["3.dmn"]
    assert {error.findings[0].file for error in told} == {"1.dmn", "2.dmn"}
    with pytest.raises(Refused):
        read_together(contents)


def test_a_model_tells_whether_it_imports_others(wrap):
    assert imports_others(wrap(imports("b", "urn:b")))
    assert not imports_others(wrap())
    assert not imports_others(b"<a")


@pytest.mark.parametrize(("value", "kept"), [([1, 2], [1, 2]), ([1, 9], None), ([1, 2, 3], None)])
def test_a_collection_and_its_items_have_limits_of_their_own(wrap, decide, value, kept):
    content = wrap(
        '<itemDefinition name="tPaar" isCollection="true"><typeRef>number</typeRef><allowedValues>'
        "<text>[1..5]</text></allowedValues><typeConstraint><text>count(?) = 2</text>"
        "</typeConstraint></itemDefinition>",
        given_input("paar", "tPaar"),
        decision("besluit", "paar", ("Input", "paar")),
    )
    assert decide(content, paar=value).value == kept
