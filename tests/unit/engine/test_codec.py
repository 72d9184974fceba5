"""The state of a case as bytes."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service import engine
from service.domain.errors import InvalidInput, Unreadable
from service.engine.codec import dump_values, load_values
from service.engine.scope import plain
from service.feel import YearMonthDuration
from tests.unit.engine.diagrams import AMSTERDAM, END, START, Case, bpmn, chain, user

ZONES = st.sampled_from([None, UTC, timezone(timedelta(hours=-3)), AMSTERDAM])
KEYS = st.text(max_size=8) | st.sampled_from(["typename", "$", "v", "__class__", "data", "id"])
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="utf-8"), max_size=20)
    | st.decimals(allow_nan=False, allow_infinity=False)
    | st.dates()
    | st.times(timezones=st.sampled_from([None, UTC]))
    | st.datetimes(timezones=ZONES)
    | st.timedeltas()
    | st.builds(YearMonthDuration, st.integers(-10_000, 10_000))
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=20,
)


def exact(value: Any) -> Any:
    """A value with the class of each part, and zones by name."""
    if isinstance(value, dict):
        return {key: exact(item) for key, item in value.items()}
    if isinstance(value, list):
        return [exact(item) for item in value]
    zone = getattr(value, "tzinfo", None)
    offset = value.utcoffset() if isinstance(value, datetime) else None
    return type(value), str(value), getattr(zone, "key", None), offset


@given(st.dictionaries(KEYS, VALUES, max_size=5))
def test_every_value_and_every_key_comes_back_as_it_was(values: dict[str, Any]) -> None:
    assert exact(load_values(dump_values(plain(values)))) == exact(values)


def test_a_case_keeps_values_that_json_does_not_have() -> None:
    variables: dict[str, Any] = {
        "typename": "Task",
        "$": {"$": "n", "v": "1"},
        "bedrag": Decimal("1.10"),
        "dag": date(2026, 3, 1),
        "moment": datetime(2026, 10, 25, 2, 30, tzinfo=AMSTERDAM, fold=1),
        "tijd": time(9, 30),
        "duur": timedelta(days=2, microseconds=5),
        "maanden": YearMonthDuration(14),
        "groot": 2**80,
    }
    case = Case(
        bpmn(START + user("a") + user("b") + END + chain("begin", "a", "b", "einde")),
        variables=variables,
    )
    case.complete("a", data={"typename": "x", "id": 1})
    kept = engine.variables_for(case.bundle, case.last.state, None)
    assert exact(kept) == exact({**variables, "data": {"typename": "x", "id": 1}})
    case.complete("b")
    assert case.ended == "einde"


def test_the_state_holds_the_present_and_nothing_of_the_diagram() -> None:
    case = Case(bpmn(START + user("a") + user("b") + END + chain("begin", "a", "b", "einde")))
    case.complete("a", x=1)
    state = orjson.loads(case.last.state)
    assert state["d"] == {"x": 1}
    assert [row[2:4] for row in state["t"]] == [["b", 16]]
    assert "begin" not in case.last.state.decode()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"v": 99}', b'{"v": 1}', b"\xff"])
def test_damaged_bytes_are_refused(content: bytes) -> None:
    case = Case(bpmn(START + user("a") + END + chain("begin", "a", "einde")))
    with pytest.raises(Unreadable):
        engine.fire_timers(case.bundle, content, around=case.around)


@pytest.mark.parametrize("value", [object(), {1: 2}, {"x": {3, 4}}, float("inf"), b"bytes"])
def test_values_that_cannot_be_kept_are_refused(value: object) -> None:
    with pytest.raises(InvalidInput):
        plain(value)


def test_values_that_go_too_deep_are_refused() -> None:
    deep: list[Any] = []
    for _ in range(100):
        deep = [deep]
    with pytest.raises(InvalidInput):
        plain(deep)


def test_a_state_of_another_diagram_is_refused() -> None:
    case = Case(bpmn(START + user("a") + END + chain("begin", "a", "einde")))
    other = Case(bpmn(START + user("b") + END + chain("begin", "b", "einde")))
    with pytest.raises(Unreadable, match="publicatie"):
        engine.fire_timers(other.bundle, case.last.state, around=case.around)
