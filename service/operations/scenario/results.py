"""What service tasks give when there is no database to do them on."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import count
from typing import Any

from service.domain.errors import Incident, Misconfigured
from service.domain.working_days import AMSTERDAM
from service.engine import JobRequest
from service.operations.scenario.casting import laid_over
from service.operations.scenario.comparing import differences
from service.operations.service_tasks import OUTPUTS, Handler, Work

Given = Mapping[str, Mapping[str, Any] | Sequence[Mapping[str, Any]]]


class Results:
    """The results of service tasks."""

    def __init__(self, given: Given) -> None:
        """``given`` by job type: one for every visit, or a list with one for each."""
        self._given = given
        self._visits: dict[str, int] = {}

    def unasked(self, given: Given) -> Iterator[str]:
        """The job types of which not every result was asked for."""
        for kind, told in given.items():
            if self._visits.get(kind, 0) < (1 if isinstance(told, Mapping) else len(told)):
                yield kind

    def visits(self, kind: str) -> int:
        """How often work of this type was done."""
        return self._visits.get(kind, 0)

    def of(
        self, job: JobRequest, variables: Mapping[str, Any], begun: datetime
    ) -> Mapping[str, Any]:
        """The result of a job: as the scenario says, else as its handler would.

        Raises:
            Misconfigured: only a handler on a database can know, and the scenario does not say.
        """
        visit = self._visits[job.type] = self._visits.get(job.type, 0) + 1
        if (told := told_for(self._given, job.type, visit)) is not None:
            return told
        if job.type == "registreren":
            return {"registratie": {"ontvangen_op": begun.astimezone(AMSTERDAM).date()}}
        if job.type == "verstrekking_vastleggen":
            kenmerk = kenmerk_of(variables)
            return {"verstrekking": {"kenmerk": f"{kenmerk}-V{visit}"}}
        if sets := OUTPUTS.get(job.type, frozenset({"…"})):
            raise Misconfigured(
                f"Servicetaak {job.element_id!r} ({job.type}), keer {visit}: in het geheugen is er "
                f"geen uitkomst. Voeg onder [servicetaken] toe: {job.type} = {{ … }}, "
                f"met {', '.join(sorted(sets))}."
            )
        return {}


def kenmerk_of(variables: Mapping[str, Any]) -> str:
    """What the case is called.

    Raises:
        Incident: the case has lost it.
    """
    own = variables.get("registratie")
    kenmerk = own.get("kenmerk") if isinstance(own, Mapping) else None
    if not isinstance(kenmerk, str):
        raise Incident("De zaak weet haar eigen kenmerk niet meer: registratie is overschreven.")
    return kenmerk


def told_for(given: Given, kind: str, visit: int) -> Mapping[str, Any] | None:
    """What a scenario says of the result of this visit, from 1; None when it leaves it open."""
    told = given.get(kind)
    if isinstance(told, Mapping) or told is None:
        return told
    return told[visit - 1] if visit <= len(told) else None


def as_told(
    handlers: Mapping[str, Handler], given: Given, real: Callable[[Any], Any]
) -> Mapping[str, Handler]:
    """Handlers that do their work, and find what a scenario says that they find.

    ``real`` puts the real kenmerk of each case in what the scenario says.
    """
    told = {kind: _as_told(handlers[kind], given, kind, real) for kind in given}
    return {**handlers, **told}


def as_reckoned(
    handlers: Mapping[str, Handler], given: Given, real: Callable[[Any], Any]
) -> Mapping[str, Handler]:
    """Handlers that stumble when they find something else than a scenario says.

    ``real`` as for ``as_told``.
    """
    reckoned = {kind: _as_reckoned(handlers[kind], given, kind, real) for kind in given}
    return {**handlers, **reckoned}


def _as_told(handler: Handler, given: Given, kind: str, real: Callable[[Any], Any]) -> Handler:
    visits = count(1)

    def do(work: Work) -> Mapping[str, Any]:
        found = handler(work)
        told = told_for(given, kind, next(visits))
        return found if told is None else laid_over(found, real(told))

    return do


def _as_reckoned(handler: Handler, given: Given, kind: str, real: Callable[[Any], Any]) -> Handler:
    visits = count(1)

    def do(work: Work) -> Mapping[str, Any]:
        found = handler(work)
        visit = next(visits)
        for path, wanted, there in differences(real(told_for(given, kind, visit) or {}), found):
            raise Incident(
                f"{kind}, keer {visit}: {path} is anders dan [nagerekend] zegt.\n"
                f"  verwacht: {wanted}\n  gevonden: {there}"
            )
        return found

    return do
