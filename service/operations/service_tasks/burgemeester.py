"""Tells the burgemeester of acute danger or a route decision: sober, without a name or a fact."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from service.operations.mail import put_out
from service.operations.service_tasks.handler import Work, context
from service.storage import RoleMembership, UserAccount

_BODY = (
    "Er is een {what} van mensenhandel in behandeling (kenmerk {reference}).\n\n"
    "De aandachtsfunctionaris houdt u op de hoogte. In deze mail staat met opzet niets "
    "over de zaak.\n"
)


def tell_burgemeester(work: Work) -> Mapping[str, Any]:
    """Mails whoever holds the role ``burgemeester``; sets nothing."""
    instance = work.case.instance
    decided = context(work.variables, "routebesluit").get("burgemeester_informeren") == "ja"
    what = "signaal" if decided else "acuut signaal"
    addresses = work.session.scalars(
        select(UserAccount.email)
        .join(RoleMembership, RoleMembership.user_id == UserAccount.id)
        .where(
            RoleMembership.municipality == instance.municipality,
            RoleMembership.role == "burgemeester",
            UserAccount.active,
        )
    )
    put_out(
        work.session,
        work.collaborators,
        municipality=instance.municipality,
        instance_id=instance.id,
        recipients=sorted(addresses),
        subject=f"{what.capitalize()} in behandeling",
        body=_BODY.format(what=what, reference=instance.reference),
        now=work.now,
    )
    return {}
