"""Compares what is there with what a scenario wants: that, and perhaps more."""

from collections.abc import Iterator, Mapping
from typing import Any


def holds(found: Any, wanted: Any) -> bool:
    """Whether what is wanted is among what is found."""
    return not any(True for _ in differences(wanted, found))


def differences(wanted: Any, found: Any, path: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Where ``found`` does not hold what is wanted: the path, and both values."""
    if isinstance(wanted, Mapping) and isinstance(found, Mapping):
        for name, inner in wanted.items():
            yield from differences(inner, found.get(name), f"{path}.{name}" if path else name)
    elif wanted != found:
        yield path, wanted, "niets" if found is None else found
