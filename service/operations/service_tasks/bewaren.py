"""Keeping and destroying: makes the list, destroys what was decided, holds back what is needed."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from service.domain.errors import Incident
from service.domain.working_days import AMSTERDAM
from service.operations.retention.destroy import Destroyed, destroy, who_decided
from service.operations.retention.due_cases import DueCase, due_cases
from service.operations.retention.hold import hold_cases
from service.operations.service_tasks.handler import Work, context

MOST = 100
"""What one list holds; the rest comes on the next."""


def list_due(work: Work) -> Mapping[str, Any]:
    """Sets ``vernietiging``: how many cases are due, each of them, and the list as text.

    What stands on a list stands on no other while that one is looked at.
    """
    found = due_cases(
        work.session,
        work.case.published,
        municipality=work.case.instance.municipality,
        now=work.now,
        limit=MOST,
    )
    hold_cases(
        work.session,
        municipality=work.case.instance.municipality,
        references=[case.reference for case in found],
        now=work.now,
        held_by=work.case.instance.id,
    )
    lines = [_line(work, case) for case in found]
    return {
        "vernietiging": {
            "aantal": len(found),
            "zaken": [case.reference for case in found],
            "lijst": "\n".join(lines),
        }
    }


def destroy_listed(work: Work) -> Mapping[str, Any]:
    """Destroys ``vernietigen.zaken``, in the name of who did the task ``vernietigen.besluit``.

    What stands in ``vernietigen.uitzonderingen`` is held back until its date. Sets
    ``verklaring``: the numbers, and the declaration as text.
    """
    asked = context(work.variables, "vernietigen")
    instance = work.case.instance
    actor = who_decided(work.session, instance_id=instance.id, element_id=str(asked.get("besluit")))
    exceptions = [one for one in asked.get("uitzonderingen") or () if isinstance(one, Mapping)]
    for exception in exceptions:
        _hold_until(work, exception)
    spared = {str(one.get("kenmerk")) for one in exceptions}
    outcome = destroy(
        work.session,
        work.collaborators,
        references=[str(r) for r in asked.get("zaken") or () if str(r) not in spared],
        ground=str(asked.get("grond")),
        actor=actor,
        now=work.now,
        asked_by=instance.id,
    )
    return {"verklaring": _declaration(outcome, actor.name, str(asked.get("grond")), work.now)}


def hold_back(work: Work) -> Mapping[str, Any]:
    """Holds ``opschorten.zaken`` back while this case runs; sets ``bewaring``."""
    wanted = [str(one).strip() for one in context(work.variables, "opschorten").get("zaken") or ()]
    instance = work.case.instance
    found = hold_cases(
        work.session,
        municipality=instance.municipality,
        references=wanted,
        now=work.now,
        held_by=instance.id,
    )
    unknown = [reference for reference in wanted if reference not in found]
    return {
        "bewaring": {
            "vastgehouden": found,
            "onbekend": unknown,
            "tekst": "\n".join(
                [
                    *(
                        f"{reference}: wordt niet vernietigd zolang dit loopt"
                        for reference in found
                    ),
                    *(f"{reference}: niet gevonden, kijk het kenmerk na" for reference in unknown),
                ]
            ),
        }
    }


def _line(work: Work, case: DueCase) -> str:
    known = work.case.published.bundle.processes.get(case.process_id)
    name = known.name if known else case.process_id
    ended = case.ended_at.astimezone(AMSTERDAM)
    return (
        f"{case.reference}: {name}, {case.end_name}, afgesloten op {ended:%d-%m-%Y} ({case.term})"
    )


def _hold_until(work: Work, exception: Mapping[str, Any]) -> None:
    until = exception.get("tot")
    if type(until) is not date:
        raise Incident("Bij een uitzondering ontbreekt tot wanneer de zaak bewaard blijft.")
    hold_cases(
        work.session,
        municipality=work.case.instance.municipality,
        references=[str(exception.get("kenmerk"))],
        now=work.now,
        until=datetime.combine(until, time(), AMSTERDAM),
    )


def _declaration(outcome: Destroyed, name: str, ground: str, now: datetime) -> Mapping[str, Any]:
    day = now.astimezone(AMSTERDAM)
    text = [
        f"Verklaring van vernietiging, {day:%d-%m-%Y}",
        f"Vernietigd door {name}; grond: {ground}.",
        f"Vernietigde zaken: {len(outcome.gone)}",
        *(f"- {reference}" for reference in outcome.gone),
    ]
    if outcome.kept:
        text += ["Niet vernietigd:", *(f"- {reference}: {why}" for reference, why in outcome.kept)]
    return {
        "vernietigd": len(outcome.gone),
        "gebleven": len(outcome.kept),
        "tekst": "\n".join(text),
    }
