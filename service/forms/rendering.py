"""Draws a form as a tree of frozen nodes that a template renders without any logic."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from service.feel import Environment
from service.forms.component import Component, Level
from service.forms.definition import FormDefinition
from service.forms.field_types.base import Spot
from service.forms.field_types.choices import offered
from service.forms.field_types.dynamiclist import (
    first_rows,
    may_change_rows,
    row_bounds,
    row_label,
)
from service.forms.nodes import ErrorLink, GroupNode, ListNode, Node, RenderModel, RowNode
from service.forms.prefill import prefill
from service.forms.state import LevelState, state_of
from service.forms.validation import is_required, one_is_required
from service.forms.values import ADD_ROW, REMOVE_ROW, get, nested, rows_of

Errors = Mapping[str, Sequence[str]]


def render_model(
    form: FormDefinition,
    *,
    values: Mapping[str, Any],
    errors: Errors,
    scope: Mapping[str, Any],
    env: Environment,
    viewer_domains: frozenset[str] | None = None,
) -> RenderModel:
    """The form with these values (typed, raw or a draft) and errors in it.

    Without any values the task is opened for the first time: earlier answers in the scope,
    proposals and default values are filled in. ``viewer_domains`` leaves out the questions of
    other domains; None shows all, which is right for somebody's own task.
    """
    drawing = _Drawing(env=env, errors=errors, domains=viewer_domains, first=not values)
    nodes = drawing.level(form.level, nested(values), scope, "")
    return RenderModel(
        form_id=form.id,
        title=form.title,
        nodes=nodes,
        errors=tuple(_error_links(form, errors)),
        reacts=any(_reacts(level) for level in _levels(form.level)),
        has_files=any(field.type == "filepicker" for field in form.fields),
    )


@dataclass(frozen=True, kw_only=True)
class _Drawing:
    """One drawing of one form."""

    env: Environment
    errors: Errors
    domains: frozenset[str] | None
    first: bool

    def level(
        self, level: Level, raw: dict[str, Any], scope: Mapping[str, Any], prefix: str
    ) -> tuple[Node, ...]:
        if self.first:
            prefill(level, raw, scope=scope, env=self.env, within=bool(prefix))
        state = state_of(level, raw, scope=scope, env=self.env)
        sheet = _Sheet(drawing=self, level=level, raw=raw, state=state, prefix=prefix)
        return sheet.nodes(level.components)


@dataclass(frozen=True, kw_only=True)
class _Sheet:
    """The drawing of one level with its state."""

    drawing: _Drawing
    level: Level
    raw: Mapping[str, Any]
    state: LevelState
    prefix: str

    def nodes(self, components: tuple[Component, ...]) -> tuple[Node, ...]:
        return tuple(node for component in components for node in self._node(component))

    def _node(self, component: Component) -> Iterator[Node]:
        if component.level is not None:
            yield from self._list(component, component.level)
        elif component.type.contains:
            yield from self._group(component)
        elif not component.type.is_input or self._may_see(component):
            yield component.type.node(component, self._spot(component))

    def _may_see(self, component: Component) -> bool:
        domains = self.drawing.domains
        return domains is None or component.care.domain in domains

    def _spot(self, component: Component) -> Spot:
        name = self.prefix + component.path
        if not component.type.is_input:
            return Spot(
                name="",
                html_id=html_id(f"{self.prefix}{component.id}"),
                hidden=self._hidden(component),
            )
        source = self.state.scope if component.readonly else self.raw
        return Spot(
            name=name,
            html_id=html_id(name),
            value=get(source, component.path),
            hidden=self._hidden(component),
            required=is_required(component, self.state.scope, self.drawing.env)
            and not component.readonly,
            errors=tuple(self.drawing.errors.get(name, ())),
            proposal=self._proposal(component),
            options=offered(component, self.state.scope, self.drawing.env),
        )

    def _proposal(self, component: Component) -> Any:
        if component.proposal is None:
            return None
        return component.proposal.value(self.state.scope, self.drawing.env)

    def _hidden(self, component: Component) -> bool:
        return component.id in self.state.hidden

    def _group(self, component: Component) -> Iterator[GroupNode]:
        children = self.nodes(component.children)
        if children:
            yield GroupNode(
                kind=component.type.name,
                html_id=html_id(f"{self.prefix}{component.id}"),
                hidden=self._hidden(component),
                hide_when=component.hide.source if component.hide else "",
                columns=component.columns,
                label=component.label,
                children=children,
                note=(
                    component.one_of_message
                    if one_is_required(component, self.state.scope, self.drawing.env)
                    else ""
                ),
            )

    def _list(self, component: Component, level: Level) -> Iterator[ListNode]:
        name = self.prefix + component.path
        least, most = row_bounds(component)
        raws = self._row_values(component)
        changeable = may_change_rows(component)
        rows = tuple(
            self._row(component, level, number, row, removable=changeable and len(raws) > least)
            for number, row in enumerate(raws)
        )
        if rows and not any(row.children for row in rows):
            return
        error = " ".join(self.drawing.errors.get(name, ()))
        error_id = f"{html_id(name)}-fout" if error else ""
        yield ListNode(
            kind=component.type.name,
            html_id=html_id(name),
            hidden=self._hidden(component),
            hide_when=component.hide.source if component.hide else "",
            columns=component.columns,
            name=name,
            label=component.label,
            rows=rows,
            add_name=ADD_ROW,
            add_value=name if changeable and len(raws) < most else "",
            remove_name=REMOVE_ROW,
            error=error,
            error_id=error_id,
            describedby=error_id,
        )

    def _row_values(self, component: Component) -> list[dict[str, Any]]:
        value = get(self.raw, component.path)
        rows = [dict(row) for row in rows_of(value) if isinstance(row, Mapping)]
        if rows or (value is not None and not self.drawing.first):
            return rows
        return [{} for _ in range(first_rows(component))]

    def _row(
        self,
        component: Component,
        level: Level,
        number: int,
        raw: dict[str, Any],
        *,
        removable: bool,
    ) -> RowNode:
        name = f"{self.prefix}{component.path}.{number}"
        return RowNode(
            html_id=html_id(name),
            number=number + 1,
            label=row_label(component),
            children=self.drawing.level(level, raw, self.state.scope, f"{name}."),
            remove_value=name if removable else "",
        )


def html_id(name: str) -> str:
    """The id of the part of the page for a path; keys have no hyphens, so it is unique."""
    return "veld-" + name.replace(".", "-")


def _error_links(form: FormDefinition, errors: Errors) -> Iterator[ErrorLink]:
    labels = {path: _label(form, path) for path in errors}
    order = {field.key: number for number, field in enumerate(form.fields)}
    last = len(order)

    def place(path: str) -> tuple[float, str]:
        field = form.field(path)
        if field is not None:
            return order[field.key], path
        inside = [number for key, number in order.items() if key.startswith(f"{path}.")]
        return min(inside, default=last) - 0.5, path

    for path in sorted(errors, key=place):
        for message in errors[path]:
            label = labels[path]
            target = html_id(path) if label else ""
            yield ErrorLink(html_id=target, label=label or path, message=message)


def _label(form: FormDefinition, path: str) -> str:
    field = form.field(path)
    if field is not None:
        return field.label
    lists = {component.path: component.label for component in form.level.lists}
    return lists.get(path, "")


def _levels(level: Level) -> Iterator[Level]:
    yield level
    for component in level.lists:
        if component.level is not None:
            yield from _levels(component.level)


def _reacts(level: Level) -> bool:
    parts = (*level.inputs, *level.groups)
    return bool(level.hide_rules) or any(part.required_if is not None for part in parts)
