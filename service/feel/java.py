"""External functions: a closed table of pure Java methods, each rewritten here.

The standard lets a model name a Java method by class and signature. No such name is ever looked
up anywhere but in this table, so no expression gains anything but the arithmetic and the texts
that stand here (``docs/decisions/0013``). Numbers are Java's: 64 or 32 bits of binary floating
point, or whole numbers of 8 to 64 bits; what falls outside gives null with a reason.
"""

import math
import re
import struct
from collections.abc import Callable, Iterable
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from typing import Any, Final

from service.feel.numeric import NUMBERS, number_text, whole
from service.feel.run import Problem, Run
from service.feel.text import string_of
from service.feel.values import Function

_BITS: Final = {"byte": 8, "short": 16, "int": 32, "long": 64}
_STRING: Final = "java.lang.String"
_OBJECT: Final = "java.lang.Object"
_COST: Final = 20
_PLACE: Final = 4
_FORMAT = re.compile(r"%(?:\.(?P<digits>[0-9]{1,2}))?(?P<kind>[a-zA-Z%])")
_FLOAT = re.compile(r"\s*[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?[dDfF]?\s*")
_INTEGER = re.compile(r"[+-]?[0-9]{1,20}")


def java_function(mapping: Any, parameters: tuple[str, ...], types: tuple[Any, ...]) -> Function:
    """The function that ``{java: {class: …, method signature: …}}`` names.

    Raises:
        Problem: the table has no such method, or the function has other parameters.
    """
    java = mapping.get("java") if isinstance(mapping, dict) else None
    if not isinstance(java, dict):
        raise Problem("Functies van buiten (external) worden hier nooit uitgevoerd.")
    where, signature = java.get("class"), java.get("method signature")
    method = find_method(where, signature)
    if method is None:
        raise Problem(
            f"De Java-methode {_called_so(where, signature)} staat niet in de lijst van Meldroute "
            "en wordt nooit uitgevoerd."
        )
    kinds, body = method
    variadic = bool(kinds) and kinds[-1].startswith("[")
    if len(parameters) < len(kinds) if variadic else len(parameters) != len(kinds):
        raise Problem(f"De Java-methode {where}.{signature} heeft andere argumenten.")

    def call(run: Run, arguments: list[Any]) -> Any:
        run.spend(_COST)
        return _called(kinds, body, arguments, run)

    return Function(name="", parameters=parameters, call=call, types=types)


def find_method(where: Any, signature: Any) -> tuple[tuple[str, ...], Callable[..., Any]] | None:
    """The kinds of the parameters of a method in the table, and what it does."""
    if not isinstance(where, str) or not isinstance(signature, str) or len(signature) > 200:
        return None
    tidy = re.sub(r"\s+", "", signature)
    body = _METHODS.get((where, tidy))
    if body is None:
        return None
    inside = tidy[tidy.index("(") + 1 : -1]
    return tuple(inside.split(",")) if inside else (), body


def _called_so(where: Any, signature: Any) -> str:
    """How a method that is not in the table is named, cut when it is long."""
    return ".".join(part[:100] for part in (where, signature) if isinstance(part, str))


def _called(
    kinds: tuple[str, ...], body: Callable[..., Any], arguments: list[Any], run: Run
) -> Any:
    try:
        given: list[Any] = []
        for place, kind in enumerate(kinds):
            if kind.startswith("["):
                given.append(arguments[place:])
            else:
                given.append(_taken(arguments[place], kind, run))
        if kinds == (_STRING, "[Ljava.lang.Object;"):
            return _format(given[0], given[1], run)
        return _given_back(body(*given))
    except (ArithmeticError, ValueError) as error:
        raise Problem("Deze Java-methode heeft hier geen uitkomst.") from error


def _taken(value: Any, kind: str, run: Run) -> Any:
    """An argument as Java would get it."""
    if kind in ("double", "float") and isinstance(value, Decimal):
        return _float(float(value), kind)
    if kind in _BITS and isinstance(value, Decimal) and whole(value):
        return _whole(int(value) if abs(value) < 10**20 else 10**20, kind)
    if kind == "boolean" and isinstance(value, bool):
        return value
    if kind == "char" and isinstance(value, str) and len(value) == 1:
        return value
    if kind == _STRING and isinstance(value, str):
        run.spend_text(len(value))
        return value
    if kind == _OBJECT:
        return string_of(value, run) or "null"
    raise Problem(f"Een argument van deze Java-methode is geen {kind}.")


def _given_back(value: Any) -> Any:
    """What Java gave, as a FEEL value."""
    if type(value) is int:
        return Decimal(value)
    if isinstance(value, float):
        if not math.isfinite(value):
            raise Problem("De uitkomst is geen eindig getal.")
        return NUMBERS.create_decimal(repr(value))
    return value


def _float(value: float, kind: str) -> float:
    if not math.isfinite(value):
        raise Problem("Dit getal is te groot voor Java.")
    if kind == "double":
        return value
    single: float = struct.unpack("f", struct.pack("f", value))[0]
    # The shortest number that is the same in 32 bits, as Java writes it.
    for digits in range(6, 9):
        shorter = float(f"{single:.{digits}g}")
        if struct.unpack("f", struct.pack("f", shorter))[0] == single:
            return shorter
    return float(f"{single:.9g}")


def _whole(value: int, kind: str) -> int:
    half: int = 2 ** (_BITS[kind] - 1)
    if not -half <= value < half:
        raise Problem(f"Dit getal past niet in een {kind} van Java.")
    return value


