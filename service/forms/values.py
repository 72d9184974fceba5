"""What people post and programs send, brought into one shape: nested, and nothing lost."""

from collections.abc import Iterator, Mapping
from typing import Any

from service.domain.errors import InvalidInput
from service.forms.component import Component, Level
from service.forms.definition import FormDefinition
from service.forms.field_types.dynamiclist import first_rows, row_bounds
from service.forms.limits import MAX_NESTING, MAX_ROWS_EVER

ADD_ROW = "_rij_toevoegen"
"""The name of the button that adds a row; its value is the path of the list."""
REMOVE_ROW = "_rij_verwijderen"
"""The name of the button that removes a row; its value is the path of the row."""
_NOT_ANSWERS = ("csrf_token",)

Raw = Mapping[str, Any]


def parse_post(form: FormDefinition, posted: Mapping[str, Any]) -> dict[str, Any]:
    """The answers in a posted form, nested by path, still as they were typed.

    Takes a werkzeug MultiDict or a mapping of names to a text or a list of texts. Names that
    start with ``_``, the CSRF token and questions that are only shown are not answers. A pressed
    row button is carried out.
    """
    pairs = dict(posted.lists()) if hasattr(posted, "lists") else dict(posted)
    answers = {
        name: value
        for name, value in pairs.items()
        if not (name.startswith("_") or name in _NOT_ANSWERS or _is_shown_only(form, name))
    }
    raw = nested(answers)
    _press(form.level, raw, _last(pairs.get(ADD_ROW)), _last(pairs.get(REMOVE_ROW)))
    return raw


def is_row_action(posted: Mapping[str, Any]) -> bool:
    """Whether a row button was pressed: then the page is drawn again and nothing is sent."""
    return ADD_ROW in posted or REMOVE_ROW in posted


def draft(form: FormDefinition, raw: Raw) -> dict[str, Any]:
    """The answers as far as they go, nested and JSON-ready, without any check.

    Keeps what was typed, hidden or wrong; drops what is no field of this form.
    """
    return _draft(form.level, nested(raw))


def nested(raw: Raw) -> dict[str, Any]:
    """Paths (``{"a.b": 1}``) opened into contexts (``{"a": {"b": 1}}``); a copy, always.

    Raises:
        InvalidInput: for answers nested deeper than any form can be.
    """
    result: dict[str, Any] = {}
    for name, value in raw.items():
        depth = str(name).count(".")
        inner = _copy(value, depth)
        put(result, str(name), inner)
    return result


def put(target: dict[str, Any], path: str, value: Any) -> None:
    """Sets a value at a path; what stands in the way is replaced."""
    *above, last = path.split(".")
    for name in above:
        inner = target.get(name)
        if not isinstance(inner, dict):
            inner = target[name] = {}
        target = inner
    old = target.get(last)
    if isinstance(old, dict) and isinstance(value, dict):
        for name, inner in value.items():
            put(old, name, inner)
    else:
        target[last] = value


def get(source: Any, path: str) -> Any:
    """The value at a path, None when it is not there."""
    for name in path.split("."):
        if not isinstance(source, Mapping):
            return None
        source = source.get(name)
    return source


def rows_of(value: Any) -> list[Any]:
    """The rows of a list: posted by number (``{"0": …, "2": …}``) or sent as a list.

    Anything that is no row stays in the list, so that it can be refused by its number.
    """
    if isinstance(value, Mapping):
        numbered = {_number(name): row for name, row in value.items()}
        return [numbered[number] for number in sorted(n for n in numbered if n is not None)]
    if isinstance(value, list | tuple):
        return [row for row in value if row not in (None, "")]
    return []


def strange_paths(level: Level, raw: Any, prefix: str = "") -> Iterator[str]:
    """Every path in the answers that belongs to no field of this level."""
    known = {c.path: c for c in (*level.inputs, *level.lists)}
    yield from _strange(known, raw, prefix, "")


def _strange(known: Mapping[str, Component], raw: Any, prefix: str, here: str) -> Iterator[str]:
    for name, value in raw.items():
        path = f"{here}.{name}" if here else str(name)
        component = known.get(path)
        if component is not None:
            if component.level is not None:
                yield from _strange_rows(component.level, value, f"{prefix}{path}")
        elif isinstance(value, Mapping) and any(key.startswith(f"{path}.") for key in known):
            yield from _strange(known, value, prefix, path)
        elif value is not None or not any(key.startswith(f"{path}.") for key in known):
            yield f"{prefix}{path}"


def _strange_rows(level: Level, value: Any, path: str) -> Iterator[str]:
    if isinstance(value, Mapping):
        yield from (f"{path}.{name}" for name in value if _number(name) is None)
    elif not isinstance(value, list | tuple) and value not in (None, ""):
        yield path
    for number, row in enumerate(rows_of(value)):
        if isinstance(row, Mapping):
            yield from strange_paths(level, row, f"{path}.{number}.")
        else:
            yield f"{path}.{number}"


def _is_shown_only(form: FormDefinition, name: str) -> bool:
    field = form.field(name)
    return field is not None and field.readonly


def _number(name: Any) -> int | None:
    text = str(name)
    sane = text.isascii() and text.isdigit() and len(text) <= 4
    return int(text) if sane and int(text) <= 10 * MAX_ROWS_EVER else None


def _draft(level: Level, raw: Mapping[str, Any]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for component in level.inputs:
        value = component.question.tidy(get(raw, component.path))
        if value is not None and not component.readonly:
            put(result, component.path, value)
    for component in level.lists:
        if component.level is not None and (value := get(raw, component.path)) is not None:
            rows = [row for row in rows_of(value) if isinstance(row, Mapping)]
            drafts = [_draft(component.level, row) for row in rows[:MAX_ROWS_EVER]]
            put(result, component.path, drafts)
    return result


def _press(level: Level, raw: dict[str, Any], add: str, remove: str) -> None:
    lists = {component.path: component for component in level.lists}
    if (pressed := lists.get(add)) is not None:
        rows = rows_of(get(raw, add)) or [{} for _ in range(first_rows(pressed))]
        if len(rows) < row_bounds(pressed)[1]:
            rows.append({})
        put(raw, add, rows)
    path, _, row = remove.rpartition(".")
    number = _number(row)
    if path in lists and number is not None:
        rows = rows_of(get(raw, path))
        put(raw, path, rows[:number] + rows[number + 1 :])


def _last(value: Any) -> str:
    return str(value[-1] if isinstance(value, list) and value else value or "")


def _copy(value: Any, depth: int) -> Any:
    if depth > MAX_NESTING:
        raise InvalidInput("De antwoorden zijn te diep genest.", {"": ["Te diep genest."]})
    if isinstance(value, Mapping):
        return {str(name): _copy(inner, depth + 1) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_copy(inner, depth + 1) for inner in value]
    return value
