"""The same municipality with some other choices."""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final

from service.domain.errors import InvalidInput
from service.domain.profile.building import action_point, recurrence
from service.domain.profile.model import Profile

_FIXED: Final = ("id", "naam", "overleggen", "partners")
"""What a municipality is, and the registers that begin with its profile: those are not choices."""


def with_choices(profile: Profile, choices: Mapping[str, Any]) -> Profile:
    """The profile with these choices; they are named as ``gemeente`` has them in FEEL, which must
    know each of them. What they do not name stays.

    Raises:
        InvalidInput: one of them is no choice.
    """
    for name in _FIXED:
        if name in choices:
            raise InvalidInput(
                f"{name} is geen keuze die anders kan; kies een instelling, een normtijd, "
                "een ritme of een lijst van het profiel."
            )
    context = {**profile.as_context(), **choices}
    rhythms = {
        name: recurrence({**found.as_context(), **choices.get("cyclus", {}).get(name, {})})
        for name, found in profile.rounds.items()
    }
    return replace(
        profile,
        settings=MappingProxyType({name: context[name] for name in profile.settings}),
        norms=MappingProxyType({**profile.norms, **choices.get("normtijden", {})}),
        rounds=MappingProxyType(rhythms),
        action_points=tuple(map(action_point, context["actiepunten"])),
        training_groups=tuple(context["trainingsgroepen"]),
        contract_partners=tuple(context["contractpartners"]),
    )
