"""Checks who may take part in a control: a power needs a decision that appoints (aanwijzing)."""

from collections.abc import Iterator, Mapping
from typing import Any

from service.domain.working_days import AMSTERDAM
from service.operations.network.agreement_check import (
    INVALID,
    NOT_NEEDED,
    VALID,
    Verdict,
    covered,
    registered,
)
from service.operations.network.reading import known_as, partners_where
from service.operations.service_tasks.handler import Work, context
from service.storage.agreement import APPOINTMENT

SETTING = "aanwijzing_nodig_voor"
"""The setting with the roles and partners whose powers rest on a decision."""
_NAMES = ("deelnemer", "rol", "partner", "organisatie")


def check_appointment(work: Work) -> Mapping[str, Any]:
    """Sets ``aanwijzing_controle``: ``geldig``, ``reden`` and ``geblokkeerd`` (codes).

    Who is checked: ``deelnemer``, else everybody in ``controleplan.deelnemers``; each a role,
    the code of a partner, or a context that holds one. ``niet_nodig`` when nobody needs a
    decision, ``nee`` when at least one participant has none that counts today.
    """
    verdicts = {code: _verdict(work, code, told) for code, told in _participants(work)}
    blocked = [code for code, verdict in verdicts.items() if verdict.valid == INVALID]
    needed = any(verdict.valid == VALID for verdict in verdicts.values())
    told = blocked or list(verdicts)
    return {
        "aanwijzing_controle": {
            "geldig": INVALID if blocked else VALID if needed else NOT_NEEDED,
            "reden": " ".join(verdicts[code].reason for code in told),
            "geblokkeerd": blocked,
        }
    }


def _participants(work: Work) -> Iterator[tuple[str, Mapping[str, Any]]]:
    one = work.variables.get("deelnemer")
    listed = [one] if one else context(work.variables, "controleplan").get("deelnemers") or ()
    for participant in listed:
        if isinstance(participant, Mapping):
            code = next((participant[n] for n in _NAMES if participant.get(n)), None)
            if isinstance(code, str):
                yield code, participant
        elif isinstance(participant, str):
            yield participant, {}


def _verdict(work: Work, code: str, told: Mapping[str, Any]) -> Verdict:
    municipality = work.case.instance.municipality
    partner = next(iter(partners_where(work.session, municipality, known_as(code))), None)
    party = frozenset({code, partner.code, partner.role} - {""} if partner else {code})
    role = work.case.published.profile.roles.get(code)
    name = partner.name if partner else role.name if role else code
    if not _needs(work, party, told):
        return Verdict(valid=NOT_NEEDED, reason=f"Voor {name} is geen aanwijzingsbesluit nodig.")
    return covered(
        work.session,
        municipality=municipality,
        kind=APPOINTMENT,
        party=party,
        name=name,
        today=work.now.astimezone(AMSTERDAM).date(),
    )


def _needs(work: Work, party: frozenset[str], told: Mapping[str, Any]) -> bool:
    """By the setting, by what the plan says, or because the register knows a decision for it."""
    profile = work.case.published.profile
    if told.get("aanwijzingsbesluit") == "ja" or not party.isdisjoint(
        profile.as_context().get(SETTING, ())
    ):
        return True
    return registered(
        work.session,
        municipality=work.case.instance.municipality,
        kind=APPOINTMENT,
        party=party,
    )
