"""One level of a form at one moment: its values as far as readable, and what is visible."""

from collections import ChainMap
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from service.feel import Environment
from service.forms.component import Component, Level
from service.forms.values import get, put, rows_of

_MOST_ROUNDS = 12
"""Conditions may depend on answers that other conditions hide; deeper chains do not settle."""


@dataclass(frozen=True, kw_only=True)
class LevelState:
    """The typed values of a level and the components that are visible with them."""

    values: Mapping[str, Any]
    """By path: typed and visible values; None for those hidden, unreadable or empty."""
    hidden: frozenset[str]
    """Ids of hidden components, those inside hidden groups too."""
    scope: Mapping[str, Any]
    """What conditions of this level read."""


def state_of(
    level: Level, raw: Mapping[str, Any], *, scope: Mapping[str, Any], env: Environment
) -> LevelState:
    """Decides what is visible, until hiding one answer changes nothing for the others."""
    values = {c.path: _lenient(c, raw, scope) for c in level.inputs}
    for component in level.lists:
        values[component.path] = _lenient_rows(component, get(raw, component.path))
    hidden: frozenset[str] = frozenset()
    visible = values
    inner = layered(scope, values)
    for _ in range(_MOST_ROUNDS if level.hide_rules else 0):
        now_hidden = _hidden(level, inner, env)
        if now_hidden == hidden:
            break
        hidden = now_hidden
        visible = _without(level, values, hidden)
        inner = layered(scope, visible)
    return LevelState(values=visible, hidden=hidden, scope=inner)


def layered(scope: Mapping[str, Any], values: Mapping[str, Any]) -> Mapping[str, Any]:
    """The scope with these values over it, path by path; nothing else is copied."""
    top: dict[str, Any] = {}
    for path, value in values.items():
        put(top, path, value)
    own = {name: _over(scope.get(name), value) for name, value in top.items()}
    return ChainMap(own, scope)  # type: ignore[arg-type]


def _over(below: Any, above: Any) -> Any:
    if not (isinstance(below, Mapping) and isinstance(above, Mapping)):
        return above
    return {**below, **{name: _over(below.get(name), value) for name, value in above.items()}}


def _hidden(level: Level, scope: Mapping[str, Any], env: Environment) -> frozenset[str]:
    return frozenset(
        element
        for element, rules in level.hide_rules.items()
        if any(rule.holds(scope, env) for rule in rules)
    )


def _without(level: Level, values: Mapping[str, Any], hidden: frozenset[str]) -> dict[str, Any]:
    gone = {c.path for c in (*level.inputs, *level.lists) if c.id in hidden and not c.readonly}
    return {path: None if path in gone else value for path, value in values.items()}


def _lenient(component: Component, raw: Mapping[str, Any], scope: Mapping[str, Any]) -> Any:
    if component.readonly:
        return get(scope, component.path)
    return component.question.lenient(component, get(raw, component.path))


def _lenient_rows(component: Component, value: Any) -> list[Any]:
    level = component.level
    if level is None:
        return []
    rows: list[Any] = []
    for row in rows_of(value):
        if isinstance(row, Mapping):
            typed: dict[str, Any] = {}
            for inner in level.inputs:
                put(typed, inner.path, inner.question.lenient(inner, get(row, inner.path)))
            rows.append(typed)
    return rows
