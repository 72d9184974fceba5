"""A form as the rest of the product knows it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from service.forms.component import Component, Level, Option


@dataclass(frozen=True, kw_only=True)
class Field:
    """One question of a form, flat."""

    key: str
    """The path of the answer, without row numbers: ``verrijking.bronnen.doel``."""
    type: str
    label: str
    domain: str
    """Which roles may read the answer: one of ``DOMAINS`` of the profile."""
    sensitivity: str
    """``gewoon``, ``bijzonder``, ``strafrechtelijk`` or ``gevoelig``."""
    purpose: str
    retention: str
    required: bool
    """Always required; a question may also be required by a condition."""
    readonly: bool
    repeated: bool
    """Whether it stands in a list."""
    options: tuple[Option, ...]
    check: str = ""
    """What ``properties.controle`` asks: ``bsn``, ``kvk``, ``zaak``, or nothing."""


@dataclass(frozen=True, kw_only=True, eq=False)
class FormDefinition:
    """A form that passed its checks; immutable and shared between threads."""

    id: str
    title: str
    level: Level

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """All questions in document order, those in lists too."""
        return tuple(_fields(self.level, ""))

    def field(self, path: str) -> Field | None:
        """The question behind a path, which may contain row numbers."""
        key = ".".join(part for part in path.split(".") if not part.isdigit())
        return self._by_key.get(key)

    @cached_property
    def _by_key(self) -> dict[str, Field]:
        return {field.key: field for field in self.fields}


def _fields(level: Level, prefix: str) -> Iterator[Field]:
    for component in _in_order(level.components):
        if component.type.is_input:
            yield _field(component, prefix)
        elif component.level is not None:
            yield from _fields(component.level, f"{prefix}{component.path}.")


def _in_order(components: tuple[Component, ...]) -> Iterator[Component]:
    for component in components:
        yield component
        yield from _in_order(component.children)


def _field(component: Component, prefix: str) -> Field:
    care = component.care
    return Field(
        key=prefix + component.path,
        type=component.type.name,
        label=component.label,
        domain=care.domain,
        sensitivity=care.sensitivity,
        purpose=care.purpose,
        retention=care.retention,
        required=component.required,
        readonly=component.readonly,
        check=str(component.properties.get("controle") or ""),
        repeated=bool(prefix),
        options=component.options,
    )
