"""Fills in a form for somebody who has little to say: what they say, proposals, and the plainest.

For scenarios, which tell only the answers that matter.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from marshmallow import ValidationError

from service.feel import Environment
from service.forms.component import Component, Level
from service.forms.definition import FormDefinition
from service.forms.field_types.choices import offered
from service.forms.field_types.dynamiclist import row_bounds
from service.forms.prefill import prefill
from service.forms.state import LevelState, layered, state_of
from service.forms.validation import is_empty_row, is_required, one_is_required
from service.forms.values import get, nested, put, rows_of


def fill_in(
    form: FormDefinition, given: Mapping[str, Any], *, scope: Mapping[str, Any], env: Environment
) -> dict[str, Any]:
    """Raw answers for ``validate``: those given, and one for every question that must have one.

    A question that is not answered gets what the form shows when it opens: the earlier answer,
    the proposal or the default, if that is allowed; if it must be answered and there is none, the
    plainest answer that is allowed. What cannot be answered plainly stays empty, so that
    ``validate`` names it.
    """
    raw = nested(given)
    _Pen(env=env).level(form.level, raw, scope, within=False)
    return raw


@dataclass(frozen=True, kw_only=True)
class _Pen:
    env: Environment

    def level(
        self, level: Level, raw: dict[str, Any], scope: Mapping[str, Any], *, within: bool
    ) -> None:
        given = {c.path for c in level.inputs if get(raw, c.path) is not None}
        prefill(level, raw, scope=scope, env=self.env, within=within)
        state = state_of(level, raw, scope=scope, env=self.env)
        for known in level.inputs:
            if known.path not in given:
                self._keep_if_allowed(known, raw, state)
        state = state_of(level, raw, scope=scope, env=self.env)
        asked: set[str] = set()
        while component := next(self._open_questions(level, raw, state, asked), None):
            asked.add(component.id)
            self._answer(component, raw, state)
            state = state_of(level, raw, scope=scope, env=self.env)
        for component in level.lists:
            if component.id not in state.hidden and component.level is not None:
                self._rows(component, component.level, raw, state.scope)

    def _keep_if_allowed(
        self, component: Component, raw: dict[str, Any], state: LevelState
    ) -> None:
        """Takes out an earlier answer that is no answer to this form, or not any more."""
        value = get(raw, component.path)
        if value is not None and not self._allowed(component, value, state):
            put(raw, component.path, None)

    def _open_questions(
        self, level: Level, raw: Mapping[str, Any], state: LevelState, asked: set[str]
    ) -> Iterator[Component]:
        """What must be answered and is not, one at a time: an answer may raise questions."""
        for component in self._required(level, raw, state):
            kind = component.question
            empty = kind.is_empty(kind.tidy(get(raw, component.path)))
            if empty and component.id not in state.hidden | asked and not component.readonly:
                yield component

    def _required(
        self, level: Level, raw: Mapping[str, Any], state: LevelState
    ) -> Iterator[Component]:
        inputs = {component.path: component for component in level.inputs}
        for component in inputs.values():
            if is_required(component, state.scope, self.env):
                yield component
        for group in level.groups:
            if not one_is_required(group, state.scope, self.env):
                continue
            seen = [inputs[p] for p in group.one_of if inputs[p].id not in state.hidden]
            if all(c.question.is_empty(c.question.tidy(get(raw, c.path))) for c in seen):
                yield from seen[:1]

    def _answer(self, component: Component, raw: dict[str, Any], state: LevelState) -> None:
        for value in self._candidates(component, state):
            if self._allowed(component, value, state):
                put(raw, component.path, value)
                return

    def _candidates(self, component: Component, state: LevelState) -> Iterator[Any]:
        if component.proposal is not None:
            yield component.proposal.value(state.scope, self.env)
        options = offered(component, state.scope, self.env)
        yield from component.question.plainest(replace(component, options=options), self.env)

    def _allowed(self, component: Component, value: Any, state: LevelState) -> bool:
        if component.question.is_empty(value):
            return False
        try:
            typed = component.field.deserialize(value)
        except ValidationError:
            return False
        if any(component.question.demands(component, typed, self.env)):
            return False
        scope = layered(state.scope, {component.path: typed})
        return component.demand is None or not component.demand.fails(scope, self.env)

    def _rows(
        self, component: Component, level: Level, raw: dict[str, Any], scope: Mapping[str, Any]
    ) -> None:
        rows = rows_of(get(raw, component.path))
        if not all(isinstance(row, Mapping) for row in rows):
            return  # ``validate`` says which row is none.
        least, _ = row_bounds(component)
        rows = [dict(row) for row in rows] + [{} for _ in range(least - len(rows))]
        for row in rows:
            self.level(level, row, scope, within=True)
            if is_empty_row(level, row) and level.inputs:
                state = state_of(level, row, scope=scope, env=self.env)
                self._answer(level.inputs[0], row, state)
        if rows:
            put(raw, component.path, rows)
