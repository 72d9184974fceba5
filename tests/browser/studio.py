"""A process owner at work in a draft, with a browser."""

import json
import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PATIENCE, Desk

OWNER, SECOND = "functioneel-beheer", "functioneel-beheer-2"
FRAME = "new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"


def begin(desk: Desk, title: str) -> str:
    """Begins a draft and gives its address."""
    address = desk.send("/studio", titel=title)
    assert "/concepten/" in address, address
    return address


def begin_by_hand(desk: Desk, title: str) -> str:
    """Begins a draft, stays there, and gives its address."""
    page = desk.go("/studio")
    page.get_by_label("Wat gaat u veranderen?").fill(title)
    page.get_by_role("button", name="Concept beginnen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    return page.url.removeprefix(desk.url)


def edit(desk: Desk, address: str, editor: str) -> Page:
    """Opens an editor, and waits until it has drawn the file."""
    page = desk.go(address)
    page.locator(f"{editor}[data-ready]").wait_for()
    return page


def panel_drawn(page: Page) -> None:
    """After one frame a panel shows what is chosen, after two its boxes have their values."""
    page.evaluate(f"async () => {{ await {FRAME}; await {FRAME}; }}")


def write_cell(cell: Locator, text: str) -> None:
    """Types in a cell of a table, in the place of what stands there."""
    cell.click()
    expect(cell.locator(".cm-content")).to_be_focused()
    cell.page.keyboard.press("ControlOrMeta+a")
    cell.page.keyboard.type(text)


def kept(page: Page) -> str:
    """The file as the server has it."""
    data = json.loads(page.locator("#page-data").inner_text())
    address = f"/api/v1/drafts/{data['draftId']}/file?path={data['path']}"
    read: dict[str, Any] = page.evaluate("async (at) => (await fetch(at)).json()", address)
    return str(read["content"])


def saved(page: Page, *, staying: bool = False) -> None:
    """Leaves the box that is typed in, and waits until all that was changed is on the server.

    ``staying`` keeps the cursor where it is: for the first change only, later ones need a moment.
    """
    if not staying:
        page.evaluate("document.activeElement?.blur()")
    expect(page.locator("[data-status=saved]")).to_be_visible()


def what_came(page: Page) -> str:
    """Waits until what the colleague changed is here; gives what the page says of it."""
    look_again(page)
    message = page.locator("[data-messages]")
    expect(message).to_contain_text("zijn erbij gekomen.")
    said = message.inner_text()
    message.get_by_role("button", name="Sluiten").evaluate("(button) => button.click()")
    return said


def look_again(page: Page) -> None:
    """Comes back to the page, which then asks at once what happened; else it does so by itself."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def eventually(true: Callable[[], bool]) -> None:
    """Another process does it; somebody who waits longer than this would call."""
    until = time.monotonic() + PATIENCE
    while not true() and time.monotonic() < until:
        time.sleep(0.2)
    assert true()


def untranslated(page: Page, editor: str) -> list[str]:
    """What the editor shows that neither stands in the file nor is known to be Dutch."""
    shown: list[str] = page.locator(editor).evaluate("(box) => [...box.untranslated]")
    own = json.loads(page.locator("#page-data").inner_text())["text"]
    plain = own.replace("&quot;", '"').replace("&#34;", '"').replace('\\"', '"')
    return [text for text in shown if text not in plain and text != "Powered by bpmn.io"]
