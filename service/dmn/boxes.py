"""Compiles boxed expressions to closures over what can be read."""

from collections import ChainMap
from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from service.dmn import model
from service.dmn.compiling import Compiling
from service.dmn.functions import compile_call, define_function
from service.dmn.java import compile_java, note_external
from service.dmn.run import Evaluator, Run, Scope
from service.dmn.table import compile_table
from service.feel.values import in_dutch


def compile_box(box: model.Box | None, compiling: Compiling, *, label: str) -> Evaluator:
    """The boxed expression as a function of what can be read; an absent one is null."""
    if box is None:
        return _null
    evaluate = _COMPILERS[type(box)](box, compiling, label)
    if isinstance(box, model.FunctionBox):
        return evaluate
    return coerced(evaluate, box.type_ref, compiling, label=label, element_id=box.element_id)


def coerced(
    evaluate: Evaluator,
    type_ref: str | None,
    compiling: Compiling,
    *,
    label: str,
    element_id: str | None,
) -> Evaluator:
    """The same, with values that do not have the declared type turned into null."""
    declared = compiling.type_named(type_ref, element_id=element_id)
    if declared is None:
        return evaluate

    def typed(scope: Scope, run: Run) -> Any:
        value = evaluate(scope, run)
        fits, value = declared.coerce(value)
        if not fits:
            run.note(f"{label}: de uitkomst is geen {declared.name}.")
        return value

    return typed


def _null(_scope: Scope, _run: Run) -> None:
    return None


def _literal(box: model.LiteralBox, compiling: Compiling, label: str) -> Evaluator:
    del label
    return compiling.expression(box)


def _noting(message: str) -> Evaluator:
    def evaluate(_scope: Scope, run: Run) -> None:
        run.note(message)

    return evaluate


def _context(box: model.ContextBox, compiling: Compiling, label: str) -> Evaluator:
    entries = []
    for entry in box.entries:
        value = compile_box(entry.box, compiling, label=entry.name or label)
        value = coerced(
            value, entry.type_ref, compiling, label=entry.name or label, element_id=box.element_id
        )
        entries.append((entry.name, value))

    def evaluate(scope: Scope, run: Run) -> Any:
        made: dict[str, Any] = {}
        inner = ChainMap(made, scope)  # type: ignore[arg-type]  # only ever read
        for name, value in entries:
            if name is None:
                return value(inner, run)
            made[name] = value(inner, run)
        return made

    return evaluate


def _invocation(box: model.InvocationBox, compiling: Compiling, label: str) -> Evaluator:
    function = compile_box(box.function, compiling, label=label)
    bindings = {
        binding.name: compile_box(binding.box, compiling, label=label)
        for binding in box.bindings
        if binding.name is not None
    }

    return compile_call(function, bindings, compiling, label=label, element_id=box.element_id)


def _list(box: model.ListBox, compiling: Compiling, label: str) -> Evaluator:
    items = [compile_box(item, compiling, label=label) for item in box.items]
    return lambda scope, run: [item(scope, run) for item in items]


def _relation(box: model.RelationBox, compiling: Compiling, label: str) -> Evaluator:
    rows = [
        {
            name: compile_box(cell, compiling, label=label)
            for name, cell in zip(box.columns, row, strict=False)
        }
        for row in box.rows
    ]
    return lambda scope, run: [
        {name: cell(scope, run) for name, cell in row.items()} for row in rows
    ]


def _function(box: model.FunctionBox, compiling: Compiling, label: str) -> Evaluator:
    if box.kind.upper() == "JAVA":
        body = compile_java(box, compile_box(box.body, compiling, label=label), compiling, label)
    elif box.kind.upper() != "FEEL":
        note_external(box, compiling, label)
        body = _noting(f"{label}: een functie van de soort {box.kind!r} wordt nooit uitgevoerd.")
    else:
        inner = compiling.knowing(parameter.name for parameter in box.parameters)
        body = compile_box(box.body, inner, label=label)
        body = coerced(body, box.type_ref, compiling, label=label, element_id=box.element_id)
    return define_function(box.parameters, body, compiling, label=label)


