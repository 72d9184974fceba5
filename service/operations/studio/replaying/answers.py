"""Answers that were given once, to a form that may ask something else now."""

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from service import forms
from service.domain.errors import InvalidInput
from service.operations.published import Published
from service.operations.studio.replaying.recorded import Input, Unplayable


def answers_for(
    new: Published,
    task_name: str,
    old_form: forms.FormDefinition | None,
    new_form: forms.FormDefinition | None,
    told: Input,
    *,
    seen: Mapping[str, Any],
) -> Mapping[str, Any]:
    """The recorded answers as the new form keeps them.

    What the old form would refuse too says nothing: who reported, for one, has left the answers.

    Raises:
        Unplayable: the new form refuses them; it names the questions, never an answer.
    """
    if new_form is None or old_form is None or new_form == old_form:
        return told.values
    raw = forms.draft(new_form, _plain(told.values))
    answers, wrong = _checked(new, new_form, raw, seen, told.at)
    if not wrong:
        return answers
    _, before = _checked(new, old_form, forms.draft(old_form, _plain(told.values)), seen, told.at)
    if fresh := [path for path in wrong if path not in before]:
        asked = ", ".join(f"‘{_label(new_form, path)}’" for path in fresh[:3])
        raise Unplayable(
            f"bij stap ‘{task_name}’ passen de antwoorden niet meer in het formulier: {asked}"
        )
    return forms.draft(new_form, told.values)


def _checked(
    published: Published,
    form: forms.FormDefinition,
    raw: Mapping[str, Any],
    seen: Mapping[str, Any],
    now: datetime,
) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """The answers, or the paths of what is wrong with them."""
    try:
        scope, env = published.scope(seen), published.environment(now)
        return forms.validate(form, raw, scope=scope, env=env), {}
    except InvalidInput as error:
        return {}, error.fields


def _plain(value: Any) -> Any:
    """Kept values as a program would send them in."""
    if isinstance(value, Mapping):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, date | time):  # A datetime is a date too.
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _label(form: forms.FormDefinition, path: str) -> str:
    field = form.field(path)
    return (field.label if field else "") or path
