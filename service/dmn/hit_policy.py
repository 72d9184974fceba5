"""Hit policies: which of the rules that match give the outcome of a table."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from types import MappingProxyType
from typing import Any

from service.dmn.run import Evaluator, Run, Scope
from service.feel.numeric import NUMBERS


@dataclass(frozen=True, kw_only=True)
class CompiledRule:
    """A row: for each column that is not ``-`` the number of its test, and its outputs."""

    id: str
    tests: tuple[tuple[int, int], ...]
    """(input column, number of the cell among the table's distinct cells)."""
    outputs: tuple[Evaluator, ...]


@dataclass(frozen=True, kw_only=True)
class Outputs:
    """How a row becomes a value, and in which order values rank."""

    label: str
    """How messages call the table."""
    names: tuple[str, ...] | None
    """Names of the outputs; ``None`` for a table with one output."""
    allowed: tuple[Callable[[Any, Scope, Run], bool | None] | None, ...]
    ranks: tuple[Evaluator | None, ...]
    """Per output the list of its values from high to low priority."""
    default: tuple[Evaluator | None, ...]

    def of(self, rule: CompiledRule, scope: Scope, run: Run) -> Any:
        """The value of one row."""
        values = [output(scope, run) for output in rule.outputs]
        for index, test in enumerate(self.allowed):
            value = values[index]
            if test is not None and value is not None and test(value, scope, run) is not True:
                run.note(
                    f"Tabel {self.label}, regel {rule.id}: uitkomst {value} is niet toegestaan."
                )
                values[index] = None
        return self._joined(values)

    def otherwise(self, scope: Scope, run: Run) -> Any:
        """The value when no row matches; null without a default."""
        if all(default is None for default in self.default):
            return None
        return self._joined(
            [None if default is None else default(scope, run) for default in self.default]
        )

    def ordered(
        self, hits: Sequence[CompiledRule], scope: Scope, run: Run
    ) -> list[tuple[CompiledRule, Any]]:
        """The rows and their values, from high to low priority."""
        ranks = [None if rank is None else rank(scope, run) for rank in self.ranks]
        pairs = [(rule, self.of(rule, scope, run)) for rule in hits]

        def key(pair: tuple[CompiledRule, Any]) -> tuple[int, ...]:
            values = list(pair[1].values()) if self.names is not None else [pair[1]]
            return tuple(
                rank.index(value) if value in rank else len(rank)
                for value, rank in zip(values, ranks, strict=True)
                if isinstance(rank, list)
            )

        return sorted(pairs, key=key)

    def _joined(self, values: list[Any]) -> Any:
        return values[0] if self.names is None else dict(zip(self.names, values, strict=True))


Policy = Callable[[Sequence[CompiledRule], Outputs, Scope, Run], Any]
"""From at least one matching row to the outcome of the table."""


def _unique(hits: Sequence[CompiledRule], outputs: Outputs, scope: Scope, run: Run) -> Any:
    if len(hits) > 1:
        run.note(
            f"Tabel {outputs.label}: regels {_ids(hits)} gelden tegelijk, "
            "maar bij trefferbeleid 'Uniek' mag er maar één gelden."
        )
        return None
    return _first(hits, outputs, scope, run)


def _first(hits: Sequence[CompiledRule], outputs: Outputs, scope: Scope, run: Run) -> Any:
    run.matched.append(hits[0].id)
    return outputs.of(hits[0], scope, run)


def _any(hits: Sequence[CompiledRule], outputs: Outputs, scope: Scope, run: Run) -> Any:
    values = [outputs.of(rule, scope, run) for rule in hits]
    if any(value != values[0] for value in values):
        run.note(
            f"Tabel {outputs.label}: regels {_ids(hits)} gelden tegelijk met verschillende "
            "uitkomsten, maar bij trefferbeleid 'Elke' moeten die gelijk zijn."
        )
        return None
    run.matched.extend(rule.id for rule in hits)
    return values[0]


def _priority(hits: Sequence[CompiledRule], outputs: Outputs, scope: Scope, run: Run) -> Any:
    rule, value = outputs.ordered(hits, scope, run)[0]
    run.matched.append(rule.id)
    return value


def _output_order(hits: Sequence[CompiledRule], outputs: Outputs, scope: Scope, run: Run) -> Any:
    pairs = outputs.ordered(hits, scope, run)
    run.matched.extend(rule.id for rule, _ in pairs)
    return [value for _, value in pairs]


def _collect(hits: Sequence[CompiledRule], outputs: Outputs, scope: Scope, run: Run) -> Any:
    run.matched.extend(rule.id for rule in hits)
    return [outputs.of(rule, scope, run) for rule in hits]


def _aggregated(combine: Callable[[list[Any]], Any], name: str) -> Policy:
    def policy(hits: Sequence[CompiledRule], outputs: Outputs, scope: Scope, run: Run) -> Any:
        values = _collect(hits, outputs, scope, run)
        try:
            return combine(values)
        except TypeError:
            run.note(f"Tabel {outputs.label}: {name} kan niet over deze uitkomsten: {values}.")
            return None

    return policy


def _sum(values: list[Any]) -> Any:
    if not all(isinstance(value, Decimal) for value in values):
        raise TypeError
    return reduce(NUMBERS.add, values)


def _ids(hits: Sequence[CompiledRule]) -> str:
    return ", ".join(rule.id for rule in hits)


POLICIES: Mapping[tuple[str, str | None], Policy] = MappingProxyType(
    {
        ("UNIQUE", None): _unique,
        ("FIRST", None): _first,
        ("ANY", None): _any,
        ("PRIORITY", None): _priority,
        ("RULE ORDER", None): _collect,
        ("OUTPUT ORDER", None): _output_order,
        ("COLLECT", None): _collect,
        ("COLLECT", "SUM"): _aggregated(_sum, "de som"),
        ("COLLECT", "COUNT"): _aggregated(lambda values: Decimal(len(values)), "het aantal"),
        ("COLLECT", "MIN"): _aggregated(min, "het minimum"),
        ("COLLECT", "MAX"): _aggregated(max, "het maximum"),
    }
)
"""By hit policy and aggregation, as written in the file."""

WHEN_NOTHING_MATCHES: Mapping[tuple[str, str | None], Callable[[], Any]] = MappingProxyType(
    {
        ("COLLECT", None): list,
        ("RULE ORDER", None): list,
        ("OUTPUT ORDER", None): list,
        ("COLLECT", "COUNT"): Decimal,
    }
)
"""Policies that gather rows give an empty list (or 0) where others give null."""
