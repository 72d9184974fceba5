"""What a form shows when a task opens for the first time: earlier answers and proposals."""

from collections.abc import Mapping
from typing import Any

from service.feel import Environment
from service.forms.component import Component, Level
from service.forms.values import get, put


def prefill(
    level: Level, raw: dict[str, Any], *, scope: Mapping[str, Any], env: Environment, within: bool
) -> None:
    """Adds to ``raw`` what is known already; what stands there stays.

    ``within`` is true in a row of a list, which has no earlier answers of its own.
    """
    for component in level.inputs:
        if component.readonly or get(raw, component.path) is not None:
            continue
        value = None if within else get(scope, component.path)
        if value is None:
            value = _proposed(component, scope, env)
        if value is not None:
            put(raw, component.path, value)
    for component in level.lists:
        known = None if within else get(scope, component.path)
        if isinstance(known, list) and get(raw, component.path) is None:
            put(raw, component.path, known)


def _proposed(component: Component, scope: Mapping[str, Any], env: Environment) -> Any:
    value = None if component.proposal is None else component.proposal.value(scope, env)
    return component.raw.get("defaultValue") if value is None else value
