"""Decision tables: several outputs, defaults, allowed values, and cells that read the case."""

import operator
from collections.abc import Mapping
from datetime import UTC, datetime
from xml.sax.saxutils import escape

from hypothesis import given
from hypothesis import strategies as st

from service.dmn import read_dmn
from service.feel import Environment

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def test_several_outputs_make_a_context(wrap, table, decide):
    content = wrap(table([["> 1", '"A"', "true"]], outputs=("voorstel", "zorgspoor")))
    assert decide(content, score=2).value == {"voorstel": "A", "zorgspoor": True}


def test_the_default_is_used_when_nothing_matches(wrap, table, decide):
    default = '<defaultOutputEntry><text>"anders"</text></defaultOutputEntry>'
    content = wrap(table([["> 1", '"A"']], output_extra={"uitkomst": default}))
    assert decide(content, score=0).value == "anders"
    assert decide(content, score=2).value == "A"


def test_an_input_outside_its_allowed_values_is_null_with_a_diagnosis(wrap, table, decide):
    allowed = {"vorm": '<inputValues><text>"arbeid", "seksueel"</text></inputValues>'}
    content = wrap(table([["-", "1"]], inputs=("vorm",), extra=allowed))
    assert decide(content, vorm="arbeid").value == 1
    outcome = decide(content, vorm="iets")
    assert outcome.value is None
    assert "'vorm'" in outcome.diagnoses[0].message


def test_an_output_outside_its_allowed_values_is_null_with_a_diagnosis(wrap, table, decide):
    allowed = {"uitkomst": '<outputValues><text>"A", "B"</text></outputValues>'}
    outcome = decide(wrap(table([["-", '"C"']], output_extra=allowed)), score=1)
    assert outcome.value is None
    assert "niet toegestaan" in outcome.diagnoses[0].message


def test_cells_read_paths_lists_and_the_value_itself(wrap, table, decide):
    content = wrap(
        table(
            [
                ['"arbeid", "crimineel"', 'list contains(?, "zorg")', '"eerste"'],
                ["-", "count(?) > 2", '"tweede"'],
                ["signaal.verwacht", "-", '"derde"'],
            ],
            inputs=("signaal.vorm", "signaal.sectoren"),
            policy='hitPolicy="FIRST"',
        )
    )

    def decided(vorm, sectoren):
        return decide(
            content, signaal={"vorm": vorm, "sectoren": sectoren, "verwacht": "orgaan"}
        ).value

    assert decided("arbeid", ["zorg"]) == "eerste"
    assert decided("arbeid", ["a", "b", "c"]) == "tweede"
    assert decided("orgaan", []) == "derde"
    assert decided("seksueel", []) is None


def test_a_cell_that_cannot_be_parsed_never_matches_and_says_so(wrap, table, decide):
    outcome = decide(wrap(table([["> > 1", "1"]])), score=1)
    assert outcome.value is None
    assert "Ongeldige expressie" in outcome.diagnoses[0].message


class OnlyWhatIsRead(Mapping):
    """A case that counts which variables are read and cannot be copied."""

    def __init__(self, **values):
        self.values_ = values
        self.read = []

    def __getitem__(self, name):
        self.read.append(name)
        return self.values_[name]

    def __iter__(self):
        raise AssertionError("the case is copied")

    def __len__(self):
        raise AssertionError("the case is measured")


def test_deciding_reads_only_what_the_table_names(wrap, table, env):
    definitions = read_dmn(wrap(table([["> 1", "1"]])), file="a.dmn")
    case = OnlyWhatIsRead(score=2, groot="x" * 1000)
    assert definitions.decide("besluit", case, env).value == 1
    assert set(case.read) == {"score"}


@given(
    score=st.integers(-9, 9),
    bounds=st.lists(
        st.tuples(st.sampled_from(["<", "<=", ">", ">="]), st.integers(-9, 9)), max_size=6
    ),
)
def test_the_rules_that_match_are_those_that_hold(score, bounds):
    signs = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
    holding = [n for n, (sign, bound) in enumerate(bounds, 1) if signs[sign](score, bound)]
    rules = "".join(
        f'<rule id="{number}"><inputEntry><text>{escape(sign)} {bound}</text></inputEntry>'
        f"<outputEntry><text>{number}</text></outputEntry></rule>"
        for number, (sign, bound) in enumerate(bounds, 1)
    )

    def decided(policy):
        content = (
            '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"><decision id="d" '
            f'name="d"><decisionTable hitPolicy="{policy}"><input><inputExpression><text>score'
            f"</text></inputExpression></input><output/>{rules}</decisionTable></decision>"
            "</definitions>"
        ).encode()
        definitions = read_dmn(content, file="a.dmn", strict=False)
        return definitions.decide("d", {"score": score}, Environment(now=NOW)).value

    assert decided("COLLECT") == holding
    assert decided("FIRST") == (holding[0] if holding else None)
    assert decided("UNIQUE") == (holding[0] if len(holding) == 1 else None)
