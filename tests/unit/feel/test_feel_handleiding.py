"""Every example on the page for process owners is computed."""

import json
import re
from datetime import datetime
from pathlib import Path

import pytest

from service.domain.working_days import AMSTERDAM
from service.feel import Environment, compile_expression, compile_unary_tests, feel_text

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "handleiding" / "feel.md").read_text()
CASE = json.loads(re.search(r"```json\n(.*?)```", PAGE, re.DOTALL)[1])
ENV = Environment(now=datetime(2026, 3, 6, 15, 0, tzinfo=AMSTERDAM))
CODE = r"`([^`]+)`"


def rows(header):
    """The cells in code of every row below each table with this header."""
    for table in re.findall(rf"^\| {header} .*\n\|[-|]+\n((?:\|.*\n)+)", PAGE, re.MULTILINE):
        for line in table.splitlines():
            yield tuple(re.findall(CODE, line))


EXAMPLES = [row[:2] for row in rows("Expressie")]
CELLS = [row[:3] for row in rows("Cel")]


@pytest.mark.parametrize(("source", "given"), EXAMPLES)
def test_an_example_gives_what_the_page_says(source, given):
    assert feel_text(compile_expression(source).evaluate(CASE, ENV).value) == given


@pytest.mark.parametrize(("cell", "value", "fits"), CELLS)
def test_a_cell_fits_as_the_page_says(cell, value, fits):
    tested = compile_expression(value).evaluate({}, ENV).value
    assert feel_text(compile_unary_tests(cell).matches(tested, {}, ENV).value) == fits


def test_the_page_has_many_examples():
    assert len(EXAMPLES) > 30
    assert len(CELLS) > 7


def test_a_good_part_of_the_examples_comes_from_the_meldroute():
    content = "\n".join(
        path.read_text()
        for pattern in ("processes/*/*.bpmn", "processes/*/*.dmn", "forms/*/*.form")
        for path in ROOT.glob(pattern)
    )
    content = content.replace("&gt;", ">").replace("&lt;", "<").replace('\\"', '"')
    written = [row[0] for row in (*EXAMPLES, *CELLS)]
    assert sum(source in content for source in written) >= 10


def test_every_warning_about_a_table_is_explained():
    source = "".join(
        path.read_text() for path in (ROOT / "service" / "dmn" / "analysis").glob("*.py")
    )
    for code in re.findall(r'"([a-z]+(?:-[a-z]+)+|gap)"', source):
        if code not in ("no-catch-all", "not-analysed"):
            assert f"`{code}`" in PAGE
