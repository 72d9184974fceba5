"""Every diagram as bpmn-js draws it: nothing overlaps, no word is broken or sticks out."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.paper import blank_paper

DIAGRAMS = sorted((Path(__file__).parents[2] / "processes").glob("*/*.bpmn"))
SHOTS = os.environ.get("SHOTS")
DRAW = """async (xml) => {
  document.body.innerHTML = '<div id="canvas" style="width: 2400px; height: 1200px"></div>';
  const {viewer, warnings} = await drawnOn('#canvas', xml);
  viewer.get('canvas').zoom('fit-viewport');
  const registry = viewer.get('elementRegistry');
  const {scale} = viewer.get('canvas').viewbox();
  const origin = viewer.get('canvas').viewbox();
  const canvas = document.getElementById('canvas').getBoundingClientRect();
  const onCanvas = (box) => ({
    x: (box.x - canvas.x) / scale + origin.x, y: (box.y - canvas.y) / scale + origin.y,
    width: box.width / scale, height: box.height / scale,
  });
  const words = [], shapes = [], broken = [];
  for (const element of registry.getAll()) {
    const inner = element.type.replace('bpmn:', '');
    const drawn = registry.getGraphics(element).querySelector('.djs-visual > text');
    if (element.labelTarget === undefined && !element.waypoints && element.parent?.parent)
      shapes.push({
        id: element.id, type: inner, parent: element.parent.id,
        host: element.host?.id ?? null,
        x: element.x, y: element.y, width: element.width, height: element.height,
      });
    const lines = [...(drawn?.children ?? [])].map((line) => line.textContent.trim());
    const whole = new Set(lines.flatMap((line) => line.split(/\\s+/)));
    for (const word of element.businessObject.name?.split(/\\s+/) ?? [])
      if (lines.length && !whole.has(word)) broken.push(`${word} of ${element.id}`);
    if (drawn && drawn.textContent.trim() && !['Participant', 'Lane'].includes(inner))
      words.push({
        of: element.businessObject.id, outside: element.labelTarget !== undefined,
        text: drawn.textContent, ...onCanvas(drawn.getBoundingClientRect()),
      });
  }
  return {warnings: warnings.map(String), words, shapes, broken};
}"""
Box = dict[str, Any]


@pytest.fixture(scope="module")
def paper(browser: Browser) -> Iterator[Page]:
    page = blank_paper(browser)
    yield page
    page.close()


@pytest.mark.parametrize("path", DIAGRAMS, ids=[path.stem for path in DIAGRAMS])
def test_a_diagram_opens_without_a_warning_and_nothing_lies_over_anything(
    paper: Page, path: Path
) -> None:
    drawn = paper.evaluate(DRAW, path.read_text(encoding="utf-8"))
    if SHOTS:
        paper.screenshot(path=Path(SHOTS) / f"diagram-{path.stem}.png")
    assert drawn["warnings"] == []
    assert drawn["broken"] == [], "words that are broken over two lines"
    shapes = {shape["id"]: shape for shape in drawn["shapes"] if shape["type"] != "Lane"}
    assert list(_overlapping_shapes(shapes)) == []
    assert list(_words_that_do_not_fit(drawn["words"], shapes)) == []


def _overlapping_shapes(shapes: dict[str, Box]) -> Iterator[tuple[str, str]]:
    for one in shapes.values():
        for other in shapes.values():
            together = other["id"] in (one["host"], one["parent"])
            deeper = one["id"] in (other["host"], other["parent"])
            if one["id"] < other["id"] and not (together or deeper) and _over(one, other):
                yield one["id"], other["id"]


def _words_that_do_not_fit(words: list[Box], shapes: dict[str, Box]) -> Iterator[str]:
    for place, word in enumerate(words):
        home = shapes.get(word["of"])
        if not word["outside"] and home is not None and not _within(word, home):
            yield f"{word['text']!r} does not fit in {word['of']}"
        for other in words[place + 1 :]:
            if _over(word, other):
                yield f"{word['text']!r} lies over {other['text']!r}"
        for shape in shapes.values():
            if word["outside"] and _over(word, shape) and not _within(word, shape):
                yield f"{word['text']!r} lies over {shape['id']}"


def _over(one: Box, other: Box, slack: float = 1.5) -> bool:
    """Whether two boxes share more than the breadth of a line, in pixels of the diagram."""
    return bool(
        one["x"] + slack < other["x"] + other["width"]
        and other["x"] + slack < one["x"] + one["width"]
        and one["y"] + slack < other["y"] + other["height"]
        and other["y"] + slack < one["y"] + one["height"]
    )


def _within(inner: Box, outer: Box, slack: float = 1.5) -> bool:
    return bool(
        inner["x"] + slack >= outer["x"]
        and inner["y"] + slack >= outer["y"]
        and inner["x"] + inner["width"] <= outer["x"] + outer["width"] + slack
        and inner["y"] + inner["height"] <= outer["y"] + outer["height"] + slack
    )
