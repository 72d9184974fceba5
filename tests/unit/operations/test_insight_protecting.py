"""What of insight may be shown: nothing small, and nothing from which it can be worked out."""

from datetime import date
from itertools import product

import pytest

from service.domain.suppression import Rule
from service.operations.figures.period import Period
from service.operations.studio.insight.figures import Insight, PathFigures, StepFigures
from service.operations.studio.insight.protecting import protected

RULE = Rule()


def shown(*, steps: tuple[StepFigures, ...] = (), paths: tuple[PathFigures, ...] = ()) -> Insight:
    whole = Insight(
        process_id="proces",
        process_name="Proces",
        period=Period(first=date(2026, 1, 1), until=date(2026, 2, 1)),
        publication=1,
        publications=(),
        xml=None,
        steps=steps,
        paths=paths,
        other_steps=(),
        other_paths=(),
        exact=True,
        threshold=RULE.threshold,
        sees_cases=False,
    )
    return protected(whole, RULE)


def path(times: int, cases: int | None = None, share: int | None = None) -> PathFigures:
    return PathFigures(
        element_id="pad",
        name="",
        type="sequenceFlow",
        times=times,
        cases=times if cases is None else cases,
        share=share,
    )


def told(*counts: int) -> tuple[int | None, ...]:
    return tuple(one.times for one in shown(paths=tuple(path(count) for count in counts)).paths)


def test_a_small_count_is_hidden_and_nothing_is_shown_to_the_unit() -> None:
    assert told(0, 1, 4, 5, 7, 8, 22) == (0, None, None, 5, 5, 10, 20)


def test_who_adds_and_subtracts_along_the_flows_learns_no_small_count() -> None:
    """Whatever is told of a choice in two of which one is small, that one can be several counts."""
    possible: dict[tuple[int | None, ...], set[int]] = {}
    for small, large in product(range(1, RULE.threshold), range(RULE.threshold, 70)):
        possible.setdefault(told(small + large, small, large), set()).add(small)
    whole = [found for (_all, _small, large), found in possible.items() if (large or 0) < 60]
    assert len(whole) > 10
    assert min(len(found) for found in whole) >= 2


def test_one_case_that_goes_round_often_is_as_hidden_as_one_that_does_not() -> None:
    [one] = shown(paths=(path(12, cases=1),)).paths
    assert (one.times, one.cases) == (None, None)
    [step] = shown(
        steps=(
            StepFigures(
                element_id="stap",
                name="Stap",
                type="userTask",
                done=12,
                done_cases=1,
                median=3.0,
                p90=4.0,
                with_norm=12,
                late=6,
                late_share=50,
            ),
        )
    ).steps
    assert (step.done, step.median, step.p90, step.late, step.late_share) == (None,) * 5


@pytest.mark.parametrize(
    ("times", "share", "seen"),
    [(30, 60, 60), (33, 62, 60), (6, 60, None), (3, 10, None), (0, 0, None)],
)
def test_a_share_is_coarse_and_only_of_enough(times: int, share: int, seen: int | None) -> None:
    [one] = shown(paths=(path(times, share=share),)).paths
    assert one.share == seen


def test_a_share_of_late_tasks_is_of_what_is_shown() -> None:
    step = StepFigures(
        element_id="stap",
        name="Stap",
        type="userTask",
        done=41,
        done_cases=41,
        timed=39,
        timed_cases=38,
        with_norm=41,
        late=12,
        late_share=29,
    )
    [found] = shown(steps=(step,)).steps
    assert (found.with_norm, found.late, found.late_share) == (40, 10, 25)
    assert (found.timed, found.timed_cases) == (40, 40)
