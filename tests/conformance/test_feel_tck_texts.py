"""Every expression of the conformance kit, printed and read back, is the same expression."""

import os
from pathlib import Path

import pytest
from lxml import etree

from service.domain.errors import ExpressionError
from service.feel.parse import parse_expression, parse_unary_tests
from service.feel.printer import print_tree

KIT = Path(
    os.environ.get("MELDROUTE_TCK_DIR") or Path(__file__).parents[2].parent / "shared" / "dmn-tck"
)
READERS = (parse_expression, parse_unary_tests)


def expressions():
    """Every text in a model that reads as an expression or as a cell, with its reader."""
    for file in sorted(KIT.rglob("*.dmn")):
        for element in etree.parse(file).getroot().iter("{*}text"):
            for read in READERS:
                try:
                    read(element.text or "")
                except ExpressionError:
                    continue
                yield element.text, read


@pytest.mark.skipif(
    not KIT.is_dir(),
    reason="the DMN TCK is not here; set MELDROUTE_TCK_DIR to the folder that holds it",
)
def test_every_expression_of_the_kit_survives_printing():
    found = list(expressions())
    for text, read in found:
        tree = read(text)
        assert read(print_tree(tree)) == tree, text
    assert len(found) > 3_000
