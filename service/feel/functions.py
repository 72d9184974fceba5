"""The register of built-in functions: their signatures, and how arguments reach them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from service.feel.limits import CHARS_PER_STEP
from service.feel.run import MISSING, Problem, Run
from service.feel.values import DUTCH, KINDS, Function, in_dutch, kind

Body = Callable[..., Any]
_AnyBody = TypeVar("_AnyBody", bound=Body)
_CALL = 8  # fitting the arguments costs more than reading a variable
_ALIASES = {
    "duration": ("days and time duration", "years and months duration"),
    "days": ("days and time duration",),
    "moment": ("date and time",),
    "temporal": ("date", "date and time"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Parameter:
    """One parameter of a built-in function."""

    name: str
    kinds: frozenset[str]
    """The FEEL types it takes; empty for any, null included."""
    optional: bool = False
    variadic: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Signature:
    """One way to call a built-in function."""

    parameters: tuple[Parameter, ...]
    body: Body
    text: str


BUILT_INS: dict[str, list[Signature]] = {}
"""Every built-in function by name, with its signatures in the order they are tried."""


def built_in(name: str, *signatures: str) -> Callable[[_AnyBody], _AnyBody]:
    """Register a function.

    A signature reads ``"list: list, position: number, new item"``: a type after the colon, several
    with ``|``, ``?`` after an optional name, ``*`` after the name that takes all the rest.
    """

    def register(body: _AnyBody) -> _AnyBody:
        ways = BUILT_INS.setdefault(name, [])
        for text in signatures:
            parameters = tuple(_parameter(part.strip()) for part in text.split(",") if part.strip())
            ways.append(Signature(parameters=parameters, body=body, text=text))
        return body

    return register


def call_built_in(name: str, run: Run, arguments: list[Any], names: Sequence[str] = ()) -> Any:
    """The outcome of ``name(arguments)``.

    Raises:
        Problem: the arguments do not fit any signature, or have no outcome.
    """
    run.spend(_CALL)
    for argument in arguments:
        if type(argument) is str:
            run.spend(len(argument) // CHARS_PER_STEP)
    problem = ""
    for way in BUILT_INS[name]:
        fitted = _fit(way, arguments, names)
        if isinstance(fitted, str):
            problem = problem or fitted
            continue
        try:
            return way.body(run, *fitted)
        except (ArithmeticError, ValueError) as error:
            raise Problem(f"{name}: de uitkomst bestaat niet of is te groot.") from error
    raise Problem(f"{name}: {problem or 'het aantal argumenten klopt niet'}.")


def takes(name: str, count: int, names: Sequence[str] = ()) -> bool:
    """Whether some way to call ``name`` has so many arguments, called so."""
    for way in BUILT_INS[name]:
        if names:
            if _in_order(way.parameters, [None] * count, names) is not None:
                return True
            continue
        needed = sum(1 for parameter in way.parameters if not parameter.optional)
        endless = bool(way.parameters) and way.parameters[-1].variadic
        if (count >= needed - endless if endless else needed <= count <= len(way.parameters)) and (
            count or not way.parameters
        ):
            return True
    return False


def as_function(name: str) -> Function:
    """A built-in function as a value."""
    return Function(
        name=name,
        parameters=tuple(p.name for p in BUILT_INS[name][0].parameters),
        call=lambda run, arguments: call_built_in(name, run, arguments),
        variadic=True,
    )


def _parameter(text: str) -> Parameter:
    name, _, types = text.partition(":")
    names = [word.strip() for word in types.split("|") if word.strip()]
    kinds = frozenset(k for word in names for k in _ALIASES.get(word, (word,)))
    unknown = kinds - {*KINDS.values()}
    if unknown:
        raise ValueError(f"unknown types {unknown} in {text!r}")
    return Parameter(
        name=name.strip(" ?*"), kinds=kinds, optional="?" in name, variadic="*" in name
    )


def _fit(way: Signature, arguments: list[Any], names: Sequence[str]) -> list[Any] | str:
    """The arguments in the order of the parameters, or why they do not fit."""
    parameters = way.parameters
    if names:
        ordered = _in_order(parameters, arguments, names)
        if ordered is None:
            return "deze argumentnamen passen niet bij elkaar"
        arguments = ordered
    if parameters and parameters[-1].variadic:
        rest = parameters[-1]
        parameters = (*parameters[:-1], *[rest] * (len(arguments) - len(parameters) + 1))
    needed = sum(1 for parameter in parameters if not parameter.optional)
    if not needed <= len(arguments) <= len(parameters) or (not arguments and way.parameters):
        return ""
    fitted: list[Any] = []
    for parameter, argument in zip(parameters, arguments, strict=False):
        if not parameter.kinds or kind(argument) in parameter.kinds:
            fitted.append(argument)
        elif (coerced := _coerce(argument, parameter.kinds)) is not MISSING:
            fitted.append(coerced)
        else:
            wanted = " of ".join(sorted(DUTCH[k] for k in parameter.kinds))
            return f"{parameter.name} moet {wanted} zijn, niet {in_dutch(argument)}"
    return fitted


def _in_order(
    parameters: tuple[Parameter, ...], arguments: list[Any], names: Sequence[str]
) -> list[Any] | None:
    given = dict(zip(names, arguments, strict=True))
    if len(given) != len(names):
        return None
    ordered: list[Any] = []
    for parameter in parameters:
        if parameter.name in given:
            ordered.append(given.pop(parameter.name))
        elif parameter.optional:
            ordered.append(MISSING if parameter.kinds else None)
        else:
            return None
    while ordered and ordered[-1] is MISSING:
        ordered.pop()
    return None if given or MISSING in ordered else ordered


def _coerce(argument: Any, kinds: frozenset[str]) -> Any:
    """The standard's implicit conversions: one item to its list, a list of one to its item."""
    if "list" in kinds and argument is not None:
        return [argument]
    if isinstance(argument, list) and len(argument) == 1 and kind(argument[0]) in kinds:
        return argument[0]
    return MISSING
