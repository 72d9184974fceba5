"""Turns what was posted or sent into answers, or says per field what is wrong with it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from marshmallow import ValidationError

from service.domain.errors import InvalidInput
from service.feel import Environment
from service.forms.component import Component, Level
from service.forms.definition import FormDefinition
from service.forms.field_types.choices import not_offered
from service.forms.field_types.dynamiclist import row_bounds
from service.forms.limits import MAX_ROWS_EVER, MAX_UNKNOWN_NAMED
from service.forms.state import LevelState, state_of
from service.forms.values import get, nested, put, rows_of, strange_paths

Errors = dict[str, list[str]]


def validate(
    form: FormDefinition,
    raw: Mapping[str, Any],
    *,
    scope: Mapping[str, Any],
    env: Environment,
) -> dict[str, Any]:
    """The answers, nested and FEEL-ready, of a post or of JSON.

    ``scope`` is what the task can read (variables of the case and ``gemeente``). Hidden fields
    are dropped. An answer that is taken back comes out as None when the scope still holds the
    old one, so that merging the answers empties it.

    Raises:
        InvalidInput: with ``fields`` keyed by path; keys that are no field are refused by name.
    """
    answers = nested(raw)
    errors: Errors = {}
    for path in islice(strange_paths(form.level, answers), MAX_UNKNOWN_NAMED):
        errors[path] = ["Dit veld hoort niet bij dit formulier."]
    result = _Pass(env=env, errors=errors).level(form.level, answers, scope, "")
    if errors:
        raise InvalidInput("Controleer de antwoorden: niet alles klopt.", errors)
    return result


@dataclass(frozen=True, kw_only=True)
class _Pass:
    """One check of one set of answers."""

    env: Environment
    errors: Errors = field(default_factory=dict)

    def level(
        self, level: Level, raw: Mapping[str, Any], scope: Mapping[str, Any], prefix: str
    ) -> dict[str, Any]:
        state = state_of(level, raw, scope=scope, env=self.env)
        open_inputs = [c for c in level.inputs if c.id not in state.hidden]
        answers = self._load(level, open_inputs, raw, prefix)
        for component in open_inputs:
            self._check(component, get(answers, component.path), raw, state, prefix)
        for component in level.lists:
            if component.id not in state.hidden:
                rows = self._rows(component, get(raw, component.path), state.scope, prefix)
                put(answers, component.path, rows)
        self._check_groups(level, state, prefix)
        for path in _taken_back(level, answers, scope) if not prefix else ():
            put(answers, path, None)
        return answers

    def _load(
        self, level: Level, inputs: list[Component], raw: Mapping[str, Any], prefix: str
    ) -> dict[str, Any]:
        given: dict[str, Any] = {}
        for component in inputs:
            value = component.question.tidy(get(raw, component.path))
            if component.readonly:
                self._refuse_readonly(value, prefix + component.path)
            elif not component.question.is_empty(value):
                given[component.path] = value
            elif component.question.absent() is not None:
                given[component.path] = component.question.absent()
        try:
            loaded: dict[str, Any] = level.schema.load(given)
        except ValidationError as error:
            for path, messages in error.messages_dict.items():
                self._add(prefix + path, _flat(messages))
            loaded = nested(error.valid_data) if isinstance(error.valid_data, dict) else {}
        return loaded

    def _refuse_readonly(self, value: Any, path: str) -> None:
        if value not in (None, []):
            self._add(path, ["Dit veld is alleen te lezen."])

    def _check(
        self,
        component: Component,
        value: Any,
        raw: Mapping[str, Any],
        state: LevelState,
        prefix: str,
    ) -> None:
        path = prefix + component.path
        if component.readonly or path in self.errors:
            return
        kind = component.question
        if kind.is_empty(value) and kind.is_empty(kind.tidy(get(raw, component.path))):
            if is_required(component, state.scope, self.env):
                self._add(path, [kind.missing])
            return
        self._add(path, kind.demands(component, value, self.env))
        self._add(path, not_offered(component, value, state.scope, self.env))
        if component.demand is not None and component.demand.fails(state.scope, self.env):
            self._add(path, [component.demand_message])

    def _check_groups(self, level: Level, state: LevelState, prefix: str) -> None:
        types = {c.path: c for c in level.inputs}
        for group in level.groups:
            asked = [types[path] for path in group.one_of if types[path].id not in state.hidden]
            if not asked or not one_is_required(group, state.scope, self.env):
                continue
            paths = [prefix + component.path for component in asked]
            if any(path in self.errors for path in paths):
                continue
            if all(c.question.is_empty(state.values[c.path]) for c in asked):
                self._add(paths[0], [group.one_of_message])

    def _rows(
        self, component: Component, value: Any, scope: Mapping[str, Any], prefix: str
    ) -> list[dict[str, Any]]:
        level, path = component.level, prefix + component.path
        if level is None:
            return []
        least, most = row_bounds(component)
        rows = [
            (number, row)
            for number, row in enumerate(rows_of(value)[: MAX_ROWS_EVER + 1])
            if isinstance(row, Mapping) and not is_empty_row(level, row)
        ]
        if len(rows) < least:
            self._add(path, [f"Vul ten minste {least} keer iets in."])
        if len(rows) > most:
            self._add(path, [f"Vul ten hoogste {most} keer iets in."])
            return []
        return [self.level(level, row, scope, f"{path}.{number}.") for number, row in rows]

    def _add(self, path: str, messages: Iterator[str] | list[str]) -> None:
        for message in messages:
            known = self.errors.setdefault(path, [])
            if message not in known:
                known.append(message)


def is_required(component: Component, scope: Mapping[str, Any], env: Environment) -> bool:
    """Whether this question must be answered, given the other answers."""
    rule = component.required_if
    return component.required or (rule is not None and rule.holds(scope, env))


def one_is_required(group: Component, scope: Mapping[str, Any], env: Environment) -> bool:
    """Whether one of the named fields of a group must be answered, given the other answers."""
    rule = group.required_if
    return bool(group.one_of) and (rule is None or rule.holds(scope, env))


def is_empty_row(level: Level, row: Mapping[str, Any]) -> bool:
    """Whether nothing was filled in; such rows are left out."""
    return all(
        c.question.is_empty(c.question.tidy(get(row, c.path))) for c in level.inputs
    ) and all(not rows_of(get(row, c.path)) for c in level.lists)


def _taken_back(
    level: Level, answers: Mapping[str, Any], scope: Mapping[str, Any]
) -> Iterator[str]:
    for component in (*level.inputs, *level.lists):
        if component.readonly or get(answers, component.path) is not None:
            continue
        if get(scope, component.path) is not None:
            yield component.path


def _flat(messages: Any) -> Iterator[str]:
    """All texts in marshmallow's tree of messages."""
    if isinstance(messages, Mapping):
        for inner in messages.values():
            yield from _flat(inner)
    elif isinstance(messages, list):
        for inner in messages:
            yield from _flat(inner)
    else:
        yield str(messages)
