from playwright.sync_api import expect
from tests.browser.conftest import *  # noqa
import json

def test_probe(visit):
    desk = visit("functioneel-beheer")
    page = desk.go("/studio")
    page.locator('[name="titel"]').fill("Proef")
    page.get_by_role("button", name="Concept beginnen").click()
    draft = page.url.removeprefix(desk.url)
    desk.go(f"{draft}/tabel/meldroute_signaal/urgentie")
    page.locator("#tabel[data-ready]").wait_for()
    page.wait_for_timeout(1500)
    page.screenshot(path="/tmp/tw1.png", full_page=True)
    print("UNTRANSLATED", page.evaluate("[...document.getElementById('tabel').untranslated]"))
    print(page.locator("#tabel").inner_html()[:6000])
    desk.page.set_viewport_size({"width":390,"height":844})
    page.wait_for_timeout(500)
    page.screenshot(path="/tmp/tw2.png", full_page=True)
    print("TROUBLE", desk.trouble)
