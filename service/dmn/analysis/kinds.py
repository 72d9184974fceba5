"""Cells of another kind than their column: a text where numbers are compared."""

from collections.abc import Iterator

from service.dmn import model
from service.dmn.analysis.cells import ANYTHING, holds
from service.dmn.analysis.constants import constants_of, fixed_value
from service.dmn.analysis.types import column_type, declared_type
from service.dmn.compiling import Compiling
from service.domain.findings import Severity
from service.feel.values import DUTCH, in_dutch, kind


def check_kinds(table: model.TableBox, name: str, compiling: Compiling) -> bool:
    """Add a finding for each cell that clashes with its column; whether there was an input cell."""
    clashes = list(_input_clashes(table, compiling))
    for number, cell, wanted, found in clashes:
        _note(
            compiling,
            "type-clash",
            f"Tabel {name}, regel {number}: de cel {cell.text} is {DUTCH[found]}, "
            f"maar in deze kolom staat {DUTCH[wanted]}.",
            cell,
        )
    _check_outputs(table, name, compiling)
    return bool(clashes)


def _input_clashes(
    table: model.TableBox, compiling: Compiling
) -> Iterator[tuple[int, model.Cell, str, str]]:
    for place, column in enumerate(table.inputs):
        wanted = column_type(column, compiling).kind
        for number, rule in enumerate(table.rules, start=1):
            cell = rule.tests[place]
            for found in _kinds(cell):
                wanted = wanted or found
                if found != wanted and {found, wanted} != {"date", "date and time"}:
                    yield number, cell, wanted, found


def _kinds(cell: model.Cell) -> list[str]:
    values = None if cell.text in ANYTHING else constants_of(cell.text)
    return list(dict.fromkeys(kind(value) for value in values or () if value is not None))


def _check_outputs(table: model.TableBox, name: str, compiling: Compiling) -> None:
    for place, column in enumerate(table.outputs):
        declared = declared_type(column.type_ref, compiling)
        limits = column.allowed.text if column.allowed is not None else "-"
        for number, rule in enumerate(table.rules, start=1):
            cell = rule.outputs[place] if place < len(rule.outputs) else None
            known, value = fixed_value(cell.text) if cell is not None else (False, None)
            if cell is None or not known or value is None:
                continue
            if declared.kind is not None and kind(value) != declared.kind:
                reason = f"is {in_dutch(value)}, maar moet {DUTCH[declared.kind]} zijn"
                code = "type-clash"
            elif not declared.accepts(value) or not holds(limits, value, compiling):
                reason = "hoort niet bij de toegestane waarden"
                code = "output-not-allowed"
            else:
                continue
            where = f"Tabel {name}, regel {number}: de uitkomst {cell.text}"
            _note(compiling, code, f"{where} {reason}.", cell)


def _note(compiling: Compiling, code: str, reason: str, cell: model.Cell) -> None:
    compiling.finding(
        code,
        reason,
        "Verbeter de cel of het type van de kolom.",
        element_id=cell.element_id,
        line=cell.line,
        severity=Severity.WARNING,
    )
