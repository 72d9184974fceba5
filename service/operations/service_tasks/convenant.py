"""Checks the agreement on which a handover or a disclosure rests."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement

from service.domain.profile import Meeting
from service.domain.working_days import AMSTERDAM
from service.operations.network.agreement_check import (
    INVALID,
    NOT_NEEDED,
    Verdict,
    covered,
    registered,
)
from service.operations.network.reading import known_as, partners_where
from service.operations.service_tasks.handler import Work, context
from service.storage import Partner
from service.storage.agreement import COVENANT

_ON_AGREEMENT = "wgs_convenant"
"""The ground of ``gegevensdeling`` that is an agreement."""


@dataclass(frozen=True, kw_only=True)
class _Receiver:
    """Who is to get something."""

    codes: frozenset[str]
    name: str
    needs_agreement: bool
    agreement: str = ""
    """What the agreement is called, when a table says so itself."""
    known: bool = True


def check_covenant(work: Work) -> Mapping[str, Any]:
    """Sets ``convenant_controle``: ``geldig`` (ja, nee, niet_nodig) and ``reden``.

    The receiver is ``overdracht.ontvanger`` (a role, the code of a partner or the id of a
    table), else the kind of partner of ``gegevensdeling.partner``. An agreement is needed when
    the ground of sharing is one, when the card of the partner (or the table) says so, or when
    ``regie_convenant`` names one of the register for the receiver.
    """
    verdict = _verdict(work)
    return {"convenant_controle": {"geldig": verdict.valid, "reden": verdict.reason}}


def _verdict(work: Work) -> Verdict:
    sharing = context(work.variables, "gegevensdeling")
    if sharing.get("besluit") == "anoniem":
        return Verdict(valid=NOT_NEEDED, reason="Er gaan geen persoonsgegevens mee.")
    receiver = _receiver(work)
    if not receiver.known:
        return Verdict(
            valid=INVALID,
            reason=f"{receiver.name} staat niet als partner in het register. "
            "Voeg de partner toe bij Netwerk, of kies een andere weg.",
        )
    rests = receiver.needs_agreement or sharing.get("grondslag") == _ON_AGREEMENT
    if not rests and not _named(work, receiver):
        reason = f"Voor {receiver.name} is geen convenant nodig bij deze grondslag."
        return Verdict(valid=NOT_NEEDED, reason=reason)
    return covered(
        work.session,
        municipality=work.case.instance.municipality,
        kind=COVENANT,
        party=receiver.codes,
        called=receiver.agreement,
        name=receiver.name,
        today=work.now.astimezone(AMSTERDAM).date(),
    )


def _named(work: Work, receiver: _Receiver) -> bool:
    """Whether the table ``regie_convenant`` names an agreement that the register knows."""
    proposed = context(work.variables, "regie_convenant")
    if proposed.get("regie") not in receiver.codes:
        return False
    text = str(proposed.get("convenant") or "")
    return bool(text) and registered(
        work.session,
        municipality=work.case.instance.municipality,
        kind=COVENANT,
        party=receiver.codes,
        named_in=text,
    )


def _receiver(work: Work) -> _Receiver:
    chosen = context(work.variables, "overdracht").get("ontvanger")
    kind = context(work.variables, "gegevensdeling").get("partner")
    if isinstance(chosen, str) and chosen:
        return _chosen(work, chosen)
    partners = _partners(work, Partner.kind == kind)
    if not partners:
        return _Receiver(
            codes=frozenset({str(kind)}), name=f"deze partner ({kind})", needs_agreement=False
        )
    return _as_receiver(partners)


def _chosen(work: Work, chosen: str) -> _Receiver:
    partners = _partners(work, known_as(chosen))
    if partners:
        return _as_receiver(partners)
    table = _table(work, chosen)
    if table is not None:
        return _Receiver(
            codes=frozenset({chosen}),
            name=table.name,
            needs_agreement=bool(table.agreement),
            agreement=table.agreement,
        )
    role = work.case.published.profile.roles.get(chosen)
    own = role is not None and not role.partner
    name = role.name if role else chosen
    return _Receiver(codes=frozenset({chosen}), name=name, needs_agreement=False, known=own)


def _as_receiver(partners: Sequence[Partner]) -> _Receiver:
    return _Receiver(
        codes=frozenset(code for p in partners for code in (p.code, p.role) if code),
        name=partners[0].name,
        needs_agreement=any(p.needs_agreement for p in partners),
    )


def _partners(work: Work, which: ColumnElement[bool]) -> Sequence[Partner]:
    return partners_where(work.session, work.case.instance.municipality, which)


def _table(work: Work, table_id: str) -> Meeting | None:
    meetings = work.case.published.profile.meetings
    return next((meeting for meeting in meetings if meeting.id == table_id), None)
