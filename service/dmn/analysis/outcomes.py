"""What can be told about the outcomes of rules without running them."""

from typing import Any

from service.dmn.analysis.constants import constants_of, fixed_value
from service.dmn.model import Rule, TableBox


def differ(first: Rule, second: Rule) -> bool:
    """Whether two rules surely have different outcomes."""
    for one, two in zip(first.outputs, second.outputs, strict=False):
        known, value = fixed_value(one.text)
        also_known, other = fixed_value(two.text)
        if known and also_known and (type(value), value) != (type(other), other):
            return True
    return False


def order_of_priority(table: TableBox) -> list[int]:
    """The rules from high to low priority; none when an outcome or its rank is not fixed."""
    keys = []
    for number, rule in enumerate(table.rules):
        ranks = _ranks(rule, table)
        if ranks is None:
            return []
        keys.append((ranks, number))
    return [number for _, number in sorted(keys)]


def _ranks(rule: Rule, table: TableBox) -> list[int] | None:
    ranks: list[int] = []
    for cell, output in zip(rule.outputs, table.outputs, strict=False):
        if output.allowed is None:
            continue
        order: list[Any] | None = constants_of(output.allowed.text)
        known, value = fixed_value(cell.text)
        if order is None or not known or value not in order:
            return None
        ranks.append(order.index(value))
    return ranks
