"""Who acts: a person, a partner or the engine itself."""

from dataclasses import dataclass
from uuid import UUID

REPORTER_ROLE = "melder"
"""The role of whoever reported: its tasks lie in the inbox of that one person only."""


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Somebody (or something) on whose authority an operation runs."""

    user_id: UUID | None
    """``None`` for the engine itself and for an anonymous reporter."""
    name: str
    municipality: str
    roles: frozenset[str] = frozenset()

    def has_any(self, roles: frozenset[str] | set[str]) -> bool:
        """Whether the actor holds at least one of the roles."""
        return not self.roles.isdisjoint(roles)


def engine_actor(municipality: str) -> Actor:
    """The engine as actor: timers, service tasks and escalations are logged in its name."""
    return Actor(user_id=None, name="systeem", municipality=municipality)


def anonymous_reporter(municipality: str) -> Actor:
    """A reporter without an account; nothing about them is known or stored."""
    return Actor(
        user_id=None, name="anoniem", municipality=municipality, roles=frozenset({REPORTER_ROLE})
    )
