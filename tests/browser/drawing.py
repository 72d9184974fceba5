"""A process owner with a diagram open in the editor."""

import re
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Desk
from tests.browser.studio import FRAME, panel_drawn

SMALL = "training_geven"
"""A process of a few steps."""
PRELUDE = f"""
    const {{ modeler, diagram, untranslated }} = document.getElementById('tekenvlak').editor;
    const get = (name) => modeler.get(name);
    const element = (id) => get('elementRegistry').get(id);
    const frame = () => {FRAME};
"""


@dataclass(kw_only=True)
class Editor:
    """The editor in one browser."""

    desk: Desk
    address: str

    @property
    def page(self) -> Page:
        return self.desk.page

    @property
    def saved(self) -> Locator:
        return self.page.locator("[data-status]")

    @property
    def findings(self) -> Locator:
        return self.page.locator("section[aria-labelledby=bevindingen]")

    def run(self, script: str, argument: Any = None) -> Any:
        """Runs a script in which ``get`` finds a service of the editor, and ``element`` a shape."""
        return self.page.evaluate(f"async (argument) => {{ {PRELUDE} {script} }}", argument)

    def select(self, element: str) -> None:
        self.run(
            "get('selection').select(element(argument));"
            "get('canvas').scrollToElement(element(argument), 100);",
            element,
        )

    def field(self, entry: str) -> Locator:
        """A field of the panel, whose group opens when it is closed."""
        panel_drawn(self.page)
        found = self.page.locator(f'[data-entry-id="{entry}"]')
        expect(found).to_be_attached()
        if not found.is_visible():
            group = self.page.locator(".bio-properties-panel-group", has=found)
            group.locator(".bio-properties-panel-group-header").first.click()
        return found.locator("input, select, textarea, .cm-content").first

    def xml(self) -> str:
        return str(self.run("return (await modeler.saveXML({ format: true })).xml"))

    def wait_until_saved(self) -> None:
        expect(self.saved).to_have_text(re.compile("^Bewaard"))

    def reload(self) -> None:
        self.page.reload()
        self.wait_until_ready()

    def wait_until_ready(self) -> None:
        expect(self.page.locator("#tekenvlak[data-ready]")).to_be_attached()

    def wait_for_choices(self) -> None:
        expect(self.page.locator("#tekenvlak[data-choices]")).to_be_attached()


def open_diagram(desk: Desk, draft: str, process: str = "meldroute_signaal") -> Editor:
    address = f"{draft}/diagram/{process}"
    desk.go(address)
    editor = Editor(desk=desk, address=address)
    editor.wait_until_ready()
    editor.wait_for_choices()
    return editor


def first_task(editor: Editor) -> str:
    return str(
        editor.run("return get('elementRegistry').find(({ type }) => type === 'bpmn:UserTask').id")
    )


def add_task(editor: Editor, name: str) -> str:
    """Draws a task after the first one, as the context pad does, and types its name."""
    editor.run(
        "const shape = get('elementFactory').createShape({ type: 'bpmn:UserTask' });"
        "const made = get('autoPlace').append(element(argument), shape);"
        "get('selection').select(made);",
        first_task(editor),
    )
    editor.field("name").fill(name)
    editor.field("name").press("Tab")
    return str(editor.run("return get('selection').get()[0].id"))
