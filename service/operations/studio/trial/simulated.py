"""Results of service tasks in a trial: chosen by somebody, else what scenarios usually say."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Literal

from service import engine
from service.domain.errors import Misconfigured
from service.operations import bundle_files
from service.operations.scenario.casting import laid_over
from service.operations.scenario.results import Given, Results, told_for
from service.operations.scenario.script import Scenario, Values
from service.operations.scenario.write import written
from service.operations.service_tasks import OUTPUTS
from service.operations.studio.trial.shared import kept_in, shared_scenarios
from service.operations.studio.trial.typed import leaves, nested_at

Source = Literal["chosen", "known", "made_up"]


@dataclass(frozen=True, kw_only=True)
class WorkDone:
    """A service task that was done in a trial."""

    element_id: str
    type: str
    visit: int
    """Which time this type of work was done, from 1."""
    result: Values
    source: Source
    """Whether the script says so, or the work itself always gives it; else it is made up."""


class Simulated(Results):
    """Results that never run out: what the script leaves open is made up."""

    def __init__(self, given: Given, usual: Mapping[str, Values]) -> None:
        super().__init__(given)
        self._usual = usual
        self.done: list[WorkDone] = []

    def of(
        self, job: engine.JobRequest, variables: Mapping[str, Any], begun: datetime
    ) -> Mapping[str, Any]:
        """The result of a job; it is noted."""
        source: Source = "known"
        try:
            result = super().of(job, variables, begun)
        except Misconfigured:
            result, source = self._usual.get(job.type) or _nothing(job.type), "made_up"
        visit = self.visits(job.type)
        if told_for(self._given, job.type, visit) is not None:
            source = "chosen"
        self.done.append(
            WorkDone(
                element_id=job.element_id,
                type=job.type,
                visit=visit,
                result=result,
                source=source,
            )
        )
        return result


def can_be_chosen(work: WorkDone) -> dict[str, Any]:
    """What the result holds, by path, and what this type of work might set besides."""
    found = dict(leaves(work.result))
    for path in sorted(OUTPUTS.get(work.type, ())):
        if not any(known == path or known.startswith(f"{path}.") for known in found):
            found[path] = None
    return found


def usual_results(files: bundle_files.Files) -> dict[str, Values]:
    """What scenarios say most often of each type of work: those kept in the bundle go first."""
    return {**_usual_with_the_product(), **_most_often(_jobs(kept_in(files).values()))}


@cache
def _usual_with_the_product() -> Mapping[str, Values]:
    return _most_often(_jobs(shared_scenarios().values()))


def _jobs(scenarios: Iterable[Scenario]) -> Iterator[tuple[str, Values]]:
    for scenario in scenarios:
        for kind, told in {**scenario.jobs, **scenario.reckoned}.items():
            yield from ((kind, one) for one in ([told] if isinstance(told, Mapping) else told))


def _most_often(told: Iterator[tuple[str, Values]]) -> dict[str, Values]:
    counted: dict[str, Counter[str]] = {}
    by_text: dict[str, Values] = {}
    for kind, result in told:
        text = written(result)
        by_text[text] = result
        counted.setdefault(kind, Counter())[text] += 1
    return {kind: by_text[texts.most_common(1)[0][0]] for kind, texts in counted.items()}


def _nothing(kind: str) -> Values:
    """Everything that this work sets, empty."""
    result: dict[str, Any] = {}
    for path in sorted(OUTPUTS.get(kind, ())):
        result = laid_over(result, nested_at(path, None))
    return result
