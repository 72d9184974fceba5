"""The parsed parts of a form: components, their options, and the levels they stand on."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from marshmallow import Schema
from marshmallow.fields import Field

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from service.forms.field_types.base import FieldType, InputType
    from service.forms.rules import Rule


@dataclass(frozen=True, kw_only=True)
class Option:
    """One choice of a radio, select, checklist or taglist."""

    value: str
    label: str


@dataclass(frozen=True, kw_only=True)
class Care:
    """How carefully an answer must be handled."""

    domain: str = "algemeen"
    sensitivity: str = "gewoon"
    purpose: str = ""
    retention: str = ""


@dataclass(frozen=True, kw_only=True, eq=False)
class Component:
    """One component of a form."""

    id: str
    type: FieldType
    path: str
    """Where the answer lands, relative to the level; "" for parts without an answer."""
    label: str = ""
    description: str = ""
    required: bool = False
    required_if: Rule | None = None
    demand: Rule | None = None
    """``properties.eis``: an answer for which this is false is refused with the message."""
    demand_message: str = ""
    proposal: Rule | None = None
    """``properties.voorstel``: what is filled in when nobody has answered yet."""
    hide: Rule | None = None
    readonly: bool = False
    options: tuple[Option, ...] = ()
    choices: Rule | None = None
    """``valuesExpression``: computes the options from what the task can read."""
    care: Care = field(default_factory=Care)
    children: tuple[Component, ...] = ()
    """What a group contains."""
    level: Level | None = None
    """What one row of a list contains."""
    one_of: tuple[str, ...] = ()
    """``properties.een_van``: at least one of these paths must be answered."""
    one_of_message: str = ""
    columns: int | None = None
    raw: Mapping[str, Any] = field(default_factory=dict)
    """The JSON of the component, for what only its own type reads."""

    @property
    def question(self) -> InputType:
        """Its type, for the components in ``Level.inputs``."""
        return cast("InputType", self.type)

    @cached_property
    def field(self) -> Field[Any]:
        """The marshmallow field that reads its answer."""
        return self.type.marshmallow(self)

    @property
    def validation(self) -> Mapping[str, Any]:
        """The ``validate`` part of the JSON."""
        return self.raw.get("validate") or {}

    @property
    def properties(self) -> Mapping[str, Any]:
        """The ``properties`` part of the JSON."""
        return self.raw.get("properties") or {}

    def option_label(self, value: object) -> str:
        """The words that belong to a stored option value; the value itself when unknown."""
        return next((o.label for o in self.options if o.value == value), str(value))


@dataclass(frozen=True, kw_only=True, eq=False)
class Level:
    """Components that share one path prefix: the form itself, or one row of a list."""

    components: tuple[Component, ...]

    @cached_property
    def inputs(self) -> tuple[Component, ...]:
        """The components that carry one answer, in document order, groups opened."""
        return tuple(c for c, _ in self._walk() if c.type.is_input)

    @cached_property
    def lists(self) -> tuple[Component, ...]:
        """The repeated parts, in document order."""
        return tuple(c for c, _ in self._walk() if c.level is not None)

    @cached_property
    def groups(self) -> tuple[Component, ...]:
        """The groups, in document order."""
        return tuple(c for c, _ in self._walk() if c.type.contains and c.level is None)

    @cached_property
    def hide_rules(self) -> Mapping[str, tuple[Rule, ...]]:
        """By component id: its own condition and those of the groups around it."""
        return {c.id: rules for c, rules in self._walk() if rules}

    @cached_property
    def schema(self) -> Schema:
        """The marshmallow schema of the answers, built once; whether one is required is asked
        elsewhere, because that depends on conditions."""
        return Schema.from_dict({c.path: c.field for c in self.inputs if not c.readonly})()

    def _walk(self) -> Iterator[tuple[Component, tuple[Rule, ...]]]:
        return _walk(self.components, ())


def _walk(
    components: tuple[Component, ...], above: tuple[Rule, ...]
) -> Iterator[tuple[Component, tuple[Rule, ...]]]:
    for component in components:
        rules = above if component.hide is None else (*above, component.hide)
        yield component, rules
        yield from _walk(component.children, rules)
