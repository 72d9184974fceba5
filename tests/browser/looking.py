"""Looks at a page that is whole: accessible, and no wider than the screen.

``SHOTS=folder`` keeps a screenshot of each, for whoever wants to look.
"""

import os
from collections.abc import Sequence

from playwright.sync_api import Page, expect

DESK, PHONE = (1280, 900), (390, 844)
SHOTS = os.environ.get("SHOTS")
_DRAWN_BY_SCRIPTS = ("#diagram", "#tekenvlak", "#tabel", "#formulier", "#simulation", "[data-side]")
_ON_ITS_WAY = ", ".join(
    [*(f"{place}:not([data-ready])" for place in _DRAWN_BY_SCRIPTS), ".htmx-request"]
)
_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
_RUN = """async (without) => {
    const { violations } = await axe.run(
        { exclude: without.map((one) => [one]) },
        { resultTypes: ["violations"], preload: { assets: ["media"] } });
    return violations.map(({ id, nodes }) => [id, nodes.slice(0, 3).map(({ html }) => html)]);
}"""


def whole(page: Page) -> None:
    """Waits until all of the page is there: style sheets, fonts, and what scripts draw in it."""
    page.wait_for_load_state()
    expect(page.locator(_ON_ITS_WAY)).to_have_count(0)
    page.evaluate("async () => { await document.fonts.ready; }")


def look(
    page: Page,
    axe: str,
    name: str,
    *,
    sizes: Sequence[tuple[int, int]] = (DESK, PHONE),
    without: Sequence[str] = (),
) -> None:
    """Fails where something is wrong; ``without`` names what is not ours."""
    before = page.viewport_size
    for width, height in sizes:
        page.set_viewport_size({"width": width, "height": height})
        whole(page)
        if SHOTS:
            page.screenshot(path=f"{SHOTS}/{name}-{width}.png", full_page=True)
        assert page.evaluate(_WIDE) <= 0, f"{name} is wider than {width}"
        if not page.evaluate("'axe' in window"):
            page.evaluate(axe)
        found = page.evaluate(_RUN, list(without))
        assert found == [], f"{name} at {width}: {found}"
    if before:
        page.set_viewport_size(before)
