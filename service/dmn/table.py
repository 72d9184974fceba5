"""Compiles a decision table: every distinct cell once, tested at most once per decision."""

from typing import Any

from service.dmn.compiling import Compiling
from service.dmn.hit_policy import POLICIES, WHEN_NOTHING_MATCHES, CompiledRule, Outputs
from service.dmn.model import Cell, InputColumn, OutputColumn, Rule, TableBox
from service.dmn.run import Evaluator, Run, Scope, Tester

_UNTESTED = object()


def compile_table(table: TableBox, compiling: Compiling, *, label: str) -> Evaluator:
    """The table as a function of what can be read; ``label`` names it in messages."""
    kind = (table.hit_policy, table.aggregation if table.hit_policy == "COLLECT" else None)
    cells = _Cells(compiling)
    rules = tuple(_rule(rule, table, cells, compiling) for rule in table.rules)
    columns = _Columns(table, compiling, label)
    matcher = _Matcher(rules, tuple(cells.testers), only_first=kind[0] == "FIRST")
    outputs = _outputs(table, compiling, label)
    policy = POLICIES.get(kind, _unknown)
    nothing = WHEN_NOTHING_MATCHES.get(kind)

    def evaluate(scope: Scope, run: Run) -> Any:
        values = columns.values(scope, run)
        if values is None:
            return None
        hits = matcher.hits(values, scope, run)
        if hits:
            return policy(hits, outputs, scope, run)
        value = outputs.otherwise(scope, run)
        return nothing() if value is None and nothing is not None else value

    return evaluate


class _Columns:
    """The input columns: what they read, and which values they allow."""

    def __init__(self, table: TableBox, compiling: Compiling, label: str) -> None:
        self._label = label
        self._inputs = tuple(compiling.expression(column.expression) for column in table.inputs)
        allowed = [(_allowed(column, compiling), column.label) for column in table.inputs]
        self._checks = [
            (index, test, name) for index, (test, name) in enumerate(allowed) if test is not None
        ]

    def values(self, scope: Scope, run: Run) -> list[Any] | None:
        """One value per column; ``None`` when one of them is not allowed."""
        values = [expression(scope, run) for expression in self._inputs]
        for index, test, name in self._checks:
            value = values[index]
            items = value if isinstance(value, list) else [value]
            if value is not None and any(test(item, scope, run) is not True for item in items):
                run.note(f"Tabel {self._label}: {value} is geen toegestane waarde van {name!r}.")
                return None
        return values


class _Matcher:
    """The rules of a table, and the tests of their cells."""

    def __init__(
        self, rules: tuple[CompiledRule, ...], testers: tuple[Tester, ...], *, only_first: bool
    ) -> None:
        self._rules = rules
        self._testers = testers
        self._only_first = only_first

    def hits(self, values: list[Any], scope: Scope, run: Run) -> list[CompiledRule]:
        """The rules of which every cell matches, in the order of the table."""
        testers = self._testers
        known: list[Any] = [_UNTESTED] * len(testers)
        hits = []
        for rule in self._rules:
            for column, number in rule.tests:
                outcome = known[number]
                if outcome is _UNTESTED:
                    outcome = known[number] = testers[number](values[column], scope, run)
                if outcome is not True:
                    break
            else:
                hits.append(rule)
                if self._only_first:
                    break
        return hits


class _Cells:
    """The distinct unary tests of a table, numbered."""

    def __init__(self, compiling: Compiling) -> None:
        self._compiling = compiling
        self._numbers: dict[tuple[int, str], int | None] = {}
        self.testers: list[Tester] = []

    def number(self, column: int, cell: Cell) -> int | None:
        """The number of a cell's test; ``None`` when the cell matches everything."""
        key = (column, cell.text)
        if key not in self._numbers:
            tester = self._compiling.tests(cell)
            self._numbers[key] = None if tester is None else len(self.testers)
            if tester is not None:
                self.testers.append(tester)
        return self._numbers[key]


def _rule(rule: Rule, table: TableBox, cells: _Cells, compiling: Compiling) -> CompiledRule:
    numbered = (
        (column, cells.number(column, cell))
        for column, cell in enumerate(rule.tests[: len(table.inputs)])
    )
    evaluators = [compiling.expression(cell) for cell in rule.outputs[: len(table.outputs)]]
    missing = len(table.outputs) - len(evaluators)
    return CompiledRule(
        id=rule.id,
        tests=tuple((column, number) for column, number in numbered if number is not None),
        outputs=(*evaluators, *([_null] * missing)),
    )


def _outputs(table: TableBox, compiling: Compiling, label: str) -> Outputs:
    several = len(table.outputs) > 1
    return Outputs(
        label=label,
        names=tuple(_name(output, number) for number, output in enumerate(table.outputs, start=1))
        if several
        else None,
        allowed=tuple(
            None if output.allowed is None else compiling.tests(output.allowed)
            for output in table.outputs
        ),
        ranks=tuple(_ranks(output, table, compiling) for output in table.outputs),
        default=tuple(
            None if output.default is None else compiling.expression(output.default)
            for output in table.outputs
        ),
    )


def _name(output: OutputColumn, number: int) -> str:
    return output.name or f"uitkomst {number}"


def _ranks(output: OutputColumn, table: TableBox, compiling: Compiling) -> Evaluator | None:
    if table.hit_policy not in {"PRIORITY", "OUTPUT ORDER"} or output.allowed is None:
        return None
    allowed = output.allowed
    return compiling.expression(
        Cell(text=f"[{allowed.text}]", element_id=allowed.element_id, line=allowed.line)
    )


def _allowed(column: InputColumn, compiling: Compiling) -> Tester | None:
    return None if column.allowed is None else compiling.tests(column.allowed)


def _unknown(_hits: object, outputs: Outputs, _scope: Scope, run: Run) -> None:
    run.note(f"Tabel {outputs.label} heeft een onbekend trefferbeleid.")


def _null(_scope: Scope, _run: Run) -> None:
    return None
