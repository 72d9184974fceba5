"""Who will see more or less once a bundle is published: by the profile and by the forms."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from service.domain.profile import DOMAINS, Profile
from service.operations.published import Published

Question = tuple[str, str, str]
"""Process, form and path of a question."""


@dataclass(frozen=True, kw_only=True)
class SightChange:
    """What one role will see more and less."""

    role: str
    name: str
    domains_gained: tuple[str, ...]
    domains_lost: tuple[str, ...]
    questions_gained: int
    """Questions that were there and that the role will be able to read."""
    questions_lost: int
    rights_gained: tuple[str, ...]
    """Rights of the profile: ``coordineert``, ``publiceert`` …"""
    rights_lost: tuple[str, ...]


_RIGHTS = {
    "coordineert": "coordinates",
    "vernietigt": "erases",
    "publiceert": "publishes",
    "herstelt": "repairs",
    "beheert_netwerk": "keeps_network",
    "partner": "partner",
}


def changed_sight(before: Published, after: Published) -> list[SightChange]:
    """Each role for which something changes, in the order of the newer profile."""
    roles = [
        *after.profile.roles,
        *(r for r in before.profile.roles if r not in after.profile.roles),
    ]
    old, new = _domains_of_questions(before), _domains_of_questions(after)
    return [
        found for role in roles if (found := _change(role, before.profile, after.profile, old, new))
    ]


def _change(
    role: str,
    before: Profile,
    after: Profile,
    old: Mapping[Question, str],
    new: Mapping[Question, str],
) -> SightChange | None:
    was, will = before.domains_of(frozenset({role})), after.domains_of(frozenset({role}))
    both = old.keys() & new.keys()
    saw = {question for question in both if old[question] in was}
    sees = {question for question in both if new[question] in will}
    had, has = set(_rights(before, role)), set(_rights(after, role))
    if (was, saw, had) == (will, sees, has):
        return None
    known = after.roles.get(role) or before.roles[role]
    return SightChange(
        role=role,
        name=known.name,
        domains_gained=_in_order(will - was),
        domains_lost=_in_order(was - will),
        questions_gained=len(sees - saw),
        questions_lost=len(saw - sees),
        rights_gained=tuple(sorted(has - had)),
        rights_lost=tuple(sorted(had - has)),
    )


def _domains_of_questions(published: Published) -> dict[Question, str]:
    return {
        (process_id, form_id, field.key): field.domain
        for (process_id, form_id), form in published.forms.items()
        for field in form.fields
    }


def _rights(profile: Profile, role: str) -> Iterator[str]:
    if role in profile.roles:
        yield from (word for word, name in _RIGHTS.items() if getattr(profile.roles[role], name))


def _in_order(domains: frozenset[str]) -> tuple[str, ...]:
    return tuple(domain for domain in DOMAINS if domain in domains)
