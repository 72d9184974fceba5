"""What a page says when something does not work."""

from unittest.mock import ANY

import pytest
from flask import Flask

from service.app import create_app
from service.bootstrap import bootstrap
from service.web.headers import STRICT
from tests.integration.conftest import Office, settings_for
from tests.web.conftest import Page, Staff, Visitor


def test_a_page_that_is_not_there_says_so_in_the_frame(staff: Staff) -> None:
    page = staff("af-zorg").get("/bestaat-niet")

    assert page.status == 404
    assert page.title == "Niet gevonden"
    assert "Mijn taken" in page.links()


def test_without_a_database_the_page_is_plain_and_names_112(office: Office) -> None:
    gone = office.application.engine.url.set(port=1, host="127.0.0.1", query={})
    folder = office.application.settings.data_dir
    settings = settings_for(gone.render_as_string(hide_password=False), folder)
    client = create_app(bootstrap(settings)).test_client()
    assert [client.get(path).status_code for path in ("/inloggen", "/nergens")] == [503, 404]
    page = Page(response=client.get("/melden"))
    assert page.status == 503
    assert "Bel 112" in page.text
    assert page.response.headers["Retry-After"]
    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").status_code == 200


def test_what_is_too_large_is_refused_before_it_is_read(stranger: Visitor, app: Flask) -> None:
    app.config["MAX_CONTENT_LENGTH"] = 1000
    page = stranger.post("/melden", {"signaal.omschrijving": "x" * 2000})

    assert page.status == 413
    assert "50 MB" in page.text


def test_a_fault_of_ours_gives_its_number_and_no_more(office: Office) -> None:
    app = create_app(office.application)
    app.config["PROPAGATE_EXCEPTIONS"] = False

    def broken() -> str:
        raise RuntimeError("geheim: Sanne Voorbeeld")

    app.add_url_rule("/stuk", view_func=broken)
    page = Page(response=app.test_client().get("/stuk"))

    assert page.status == 500
    assert page.response.headers["X-Request-ID"] in page.text
    assert "Sanne" not in page.response.text


@pytest.mark.parametrize("path", ["/melden", "/inloggen", "/nergens", "/terugkoppeling"])
def test_every_page_carries_the_strict_policy_and_is_not_kept(stranger: Visitor, path: str) -> None:
    headers = stranger.get(path).response.headers

    assert headers["Content-Security-Policy"] == STRICT
    assert headers["Cache-Control"] == "no-store"
    assert "unsafe" not in STRICT


def test_no_page_carries_script_or_style_of_its_own(staff: Staff, office: Office) -> None:
    reference = office.report().reference
    desk = staff("af-zorg")
    for path in ("/melden", "/taken/rollen", f"/zaken/{reference}", "/api/docs"):
        tree = desk.get(path).tree
        inline = [
            s for s in tree.xpath("//script[not(@src)]") if s.get("type") != "application/json"
        ]
        assert inline == []
        assert tree.xpath("//style | //@style | //@onclick | //@onchange") == []


def test_every_page_declares_who_may_ask_for_it(app: Flask) -> None:
    pages = [
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static" and not rule.rule.startswith("/api/v1")
    ]

    assert [name for name in pages if not hasattr(app.view_functions[name], "access")] == []


def test_what_is_not_there_in_the_api_is_said_in_json(stranger: Visitor) -> None:
    answer = stranger.client.get("/api/v1/bestaat-niet")

    assert answer.status_code == 404
    assert answer.json == {"code": 404, "status": ANY, "message": ANY}


@pytest.mark.parametrize(
    "path", ["/zaken?kenmerk=%00", "/zaken/met%00nul", "/studio?zoek=a%00b", "/netwerk/%00"]
)
def test_an_address_with_nul_is_no_page(staff: Staff, path: str) -> None:
    assert staff("af-zorg").get(path).status == 404
