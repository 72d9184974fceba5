"""The render model of the page of a trial."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from service.operations.studio.trial.keep_as_test import outcomes
from service.operations.studio.trial.show import Happened, Misfit, TrialPage, Work
from service.operations.studio.trial.typed import as_typed, leaves
from service.web.answers import AnswerSection
from service.web.diagram_views import diagram_values
from service.web.drawing import in_words as answers_in_words
from service.web.studio.trial_words import (
    in_words,
    role_name,
    step_sentence,
    task_name,
    waiting_name,
)
from service.web.views import DueView, Labelled, due_view

VIEWS = ("proef", "simulatie")


@dataclass(frozen=True, kw_only=True)
class OpenLine:
    """An open task in the list."""

    name: str
    roles: str
    due: DueView | None
    url: str
    mends: bool
    """Whether doing it mends the step that does not fit."""


@dataclass(frozen=True, kw_only=True)
class WorkLine:
    """A service task that was done; its result can be chosen."""

    name: str
    type: str
    visit: int
    source: str
    values: tuple[tuple[str, str], ...]
    """Path and value as it is typed."""


@dataclass(frozen=True, kw_only=True)
class StepLine:
    """One step and what it brought about."""

    number: int
    sentence: str
    at: datetime
    effects: tuple[str, ...]
    work: tuple[WorkLine, ...]


@dataclass(frozen=True, kw_only=True)
class MisfitView:
    """The step that does not fit the draft any more."""

    title: str
    sentence: str
    reason: str
    answers: tuple[Labelled, ...]
    after: int


def trial_values(page: TrialPage, *, wanted: str, view: str) -> dict[str, Any]:
    """Everything that ``studio/proef.html`` draws."""
    own = page.scenario.process_id
    drawn = diagram_values(
        page.diagrams,
        wanted=wanted,
        address=lambda key: _address(page, diagram=key, beeld=view if view != "proef" else None),
        now=page.now,
    )
    history = [_step(n, line, page) for n, line in enumerate(page.history)]
    return {
        "name": page.scenario.name,
        "process_name": page.published.process(own).name,
        "steps_so_far": len(page.scenario.steps),
        "draft": page.draft,
        "trial_id": page.trial_id,
        "view": view if view in VIEWS and drawn["diagram"] else "proef",
        "tabs": [(key, _address(page, beeld=key if key != "proef" else None)) for key in VIEWS],
        "begun": page.begun,
        "clock": page.now,
        "next_due": page.next_due,
        "ended": page.ended,
        **drawn,
        "tasks": list(_tasks(page)),
        "waiting": [(one.element_id, waiting_name(one, page.published)) for one in page.waiting],
        "history": history[::-1],
        "sections": list(_sections(page)),
        "variables": [
            Labelled(label=_label(page, path), text=in_words(value))
            for path, value in leaves(page.variables)
        ],
        "misfit": _misfit(page.misfit, page) if page.misfit else None,
        "outcomes": [
            (path, f"{_label(page, path)}: {in_words(value)}")
            for path, value in outcomes(page.variables, page.scenario.steps).items()
        ],
        "reached": page.ended
        or ", ".join(task.name for task in page.tasks)
        or _("geen open taken"),
    }


def _open(page: TrialPage) -> str:
    return ", ".join(task.name for task in page.tasks) or _("geen open taken")


def _address(page: TrialPage, **query: Any) -> str:
    return url_for(
        "studio_trial_steps.show", draft_id=page.draft.id, trial_id=page.trial_id, **query
    )


def _tasks(page: TrialPage) -> Iterator[OpenLine]:
    misfit = getattr(page.misfit and page.misfit.step, "task", None)
    for task in page.tasks:
        yield OpenLine(
            name=task.name,
            roles=", ".join(role_name(role, page.published) for role in task.roles),
            due=due_view(task.due, page.now),
            url=url_for(
                "studio_trial_task.show",
                draft_id=page.draft.id,
                trial_id=page.trial_id,
                element_id=task.element_id,
                number=task.number,
            ),
            mends=task.element_id == misfit,
        )


def _step(index: int, line: Happened, page: TrialPage) -> StepLine:
    return StepLine(
        number=line.number,
        sentence=step_sentence(line.step, page.published, first=index == 0),
        at=line.at,
        effects=tuple(_effects(line)),
        work=tuple(_work(work) for work in line.work),
    )


def _effects(line: Happened) -> Iterator[str]:
    if line.opened:
        yield _("Nu open: %(names)s.", names=", ".join(line.opened))
    if line.sent:
        names = ", ".join(line.sent)
        yield _("Bericht dat in een echte zaak zou weggaan: %(names)s.", names=names)
    if line.ends:
        yield _("Einde bereikt: %(names)s.", names=", ".join(line.ends))


def _work(work: Work) -> WorkLine:
    source = {
        "chosen": _("deze uitkomst hoort bij de proef"),
        "known": _("deze uitkomst staat vast"),
        "made_up": _("deze uitkomst is bedacht"),
    }[work.source]
    return WorkLine(
        name=work.name,
        type=work.type,
        visit=work.visit,
        source=source,
        values=tuple((path, as_typed(value)) for path, value in work.values.items()),
    )


def _sections(page: TrialPage) -> Iterator[AnswerSection]:
    """The answers by task, newest first; the first stands open."""
    done = [line for line in page.history if line.task is not None]
    for number, line in enumerate(reversed(done)):
        yield AnswerSection(
            title=(line.task and line.task.name) or "",
            who=role_name(getattr(line.step, "role", ""), page.published),
            at=line.at,
            answers=answers_in_words(line.answers),
            open=number == 0,
        )


def _misfit(misfit: Misfit, page: TrialPage) -> MisfitView:
    answers: Mapping[str, Any] = getattr(misfit.step, "answers", {})
    title = (
        _("Stap %(n)s past niet meer op dit concept", n=misfit.number)
        if page.begun
        else _("Zo kan deze zaak niet beginnen")
    )
    reason = _with_questions(misfit.reason[:1].upper() + misfit.reason[1:], page)
    task = getattr(misfit.step, "task", None)
    if task and task_name(task, page.published) != task:
        reason = reason.replace(f"{task!r}", f"‘{task_name(task, page.published)}’")
    return MisfitView(
        title=title,
        sentence=step_sentence(misfit.step, page.published, first=False) if misfit.step else "",
        reason=reason,
        answers=tuple(
            Labelled(label=_label(page, path), text=in_words(value))
            for path, value in leaves(answers)
        ),
        after=misfit.after,
    )


def _with_questions(reason: str, page: TrialPage) -> str:
    """A reason with questions instead of the paths of their answers."""
    for form in page.published.forms.values():
        for field in form.fields:
            if field.label and f"{field.key}: " in reason:
                reason = reason.replace(f"{field.key}: ", f"‘{field.label}’ ")
    return reason


def _label(page: TrialPage, path: str) -> str:
    """The question that a value answers; the path of one that nobody is asked."""
    for form in page.published.forms.values():
        if (field := form.field(path)) is not None and field.label:
            return field.label
    return path
