"""One box to tick; not ticked is the answer false."""

from collections.abc import Iterator
from typing import Any

from marshmallow import ValidationError, fields

from service.feel import Environment
from service.forms.component import Component
from service.forms.field_types.base import InputType, Spot
from service.forms.nodes import Node

_TRUE = ("on", "true", "ja", "1")
_FALSE = ("off", "false", "nee", "0")


class Checkbox(InputType):
    """``checkbox``; required means that it must be ticked."""

    name = "checkbox"
    missing = "Vink dit aan om verder te gaan."

    def tidy(self, posted: Any) -> Any:
        """True or false, or what was posted when it is neither."""
        value = super().tidy(posted)
        if isinstance(value, str):
            lowered = value.lower()
            return True if lowered in _TRUE else False if lowered in _FALSE else value
        return value

    def absent(self) -> Any:
        """Browsers post nothing for a box that is not ticked."""
        return False

    def is_empty(self, value: Any) -> bool:
        """A box that is not ticked counts as no answer."""
        return value is None or value is False

    def marshmallow(self, component: Component) -> fields.Field[Any]:
        """A boolean and nothing that looks like one."""
        del component
        return fields.Raw(validate=[_is_boolean])

    def plainest(self, component: Component, env: Environment) -> Iterator[Any]:
        """Ticked, because only that is an answer."""
        del component, env
        yield True

    def text(self, component: Component, value: Any) -> str:
        """Ja or nee."""
        del component
        return "Ja" if value is True else "Nee"

    def node(self, component: Component, spot: Spot) -> Node:
        """A box before its label."""
        return self.question(component, spot, checked=self.tidy(spot.value) is True, value="ja")


def _is_boolean(value: Any) -> None:
    if not isinstance(value, bool):
        raise ValidationError("Vink dit aan of laat het leeg.")
