"""Logging in and out."""

import pytest
from sqlalchemy import select

from service.operations.demo import PASSWORD
from service.operations.log_in import MAX_TRIES
from service.storage import Access
from tests.integration.conftest import DEMO, Office
from tests.web.conftest import Staff, Visitor

AF = f"af-zorg@{DEMO}.example"


def test_who_logs_in_comes_where_they_wanted_to_be(stranger: Visitor) -> None:
    page = stranger.get("/taken/rollen?urgentie=hoog")
    assert page.title == "Inloggen"
    assert page.path == "/inloggen"

    page = stranger.submit("", {"email": AF, "password": PASSWORD})
    assert page.title == "Van mijn rollen"
    assert page.response.request.query_string == b"urgentie=hoog"


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:1"]
)
def test_logging_in_leads_to_no_other_site(stranger: Visitor, elsewhere: str) -> None:
    stranger.get("/inloggen")
    posted = {"email": AF, "password": PASSWORD, "next": elsewhere}
    page = stranger.post("/inloggen", posted, follow=False)

    assert page.status == 302
    assert page.response.headers["Location"] == "/"


def test_a_wrong_password_says_nothing_of_who_exists(stranger: Visitor) -> None:
    stranger.get("/inloggen")
    known = stranger.post("/inloggen", {"email": AF, "password": "fout"})
    unknown = stranger.post("/inloggen", {"email": "niemand@x.example", "password": "fout"})

    assert known.status == unknown.status == 401
    assert known.text == unknown.text
    assert known.values("email") == [AF]


def test_guessing_ends_after_a_few_tries(stranger: Visitor) -> None:
    stranger.get("/inloggen")
    for _ in range(MAX_TRIES):
        stranger.post("/inloggen", {"email": AF, "password": "fout"})

    assert stranger.post("/inloggen", {"email": AF, "password": PASSWORD}).status == 401


def test_logging_in_from_another_site_is_refused(stranger: Visitor) -> None:
    page = stranger.post("/inloggen", {"email": AF, "password": PASSWORD})

    assert page.status == 400
    assert stranger.get("/taken").title == "Inloggen"


def test_logging_out_ends_a_copied_session_too(staff: Staff, office: Office) -> None:
    here, there = staff("af-zorg"), staff("af-zorg")
    here.post("/uitloggen")

    assert there.get("/taken").title == "Inloggen"
    with office.application.sessions() as session:
        assert "aangemeld" in session.scalars(select(Access.what)).all()


def test_the_session_is_new_after_logging_in(stranger: Visitor) -> None:
    stranger.get("/inloggen")
    before = stranger.client.get_cookie("meldroute")
    stranger.post("/inloggen", {"email": AF, "password": PASSWORD})
    after = stranger.client.get_cookie("meldroute")

    assert before is not None
    assert after is not None
    assert before.value != after.value
    assert after.http_only
    assert after.same_site == "Lax"


def test_who_is_in_already_is_not_asked_again(staff: Staff) -> None:
    assert staff("af-zorg").get("/inloggen").path == "/taken"
