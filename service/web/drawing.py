"""Draws the form of a task or of a report, and puts answers in words."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from flask import url_for

from service import feel, forms
from service.domain.profile import DOMAINS
from service.operations.save_draft import read_draft
from service.operations.show_task import TaskView
from service.web.posted import typed
from service.web.views import Labelled

Errors = Mapping[str, Sequence[str]]
NO_FORM = forms.RenderModel(
    form_id="", title="", nodes=(), errors=(), reacts=False, has_files=False
)
"""Of a task that asks nothing, only to be finished."""


class Asked(Protocol):
    """A form, and what its conditions may read."""

    @property
    def form(self) -> forms.FormDefinition | None:
        """None of a task that asks nothing."""

    @property
    def variables(self) -> Mapping[str, Any]:
        """What it may read."""

    @property
    def environment(self) -> feel.Environment:
        """The clock and the calendar."""


def task_form(view: TaskView) -> forms.RenderModel:
    """The form as somebody finds it who opens the task: the draft, else what is known."""
    return fresh_form(view, read_draft(view.case, view.task))


def fresh_form(view: Asked, values: Mapping[str, Any]) -> forms.RenderModel:
    """The form as it opens, with these values over what is known."""
    return _drawn(view, values, {})


def typed_form(view: Asked, errors: Errors | None = None) -> forms.RenderModel:
    """The form with what was typed in it, row buttons carried out."""
    return _drawn(view, typed_values(view.form) if view.form else {}, errors or {})


def typed_values(form: forms.FormDefinition) -> Mapping[str, Any]:
    """What was posted, as values to draw: also what is wrong or hidden.

    A form that was emptied is not a form that is new: its proposals stay away.
    """
    return forms.draft(form, forms.parse_post(form, typed())) or {"": None}


def typed_in_words(view: Asked) -> list[Labelled]:
    """What was typed, to read and copy."""
    if view.form is None:
        return []
    return in_words(forms.readable(view.form, typed_values(view.form), domains=frozenset(DOMAINS)))


def in_words(
    answers: Iterable[forms.ReadableAnswer],
    *,
    reference: str = "",
    files: Mapping[str, str] | None = None,
) -> list[Labelled]:
    """Answers as label and text; files of the case ``reference`` as links."""
    return [
        Labelled(
            label=_label(answer),
            text=answer.text,
            links=tuple(
                ((files or {}).get(key, "Bestand"), _address(reference, key))
                for key in answer.attachments
                if reference
            ),
        )
        for answer in answers
    ]


def _label(answer: forms.ReadableAnswer) -> str:
    """The question; in a list also which row it is about."""
    in_a_row = any(part.isdigit() for part in answer.key.split("."))
    return f"{answer.section}: {answer.label}" if in_a_row else answer.label


def _address(reference: str, key: str) -> str:
    return url_for("case.file", reference=reference, attachment_id=key)


def _drawn(view: Asked, values: Mapping[str, Any], errors: Errors) -> forms.RenderModel:
    if view.form is None:
        return NO_FORM
    return forms.render_model(
        view.form,
        values=values,
        errors=errors,
        scope=view.variables,
        env=view.environment,
    )
