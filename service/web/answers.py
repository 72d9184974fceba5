"""Answers that were given before, by the task they were given in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from service import forms
from service.operations.moving.asked_by import ANSWERED
from service.operations.report_signal import REPORTING_PROCESS
from service.operations.show_case import CaseView
from service.web.drawing import in_words
from service.web.views import Labelled
from service.web.words import actor_in_words


@dataclass(frozen=True, kw_only=True)
class AnswerSection:
    """What one person answered in one task, as far as the viewer may see it."""

    title: str
    who: str
    at: datetime
    answers: Sequence[Labelled]
    open: bool


def sections(view: CaseView, *, opened: int = 1) -> list[AnswerSection]:
    """All answers of a case, newest first; the first ``opened`` stand open.

    Who reads in an emergency sees that there are files, and cannot take them.
    """
    reference = "" if view.reads_until else view.case.instance.reference
    done = [line for line in view.history if line.kind in ANSWERED]
    return [
        AnswerSection(
            title=line.element_name or "",
            who=actor_in_words(line.actor_name),
            at=line.at,
            answers=in_words(line.answers, reference=reference, files=view.files),
            open=number < opened,
        )
        for number, line in enumerate(done)
    ]


def contact(view: CaseView) -> list[Labelled]:
    """The reporter's details, as far as there are any and the viewer may know them."""
    if not view.reporter:
        return []
    asked = view.case.published.forms
    return [
        answer
        for (process_id, _form_id), form in asked.items()
        if process_id == REPORTING_PROCESS
        for answer in _in_vault(form, view.reporter)
    ]


def _in_vault(form: forms.FormDefinition, known: Mapping[str, Any]) -> list[Labelled]:
    mine = {key: value for key, value in known.items() if form.field(key) is not None}
    return in_words(forms.readable(form, forms.draft(form, mine), domains=frozenset({"melder"})))
