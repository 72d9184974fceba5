"""The answers of a scenario: those it mentions, and what else the form must have."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from service import forms
from service.domain.errors import InvalidInput
from service.operations.published import Published
from service.operations.scenario.script import DoTask


def answered(
    published: Published,
    form: forms.FormDefinition | None,
    step: DoTask,
    seen: Mapping[str, Any],
    now: datetime,
) -> dict[str, Any]:
    """Raw answers for a whole form; ``seen`` is what the task can read.

    Raises:
        InvalidInput: the task has no form and the scenario answers.
    """
    if form is None:
        if step.answers:
            raise InvalidInput(f"Taak {step.task!r} heeft geen formulier.")
        return {}
    scope, env = published.scope(seen), published.environment(now)
    return forms.fill_in(form, step.answers, scope=scope, env=env)


def checked(
    published: Published,
    form: forms.FormDefinition | None,
    raw: Mapping[str, Any],
    seen: Mapping[str, Any],
    now: datetime,
) -> dict[str, Any]:
    """The answers as the case keeps them.

    Raises:
        InvalidInput: they do not fit the form; ``fields`` says where.
    """
    if form is None:
        return {}
    return forms.validate(form, raw, scope=published.scope(seen), env=published.environment(now))