def _of_text(kind: str) -> Callable[[str], Any]:
    def read(text: str) -> Any:
        pattern = _FLOAT if kind in ("double", "float") else _INTEGER
        if not pattern.fullmatch(text):
            raise Problem("Deze tekst is voor Java geen getal.")
        if kind in _BITS:
            return _whole(int(text), kind)
        return _float(float(text.strip().rstrip("dDfF")), kind)

    return read


def _format(pattern: str, values: list[Any], run: Run) -> str:
    """``String.format`` with ``%s``, ``%S``, ``%d``, ``%f``, ``%.2f``, ``%b``, ``%n``, ``%%``."""
    run.spend(_PLACE * pattern.count("%"))
    if any(match["kind"] not in "sSdfbn%" for match in _FORMAT.finditer(pattern)):
        raise Problem("Deze opmaak van tekst kent Meldroute niet.")
    if "%" in _FORMAT.sub("", pattern):
        raise Problem("Deze opmaak van tekst kent Meldroute niet.")
    waiting = iter(values)

    def written(match: re.Match[str]) -> str:
        kind = match["kind"]
        if kind in "n%":
            return "\n" if kind == "n" else "%"
        if (value := next(waiting, waiting)) is waiting:
            raise Problem("Er zijn minder waarden dan plaatsen in de tekst.")
        text = _one(value, kind, match["digits"], run)
        run.spend_text(len(text))
        return text

    text = _FORMAT.sub(written, pattern)
    run.spend_text(len(text))
    return text


def _one(value: Any, kind: str, digits: str | None, run: Run) -> str:
    if kind in "sS":
        text = string_of(value, run) or "null"
        text = text if digits is None else text[: int(digits)]
        return text.upper() if kind == "S" else text
    if kind == "b":
        return str(value if isinstance(value, bool) else value is not None).lower()
    if not isinstance(value, Decimal) or value.adjusted() > 40 or (kind == "d" and digits):
        raise Problem("Deze waarde past niet bij de opmaak van de tekst.")
    if kind == "f":
        return f"{value.quantize(Decimal(1).scaleb(-int(digits or 6)), ROUND_HALF_UP, _WIDE):f}"
    if not whole(value):
        raise Problem("%d vraagt een heel getal.")
    return number_text(value)


_WIDE = NUMBERS.copy()
_WIDE.prec = 160


def _signum(value: float) -> float:
    return float((value > 0) - (value < 0))


def _round(value: float) -> int:
    return _whole(math.floor(Decimal(value) + Decimal("0.5")), "long")


def _rint(value: float) -> float:
    return float(Decimal(value).to_integral_value(ROUND_HALF_EVEN))


_OF_ONE: Final[dict[str, Callable[[float], Any]]] = {
    "abs": abs,
    "acos": math.acos,
    "asin": math.asin,
    "atan": math.atan,
    "cbrt": math.cbrt,
    "ceil": lambda value: float(math.ceil(value)),
    "cos": math.cos,
    "cosh": math.cosh,
    "exp": math.exp,
    "expm1": math.expm1,
    "floor": lambda value: float(math.floor(value)),
    "log": math.log,
    "log10": math.log10,
    "log1p": math.log1p,
    "rint": _rint,
    "round": _round,
    "signum": _signum,
    "sin": math.sin,
    "sinh": math.sinh,
    "sqrt": math.sqrt,
    "tan": math.tan,
    "tanh": math.tanh,
    "toDegrees": math.degrees,
    "toRadians": math.radians,
}


def _numbers() -> Iterable[tuple[str, str, Callable[..., Any]]]:
    """Class, signature and body of every method about numbers."""
    for where in ("java.lang.Math", "java.lang.StrictMath"):
        yield from ((where, f"{name}(double)", body) for name, body in _OF_ONE.items())
        yield where, "pow(double,double)", math.pow
        yield where, "atan2(double,double)", math.atan2
        yield where, "hypot(double,double)", math.hypot
        for kind in ("int", "long", "float", "double"):
            yield where, f"max({kind},{kind})", max
            yield where, f"min({kind},{kind})", min
        for kind in ("int", "long"):
            yield where, f"abs({kind})", _bounded(abs, kind)
            yield where, f"floorDiv({kind},{kind})", _bounded(lambda a, b: a // b, kind)
            yield where, f"floorMod({kind},{kind})", lambda a, b: a % b
        yield where, "abs(float)", abs


def _bounded(body: Callable[..., int], kind: str) -> Callable[..., int]:
    return lambda *values: _whole(body(*values), kind)


def _conversions() -> Iterable[tuple[str, str, Callable[..., Any]]]:
    """Class, signature and body of every method that turns one kind of value into another."""
    names = {"byte": "Byte", "short": "Short", "int": "Integer", "long": "Long"}
    for kind, name in (names | {"float": "Float", "double": "Double"}).items():
        where = f"java.lang.{name}"
        parse = "parseInt" if kind == "int" else f"parse{name}"
        yield where, f"valueOf({kind})", lambda value: value
        yield where, f"valueOf({_STRING})", _of_text(kind)
        yield where, f"{parse}({_STRING})", _of_text(kind)
    yield "java.lang.Boolean", "valueOf(boolean)", lambda value: value
    for name in ("valueOf", "parseBoolean"):
        yield "java.lang.Boolean", f"{name}({_STRING})", lambda text: text.lower() == "true"
    for kind in ("char", "boolean", "int", "long", "float", "double", _OBJECT):
        yield _STRING, f"valueOf({kind})", _text
    yield _STRING, f"format({_STRING},[Ljava.lang.Object;)", _text


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


_METHODS: Final[dict[tuple[str, str], Callable[..., Any]]] = {
    (where, signature): body for where, signature, body in (*_numbers(), *_conversions())
}
"""Every method by class and signature without spaces; nothing outside this table is called."""
