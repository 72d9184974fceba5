"""Whatever stands in the cells of a table, checking it gives findings and nothing else."""

from xml.sax.saxutils import escape

from hypothesis import given
from hypothesis import strategies as st

from service.dmn import check_dmn
from service.dmn.hit_policy import POLICIES

words = st.sampled_from(
    [
        *(
            "-",
            "",
            "1",
            "-1",
            "1e6144",
            "9999999999999999999999999999999999",
            '"a"',
            "true",
            "null",
        ),
        *("<", ">=", "!=", "..", "[", "]", "(", ")", ",", "?", "not", "in", "between", "and", "or"),
        *('@"2026-01-01"', '@"0001-01-01"', '@"9999-12-31"', '@"-99999-01-01"', '@"PT0.5S"'),
        *(
            '@"10:00:00"',
            '@"23:59:59"',
            '@"10:00:00.5"',
            '@"10:00:00Z"',
            '@"P999999999D"',
            '@"P1M"',
        ),
        *('@"2026-01-01T10:00:00"', '@"2026-01-01T10:00:00Z"', '@"9999-12-31T23:59:59"', "abs(?)"),
        *(
            'date("2026-01-01")',
            'duration("P1D")',
            "1 + 1",
            "x",
            "date(",
            "odd(?)",
            '@"-P999999999D"',
        ),
    ]
)
cells = st.one_of(words, st.lists(words, max_size=5).map(" ".join))
types = st.sampled_from(
    ["", "number", "string", "boolean", "date", "time", "Any", "tKleur", "list"]
)


@st.composite
def tables(draw):
    policy, aggregation = draw(st.sampled_from(sorted(POLICIES, key=str)))
    width = draw(st.integers(1, 3))
    inputs = "".join(
        f'<input><inputExpression typeRef="{draw(types)}"><text>{escape(draw(cells))}</text>'
        f"</inputExpression><inputValues><text>{escape(draw(cells))}</text></inputValues></input>"
        for _ in range(width)
    )
    rules = "".join(
        "<rule>"
        + "".join(
            f"<inputEntry><text>{escape(draw(cells))}</text></inputEntry>" for _ in range(width)
        )
        + f"<outputEntry><text>{escape(draw(cells))}</text></outputEntry></rule>"
        for _ in range(draw(st.integers(0, 4)))
    )
    gathers = f' aggregation="{aggregation}"' if aggregation else ""
    return (
        '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" namespace="urn:p">'
        f'<itemDefinition name="tKleur"><typeRef>{draw(types)}</typeRef><allowedValues><text>'
        f"{escape(draw(cells))}</text></allowedValues></itemDefinition>"
        f'<decision id="d" name="d"><decisionTable hitPolicy="{policy}"{gathers}>{inputs}'
        f'<output name="o" typeRef="{draw(types)}"><outputValues><text>{escape(draw(cells))}</text>'
        f"</outputValues></output>{rules}</decisionTable></decision></definitions>"
    ).encode()


@given(tables())
def test_a_check_never_fails(content):
    for finding in check_dmn(content, file="a.dmn"):
        assert finding.reason
        assert finding.way_out
