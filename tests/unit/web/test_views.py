"""Terms and lengths of time in words."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask_babel import Babel

from service.storage.task import NEVER
from service.web.views import due_view, span

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def request_in_dutch() -> Iterator[None]:
    app = Flask("service.web")
    Babel(app, default_locale="nl")
    with app.test_request_context():
        yield


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(seconds=20), "1 minuut"),
        (timedelta(minutes=15), "15 minuten"),
        (timedelta(hours=1), "1 uur"),
        (timedelta(hours=23, minutes=59), "23 uur"),
        (timedelta(days=1), "1 dag"),
        (timedelta(days=6, hours=23), "6 dagen"),
    ],
)
def test_a_length_of_time_is_said_in_its_largest_unit(length: timedelta, words: str) -> None:
    assert span(length) == words


def test_a_term_presses_when_three_quarters_have_passed() -> None:
    due = NOW + timedelta(hours=1)
    calm = due_view(due, NOW, since=NOW - timedelta(hours=2))
    soon = due_view(due, NOW, since=NOW - timedelta(hours=4))

    assert calm is not None
    assert (calm.state, calm.text) == ("calm", "nog 1 uur")
    assert soon is not None
    assert soon.state == "soon"


def test_a_term_that_is_over_is_late() -> None:
    late = due_view(NOW - timedelta(days=2), NOW)

    assert late is not None
    assert (late.state, late.text) == ("late", "2 dagen te laat")


@pytest.mark.parametrize("at", [None, NEVER])
def test_without_a_term_nothing_is_said(at: datetime | None) -> None:
    assert due_view(at, NOW) is None
