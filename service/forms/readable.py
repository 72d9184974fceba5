"""Answers in words, for people who read the case; only of the domains they may see."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from service.forms.component import Component, Level
from service.forms.definition import FormDefinition
from service.forms.field_types.dynamiclist import row_label
from service.forms.values import get, rows_of


@dataclass(frozen=True, kw_only=True)
class ReadableAnswer:
    """One answered question."""

    label: str
    text: str
    key: str
    """The path of the answer, with row numbers."""
    section: str = ""
    """The label of the group or list (with row number) around it."""
    attachments: tuple[str, ...] = ()
    """The ids, when the answer is files."""


def readable(
    form: FormDefinition, answers: Mapping[str, Any], *, domains: frozenset[str]
) -> list[ReadableAnswer]:
    """What somebody who sees these domains may read of the answers, in the order of the form.

    Questions without an answer, and questions that only repeat what was known, are left out.
    """
    return list(_level(form.level, answers, domains, section="", prefix=""))


def _level(
    level: Level,
    answers: Mapping[str, Any],
    domains: frozenset[str],
    *,
    section: str,
    prefix: str,
) -> Iterator[ReadableAnswer]:
    for component, around in _in_order(level.components, section):
        value = get(answers, component.path) if component.path else None
        if component.level is not None:
            for number, row in enumerate(rows_of(value)):
                if isinstance(row, Mapping):
                    yield from _level(
                        component.level,
                        row,
                        domains,
                        section=f"{row_label(component)} {number + 1}",
                        prefix=f"{prefix}{component.path}.{number}.",
                    )
        elif _is_shown(component, value, domains):
            yield _answer(component, value, around, prefix)


def _is_shown(component: Component, value: Any, domains: frozenset[str]) -> bool:
    if not component.type.is_input or component.readonly or component.care.domain not in domains:
        return False
    return value is False or not component.question.is_empty(value)


def _answer(component: Component, value: Any, section: str, prefix: str) -> ReadableAnswer:
    files = component.type.name == "filepicker"
    return ReadableAnswer(
        label=component.label,
        text=component.question.safe_text(component, value),
        key=prefix + component.path,
        section=section,
        attachments=tuple(str(one) for one in component.question.tidy(value)) if files else (),
    )


def _in_order(components: tuple[Component, ...], section: str) -> Iterator[tuple[Component, str]]:
    for component in components:
        yield component, section
        yield from _in_order(component.children, component.label)
