"""Which roles somebody can be given in a municipality."""

from collections.abc import Collection

from service.domain.errors import InvalidInput
from service.domain.profile import Profile


def require_known_roles(profile: Profile, roles: Collection[str]) -> None:
    """Refuses a role whose tasks nobody would ever see.

    Raises:
        InvalidInput: this municipality has no such role, or its tasks lie in another inbox.
    """
    inboxes = profile.inboxes()
    for role in roles:
        if role not in profile.roles:
            raise InvalidInput(
                f"Rol {role!r} bestaat niet in {profile.name}; kies uit: "
                f"{', '.join(sorted(profile.roles.keys() - inboxes.keys()))}."
            )
        if role in inboxes:
            raise InvalidInput(
                f"Rol {role!r} heeft in {profile.name} geen eigen werkvoorraad; "
                f"geef {inboxes[role]!r}."
            )
