"""Logs as one JSON object a line: never what is in a case, always the request they belong to.

A record tells its time, level, logger, message and request; of an error only its class and the
places in the code, because the text of an error may quote what somebody typed.
"""

import json
import logging
import sys
import traceback
from collections.abc import Iterator
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import TextIO
from uuid import UUID

from service.domain.errors import Misconfigured

request_id: ContextVar[str | None] = ContextVar("request_id", default=None)

EXTRA = (
    "actor",
    "duration_ms",
    "element",
    "instance",
    "job",
    "method",
    "municipality",
    "recipient",
    "route",
    "start",
    "status",
    "subject",
    "task",
)

_PLAIN = (str, int, float, UUID)


class JsonLines(logging.Formatter):
    """One line of JSON; of ``extra`` only the names in ``EXTRA``, which hold ids and numbers."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without a line end."""
        entry: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if (request := request_id.get()) is not None:
            entry["request"] = request
        extra = {name: getattr(record, name, None) for name in EXTRA}
        entry |= {name: value for name, value in extra.items() if isinstance(value, _PLAIN)}
        if record.exc_info and record.exc_info[1] is not None:
            entry["error"] = [_told(error) for error in _chain(record.exc_info[1])]
        return json.dumps(entry, ensure_ascii=False, default=str)


def log_as_json(level: str, stream: TextIO | None = None) -> None:
    """Send all logs of this process to ``stream`` (default: standard error) as JSON lines."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
    logging.getLogger("procrastinate").setLevel(max(logging.WARNING, logging.getLogger().level))


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and what caused it, at most ten."""
    current: BaseException | None = error
    for _ in range(10):
        if current is None:
            return
        yield current
        current = current.__cause__ or (
            None if current.__suppress_context__ else current.__context__
        )


def _told(error: BaseException) -> dict[str, object]:
    kind = type(error)
    frames = traceback.extract_tb(error.__traceback__)[-20:]
    told: dict[str, object] = {
        "class": f"{kind.__module__}.{kind.__qualname__}",
        "at": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    }
    if isinstance(error, Misconfigured):
        told["message"] = str(error)
    if sqlstate := getattr(error, "sqlstate", None):
        told["sqlstate"] = sqlstate
    return told
