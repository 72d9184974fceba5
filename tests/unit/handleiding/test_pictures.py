"""Every diagram has its picture in the handleiding, and no picture is of an older diagram."""

from pathlib import Path

import pytest

from tests.unit.handleiding.pictures import PICTURES, diagrams, is_fresh, picture_of


@pytest.mark.parametrize("diagram", diagrams(), ids=lambda path: path.stem)
def test_a_picture_is_of_the_diagram_as_it_is_now(diagram: Path) -> None:
    assert is_fresh(diagram), "run: python -m tests.browser.pictures"


def test_there_is_no_picture_of_a_diagram_that_is_gone() -> None:
    assert set(PICTURES.glob("*.svg")) == {picture_of(diagram) for diagram in diagrams()}
