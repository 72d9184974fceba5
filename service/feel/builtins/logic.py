"""Functions about truth and equality."""

from typing import Any

from service.feel.compare import equals
from service.feel.functions import built_in
from service.feel.moments import zone_name
from service.feel.run import Run
from service.feel.values import kind


@built_in("not", "negand:")
def not_(_run: Run, negand: Any) -> bool | None:
    """The opposite; null of anything that is not true or false."""
    return not negand if type(negand) is bool else None


@built_in("is", "value1?:, value2?:")
def is_(run: Run, value1: Any, value2: Any = None) -> bool:
    """Whether two values are identical: of one kind, equal, and in the same zone."""
    if kind(value1) != kind(value2):
        return False
    if kind(value1) in ("time", "date and time"):
        zones = [
            (value.tzinfo is None, zone_name(value.tzinfo), value.tzinfo and str(value.tzinfo))
            for value in (value1, value2)
        ]
        if zones[0] != zones[1]:
            return False
    return equals(value1, value2, run) is True


@built_in("all", "list: list", "values*:")
def all_(run: Run, *values: Any) -> bool | None:
    """False if any is false, true if every one is true, otherwise null."""
    return _decide(run, values, decisive=False)


@built_in("any", "list: list", "values*:")
def any_(run: Run, *values: Any) -> bool | None:
    """True if any is true, false if every one is false, otherwise null."""
    return _decide(run, values, decisive=True)


def _decide(run: Run, values: tuple[Any, ...], *, decisive: bool) -> bool | None:
    items = values[0] if len(values) == 1 and isinstance(values[0], list) else values
    run.spend(len(items))
    if any(item is decisive for item in items):
        return decisive
    return (not decisive) if all(item is (not decisive) for item in items) else None
