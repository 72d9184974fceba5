"""Hides small counts, and rounds the others so that sums along the flows give nothing away.

A token that comes in goes out, so beside a hidden count its neighbours tell it by subtraction.
Rounded to the threshold, every difference between them leaves all small counts possible.
"""

from dataclasses import replace
from typing import Any

from service.domain.suppression import Rule, percentage, rounded
from service.operations.studio.insight.figures import Insight, PathFigures, StepFigures

_COUNTS = (
    "waiting",
    "waiting_late",
    "done",
    "done_cases",
    "timed",
    "timed_cases",
    "with_norm",
    "late",
)
_TIMES = ("timed", "timed_cases", "median", "p90", "median_hours", "p90_hours")
_DONE = (*_TIMES, "done", "done_cases", "with_norm", "late", "late_share")


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
    shown: dict[str, Any] = {name: _shown(getattr(step, name), rule) for name in _COUNTS}
    shown["late_share"] = percentage(shown["late"], shown["with_norm"], rule)
    few, few_timed = _few(step.done_cases, rule), _few(step.timed_cases, rule)
    hidden = _DONE if few else _TIMES if few_timed else ()
    return replace(step, **{**shown, **dict.fromkeys(hidden)})


def _path(path: PathFigures, rule: Rule) -> PathFigures:
    few = _few(path.cases, rule)
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


def _few(cases: int | None, rule: Rule) -> bool:
    return cases is None or rule.is_small(cases)


def _shown(count: int | None, rule: Rule) -> int | None:
    return None if count is None or _few(count, rule) else rounded(count, rule)
