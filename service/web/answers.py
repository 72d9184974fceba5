"""Answers that were given before, by the task they were given in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

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
    """All answers of a case, newest first; the first ``opened`` stand open."""
    reference = view.case.instance.reference
    done = [line for line in view.history if line.kind == "taak_afgerond"]
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


def contact(labels: Iterable[tuple[str, str]], known: dict[str, object]) -> list[Labelled]:
    """The reporter's details under the labels of the form they were asked in."""
    return [Labelled(label=label, text=str(known[key])) for key, label in labels if key in known]
