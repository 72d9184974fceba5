"""A number: whole when the form asks for 0 decimals, else a decimal; comma or point."""

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar

from marshmallow import ValidationError, fields, validate

from service.feel import Environment
from service.forms.component import Component
from service.forms.field_types.base import EVERY_INPUT, InputType, Problem, Spot
from service.forms.field_types.textfield import adorners
from service.forms.field_types.words import whole
from service.forms.limits import MAX_DIGITS
from service.forms.nodes import Node

NOT_A_NUMBER = "Vul een getal in."
NOT_WHOLE = "Vul een heel getal in."


class NumberField(fields.Field[int | Decimal]):
    """An int (0 decimals) or a Decimal with at most so many decimals."""

    def __init__(self, *, decimals: int | None, **more: Any) -> None:
        super().__init__(**more)
        self._decimals = decimals

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> int | Decimal:
        del attr, data, kwargs
        number = read_number(value)
        if number is None:
            raise ValidationError(NOT_A_NUMBER)
        exponent = number.normalize().as_tuple().exponent
        decimals = max(0, -exponent) if isinstance(exponent, int) else 0
        if self._decimals is not None and decimals > self._decimals:
            raise ValidationError(
                NOT_WHOLE
                if self._decimals == 0
                else f"Gebruik ten hoogste {self._decimals} cijfers achter de komma."
            )
        return int(number) if self._decimals == 0 else number


class Number(InputType):
    """``number``."""

    name = "number"
    attributes: ClassVar[frozenset[str]] = EVERY_INPUT | {
        "decimalDigits",
        "increment",
        "appearance",
        "serializeToString",
    }
    rules: ClassVar[frozenset[str]] = InputType.rules | {"min", "max"}

    def problems(self, raw: Mapping[str, Any]) -> Iterator[Problem]:
        """Bounds and step must be numbers."""
        rules = raw.get("validate") or {}
        stated = {
            "min": rules.get("min"),
            "max": rules.get("max"),
            "increment": raw.get("increment"),
        }
        for name, value in stated.items():
            if value not in (None, "") and read_number(value) is None:
                yield Problem(
                    code="bad-bound", reason=f"{name} is geen getal.", way_out="Vul een getal in."
                )
        if (step := read_number(raw.get("increment"))) is not None and step <= 0:
            yield Problem(
                code="bad-bound",
                reason="increment is niet groter dan 0.",
                way_out="Vul een getal groter dan 0 in.",
            )
        if raw.get("decimalDigits") is not None and whole(raw["decimalDigits"]) is None:
            yield Problem(
                code="bad-bound",
                reason="decimalDigits is geen heel getal.",
                way_out="Vul een heel getal in.",
            )
        if raw.get("serializeToString"):
            yield Problem(
                code="unsupported-attribute",
                reason="serializeToString heeft hier geen werking: getallen blijven getallen.",
                way_out="Zet deze instelling uit.",
            )

    def marshmallow(self, component: Component) -> fields.Field[Any]:
        """A number within its bounds, on its step."""
        least, most = _bounds(component)
        checks: list[Any] = []
        if least is not None or most is not None:
            checks.append(validate.Range(min=least, max=most, error=_range_message(least, most)))
        if (step := read_number(component.raw.get("increment"))) is not None:
            checks.append(_on_step(step))
        return NumberField(
            decimals=whole(component.raw.get("decimalDigits")),
            validate=checks,
        )

    def plainest(self, component: Component, env: Environment) -> Iterator[Any]:
        """Nothing, one, or the nearest that is allowed."""
        del env
        least, most = _bounds(component)
        yield from (number for number in (0, 1, least, most) if number is not None)

    def html_value(self, value: Any) -> str:
        """The number with a comma; what was typed stays as it was."""
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            return f"{value:f}".replace(".", ",") if isinstance(value, Decimal) else str(value)
        return super().html_value(value)

    def text(self, component: Component, value: Any) -> str:
        """The number with a comma and what stands around it."""
        around = adorners(component)
        parts = (around["prefix"], self.html_value(value), around["suffix"])
        return " ".join(part for part in parts if part)

    def node(self, component: Component, spot: Spot) -> Node:
        """A text box with a numeric keyboard (a native number box loses commas)."""
        least, most = _bounds(component)
        step = read_number(component.raw.get("increment"))
        integral = whole(component.raw.get("decimalDigits")) == 0
        return self.question(
            component,
            spot,
            inputmode="numeric" if integral else "decimal",
            minimum="" if least is None else f"{least:f}",
            maximum="" if most is None else f"{most:f}",
            step="" if step is None else f"{step:f}",
            **adorners(component),
        )


def read_number(value: Any) -> Decimal | None:
    """A finite number of at most 34 digits out of JSON or typed text; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
        return None
    text = str(value) if not isinstance(value, str) else value.strip()
    if len(text) > MAX_DIGITS + 10 or not text.isascii() or "_" in text:
        return None
    if text.count(",") == 1 and "." not in text:
        text = text.replace(",", ".")
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    sane = number.is_finite() and -MAX_DIGITS <= number.adjusted() <= MAX_DIGITS
    return number if sane and len(number.as_tuple().digits) <= MAX_DIGITS else None


def _bounds(component: Component) -> tuple[Decimal | None, Decimal | None]:
    rules = component.validation
    return read_number(rules.get("min")), read_number(rules.get("max"))


def _range_message(least: Decimal | None, most: Decimal | None) -> str:
    if most is None:
        return f"Vul een getal van {least:f} of meer in."
    if least is None:
        return f"Vul een getal van ten hoogste {most:f} in."
    return f"Vul een getal van {least:f} tot en met {most:f} in."


def _on_step(step: Decimal) -> Any:
    def check(value: int | Decimal) -> int | Decimal:
        try:
            rest = Decimal(value) % step
        except InvalidOperation:
            rest = Decimal(1)
        if rest:
            raise ValidationError(f"Vul een veelvoud van {step:f} in.")
        return value

    return check
