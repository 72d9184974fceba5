"""Paper to draw diagrams on: bpmn-js in an empty page, with the font of the product."""

from playwright.sync_api import Browser, Page

from tests.browser.conftest import ISLANDS

_MODULES = ISLANDS / "node_modules"
_VIEWER = _MODULES / "bpmn-js" / "dist" / "bpmn-viewer.production.min.js"
_FONT = _MODULES / "@fontsource" / "fira-sans" / "files" / "fira-sans-latin-400-normal.woff2"
_LOAD = """async (bytes) => document.fonts.add(
    await new FontFace('Fira Sans', new Uint8Array(bytes)).load())"""
_DRAWN_ON = """async (container, xml) => {
  const fontFamily = '"Fira Sans", Arial, sans-serif';
  const viewer = new BpmnJS({container, textRenderer: {defaultStyle: {fontFamily}}});
  const {warnings} = await viewer.importXML(xml);
  return {viewer, warnings};
}"""


def blank_paper(browser: Browser) -> Page:
    """A page of a context of its own; ``drawnOn(container, xml)`` draws in it."""
    page = browser.new_page(viewport={"width": 2400, "height": 1200})
    page.set_content("<!doctype html><meta charset=utf-8><body></body>")
    page.add_script_tag(path=_VIEWER)
    page.evaluate(_LOAD, list(_FONT.read_bytes()))
    page.add_script_tag(content=f"window.drawnOn = {_DRAWN_ON}")
    return page