def _conditional(box: model.ConditionalBox, compiling: Compiling, label: str) -> Evaluator:
    condition = compile_box(box.condition, compiling, label=label)
    then = compile_box(box.then, compiling, label=label)
    otherwise = compile_box(box.otherwise, compiling, label=label)

    def evaluate(scope: Scope, run: Run) -> Any:
        answer = condition(scope, run)
        if answer is not None and type(answer) is not bool:
            run.note(f"{label}: de voorwaarde is {in_dutch(answer)}, niet waar of onwaar.")
            return None
        return (then if answer is True else otherwise)(scope, run)

    return evaluate


def _iteration(box: model.IterationBox, compiling: Compiling, label: str) -> Evaluator:
    items = compile_box(box.items, compiling, label=label)
    each = compile_box(box.each, compiling, label=label)
    variable = box.variable
    combine = _COMBINE[box.kind]
    shows_partial = "partial" in repr(box.each)  # A copy per item, so only where it is read.

    def evaluate(scope: Scope, run: Run) -> Any:
        source = items(scope, run)
        if source is None:
            run.note(f"{label}: er is geen lijst om te doorlopen.")
            return None
        values: list[Any] = []
        for item in source if isinstance(source, list) else [source]:
            run.spend()
            local = {variable: item, "partial": list(values) if shows_partial else None}
            values.append(each(ChainMap(local, scope), run))  # type: ignore[arg-type]
        return combine(values, run, label)

    return evaluate


def _quantified(decisive: bool) -> Callable[[list[Any], Run, str], bool | None]:
    def combine(values: list[Any], run: Run, label: str) -> bool | None:
        if any(not isinstance(value, bool) for value in values):
            run.note(f"{label}: de voorwaarde is niet steeds waar of onwaar.")
            return None
        return decisive if decisive in values else not decisive

    return combine


_COMBINE: Mapping[str, Callable[[list[Any], Run, str], Any]] = MappingProxyType(
    {
        "for": lambda values, _run, _label: values,
        "some": _quantified(True),
        "every": _quantified(False),
    }
)


def _filter(box: model.FilterBox, compiling: Compiling, label: str) -> Evaluator:
    items = compile_box(box.items, compiling, label=label)
    match = compile_box(box.match, compiling, label=label)

    def evaluate(scope: Scope, run: Run) -> Any:
        source = items(scope, run)
        if source is None:
            return None
        kept = []
        listed = source if isinstance(source, list) else [source]
        for item in listed:
            run.spend()
            local = {"item": item, **(item if isinstance(item, Mapping) else {})}
            outcome = match(ChainMap(local, scope), run)  # type: ignore[arg-type]
            if isinstance(outcome, Decimal):
                return _at(listed, outcome)
            if outcome is not None and type(outcome) is not bool:
                run.note(f"{label}: de voorwaarde is {in_dutch(outcome)}, niet waar of onwaar.")
                return None
            if outcome is True:
                kept.append(item)
        return kept

    return evaluate


def _at(items: list[Any], index: Decimal) -> Any:
    position = int(index)
    inside = position != 0 and abs(position) <= len(items) and position == index
    return items[position - 1 if position > 0 else position] if inside else None


def _table(box: model.TableBox, compiling: Compiling, label: str) -> Evaluator:
    return compile_table(box, compiling, label=label)


_COMPILERS: Mapping[type[model.Box], Callable[[Any, Compiling, str], Evaluator]] = MappingProxyType(
    {
        model.LiteralBox: _literal,
        model.ContextBox: _context,
        model.InvocationBox: _invocation,
        model.ListBox: _list,
        model.RelationBox: _relation,
        model.FunctionBox: _function,
        model.ConditionalBox: _conditional,
        model.IterationBox: _iteration,
        model.FilterBox: _filter,
        model.TableBox: _table,
    }
)
