"""A form as a program needs it to ask the same questions as the page does."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from service.api.plain import plain
from service.feel import Environment
from service.forms import FormDefinition
from service.forms.component import Component, Level
from service.forms.field_types.choices import offered
from service.forms.field_types.dynamiclist import row_bounds
from service.operations.show_task import TaskView

_LIMITS = {
    "min": "minimum",
    "max": "maximum",
    "minLength": "min_length",
    "maxLength": "max_length",
    "pattern": "pattern",
    "validationType": "format",
}


def form_of(view: TaskView) -> dict[str, Any] | None:
    """The form of a task with the values that are known already; ``None`` without a form."""
    if view.form is None:
        return None
    return described(view.form, values=view.values, scope=view.variables, env=view.environment)


def described(
    form: FormDefinition,
    *,
    values: Mapping[str, Any],
    scope: Mapping[str, Any],
    env: Environment,
) -> dict[str, Any]:
    """Id, title and questions of a form, in document order."""
    reader = _Reader(values=values, scope=scope, env=env)
    return {"id": form.id, "title": form.title, "fields": list(reader.level(form.level, ""))}


@dataclass(frozen=True, kw_only=True)
class _Reader:
    values: Mapping[str, Any]
    scope: Mapping[str, Any]
    env: Environment

    def level(self, level: Level, prefix: str) -> Iterator[dict[str, Any]]:
        yield from self._all(level.components, prefix, ())

    def _all(
        self, components: tuple[Component, ...], prefix: str, hidden: tuple[str, ...]
    ) -> Iterator[dict[str, Any]]:
        for component in components:
            hiding = (*hidden, component.hide.source) if component.hide else hidden
            if component.level is not None:
                yield self._list(component, component.level, prefix, hiding)
            elif component.type.is_input:
                yield self._question(component, prefix, hiding)
            for inner in self._all(component.children, prefix, hiding):
                if inner["key"] in component.one_of:
                    inner["one_of"] = list(component.one_of)
                yield inner

    def _question(
        self, component: Component, prefix: str, hidden: tuple[str, ...]
    ) -> dict[str, Any]:
        limits = {
            ours: plain(component.validation[theirs])
            for theirs, ours in _LIMITS.items()
            if component.validation.get(theirs) not in (None, "")
        }
        return {
            **self._common(component, prefix, hidden),
            "description": component.description,
            "required": component.required,
            "required_when": component.required_if.source if component.required_if else None,
            "readonly": component.readonly,
            "options": [
                {"value": o.value, "label": o.label}
                for o in offered(component, self.scope, self.env)
            ],
            "limits": limits,
            "subtype": component.raw.get("subtype"),
            "value": None if prefix else plain(self._value(component)),
            "proposal": None if prefix else plain(self._proposal(component)),
        }

    def _list(
        self, component: Component, level: Level, prefix: str, hidden: tuple[str, ...]
    ) -> dict[str, Any]:
        least, most = row_bounds(component)
        return {
            **self._common(component, prefix, hidden),
            "limits": {"min_rows": least, "max_rows": most},
            "value": plain(_at(self.values, component.path)),
            "fields": list(self.level(level, f"{component.path}.")),
        }

    def _common(self, component: Component, prefix: str, hidden: tuple[str, ...]) -> dict[str, Any]:
        return {
            "key": prefix + component.path,
            "label": component.label,
            "type": component.type.name,
            "hidden_when": list(hidden),
        }

    def _value(self, component: Component) -> Any:
        return _at(self.scope if component.readonly else self.values, component.path)

    def _proposal(self, component: Component) -> Any:
        if component.proposal is None:
            return component.raw.get("defaultValue")
        return component.proposal.value(self.scope, self.env)


def _at(source: Any, path: str) -> Any:
    for name in path.split("."):
        if not isinstance(source, Mapping):
            return None
        source = source.get(name)
    return source
