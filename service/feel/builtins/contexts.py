"""Functions about contexts."""

from typing import Any

from service.feel.functions import built_in
from service.feel.limits import MAX_LIST
from service.feel.run import Exceeded, Problem, Run


@built_in("get value", "m: context, key: string")
def get_value(_run: Run, m: dict[str, Any], key: str) -> Any:
    """The value of an entry, or null."""
    return m.get(key)


@built_in("get entries", "m: context")
def get_entries(run: Run, m: dict[str, Any]) -> list[dict[str, Any]]:
    """The entries as a list of contexts with ``key`` and ``value``."""
    run.spend(2 * len(m))
    return [{"key": key, "value": value} for key, value in m.items()]


@built_in("context", "entries: list")
def context(run: Run, entries: list[Any]) -> dict[str, Any]:
    """A context from a list of contexts with ``key`` and ``value``."""
    run.spend(len(entries))
    built: dict[str, Any] = {}
    for entry in entries:
        if not isinstance(entry, dict) or not {"key", "value"} <= entry.keys():
            raise Problem("context: elk onderdeel heeft een 'key' en een 'value' nodig.")
        key = entry["key"]
        if not isinstance(key, str) or key in built:
            raise Problem("context: elke 'key' is een tekst en komt één keer voor.")
        built[key] = entry["value"]
    return built


@built_in(
    "context put",
    "context: context, key: string, value:",
    "context: context, keys: list, value:",
)
def context_put(run: Run, m: dict[str, Any], key: str | list[Any], value: Any) -> dict[str, Any]:
    """The context with one entry set; a list of keys sets an entry deep inside."""
    keys = [key] if isinstance(key, str) else key
    if not keys or len(keys) > 50 or not all(isinstance(k, str) for k in keys):
        raise Problem("context put: de sleutels zijn geen lijst van teksten.")
    return _put(run, m, keys, value)


def _put(run: Run, m: Any, keys: list[str], value: Any) -> dict[str, Any]:
    if not isinstance(m, dict):
        raise Problem("context put: onderweg staat iets dat geen context is.")
    _check(run, len(m) + 1)
    inner = value if len(keys) == 1 else _put(run, m.get(keys[0]), keys[1:], value)
    return {**m, keys[0]: inner}


@built_in("context merge", "contexts: list")
def context_merge(run: Run, contexts: list[Any]) -> dict[str, Any]:
    """All entries in one context; a later one wins."""
    merged: dict[str, Any] = {}
    for part in contexts:
        if not isinstance(part, dict):
            raise Problem("context merge: de lijst bevat iets dat geen context is.")
        merged.update(part)
        _check(run, len(part))
        _check(run, len(merged))
    return merged


def _check(run: Run, entries: int) -> None:
    if entries > MAX_LIST:
        raise Exceeded(f"Een context krijgt meer dan {MAX_LIST} onderdelen.")
    run.spend(entries)
