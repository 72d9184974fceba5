"""Whether an agreement covers somebody today, and if not, why not."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from service.storage import Agreement

VALID, INVALID, NOT_NEEDED = "ja", "nee", "niet_nodig"


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What a process gets to know."""

    valid: str
    """``ja``, ``nee`` or ``niet_nodig``."""
    reason: str


def covered(
    session: Session,
    *,
    municipality: str,
    kind: str,
    party: frozenset[str],
    name: str,
    today: date,
    called: str = "",
) -> Verdict:
    """Whether an agreement of a kind covers a party today.

    ``party``: its codes; ``name``: what people call it; ``called``: the name of an agreement
    that covers it too.
    """
    rows = session.scalars(
        select(Agreement)
        .where(
            Agreement.municipality == municipality,
            Agreement.kind == kind,
            or_(Agreement.parties.overlap(sorted(party)), Agreement.name == called),
        )
        .order_by(Agreement.valid_until.desc().nulls_first(), Agreement.id)
    ).all()
    for row in rows:
        if not _why_not(row, today):
            return Verdict(valid=VALID, reason=f"{row.name} geldt voor {name}{_until(row)}.")
    if not rows:
        return Verdict(
            valid=INVALID,
            reason=f"Er staat geen {kind} voor {name} in het register. "
            "Voeg het toe bij Netwerk, of kies een andere weg.",
        )
    told = " ".join(f"{row.name}: {_why_not(row, today)}." for row in rows[:3])
    return Verdict(
        valid=INVALID,
        reason=f"Er is nu geen geldig {kind} voor {name}. {told} "
        "Verleng het bij Netwerk, of kies een andere weg.",
    )


def _why_not(agreement: Agreement, today: date) -> str:
    if agreement.ended_on is not None and agreement.ended_on <= today:
        return f"ingetrokken op {_day(agreement.ended_on)}"
    if agreement.valid_from > today:
        return f"geldt pas vanaf {_day(agreement.valid_from)}"
    if agreement.valid_until is not None and agreement.valid_until < today:
        return f"verlopen op {_day(agreement.valid_until)}"
    return ""


def _until(agreement: Agreement) -> str:
    return f" tot en met {_day(agreement.valid_until)}" if agreement.valid_until else ""


def _day(day: date) -> str:
    return day.strftime("%d-%m-%Y")
