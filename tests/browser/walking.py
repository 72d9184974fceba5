"""What people do at a desk: find a task, take it, fill it in, finish it."""

import time
from collections.abc import Mapping
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PATIENCE, Desk


def fill(page: Page, answers: Mapping[str, Any], prefix: str = "") -> None:
    """Fills in the questions, in this order, as a person would: only what can be seen."""
    for name, value in answers.items():
        path = f"{prefix}{name}"
        if isinstance(value, Mapping):
            fill(page, value, f"{path}.")
        elif isinstance(value, list) and isinstance(value[0], Mapping):
            for number, row in enumerate(value):
                if number:
                    page.locator(f'button[name="_rij_toevoegen"][value="{path}"]').click()
                fill(page, row, f"{path}.{number}.")
        else:
            answer(page.locator(f'[name="{path}"]'), value)


def answer(controls: Locator, value: Any) -> None:
    """Answers one question, whatever it is drawn as."""
    kind = controls.first.evaluate("(one) => one.type || one.tagName.toLowerCase()")
    if kind in ("radio", "checkbox"):
        for one in value if isinstance(value, list) else [value]:
            controls.and_(controls.page.locator(f'[value="{one}"]')).check()
    elif kind == "select-one":
        controls.select_option(value)
    else:
        controls.fill(value)


def take(desk: Desk, reference: str, name: str) -> None:
    """Finds an open task of a case in the inbox and takes it."""
    find(desk, reference, name).get_by_role("button", name="Oppakken").click()
    expect(desk.page.get_by_role("button", name="Taak afronden")).to_be_visible()


def find(desk: Desk, reference: str, name: str) -> Locator:
    """Goes to the inbox of the case; the row of the task, as soon as it is there."""
    page = desk.page
    deadline = time.monotonic() + PATIENCE
    row = page.get_by_role("row").filter(has=page.get_by_role("link", name=name, exact=True))
    while True:
        desk.go(f"/taken/rollen?kenmerk={reference}")
        if row.count():
            return row
        assert time.monotonic() < deadline, f"{name} van {reference} verschijnt niet"
        time.sleep(0.3)


def finish(desk: Desk) -> None:
    """Sends the form in."""
    desk.page.get_by_role("button", name="Taak afronden").click()
    expect(desk.page.get_by_role("status").filter(has_text="is afgerond")).to_be_visible()


def do(desk: Desk, reference: str, name: str, **answers: Any) -> None:
    """Takes a task, fills it in and finishes it."""
    take(desk, reference, name)
    fill(desk.page, answers)
    finish(desk)


def report(desk: Desk, **answers: Any) -> str:
    """Reports a signal; the kenmerk."""
    desk.go("/melden")
    fill(desk.page, {"signaal": answers})
    desk.page.get_by_role("button", name="Melding versturen").click()
    expect(desk.page.get_by_role("heading", name="Uw melding is ontvangen")).to_be_visible()
    return desk.page.locator(".mr-reference").inner_text()
