"""Calling functions that are values: those written in FEEL and those the model gives."""

from collections.abc import Callable, Sequence
from typing import Any

from service.feel.java import java_function
from service.feel.nodes import FunctionOf
from service.feel.run import Frame, Problem, Run, Spot
from service.feel.types import coerce
from service.feel.values import Function, in_dutch

Code = Callable[[Frame], Any]


def call_function(target: Any, run: Run, arguments: list[Any], names: Sequence[str] = ()) -> Any:
    """The outcome of ``target(arguments)``.

    Raises:
        Problem: it is no function, or the arguments do not fit its parameters.
    """
    if not isinstance(target, Function):
        raise Problem(f"Dit is geen functie maar {in_dutch(target)}.")
    ordered = _in_order(target, arguments, names) if names else arguments
    if not target.variadic and len(ordered) != len(target.parameters):
        raise Problem(
            f"De functie heeft {len(target.parameters)} argumenten nodig, geen {len(ordered)}."
        )
    if target.types:
        ordered = [
            coerce(value, wanted, run) for value, wanted in zip(ordered, target.types, strict=True)
        ]
    run.enter(target.depth)
    try:
        return target.call(run, ordered)
    finally:
        run.depth -= target.depth


def define_function(node: FunctionOf, body: Code, weight: int, depth: int, spot: Spot) -> Code:
    """The closure of ``function(…) body``; the function sees the frame it was defined in."""
    parameters = tuple(name for name, _ in node.parameters)
    types = tuple(wanted for _, wanted in node.parameters)

    def define(frame: Frame) -> Function | None:
        if node.external:
            try:
                return java_function(body(frame), parameters, types)
            except Problem as problem:
                frame.run.note(spot, str(problem))
                return None

        def call(run: Run, arguments: list[Any]) -> Any:
            run.spend(weight)
            return body(Frame(run, dict(zip(parameters, arguments, strict=True)), frame))

        return Function(name="", parameters=parameters, call=call, types=types, depth=depth)

    return define


def _in_order(target: Function, arguments: list[Any], names: Sequence[str]) -> list[Any]:
    given = dict(zip(names, arguments, strict=True))
    if set(given) != set(target.parameters) or len(given) != len(names):
        wanted = ", ".join(target.parameters) or "geen"
        raise Problem(f"Deze functie kent andere argumenten: {wanted}.")
    return [given[name] for name in target.parameters]
