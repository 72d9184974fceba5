"""The answers of a task in a trial, as a scenario tells them: those that matter, and no others."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from service import forms
from service.operations.published import Published
from service.operations.scenario.answers import answered, checked
from service.operations.scenario.casting import laid_over
from service.operations.scenario.script import DoTask, Place, Values
from service.operations.studio.trial.typed import leaves, nested_at

_SCALARS = (str, bool, int)
_EMPTY: tuple[Any, ...] = (None, "", [])


def told(
    published: Published,
    form: forms.FormDefinition | None,
    raw: Mapping[str, Any],
    seen: Mapping[str, Any],
    now: datetime,
) -> dict[str, Any]:
    """The answers that a scenario must mention so that the case keeps exactly what was typed.

    A question that somebody left open is mentioned, as an empty text, only where the scenario
    would otherwise fill it in.

    Raises:
        InvalidInput: they do not fit the form; ``fields`` says where.
    """
    valid = checked(published, form, raw, seen, now)
    if form is None:
        return {}
    typed = forms.draft(form, raw)
    found: dict[str, Any] = {}
    for path, value in leaves(typed):
        if value not in _EMPTY and _at(valid, path) is not None:
            found = laid_over(found, nested_at(path, value))
    for field in form.fields:
        if field.repeated or field.readonly or _at(found, field.key) is not None:
            continue
        again = _again(published, form, found, seen, now)
        if _at(again, field.key) != _at(valid, field.key):
            found = laid_over(found, nested_at(field.key, ""))
    return found


def _again(
    published: Published,
    form: forms.FormDefinition,
    answers: Values,
    seen: Mapping[str, Any],
    now: datetime,
) -> dict[str, Any]:
    """What the case would keep of a scenario with these answers."""
    step = DoTask(place=Place(number=1), role="", task="", answers=answers)
    raw = answered(published, form, step, seen, now)
    return checked(published, form, raw, seen, now)


def telling_apart(seen: Mapping[str, Any], others: list[Mapping[str, Any]]) -> dict[str, Any]:
    """The first value that a task can read and that the other tasks read otherwise."""
    if not others:
        return {}
    for path, value in leaves(seen):
        if isinstance(value, _SCALARS) and all(_at(other, path) != value for other in others):
            return nested_at(path, value)
    return {}


def _at(values: Any, path: str) -> Any:
    for name in path.split("."):
        if not isinstance(values, Mapping):
            return None
        values = values.get(name)
    return values
