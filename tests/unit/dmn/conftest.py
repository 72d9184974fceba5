"""Writes small DMN files, and decides with them."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import pytest

from service.dmn import Outcome, read_dmn
from service.feel import Environment

NAMESPACE = "https://www.omg.org/spec/DMN/20191111/MODEL/"
Wrap = Callable[..., bytes]
Table = Callable[..., str]
Decide = Callable[..., Outcome]


@pytest.fixture
def env() -> Environment:
    """Surroundings at a fixed moment."""
    return Environment(now=datetime(2026, 3, 2, 9, tzinfo=UTC))


@pytest.fixture
def wrap() -> Wrap:
    """A DMN file around the given elements."""

    def wrapped(*elements: str, namespace: str = "urn:proef") -> bytes:
        inner = "".join(elements)
        return (
            f'<definitions xmlns="{NAMESPACE}" id="proef" name="Proef" namespace="{namespace}">'
            f"{inner}</definitions>"
        ).encode()

    return wrapped


@pytest.fixture
def table() -> Table:
    """A decision called ``besluit`` with a table: ``rules`` are rows of cells."""

    def written(
        rules: Sequence[Sequence[str]],
        *,
        inputs: Sequence[str] = ("score",),
        outputs: Sequence[str] = ("uitkomst",),
        policy: str | None = None,
        extra: Mapping[str, str] = {},
        output_extra: Mapping[str, str] = {},
    ) -> str:
        columns = "".join(
            f'<input id="in_{n}"><inputExpression><text>{escape(text)}</text></inputExpression>'
            f"{extra.get(text, '')}</input>"
            for n, text in enumerate(inputs)
        ) + "".join(
            f'<output id="uit_{n}" name={quoteattr(name)}>{output_extra.get(name, "")}</output>'
            for n, name in enumerate(outputs)
        )
        rows = "".join(_row(number, cells, len(inputs)) for number, cells in enumerate(rules, 1))
        hit = f" {policy}" if policy else ""
        return (
            f'<decision id="besluit" name="Besluit"><decisionTable id="tabel"{hit}>'
            f"{columns}{rows}</decisionTable></decision>"
        )

    return written


def _row(number: int, cells: Sequence[str], inputs: int) -> str:
    tests = "".join(f"<inputEntry><text>{escape(c)}</text></inputEntry>" for c in cells[:inputs])
    values = "".join(f"<outputEntry><text>{escape(c)}</text></outputEntry>" for c in cells[inputs:])
    return f'<rule id="regel_{number}">{tests}{values}</rule>'


@pytest.fixture
def decide(env: Environment) -> Decide:
    """Decide ``besluit`` (or another decision) of a file."""

    def decided(content: bytes, decision: str = "besluit", **scope: Any) -> Outcome:
        return read_dmn(content, file="proef.dmn", strict=False).decide(decision, scope, env)

    return decided
