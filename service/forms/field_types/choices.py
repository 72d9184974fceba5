"""What radio, select, checklist and taglist share: options, one or many of them."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, ClassVar

from marshmallow import ValidationError, fields, validate

from service.feel import Environment
from service.forms.component import Component, Option
from service.forms.field_types.base import (
    EVERY_INPUT,
    EVERY_PROPERTY,
    InputType,
    Problem,
    Spot,
    tidy_list,
)
from service.forms.limits import MAX_OPTIONS
from service.forms.nodes import Node, OptionNode

CHOOSE = "Kies een van de mogelijkheden."


class ChoiceType(InputType):
    """A question with given answers."""

    attributes: ClassVar[frozenset[str]] = EVERY_INPUT | {"values", "valuesExpression"}
    own_properties: ClassVar[frozenset[str]] = EVERY_PROPERTY | {"autocomplete"}

    def problems(self, raw: Mapping[str, Any]) -> Iterator[Problem]:
        """There must be options, each with text as its own value and a label, or an expression."""
        values = raw.get("values")
        if raw.get("valuesExpression"):
            if values:
                yield Problem(
                    code="options-twice",
                    reason="Er zijn vaste mogelijkheden en ook berekende.",
                    way_out="Haal de vaste mogelijkheden weg, of valuesExpression.",
                )
            return
        if not isinstance(values, list) or not 0 < len(values) <= MAX_OPTIONS:
            yield Problem(
                code="missing-options",
                reason="Er zijn geen mogelijkheden om uit te kiezen, of veel te veel.",
                way_out=f"Geef 1 tot {MAX_OPTIONS} vaste mogelijkheden.",
            )
            return
        if not all(_is_option(value) for value in values):
            yield Problem(
                code="bad-option",
                reason="Een mogelijkheid heeft geen tekst als waarde of geen label.",
                way_out="Geef elke mogelijkheid een label en een waarde.",
            )
            return
        if len({value["value"] for value in values}) < len(values):
            yield Problem(
                code="duplicate-option",
                reason="Twee mogelijkheden hebben dezelfde waarde.",
                way_out="Geef elke mogelijkheid een eigen waarde.",
            )

    def choices(self, component: Component, spot: Spot, chosen: frozenset[str]) -> Node:
        """The question with its options."""
        return self.question(
            replace(component, options=spot.options), spot, options=options_of(spot, chosen)
        )


class OneChoice(ChoiceType):
    """One answer out of several."""

    missing = "Kies een antwoord."

    def marshmallow(self, component: Component) -> fields.Field[Any]:
        """The value of one of the options."""
        return _option_field(component)

    def plainest(self, component: Component, env: Environment) -> Iterator[Any]:  # noqa: ARG002
        """No, unknown, or the first option that may be chosen."""
        yield from _plainest_first(component)

    def text(self, component: Component, value: Any) -> str:
        """The label of the chosen option."""
        return component.option_label(value)

    def node(self, component: Component, spot: Spot) -> Node:
        """The options, with the chosen one marked."""
        chosen = self.tidy(spot.value)
        return self.choices(component, spot, frozenset([str(chosen)]))


class ManyChoices(ChoiceType):
    """Any number of answers out of several; the answer is a list in the order of the form."""

    missing = "Kies ten minste één antwoord."

    def tidy(self, posted: Any) -> Any:
        """A list without empty and double entries."""
        return tidy_list(posted, MAX_OPTIONS)

    def absent(self) -> Any:
        """Browsers post nothing when nothing is chosen."""
        return []

    def is_empty(self, value: Any) -> bool:
        """An empty list is no answer."""
        return value in (None, [])

    def marshmallow(self, component: Component) -> fields.Field[Any]:
        """A list of values of the options."""
        return fields.List(
            _option_field(component),
            validate=validate.Length(max=MAX_OPTIONS, error="Dit zijn te veel antwoorden."),
            error_messages={"invalid": CHOOSE},
        )

    def plainest(self, component: Component, env: Environment) -> Iterator[Any]:  # noqa: ARG002
        """One option."""
        yield from ([value] for value in _plainest_first(component))

    def text(self, component: Component, value: Any) -> str:
        """The labels, with commas."""
        return ", ".join(component.option_label(one) for one in self.tidy(value))

    def node(self, component: Component, spot: Spot) -> Node:
        """The options, with the chosen ones marked."""
        chosen = frozenset(str(value) for value in self.tidy(spot.value))
        return self.choices(component, spot, chosen)


def offered(component: Component, scope: Mapping[str, Any], env: Environment) -> tuple[Option, ...]:
    """What can be chosen now: the options of the form, or those that its expression gives."""
    if component.choices is None:
        return component.options
    return read_options(component.choices.value(scope, env))[:MAX_OPTIONS]


def not_offered(
    component: Component, value: Any, scope: Mapping[str, Any], env: Environment
) -> Iterator[str]:
    """A message when something else was chosen than what the expression gives."""
    if component.choices is not None:
        known = {option.value for option in offered(component, scope, env)}
        if not known.issuperset(value if isinstance(value, list) else [value]):
            yield CHOOSE


def read_options(values: Any) -> tuple[Option, ...]:
    """The options in the JSON of a component, or that an expression gave; a text is its own label.

    What is no option is left out.
    """
    listed = values if isinstance(values, list) else []
    whole = [{"value": v, "label": v} if isinstance(v, str) else v for v in listed]
    return tuple(
        Option(value=value["value"], label=value["label"]) for value in whole if _is_option(value)
    )


def options_of(spot: Spot, chosen: frozenset[str]) -> tuple[OptionNode, ...]:
    """The drawn choices of a component."""
    return tuple(
        OptionNode(
            html_id=f"{spot.html_id}-{number}",
            value=option.value,
            label=option.label,
            checked=option.value in chosen,
        )
        for number, option in enumerate(spot.options, start=1)
    )


def _plainest_first(component: Component) -> list[str]:
    values = [option.value for option in component.options]
    return sorted(values, key=lambda value: (value != "nee", value != "onbekend"))


def _is_option(value: Any) -> bool:
    return isinstance(value, dict) and all(
        isinstance(value.get(name), str) and value[name].strip() for name in ("value", "label")
    )


def _option_field(component: Component) -> fields.Field[Any]:
    allowed = {option.value for option in component.options}

    def check(value: Any) -> None:
        if not isinstance(value, str) or (component.choices is None and value not in allowed):
            raise ValidationError(CHOOSE)

    return fields.Raw(validate=[check])
