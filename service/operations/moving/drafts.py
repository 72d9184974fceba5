"""What of an unfinished form the newer form no longer asks."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from service import forms


def lost_answers(
    draft: Mapping[str, Any], old: forms.FormDefinition | None, new: forms.FormDefinition | None
) -> dict[str, str]:
    """The questions that were answered in a draft and are gone: label by path, no answers.

    A task without a form takes any answers, so then nothing is lost.
    """
    if new is None:
        return {}
    kept = dict(_answers(forms.draft(new, draft), ""))
    return {path: _label(old, path) for path, _ in _answers(draft, "") if path not in kept}


def same_questions(old: forms.FormDefinition | None, new: forms.FormDefinition | None) -> bool:
    """Whether two forms ask the same."""
    if old is None or new is None:
        return old is new
    return old is new or old.fields == new.fields


def _answers(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Each answer that is not empty, by its path with row numbers."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _answers(inner, f"{path}.{name}" if path else str(name))
    elif isinstance(value, Sequence) and not isinstance(value, str | bytes):
        if any(isinstance(row, Mapping) for row in value):
            for number, row in enumerate(value):
                yield from _answers(row, f"{path}.{number}")
        elif value:
            yield path, value
    elif value not in (None, ""):
        yield path, value


def _label(form: forms.FormDefinition | None, path: str) -> str:
    field = form.field(path) if form else None
    return (field.label if field else "") or path
