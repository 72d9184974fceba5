"""The rule for small numbers, as the table ``kleine_aantallen`` of a publication gives it."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from service.domain.errors import Incident, NotFound
from service.domain.suppression import Rule
from service.operations.published import Published

TABLE = "kleine_aantallen"
INTERNAL = "intern"
"""The version of a report for within the municipality; any other is rounded too."""


def rule_of(given: Any) -> Rule:
    """The rule that the table gave.

    Raises:
        Incident: it gave no threshold, rounding and denominator in whole numbers.
    """
    cells = given if isinstance(given, Mapping) else {}
    numbers = [cells.get(name) for name in ("drempel", "afronding", "noemer")]
    whole = [int(n) for n in numbers if isinstance(n, int | Decimal) and n == int(n)]
    if len(whole) != len(numbers):
        raise Incident(
            f"De tabel {TABLE} geeft geen drempel, afronding en noemer in hele getallen."
        )
    return Rule(threshold=whole[0], rounding=whole[1], denominator=whole[2])


def internal_rule(published: Published, now: datetime) -> Rule:
    """The rule for within the municipality; the usual one when it has published no such table."""
    scope = published.scope({"periode": {"versie": INTERNAL}})
    try:
        outcome = published.bundle.decide(TABLE, scope, published.environment(now))
    except NotFound:
        return Rule()
    return rule_of(outcome.value)
