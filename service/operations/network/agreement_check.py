"""Whether an agreement covers somebody today, and if not, why not."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, func, literal, or_, select
from sqlalchemy.orm import Session

from service.operations.network.warning import standing
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


def registered(
    session: Session, *, municipality: str, kind: str, party: frozenset[str], named_in: str = ""
) -> bool:
    """Whether the register knows an agreement of a kind for a party, valid or not.

    ``named_in``: only one whose name stands in this text.
    """
    known = exists().where(
        Agreement.municipality == municipality,
        Agreement.kind == kind,
        Agreement.parties.overlap(sorted(party)),
    )
    if named_in:
        text = literal(named_in.casefold())
        known = known.where(func.strpos(text, func.lower(Agreement.name)) > 0)
    return bool(session.scalar(select(known)))


def _why_not(agreement: Agreement, today: date) -> str:
    state = standing(
        begins=agreement.valid_from,
        ends=agreement.valid_until,
        ended_on=agreement.ended_on,
        today=today,
    )
    reasons = {
        "ingetrokken": ("ingetrokken op", agreement.ended_on),
        "komt": ("geldt pas vanaf", agreement.valid_from),
        "verlopen": ("verlopen op", agreement.valid_until),
    }
    words, day = reasons.get(state, ("", None))
    return f"{words} {_day(day)}" if day else ""


def _until(agreement: Agreement) -> str:
    return f" tot en met {_day(agreement.valid_until)}" if agreement.valid_until else ""


def _day(day: date) -> str:
    return day.strftime("%d-%m-%Y")
