"""What every type of component says about itself; one module beside this one per type."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from marshmallow import ValidationError, fields

from service.feel import Environment
from service.forms.component import Component, Option
from service.forms.nodes import FieldNode, Node

REQUIRED = "Vul dit veld in."
EVERY_COMPONENT = frozenset({"type", "id", "layout", "conditional"})
EVERY_INPUT = EVERY_COMPONENT | {
    "key",
    "label",
    "description",
    "validate",
    "readonly",
    "defaultValue",
    "properties",
}
EVERY_PROPERTY = frozenset(
    {
        "domein",
        "gevoeligheid",
        "doel",
        "bewaren",
        "verplicht_als",
        "eis",
        "eis_melding",
        "voorstel",
    }
)


@dataclass(frozen=True, kw_only=True)
class Problem:
    """What a type finds wrong with the JSON of one of its components."""

    code: str
    reason: str
    way_out: str


@dataclass(frozen=True, kw_only=True)
class Spot:
    """Where and in which state a component is drawn."""

    name: str
    """The full path, with row numbers."""
    html_id: str
    value: Any = None
    hidden: bool = False
    required: bool = False
    errors: tuple[str, ...] = ()
    proposal: Any = None
    options: tuple[Option, ...] = ()
    """What can be chosen here and now."""


class FieldType:
    """One type of component of form-js."""

    name: ClassVar[str]
    attributes: ClassVar[frozenset[str]] = EVERY_COMPONENT
    """The JSON attributes that have a meaning here; any other is refused."""
    rules: ClassVar[frozenset[str]] = frozenset()
    """The entries of ``validate`` that have a meaning here."""
    own_properties: ClassVar[frozenset[str]] = frozenset()
    """The entries of ``properties`` that have a meaning here."""
    is_input: ClassVar[bool] = False
    contains: ClassVar[bool] = False
    """Whether it has ``components``."""
    repeats: ClassVar[bool] = False
    refused: ClassVar[str] = ""
    """Why this type may not be used, with the way out; "" for the types that may."""

    def problems(self, raw: Mapping[str, Any]) -> Iterator[Problem]:  # noqa: ARG002
        """What is wrong with the JSON, as far as only this type knows."""
        yield from ()

    def label(self, raw: Mapping[str, Any]) -> str:
        """What the component is called."""
        return str(raw.get("label") or "")

    def marshmallow(self, component: Component) -> fields.Field[Any]:
        """The field of the schema that turns tidied input into a FEEL-ready value."""
        raise NotImplementedError(component.id)

    def node(self, component: Component, spot: Spot) -> Node:
        """The drawn part; containers are drawn by ``rendering``."""
        raise NotImplementedError((component.id, spot.name))


class InputType(FieldType):
    """A component that asks one question."""

    attributes: ClassVar[frozenset[str]] = EVERY_INPUT
    rules: ClassVar[frozenset[str]] = frozenset({"required"})
    own_properties: ClassVar[frozenset[str]] = EVERY_PROPERTY
    is_input: ClassVar[bool] = True
    missing: ClassVar[str] = REQUIRED
    """The message when a required answer is not there."""

    def tidy(self, posted: Any) -> Any:
        """What was posted or sent, without its wrapping; None (or []) when nothing was.

        Never raises; keeps what was typed, so that a draft can show it again.
        """
        value = posted[-1] if isinstance(posted, list | tuple) and posted else posted
        if isinstance(value, str):
            value = value.strip()
        return None if value in ("", [], ()) else value

    def is_empty(self, value: Any) -> bool:
        """Whether this counts as no answer."""
        return value is None

    def absent(self) -> Any:
        """The answer when nothing was posted; None where that is no answer."""
        return None

    def lenient(self, component: Component, posted: Any) -> Any:
        """The typed value as far as it can be read, for conditions; None when it cannot."""
        tidied = self.tidy(posted)
        if self.is_empty(tidied):
            return tidied
        try:
            return component.field.deserialize(tidied)
        except ValidationError:
            return None

    def text(self, component: Component, value: Any) -> str:  # noqa: ARG002
        """The answer in words."""
        return str(value)

    def html_value(self, value: Any) -> str:
        """The answer as the ``value`` of an HTML control; takes typed and raw values."""
        return "" if value is None or isinstance(value, bool | list | dict) else str(value)

    def demands(
        self,
        component: Component,  # noqa: ARG002
        value: Any,  # noqa: ARG002
        env: Environment,  # noqa: ARG002
    ) -> Iterator[str]:
        """Messages about a typed value that depend on the moment."""
        yield from ()

    def plainest(self, component: Component, env: Environment) -> Iterator[Any]:  # noqa: ARG002
        """Answers that say the least, best first, for who must answer and has nothing to say."""
        yield from ()

    def node(self, component: Component, spot: Spot) -> Node:
        """The drawn question."""
        return self.question(component, spot)

    def question(self, component: Component, spot: Spot, **more: Any) -> FieldNode:
        """The parts of a drawn question that every type has, and ``more``."""
        error = " ".join(spot.errors)
        description_id = f"{spot.html_id}-uitleg" if component.description else ""
        error_id = f"{spot.html_id}-fout" if error else ""
        shown = spot.value if not self.is_empty(spot.value) else None
        own: dict[str, Any] = {
            "value": self.html_value(spot.value),
            "text": "" if shown is None else self.safe_text(component, shown),
            "proposal": ("" if spot.proposal is None else self.safe_text(component, spot.proposal)),
            "autocomplete": str(component.properties.get("autocomplete", "off")),
        }
        return FieldNode(
            kind=self.name,
            html_id=spot.html_id,
            hidden=spot.hidden,
            hide_when=component.hide.source if component.hide else "",
            columns=component.columns,
            name=spot.name,
            label=component.label,
            description=component.description,
            required=spot.required,
            required_when=component.required_if.source if component.required_if else "",
            readonly=component.readonly,
            error=error,
            description_id=description_id,
            error_id=error_id,
            describedby=" ".join(part for part in (description_id, error_id) if part),
            **{**own, **more},
        )

    def safe_text(self, component: Component, value: Any) -> str:
        """``text`` for values that may have come from anywhere."""
        try:
            return self.text(component, value)
        except (TypeError, ValueError, AttributeError):
            return str(value)


def tidy_list(posted: Any, longest: int) -> list[Any]:
    """A list without empty and double entries; one that is far too long is cut, still too long."""
    values = list(posted) if isinstance(posted, list | tuple) else [posted]
    if len(values) > 2 * longest:
        return values[: longest + 1]
    kept: list[Any] = []
    for value in values:
        if value not in (None, "", *kept):
            kept.append(value)
    return kept
