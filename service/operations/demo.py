"""The demo municipality: a fictitious account per role; two for who publishes."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from service.domain.actor import REPORTER_ROLE
from service.domain.profile import read_profile
from service.operations import bundle_files
from service.operations.accounts import HASHER, create_user
from service.operations.publish import publish
from service.storage import Municipality, UserAccount

MUNICIPALITY = "midden-delfland"
PASSWORD = "welkom-bij-meldroute"  # noqa: S105 - public on purpose: fictitious accounts, local only
_FIRST_NAMES = tuple(
    "Anna Bram Carla Daan Eva Fadi Greet Hugo Iris Jamal Karin Lars Mila Noor Olaf Petra Quinten "  # noqa: SIM905
    "Rosa Sam Tess Umut Vera Wim Xandra Yara Zeger Aisha Bas Cato Driss Elin Floor".split()
)


@dataclass(frozen=True, kw_only=True)
class DemoAccount:
    """What the start-up message shows."""

    email: str
    name: str
    role: str


def load_demo(
    session: Session, *, now: datetime, municipality: str = MUNICIPALITY
) -> list[DemoAccount]:
    """Publishes a municipality and makes its accounts; what is there already stays."""
    content = bundle_files.read_bundled(municipality)
    if session.get(Municipality, municipality) is None:
        publish(
            session,
            content=content,
            published_by="Meldroute",
            reason="Meegeleverde processen",
            now=now,
        )
    profile = read_profile(content[bundle_files.PROFILE], file=bundle_files.PROFILE)
    there = set(session.scalars(select(UserAccount.email)))
    password_hash = HASHER.hash(PASSWORD)
    roles = list(profile.roles.values())
    people = [(role, "") for role in roles] + [(role, "-2") for role in roles if role.publishes]
    accounts = [
        DemoAccount(
            email=f"{role.id}{which}@{municipality}.example",
            name=f"{_FIRST_NAMES[place % len(_FIRST_NAMES)]} ({role.name})",
            role=role.id,
        )
        for place, (role, which) in enumerate(people)
    ]
    for account in accounts:
        if account.email not in there:
            create_user(
                session,
                municipality=municipality,
                email=account.email,
                name=account.name,
                password=PASSWORD,
                password_hash=password_hash,
                roles={account.role} - {REPORTER_ROLE},
                now=now,
            )
    return accounts
