"""The page for process owners keeps up with the language."""

from pathlib import Path

import pytest

from service.feel import limits
from service.feel.functions import BUILT_INS

PAGE = (Path(__file__).parents[3] / "docs" / "feel.md").read_text()


@pytest.mark.parametrize("name", sorted(BUILT_INS))
def test_every_function_is_documented_with_its_arguments(name):
    for way in BUILT_INS[name]:
        arguments = ", ".join(p.name + "?" * p.optional + "*" * p.variadic for p in way.parameters)
        assert f"`{name}({arguments})`" in PAGE


@pytest.mark.parametrize(
    "bound",
    [limits.MAX_SOURCE, limits.MAX_NODES, limits.MAX_STEPS, limits.MAX_STRING, limits.MAX_LIST],
)
def test_every_bound_is_documented(bound):
    assert f"{bound:,}".replace(",", " ") in PAGE
