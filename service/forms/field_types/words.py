"""What textfield and textarea share: reading words, and their lengths."""

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from marshmallow import ValidationError, fields, validate

from service.feel import Environment
from service.forms.component import Component
from service.forms.field_types.base import InputType, Problem, Spot
from service.forms.nodes import Node

NOT_TEXT = "Vul tekst in."
PLAIN = "Geen bijzonderheden. "
STRANGE = "Hier staan tekens in die niet mogen. Typ de tekst opnieuw."


class WordsField(fields.Field[str]):
    """Text in composed Unicode with plain line ends, free of control characters."""

    def __init__(self, *, lines: bool, **more: Any) -> None:
        super().__init__(**more)
        self._lines = lines

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> str:
        del attr, data, kwargs
        if not isinstance(value, str):
            raise ValidationError(NOT_TEXT)
        text = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n"))
        if any(not self._allowed(character) for character in text):
            raise ValidationError(STRANGE)
        return text

    def _allowed(self, character: str) -> bool:
        if character in "\n\t":
            return self._lines
        return unicodedata.category(character) not in ("Cc", "Cs")


class WordsType(InputType):
    """A question that is answered in words."""

    rules: ClassVar[frozenset[str]] = InputType.rules | {"minLength", "maxLength"}
    lines: ClassVar[bool] = False
    longest: ClassVar[int]
    """The length when the form names none."""

    def problems(self, raw: Mapping[str, Any]) -> Iterator[Problem]:
        """Lengths must be whole numbers, and the least may not pass the most."""
        rules = raw.get("validate") or {}
        lengths = {name: whole(rules.get(name)) for name in ("minLength", "maxLength")}
        for name, number in lengths.items():
            if rules.get(name) is not None and number is None:
                yield Problem(
                    code="bad-length",
                    reason=f"{name} is geen heel getal van 0 of meer.",
                    way_out="Vul een heel getal in.",
                )
        least, most = lengths["minLength"], lengths["maxLength"]
        if least is not None and most is not None and least > most:
            yield Problem(
                code="bad-length",
                reason="minLength is groter dan maxLength.",
                way_out="Maak minLength kleiner.",
            )

    def bounds(self, component: Component) -> tuple[int | None, int]:
        """The least and the greatest number of characters."""
        rules = component.validation
        most = whole(rules.get("maxLength"))
        return whole(rules.get("minLength")), self.longest if most is None else most

    def marshmallow(self, component: Component) -> fields.Field[Any]:
        """Text within its lengths that passes the own checks of the type."""
        least, most = self.bounds(component)
        checks: list[Any] = [validate.Length(max=most, error="Gebruik ten hoogste {max} tekens.")]
        if least:
            checks.append(validate.Length(min=least, error="Gebruik ten minste {min} tekens."))
        return WordsField(lines=self.lines, validate=[*checks, *self.checks(component)])

    def checks(self, component: Component) -> list[Any]:  # noqa: ARG002
        """Further validators of the type."""
        return []

    def node(self, component: Component, spot: Spot) -> Node:
        """A text box with its lengths."""
        least, most = self.bounds(component)
        return self.question(
            component, spot, min_length=least, max_length=most, **self.control(component)
        )

    def plainest(self, component: Component, env: Environment) -> Iterator[Any]:
        """A sentence that says nothing, of a length that is allowed."""
        del env
        least, most = self.bounds(component)
        yield (PLAIN + PLAIN * ((least or 0) // len(PLAIN)))[:most].strip()

    def control(self, component: Component) -> dict[str, Any]:  # noqa: ARG002
        """What else the text box needs."""
        return {}


def whole(value: Any) -> int | None:
    """A whole number of 0 or more out of JSON, where form-js may write it as text."""
    if isinstance(value, bool):
        return None
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 7:
        return int(value)
    return value if isinstance(value, int) and value >= 0 else None
