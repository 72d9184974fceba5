"""Which open task a step of a scenario is about."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from service.domain.errors import NotAllowed, NotFound
from service.operations.scenario.comparing import holds
from service.operations.scenario.script import DoTask


class OpenTask(Protocol):
    """A task, in memory or on a database."""

    @property
    def element_id(self) -> str:
        """The user task in the diagram."""


T = TypeVar("T", bound=OpenTask)


def chosen(
    step: DoTask,
    tasks: Iterable[T],
    *,
    role: str,
    about: Mapping[str, Any],
    may_do: Callable[[T], Sequence[str]],
    variables: Callable[[T], Mapping[str, Any]],
) -> T:
    """The first of the open tasks that the step names, that the role may do, and that is about
    what the step says.

    Raises:
        NotFound: it is not open, or none is about that.
        NotAllowed: it is not for this role.
    """
    there = list(tasks)
    named = [task for task in there if task.element_id == step.task]
    if not named:
        others = ", ".join(sorted(task.element_id for task in there)) or "-"
        raise NotFound(f"Taak {step.task!r} staat niet open; wel: {others}.")
    for_role = [task for task in named if role in may_do(task)]
    if not for_role:
        roles = ", ".join(may_do(named[0]))
        raise NotAllowed(f"Taak {step.task!r} is niet voor {step.role!r}, maar voor: {roles}.")
    for task in for_role:
        if not about or holds(variables(task), about):
            return task
    raise NotFound(f"Geen open taak {step.task!r} gaat over {dict(step.about)}.")
