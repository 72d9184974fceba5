"""Whether a value is of a type as FEEL writes types."""

from typing import Any

from service.feel.nodes import TypeRef
from service.feel.run import MISSING, Problem, Run, shown
from service.feel.values import Function, Range, kind

_SIMPLE = {
    "number": "number",
    "string": "string",
    "boolean": "boolean",
    "date": "date",
    "time": "time",
    "date and time": "date and time",
    "dateTime": "date and time",
    "days and time duration": "days and time duration",
    "dayTimeDuration": "days and time duration",
    "years and months duration": "years and months duration",
    "yearMonthDuration": "years and months duration",
    "list": "list",
    "context": "context",
    "function": "function",
    "range": "range",
}


def is_simple(name: str) -> bool:
    """Whether FEEL itself has a type called ``name``."""
    return name in _SIMPLE or name in ("Any", "Null", "null")


def conforms(value: Any, wanted: TypeRef, run: Run) -> bool:
    """Whether ``value`` is of the type; null is only of the types ``Any`` and ``Null``.

    Raises:
        Problem: there is no such type.
    """
    if wanted.name == "Any":
        return True
    if wanted.name in ("Null", "null"):
        return value is None
    if wanted.name in run.env.types:
        return value is not None and run.env.types[wanted.name](value)
    if wanted.name not in _SIMPLE:
        raise Problem(f"Het type {shown(wanted.name)} is onbekend.")
    return kind(value) == _SIMPLE[wanted.name] and _fits_inside(value, wanted, run)


def coerce(value: Any, wanted: TypeRef | None, run: Run) -> Any:
    """``value`` as an argument of the type, with the implicit conversions of the standard.

    Raises:
        Problem: it cannot be one.
    """
    if wanted is None or value is None or conforms(value, wanted, run):
        return value
    if isinstance(value, list) and len(value) == 1 and conforms(value[0], wanted, run):
        return value[0]
    if wanted.name == "list" and conforms([value], wanted, run):
        return [value]
    raise Problem(f"Een waarde is niet van het type {shown(wanted.name)}.")


def _fits_inside(value: Any, wanted: TypeRef, run: Run) -> bool:
    if isinstance(value, list) and wanted.arguments:
        run.spend(2 + len(value))
        return all(_of(item, wanted.arguments[0], run) for item in value)
    if isinstance(value, dict):
        run.spend(len(wanted.fields))
        return all(_of(value.get(name, MISSING), inner, run) for name, inner in wanted.fields)
    if isinstance(value, Range) and wanted.arguments:
        return all(_of(end, wanted.arguments[0], run) for end in (value.low, value.high))
    if isinstance(value, Function) and (wanted.arguments or wanted.result):
        run.spend(len(wanted.arguments))
        return _same_signature(value, wanted)
    return True


def _of(value: Any, wanted: TypeRef, run: Run) -> bool:
    if value is MISSING:
        return False
    return value is None or conforms(value, wanted, run)


def _same_signature(value: Function, wanted: TypeRef) -> bool:
    declared = value.types or (None,) * len(value.parameters)
    return len(declared) == len(wanted.arguments) and all(
        have is None or have == want or want.name == "Any"
        for have, want in zip(declared, wanted.arguments, strict=True)
    )
