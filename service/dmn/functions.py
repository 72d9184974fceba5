"""Functions of a model as FEEL values, and calls of functions by the names of their parameters."""

from collections import ChainMap
from collections.abc import Mapping
from typing import Any

from service.dmn.compiling import Compiling
from service.dmn.model import Cell, Parameter
from service.dmn.run import DEPTH, Evaluator, Run, Scope
from service.feel import Function


def define_function(
    parameters: tuple[Parameter, ...], body: Evaluator, compiling: Compiling, *, label: str
) -> Evaluator:
    """The function value itself; it remembers what could be read where it was defined.

    An argument of another type than its parameter's: the body is not evaluated, the result null.
    """
    names = tuple(parameter.name for parameter in parameters)
    types = tuple(
        compiling.type_named(parameter.type_ref, element_id=None) for parameter in parameters
    )

    def evaluate(scope: Scope, run: Run) -> Function:
        def call(_feel_run: object, arguments: list[Any]) -> Any:
            local: dict[str, Any] = {}
            for name, declared, value in zip(names, types, arguments, strict=True):
                fits, local[name] = (True, value) if declared is None else declared.coerce(value)
                if not fits:
                    run.note(f"{label}: argument {name!r} heeft een ander type dan is opgegeven.")
                    return None
            run.spend()
            return body(ChainMap(local, scope), run)  # type: ignore[arg-type]  # only read

        return Function(name=label, parameters=names, call=call, depth=DEPTH)

    return evaluate


def compile_call(
    function: Evaluator,
    bindings: Mapping[str, Evaluator],
    compiling: Compiling,
    *,
    label: str,
    element_id: str | None,
) -> Evaluator:
    """A call with named arguments, made by FEEL itself so that all its rules hold."""
    pairs = ", ".join(f"{name}: bound_{number}" for number, name in enumerate(bindings))
    call = compiling.knowing(bindings).expression(
        Cell(text=f"called_function({pairs})", element_id=element_id, line=None)
    )
    values = tuple(bindings.values())

    def evaluate(scope: Scope, run: Run) -> Any:
        local = {f"bound_{number}": value(scope, run) for number, value in enumerate(values)}
        local["called_function"] = function(scope, run)
        if not isinstance(local["called_function"], Function):
            run.note(f"{label}: wat hier wordt aangeroepen, is geen functie.")
            return None
        return call(local, run)

    return evaluate
