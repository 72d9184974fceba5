"""Decision tables: stock takes the first rule whatever the policy says, and passes over cells."""

import pytest

from service.domain.errors import MeldrouteError
from tests.conformance.stock.driver import Stock
from tests.unit.engine import diagrams as d

DMN = "https://www.omg.org/spec/DMN/20191111/MODEL/"
CALLED = '<zeebe:calledDecision decisionId="keuze" resultVariable="keuze"/>'
CONTENT = d.bpmn(
    d.START
    + f'<businessRuleTask id="k" name="K">{d.ext(CALLED)}</businessRuleTask>'
    + d.user("a")
    + d.END
    + d.chain("begin", "k", "a", "einde")
)


def table(policy: str, *rules: tuple[str, str], values: str = "") -> bytes:
    """A table on ``x`` that gives ``y``."""
    drawn = "".join(
        f'<rule id="r{n}"><inputEntry id="i{n}"><text>{when}</text></inputEntry>'
        f'<outputEntry id="o{n}"><text>{then}</text></outputEntry></rule>'
        for n, (when, then) in enumerate(rules)
    )
    allowed = f'<outputValues id="v"><text>{values}</text></outputValues>' if values else ""
    return (
        f'<definitions xmlns="{DMN}" id="d" name="d" namespace="n">'
        '<decision id="keuze" name="keuze"><variable name="keuze"/>'
        f'<decisionTable id="t" hitPolicy="{policy}"><input id="i" label="x">'
        '<inputExpression id="e" typeRef="number"><text>x</text></inputExpression></input>'
        f'<output id="o" name="y" typeRef="number">{allowed}</output>{drawn}'
        "</decisionTable></decision></definitions>"
    ).encode()


def stock(content: bytes, x: int) -> object:
    """What stock makes of it; None when no rule holds."""
    case = Stock(CONTENT, data={"x": x}, decisions=[content])
    return case.ready[0].data.get("y")


def ours(content: bytes, x: int) -> object:
    """What we make of it."""
    return d.Case(CONTENT, variables={"x": x}, decisions={"k.dmn": content}).variables["keuze"]


TWICE = [("&gt; 1", "1"), ("&gt; 2", "2")]


def test_two_rules_where_only_one_may_hold_are_no_answer() -> None:
    assert stock(table("UNIQUE", *TWICE), 5) == 1
    with pytest.raises(MeldrouteError):
        ours(table("UNIQUE", *TWICE), 5)


def test_the_policy_is_followed() -> None:
    by_value = table("PRIORITY", *TWICE, values="2, 1")
    assert (stock(by_value, 5), ours(by_value, 5)) == (1, 2)
    all_of_them = table("RULE ORDER", *TWICE)
    assert (stock(all_of_them, 5), ours(all_of_them, 5)) == (1, [1, 2])


@pytest.mark.parametrize("cell", ["1, 5, 7", "not(4)"])
def test_a_cell_is_read_as_the_standard_has_it(cell: str) -> None:
    content = table("FIRST", (cell, "1"))
    assert (stock(content, 5), ours(content, 5)) == (None, 1)
