"""What service tasks give when there is no database to do them on."""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from service.domain.errors import Misconfigured
from service.domain.working_days import AMSTERDAM
from service.engine import JobRequest
from service.operations.service_tasks import OUTPUTS


class Results:
    """The jobs that are waiting, and their results."""

    def __init__(
        self, given: Mapping[str, Mapping[str, Any] | Sequence[Mapping[str, Any]]]
    ) -> None:
        """``given`` by job type: one for every visit, or a list with one for each."""
        self._given = given
        self._visits: dict[str, int] = {}
        self._waiting: deque[JobRequest] = deque()

    def ask(self, jobs: Iterable[JobRequest]) -> None:
        """Has these done."""
        self._waiting.extend(jobs)

    def forget(self, job_ids: Iterable[UUID]) -> None:
        """These need not be done any more."""
        gone = set(job_ids)
        self._waiting = deque(job for job in self._waiting if job.job_id not in gone)

    def next(self) -> JobRequest | None:
        """The job that has waited longest."""
        return self._waiting.popleft() if self._waiting else None

    def of(
        self, job: JobRequest, variables: Mapping[str, Any], begun: datetime
    ) -> Mapping[str, Any]:
        """The result of a job: as the scenario says, else as its handler would.

        Raises:
            Misconfigured: only a handler on a database can know, and the scenario does not say.
        """
        visit = self._visits[job.type] = self._visits.get(job.type, 0) + 1
        told = self._given.get(job.type)
        if isinstance(told, Mapping):
            return told
        if told is not None and visit <= len(told):
            return told[visit - 1]
        if job.type == "registreren":
            return {"registratie": {"ontvangen_op": begun.astimezone(AMSTERDAM).date()}}
        if job.type == "verstrekking_vastleggen":
            kenmerk = variables["registratie"]["kenmerk"]
            return {"verstrekking": {"kenmerk": f"{kenmerk}-V{visit}"}}
        if sets := OUTPUTS.get(job.type, frozenset({"…"})):
            raise Misconfigured(
                f"Servicetaak {job.element_id!r} ({job.type}), keer {visit}: in het geheugen is er "
                f"geen uitkomst. Voeg onder [servicetaken] toe: {job.type} = {{ … }}, "
                f"met {', '.join(sorted(sets))}."
            )
        return {}
