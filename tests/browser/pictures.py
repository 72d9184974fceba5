"""Draws every diagram as an SVG for the handleiding, with bpmn-js in the Chromium of the tests.

In the font of the product. A reader without it gets another, in which every line is made as long.

``python -m tests.browser.pictures`` draws those that are missing or of an older diagram.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser.chromium import ADVICE, find_chromium
from tests.browser.paper import blank_paper
from tests.unit.handleiding.pictures import (
    PICTURES,
    ROOT,
    diagrams,
    is_fresh,
    mark_of,
    picture_of,
)

_DRAW = """async (xml) => {
    const { viewer } = await drawnOn(document.body, xml);
    for (const line of document.querySelectorAll("svg text > tspan")) {
        const text = line.parentElement.cloneNode(false);
        text.textContent = line.textContent.trim();
        for (const at of ["x", "y"]) text.setAttribute(at, line.getAttribute(at));
        line.parentElement.before(text);
        text.setAttribute("textLength", text.getComputedTextLength());
        text.setAttribute("lengthAdjust", "spacingAndGlyphs");
    }
    for (const text of document.querySelectorAll("svg text:has(> tspan)")) text.remove();
    return (await viewer.saveSVG()).svg;
}"""


def draw(wanted: list[Path]) -> Iterator[Path]:
    """Draws these diagrams; gives the pictures."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        page = blank_paper(browser)
        for diagram in wanted:
            picture_of(diagram).write_text(_drawn(page, diagram), encoding="utf-8")
            yield picture_of(diagram)
        browser.close()


def _drawn(page: Page, diagram: Path) -> str:
    svg: str = page.evaluate(_DRAW, diagram.read_text(encoding="utf-8"))
    return f"{_smaller(svg).rstrip()}\n{mark_of(diagram)}\n"


def _smaller(svg: str) -> str:
    """Without what only an editor needs, long fractions, and the same style written out again."""
    svg = re.sub(
        r'<(rect|polyline|path|circle)[^>]*class="djs-(?:hit|outline)[^>]*?(/>|></\1>)', "", svg
    )
    svg = re.sub(r' (?:class="djs-[^"]*"|data-element-id="[^"]*"|style="display: block;")', "", svg)
    svg = re.sub(r"(\d+\.\d{2})\d+", r"\1", svg)
    styles = {text: f"s{number}" for number, text in enumerate(_styles(svg))}
    svg = re.sub(r' style="([^"]+)"', lambda found: f' class="{styles[found[1]]}"', svg)
    sheet = "".join(f".{name}{{{text}}}" for text, name in styles.items())
    return re.sub(r"(<svg [^>]*>)", rf"\1<style>{sheet}</style>", svg, count=1)


def _styles(svg: str) -> list[str]:
    return list(dict.fromkeys(re.findall(r' style="([^"]+)"', svg)))


def main() -> int:
    """Draw what is missing or old; exit 1 and one clear sentence when there is no browser."""
    if find_chromium() is None:
        sys.stderr.write(ADVICE + "\n")
        return 1
    known = {picture_of(diagram) for diagram in diagrams()}
    for left in set(PICTURES.glob("*.svg")) - known:
        left.unlink()
    for picture in draw([diagram for diagram in diagrams() if not is_fresh(diagram)]):
        sys.stdout.write(f"{picture.relative_to(ROOT)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
