"""Values as process owners type them and read them back: TOML, without having to know that."""

import tomllib
from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from service.domain.errors import WrongField
from service.domain.working_days import AMSTERDAM
from service.operations.scenario.moments import in_dutch_time
from service.operations.scenario.write import written

OWN = "registratie"
"""What a case knows of itself."""


def read_lines(text: str, *, field: str) -> dict[str, Any]:
    """``signaal.vorm = "arbeid"``, a line for each value, as contexts.

    Raises:
        WrongField: at ``field``, when it does not read, or takes the place of ``OWN``.
    """
    try:
        read = tomllib.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError) as error:  # No TOML, or a number or nest without end.
        why = (
            f"Dit is niet te lezen ({error}). Schrijf op elke regel één gegeven, bijvoorbeeld "
            'signaal.vorm = "arbeid".'
        )
        raise WrongField("Deze gegevens zijn niet te lezen.", fields={field: [why]}) from error
    if OWN in read:
        why = f"{OWN} is van Meldroute zelf; kies een andere naam."
        raise WrongField("Deze gegevens kunnen niet.", fields={field: [why]})
    return {name: in_dutch_time(value) for name, value in read.items()}


def read_value(text: str) -> Any:
    """What somebody means: ``3``, ``true``, ``2026-03-02`` or a list; anything else is a text."""
    try:
        read = tomllib.loads(f"x = {text}", parse_float=Decimal)
    except (ValueError, RecursionError):
        return text
    return in_dutch_time(read["x"]) if len(read) == 1 else text


def as_typed(value: Any) -> str:
    """A value as one would type it, so that ``read_value`` gives it back."""
    if value is None:
        return ""
    if isinstance(value, str) and read_value(value) == value:
        return value
    return written(value)


def read_moment(text: str, *, field: str) -> datetime:
    """A date and time of this century, on the Dutch clock.

    Raises:
        WrongField: at ``field``.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = datetime.min  # noqa: DTZ901 - refused below
    if not 2000 <= moment.year < 2100:
        raise WrongField(
            "Dit is geen moment.",
            fields={field: ["Kies een datum en een tijd, bijvoorbeeld 2 maart 2026, 09:30."]},
        )
    return moment if moment.tzinfo else moment.replace(tzinfo=AMSTERDAM)


def leaves(values: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every value that is no context, by its path."""
    for name, value in values.items():
        if isinstance(value, Mapping):
            yield from leaves(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


def nested_at(path: str, value: Any) -> dict[str, Any]:
    """A value within the contexts of its path."""
    for name in reversed(path.split(".")):
        value = {name: value}
    return dict(value)
