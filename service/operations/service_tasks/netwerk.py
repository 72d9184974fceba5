"""Keeping the network: what expires soon, and what was decided about it."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from service.domain.actor import engine_actor
from service.domain.errors import Incident, NotFound
from service.domain.working_days import AMSTERDAM
from service.operations.network.reading import entry_of
from service.operations.network.registers import AGREEMENTS, choices_of
from service.operations.network.warning import needs_a_look, warning_days
from service.operations.network.writing import write
from service.operations.service_tasks.handler import Work, context
from service.storage import Agreement

_MOST = 200
"""More agreements at once than a municipality has."""


def look_through_network(work: Work) -> Mapping[str, Any]:
    """Sets ``netwerk.verloopt``: the agreements that are over, or will be within the setting.

    Each with ``id``, ``naam``, ``soort``, ``voor`` (in words), ``vindplaats`` and ``geldig_tot``.
    """
    today = work.now.astimezone(AMSTERDAM).date()
    profile = work.case.published.profile
    until = today + timedelta(days=warning_days(profile))
    names = dict(choices_of(work.session, profile)["parties"])
    rows = work.session.scalars(
        select(Agreement)
        .where(needs_a_look(work.case.instance.municipality, until))
        .order_by(Agreement.valid_until, Agreement.id)
        .limit(_MOST)
    )
    return {"netwerk": {"verloopt": [_item(row, names) for row in rows]}}


def settle_agreement(work: Work) -> Mapping[str, Any]:
    """Writes ``afspraakbesluit`` about ``afspraak`` in the register; sets
    ``afspraakbesluit.uitkomst``.

    ``verlengen`` gives the agreement its new last day, ``intrekken`` withdraws it as of today,
    anything else leaves it. What somebody withdrew meanwhile stays withdrawn.
    """
    decided = context(work.variables, "afspraakbesluit")
    agreement = _agreement(work)
    if agreement is None or agreement.ended_on is not None:
        return _outcome("achterhaald")
    values = _values(decided, work.now.astimezone(AMSTERDAM).date())
    if not values:
        return _outcome("ongewijzigd")
    instance = work.case.instance
    write(
        work.session,
        AGREEMENTS,
        agreement,
        values,
        actor=engine_actor(instance.municipality),
        now=work.now,
        reference=instance.reference,
    )
    return _outcome("verlengd" if decided["besluit"] == "verlengen" else "ingetrokken")


def _item(agreement: Agreement, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": str(agreement.id),
        "naam": agreement.name,
        "soort": agreement.kind,
        "voor": ", ".join(names.get(party, party) for party in agreement.parties),
        "vindplaats": agreement.reference,
        "geldig_tot": agreement.valid_until,
    }


def _agreement(work: Work) -> Agreement | None:
    told = context(work.variables, "afspraak").get("id")
    try:
        found = entry_of(
            work.session,
            AGREEMENTS,
            entry_id=UUID(str(told)),
            municipality=work.case.instance.municipality,
            hold=True,
        )
    except (NotFound, ValueError):
        return None
    return found if isinstance(found, Agreement) else None


def _values(decided: Mapping[str, Any], today: date) -> dict[str, Any]:
    choice = decided.get("besluit")
    if choice == "intrekken":
        return {"ended_on": today, "ended_why": str(decided.get("reden") or "Ingetrokken.")[:500]}
    if choice != "verlengen":
        return {}
    until = decided.get("geldig_tot")
    if not isinstance(until, date):
        raise Incident("Er is geen nieuwe einddatum; vul haar in en probeer het opnieuw.")
    values: dict[str, Any] = {"valid_until": until}
    if decided.get("vindplaats"):
        values["reference"] = str(decided["vindplaats"])[:200]
    return values


def _outcome(told: str) -> dict[str, Any]:
    return {"afspraakbesluit": {"uitkomst": told}}
