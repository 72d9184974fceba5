"""Plays a scenario on a stage, in memory or on a database, and compares."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from service.domain.errors import InvalidInput, MeldrouteError
from service.operations.scenario.comparing import differences
from service.operations.scenario.script import (
    DoTask,
    Ending,
    Expect,
    Place,
    Scenario,
    ScenarioFailed,
    Step,
    Tell,
    Wait,
)

Walked = frozenset[tuple[str, str]]
"""Sequence flows and boundary events that were walked: id of the process and of the element."""


@dataclass(frozen=True, kw_only=True)
class Course:
    """How a case has gone so far."""

    ends: tuple[str, ...]
    """The names of the end events that were reached, in called processes too, in order."""
    ended: str | None
    """The end event that ended the case."""
    variables: Mapping[str, Any]
    walked: Walked


class Stage(Protocol):
    """Where a case is played; its clock is moved by the scenario only."""

    def begin(self, opening: Tell | None) -> None:
        """Begins the case: by this message, else as the process begins by itself."""

    def do(self, step: DoTask) -> None:
        """Completes an open task.

        Raises:
            MeldrouteError: there is no such task, or it is not for this role, or the answers do
                not fit.
        """

    def wait(self, span: str) -> datetime:
        """Lets time pass; whatever is due on the way happens at its own moment."""

    def tell(self, step: Tell) -> None:
        """Brings a message or signal to the case."""

    def open_tasks(self) -> Sequence[str]:
        """The ids of the open tasks, sorted."""

    def opening(self) -> Tell | None:
        """The first step, when it is what begins the case."""

    def course(self) -> Course:
        """How the case has gone so far."""


def play(scenario: Scenario, stage: Stage) -> Course:
    """The course of the case, when everything goes as the scenario says.

    Raises:
        ScenarioFailed: naming the step, what was expected and what was found.
    """
    opening = stage.opening()
    with telling(scenario, opening.place if opening else None):
        stage.begin(opening)
    for step in scenario.steps:
        if step is not opening:
            with telling(scenario, step.place):
                take(scenario, stage, step)
    with telling(scenario, None):
        course = stage.course()
    _compare_ending(scenario, course, stage)
    return course


def take(scenario: Scenario, stage: Stage, step: Step) -> None:
    """Does one step, other than the one that begins the case.

    Raises:
        MeldrouteError: it cannot be done.
    """
    match step:
        case DoTask():
            stage.do(step)
        case Wait():
            stage.wait(step.span)
        case Tell():
            stage.tell(step)
        case Expect():
            found = tuple(stage.open_tasks())
            if found != step.open:
                raise ScenarioFailed(
                    scenario,
                    "er staan andere taken open.",
                    place=step.place,
                    expected=step.open,
                    found=found,
                )


@contextmanager
def telling(scenario: Scenario, place: Place | None) -> Iterator[None]:
    """Says of any error at which step it happened."""
    try:
        yield
    except ScenarioFailed:
        raise
    except InvalidInput as error:
        wrong = "; ".join(f"{path}: {' '.join(told)}" for path, told in error.fields.items())
        reason = f"{error} ({wrong})" if wrong else str(error)
        raise ScenarioFailed(scenario, reason, place=place) from error
    except MeldrouteError as error:
        raise ScenarioFailed(scenario, str(error), place=place) from error


def _compare_ending(scenario: Scenario, course: Course, stage: Stage) -> None:
    ending = scenario.ending
    if ending.names:
        _compare_names(scenario, ending, course, stage)
    for path, wanted, found in differences(ending.outcome, course.variables):
        raise ScenarioFailed(
            scenario, f"{path} is anders dan [einde] zegt.", expected=wanted, found=found
        )


def _compare_names(scenario: Scenario, ending: Ending, course: Course, stage: Stage) -> None:
    if course.ended is None:
        raise ScenarioFailed(
            scenario,
            "de zaak is nog niet afgelopen.",
            expected=ending.names,
            found=f"open: {', '.join(stage.open_tasks()) or 'geen taken'}",
        )
    reached = iter(course.ends)
    in_order = all(any(name == end for end in reached) for name in ending.names)
    if not in_order or course.ended != ending.names[-1]:
        raise ScenarioFailed(
            scenario, "de zaak loopt anders af.", expected=ending.names, found=course.ends
        )
