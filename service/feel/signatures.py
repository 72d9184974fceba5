"""How each built-in function is called, for who writes an expression."""

from collections.abc import Iterator
from dataclasses import dataclass

from service.feel.builtins import werkdagen
from service.feel.functions import BUILT_INS, Signature


@dataclass(frozen=True, kw_only=True)
class FunctionCall:
    """One way to call a built-in function."""

    name: str
    parameters: tuple[str, ...]
    about: str
    """What our own functions do, in Dutch; those of the standard are described there."""


def function_calls() -> tuple[FunctionCall, ...]:
    """Every way to call every built-in function, by name."""
    return tuple(_calls())


def _calls() -> Iterator[FunctionCall]:
    for name in sorted(BUILT_INS):
        for way in BUILT_INS[name]:
            parameters = tuple(parameter.name for parameter in way.parameters)
            yield FunctionCall(name=name, parameters=parameters, about=_about(way))


def _about(way: Signature) -> str:
    ours = way.body.__module__ == werkdagen.__name__
    return (way.body.__doc__ or "") if ours else ""
