"""What every repair of a case shares: the right, the lock, the reason, the diagram's own rules."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from service import engine
from service.domain.actor import Actor
from service.domain.errors import Conflict, Unconfirmed
from service.operations import rights
from service.operations.case import Case, lock_case, write
from service.operations.collaborators import Collaborators
from service.operations.history import Happening, append_event, detail_of
from service.operations.said import said
from service.operations.settle import settle
from service.storage import Event
from service.storage.instance import ENDED

KINDS = frozenset(
    {
        "stilgezet",
        "hervat",
        "geannuleerd",
        "verplaatst",
        "overgeslagen",
        "opnieuw_geopend",
        "gegeven_gewijzigd",
        "opnieuw_geprobeerd",
    }
)
"""The events of repairs; who repairs reads these and no others."""
_IMPOSSIBLE = "Zo kan de zaak volgens het diagram niet komen te staan."
_CONFIRM = "Er is niets gedaan; bevestig het als u het toch wilt."


@dataclass(frozen=True, kw_only=True)
class Repair:
    """A locked case, in the hands of somebody who may repair it and said why."""

    case: Case
    actor: Actor
    reason: str
    now: datetime

    @property
    def bundle(self) -> engine.CompiledBundle:
        """The diagrams of the case."""
        return self.case.published.bundle

    @property
    def around(self) -> engine.Surroundings:
        """What the engine may know."""
        return self.case.published.around(self.now)

    def token(self, token_id: UUID) -> engine.Token | None:
        """A token of the case as it stands."""
        found = engine.standing(self.bundle, self.case.state, around=self.around)
        return next((token for token in found if token.token_id == token_id), None)

    def tell(self, kind: str, **detail: Any) -> Happening:
        """The event of a repair that is about no element."""
        return Happening(kind=kind, actor=self.actor, detail={"reason": self.reason, **detail})

    def tell_of(
        self, kind: str, token: engine.Token | engine.StepInfo | None, **detail: Any
    ) -> Happening:
        """The event of a repair at one element."""
        return Happening(
            kind=kind,
            actor=self.actor,
            element_id=token.element_id if token else None,
            element_name=(token.name or token.element_id) if token else None,
            detail={"reason": self.reason, **detail},
        )


def begin_repair(
    session: Session,
    collaborators: Collaborators,
    *,
    instance_id: UUID,
    actor: Actor,
    reason: str,
    now: datetime,
) -> Repair:
    """Locks a case for somebody who repairs it.

    Raises:
        NotFound: there is no such case, or the actor may not repair.
        InvalidInput: no reason is given, or one that is too long.
        Conflict: the case has ended.
    """
    profile = collaborators.publications.current(session, actor.municipality).profile
    rights.require_repairs(actor, profile)
    case = lock_case(
        session, collaborators, instance_id=instance_id, municipality=actor.municipality
    )
    if case.instance.status in ENDED:
        raise Conflict("Deze zaak is afgesloten; er kan niets meer aan worden veranderd.")
    return Repair(case=case, actor=actor, reason=said(reason), now=now)


def carry_out(
    session: Session,
    collaborators: Collaborators,
    repair: Repair,
    advance: engine.Advance,
    happening: Happening,
    *,
    confirmed: bool,
) -> None:
    """Writes a repair that moves tokens, unless the case would come to stand oddly.

    Raises:
        Unconfirmed: it would, and nobody said that this is meant; nothing is written.
    """
    before = engine.could_stand(repair.bundle, repair.case.state)
    odd = engine.could_stand(repair.bundle, advance.state).beyond(before).oddities
    reasons = [oddity.reason for oddity in odd]
    if reasons and not confirmed:
        lead = [_IMPOSSIBLE] if any(oddity.certain for oddity in odd) else []
        raise Unconfirmed(" ".join([*lead, *reasons, _CONFIRM]), reasons)
    if reasons:
        detail = {**happening.detail, "against_diagram": reasons}
        happening = replace(happening, detail=detail)
    settle(session, collaborators, repair.case, advance, happening, now=repair.now)


def note_repair(
    session: Session, repair: Repair, happening: Happening, values: Mapping[str, Any]
) -> None:
    """Writes a repair in which no token moves: columns of the case, and its event."""
    append_event(session, repair.case, happening, now=repair.now)
    write(session, repair.case.instance, values)


def repair_of(case: Case, event: Event) -> Mapping[str, Any]:
    """What the event of a repair keeps sealed: ``reason``, ``path``, ``against_diagram``."""
    return detail_of(case, event) if event.kind in KINDS else {}
