"""Boxed expressions other than tables."""

from decimal import Decimal

import pytest

from service.dmn import check_dmn

L = "<literalExpression><text>{}</text></literalExpression>"


def literal(text):
    return L.format(text.replace("&", "&amp;").replace("<", "&lt;"))


def boxed(inner):
    return f'<decision id="besluit" name="besluit">{inner}</decision>'


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        (literal("1 + 1"), Decimal(2)),
        (f"<list>{literal('1')}{literal('score')}</list>", [1, 4]),
        (
            (
                '<relation><column name="a"/><column name="b"/>'
                f"<row>{literal('1')}{literal('2')}</row><row>{literal('3')}{literal('4')}</row>"
                "</relation>"
            ),
            [{"a": 1, "b": 2}, {"a": 3, "b": 4}],
        ),
        (
            (
                f'<context><contextEntry><variable name="x"/>{literal("score * 2")}</contextEntry>'
                f'<contextEntry><variable name="y"/>{literal("x + 1")}</contextEntry></context>'
            ),
            {"x": 8, "y": 9},
        ),
        (
            (
                f'<context><contextEntry><variable name="x"/>{literal("score * 2")}</contextEntry>'
                f"<contextEntry>{literal('x + 1')}</contextEntry></context>"
            ),
            9,
        ),
        (
            (
                f"<conditional><if>{literal('score > 3')}</if><then>{literal('1')}</then>"
                f"<else>{literal('2')}</else></conditional>"
            ),
            1,
        ),
        (
            (
                f'<for iteratorVariable="i"><in>{literal("[1, 2]")}</in><return>'
                f"{literal('i * 10 + count(partial)')}</return></for>"
            ),
            [10, 21],
        ),
        (
            (
                f'<some iteratorVariable="i"><in>{literal("[1, 2]")}</in><satisfies>'
                f"{literal('i > 1')}</satisfies></some>"
            ),
            True,
        ),
        (
            (
                f'<every iteratorVariable="i"><in>{literal("[1, 2]")}</in><satisfies>'
                f"{literal('i > 1')}</satisfies></every>"
            ),
            False,
        ),
        (
            f"<filter><in>{literal('[1, 2, 3]')}</in><match>{literal('item > 1')}</match></filter>",
            [2, 3],
        ),
        (f"<filter><in>{literal('[1, 2, 3]')}</in><match>{literal('-1')}</match></filter>", 3),
        (
            (
                f'<context><contextEntry><variable name="f"/><functionDefinition><formalParameter '
                f'name="x"/>{literal("x + score")}</functionDefinition></contextEntry>'
                f"<contextEntry>{literal('f(10)')}</contextEntry></context>"
            ),
            14,
        ),
    ],
)
def test_a_boxed_expression_has_its_value(wrap, decide, inner, expected):
    outcome = decide(wrap(boxed(inner)), score=4)
    assert outcome.value == expected
    assert outcome.diagnoses == ()


def test_another_expression_language_is_null_with_a_diagnosis(wrap, decide):
    inner = '<literalExpression expressionLanguage="python"><text>1</text></literalExpression>'
    outcome = decide(wrap(boxed(inner)))
    assert outcome.value is None
    assert "expressietaal" in outcome.diagnoses[0].message


def test_a_condition_that_is_no_boolean_gives_null(wrap, decide):
    inner = (
        f'<every iteratorVariable="i"><in>{literal("[1]")}</in><satisfies>{literal("i")}'
        "</satisfies></every>"
    )
    assert decide(wrap(boxed(inner))).value is None


@pytest.mark.parametrize(
    "inner",
    [
        (
            f"<conditional><if>{literal('1')}</if><then>{literal('1')}</then><else>"
            f"{literal('2')}</else></conditional>"
        ),
        f"<filter><in>{literal('[1, 2]')}</in><match>{literal('string(item)')}</match></filter>",
    ],
)
def test_a_choice_by_something_else_than_a_boolean_gives_null(wrap, decide, inner):
    outcome = decide(wrap(boxed(inner)))
    assert outcome.value is None
    assert "niet waar of onwaar" in outcome.diagnoses[0].message


def test_a_java_function_of_the_table_is_computed(wrap, decide):
    named = "".join(
        f'<contextEntry><variable name="{name}"/>{literal(text)}</contextEntry>'
        for name, text in (
            ("class", '"java.lang.Math"'),
            ("method signature", '"max(double, double)"'),
        )
    )
    function = (
        '<functionDefinition kind="Java"><formalParameter name="a"/><formalParameter name="b"/>'
        f"<context>{named}</context></functionDefinition>"
    )
    inner = (
        f'<context><contextEntry><variable name="f"/>{function}</contextEntry>'
        f"<contextEntry>{literal('f(2, score)')}</contextEntry></context>"
    )
    content = wrap(boxed(inner))
    assert decide(content, score=7).value == 7
    assert check_dmn(content, file="a.dmn") == []
