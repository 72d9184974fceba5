"""The plan by which open cases go along, as choices on a page: only what is not simply the same."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from service.operations.moving.plans import MovePlan
from service.operations.published import Published
from service.web.views import process_name

PREFIX = "plan|"


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One step that is gone or has another id, and where it can go."""

    field: str
    """The name of the field on the page."""
    name: str
    process_name: str
    why: str
    to: str
    """"" when a case that stands here has no place."""
    options: tuple[tuple[str, str], ...]
    """Id and name of each step of the same kind."""


@dataclass(frozen=True, kw_only=True)
class PlanView:
    """The choices for the cases of one publication."""

    source: int
    choices: tuple[Choice, ...]


def plan_views(
    plans: Iterable[MovePlan], new: Published, chosen: Mapping[str, str]
) -> list[PlanView]:
    """The plans that leave something to choose."""
    views = [
        PlanView(source=plan.source, choices=tuple(_choices(plan, new, chosen))) for plan in plans
    ]
    return [view for view in views if view.choices]


def _choices(plan: MovePlan, new: Published, chosen: Mapping[str, str]) -> Iterator[Choice]:
    for move in plan.moves:
        if move.why == "same" or not move.type.lower().endswith(("task", "event", "activity")):
            continue
        process = new.bundle.processes.get(move.process_id)
        steps = process.steps if process else ()
        key = f"{PREFIX}{plan.source}|{move.process_id}|{move.element_id}"
        yield Choice(
            field=key,
            name=move.name,
            process_name=process_name(new, move.process_id),
            why=move.why,
            to=chosen.get(key, move.to or ""),
            options=tuple(
                (step.element_id, step.label) for step in steps if step.type == move.type
            ),
        )


def chosen_plans(chosen: Mapping[str, str], target: int) -> list[dict[str, Any]]:
    """What was chosen, in the form in which a plan is sent."""
    moves: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    for key, to in chosen.items():
        _, source, process_id, element_id = key.split("|", 3)
        moves[int(source)].append({"process": process_id, "element": element_id, "to": to or None})
    return [{"from": source, "to": target, "moves": told} for source, told in moves.items()]


def choices_in(form: Mapping[str, str]) -> dict[str, str]:
    """The choices that were posted; what is no choice of a plan is left out."""
    return {
        key: value
        for key, value in form.items()
        if key.startswith(PREFIX) and key.count("|") >= 3 and key.split("|")[1].isdigit()
    }
