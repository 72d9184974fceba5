"""A municipality's profile: what it holds, and how it is read from its one TOML file.

May import the rest of ``domain`` and marshmallow.
"""

from service.domain.profile.changing import with_choices
from service.domain.profile.model import (
    DOMAINS,
    ActionPoint,
    Agreement,
    Instrument,
    Meeting,
    Partner,
    Profile,
    Role,
    Round,
    Shelter,
)
from service.domain.profile.reading import read_profile

__all__ = [
    "DOMAINS",
    "ActionPoint",
    "Agreement",
    "Instrument",
    "Meeting",
    "Partner",
    "Profile",
    "Role",
    "Round",
    "Shelter",
    "read_profile",
    "with_choices",
]
