"""Logs: one JSON object a line, tied to a request, silent about what people typed."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from service.domain.errors import Misconfigured
from service.domain.logs import JsonLines, request_id

SECRET = "Mevrouw X aan de Dorpsstraat"


class Lines:
    """A logger that writes to memory."""

    def __init__(self) -> None:
        self.stream = io.StringIO()
        self.logger = logging.Logger("meldroute.test")  # noqa: LOG001 - apart from all others
        handler = logging.StreamHandler(self.stream)
        handler.setFormatter(JsonLines())
        self.logger.addHandler(handler)

    def only(self) -> dict[str, Any]:
        [line] = self.stream.getvalue().splitlines()
        entry: dict[str, Any] = json.loads(line)
        return entry


@pytest.fixture
def lines() -> Iterator[Lines]:
    token = request_id.set(None)
    yield Lines()
    request_id.reset(token)


def test_a_line_tells_when_what_and_for_which_request(lines: Lines) -> None:
    request_id.set("r-1")

    lines.logger.info("task %s done", 7, extra={"status": 200, "task": 7})

    entry = lines.only()
    assert entry.pop("time").endswith("+00:00")
    assert entry == {
        "level": "INFO",
        "logger": "meldroute.test",
        "message": "task 7 done",
        "request": "r-1",
        "status": 200,
        "task": 7,
    }


def test_extra_names_that_are_not_known_stay_out(lines: Lines) -> None:
    lines.logger.info("saved", extra={"answers": SECRET, "job": {"arguments": SECRET}})

    assert SECRET not in lines.stream.getvalue()


def test_the_text_of_an_error_stays_out_but_its_class_and_place_do_not(lines: Lines) -> None:
    try:
        try:
            raise KeyError(SECRET)
        except KeyError as error:
            raise ValueError(SECRET) from error
    except ValueError:
        lines.logger.exception("could not save")

    assert SECRET not in lines.stream.getvalue()
    first, second = lines.only()["error"]
    assert (first["class"], second["class"]) == ("builtins.ValueError", "builtins.KeyError")
    assert "test_logs.py" in first["at"][-1]


def test_a_wrong_setting_is_told_in_full(lines: Lines) -> None:
    try:
        raise Misconfigured("MELDROUTE_PORT moet een getal zijn.")
    except Misconfigured:
        lines.logger.exception("cannot start")

    assert lines.only()["error"][0]["message"] == "MELDROUTE_PORT moet een getal zijn."


def test_a_line_end_in_a_message_stays_in_one_line(lines: Lines) -> None:
    lines.logger.info("one\ntwo")

    assert lines.only()["message"] == "one\ntwo"
