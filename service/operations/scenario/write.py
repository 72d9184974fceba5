"""Writes a scenario as its file reads: the other way round of ``read.py``."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from functools import singledispatch
from math import isfinite
from typing import Any, Final

from service.domain.working_days import AMSTERDAM
from service.operations.scenario.read import ALL, WEEKS_BEFORE
from service.operations.scenario.script import (
    DoTask,
    Earlier,
    Expect,
    Scenario,
    Step,
    Tell,
    Values,
    Wait,
)

WIDE: Final = 100
"""Characters on a line; longer answers get a table of their own."""
_BARE = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)
_ESCAPED: Final = {'"': r"\"", "\\": r"\\", "\n": r"\n", "\t": r"\t", "\r": r"\r"}


def write_scenario(scenario: Scenario) -> str:
    """TOML that reads as the same scenario, one step below another."""
    return "\n".join(_lines(scenario)) + "\n"


def written(value: Any) -> str:
    """One value as TOML; what is None within it is left out."""
    return str(_value(value))


def _lines(scenario: Scenario) -> Iterator[str]:
    names = scenario.municipalities
    yield f"naam = {_value(scenario.name)}"
    yield f"gemeente = {_value(ALL if names is None else list(names))}"
    yield f"proces = {_value(scenario.process_id)}"
    yield f"begin = {_begin(scenario.begin)}"
    if scenario.start is not None:
        yield f"start = {_value(scenario.start)}"
    yield from _table("gegevens", scenario.variables)
    yield from _table("instellingen", scenario.settings)
    yield from _table("servicetaken", scenario.jobs)
    yield from _table("nagerekend", scenario.reckoned)
    yield from _table("eerder", {key: _earlier(told) for key, told in scenario.earlier.items()})
    for step in scenario.steps:
        yield from ("", "[[stap]]", *_step(step))
    yield from _ending(scenario)


def _ending(scenario: Scenario) -> Iterator[str]:
    ending = scenario.ending
    if ending.names or ending.outcome:
        yield from ("", "[einde]")
    if ending.names:
        yield f"namen = {_value(list(ending.names))}"
    if ending.outcome:
        yield f"uitkomst = {_value(ending.outcome)}"


def _step(step: Step) -> Iterator[str]:
    match step:
        case DoTask():
            yield f"rol = {_value(step.role)}"
            yield f"taak = {_value(step.task)}"
            if step.about:
                yield f"bij = {_value(step.about)}"
            yield from _values("antwoorden", step.answers)
        case Wait():
            yield f"wacht = {_value(step.span)}"
        case Tell():
            yield f"bericht = {_value(step.message)}"
            if step.key is not None:
                yield f"sleutel = {_value(step.key)}"
            yield from _values("inhoud", step.payload)
        case Expect():
            yield f"open = {_value(list(step.open))}"


def _values(name: str, values: Values) -> Iterator[str]:
    """On one line when that is short, else a table for each group of answers."""
    line = f"{name} = {_value(values)}"
    if not values:
        return
    if len(line) <= WIDE:
        yield line
        return
    loose = {key: value for key, value in values.items() if not isinstance(value, Mapping)}
    if loose:
        yield f"[stap.{name}]"
        yield from _pairs(loose)
    for key, group in values.items():
        if isinstance(group, Mapping):
            yield f"[stap.{name}.{_key(key)}]"
            yield from _pairs(group)


def _table(name: str, values: Mapping[str, Any]) -> Iterator[str]:
    if values:
        yield from ("", f"[{name}]", *_pairs(values))


def _pairs(values: Mapping[str, Any]) -> Iterator[str]:
    for key, value in values.items():
        if value is not None:
            yield f"{_key(key)} = {_value(value)}"


def _earlier(told: Earlier) -> Any:
    short = told.weeks == WEEKS_BEFORE
    return told.scenario if short else {"scenario": told.scenario, "weken": told.weeks}


def _begin(begin: datetime) -> str:
    """On the Dutch clock; with its offset only where the clock was put back."""
    naive = begin.astimezone(AMSTERDAM).replace(tzinfo=None)
    return (naive if naive.replace(tzinfo=AMSTERDAM) == begin else begin).isoformat()


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _value(name)


@singledispatch
def _value(value: Any) -> str:
    raise TypeError(f"{type(value).__name__} kan niet in een scenario staan.")


@_value.register
def _text(value: str) -> str:
    return '"' + "".join(_character(one) for one in value) + '"'


@_value.register
def _truth(value: bool) -> str:
    return "true" if value else "false"


@_value.register(int)
@_value.register(float)
@_value.register(Decimal)
def _number(value: Any) -> str:
    return str(value) if isinstance(value, int) or isfinite(value) else str(float(value))


@_value.register(date)
@_value.register(time)
def _moment(value: Any) -> str:
    return str(value.isoformat())


@_value.register(list)
@_value.register(tuple)
def _list(value: Any) -> str:
    return f"[{', '.join(_value(one) for one in value if one is not None)}]"


@_value.register
def _inline(value: Mapping) -> str:  # type: ignore[type-arg]
    inner = ", ".join(_pairs(value))
    return f"{{ {inner} }}" if inner else "{}"


def _character(one: str) -> str:
    if one in _ESCAPED:
        return _ESCAPED[one]
    return one if one.isprintable() else f"\\U{ord(one):08X}"
