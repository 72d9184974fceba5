"""Hides small counts, and rounds the others so that sums along the flows give nothing away.

A token that comes in goes out, so beside a hidden count its neighbours tell it by subtraction.
Rounded to the threshold, every difference between them leaves all small counts possible.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from service.domain.suppression import Rule, percentage, rounded
from service.operations.studio.insight.figures import Insight, PathFigures, StepFigures

_NOTHING_DONE: Mapping[str, Any] = dict.fromkeys(
    (
        "done",
        "done_cases",
        "median",
        "p90",
        "median_hours",
        "p90_hours",
        "with_norm",
        "late",
        "late_share",
    )
)


def protected(insight: Insight, rule: Rule) -> Insight:
    """The same, as it may be shown to whoever does not own the process."""
    coarse = replace(rule, rounding=max(rule.rounding, rule.threshold))
    return replace(
        insight,
        exact=False,
        steps=tuple(_step(step, coarse) for step in insight.steps),
        other_steps=tuple(_step(step, coarse) for step in insight.other_steps),
        paths=tuple(_path(path, coarse) for path in insight.paths),
        other_paths=tuple(_path(path, coarse) for path in insight.other_paths),
    )


def _step(step: StepFigures, rule: Rule) -> StepFigures:
    shown = replace(
        step, waiting=_shown(step.waiting, rule), waiting_late=_shown(step.waiting_late, rule)
    )
    if step.done_cases is None or rule.is_small(step.done_cases):
        return replace(shown, **_NOTHING_DONE)
    with_norm, late = _shown(step.with_norm, rule), _shown(step.late, rule)
    return replace(
        shown,
        done=_shown(step.done, rule),
        done_cases=_shown(step.done_cases, rule),
        with_norm=with_norm,
        late=late,
        late_share=percentage(late, with_norm, rule),
    )


def _path(path: PathFigures, rule: Rule) -> PathFigures:
    few = path.cases is not None and rule.is_small(path.cases)
    hidden = few or path.share is None or path.times is None
    return replace(
        path,
        times=None if few else _shown(path.times, rule),
        cases=_shown(path.cases, rule),
        share=None if hidden else _coarse_share(path, rule),
    )


def _coarse_share(path: PathFigures, rule: Rule) -> int | None:
    """In steps of ten, and only of enough: a fine share would undo the rounding."""
    if not path.times or not path.share:
        return None
    whole = round(100 * path.times / path.share)
    return round(path.share, -1) if whole >= rule.denominator else None


def _shown(count: int | None, rule: Rule) -> int | None:
    if count is None or rule.is_small(count):
        return None
    return rounded(count, rule)
