"""Collects the agenda of a meeting, for each participant what they may see."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from service.domain.profile import Profile, Role
from service.operations.agenda.items import take_up
from service.operations.service_tasks.handler import Work, context
from service.storage import AgendaItem


def collect_agenda(work: Work) -> Mapping[str, Any]:
    """Sets ``agenda``: ``punten`` (kenmerk and domain), ``deelnemers`` with theirs, ``rollen``.

    Kenmerken only: the content stays with the cases. A participant with nothing to see is not
    invited; partners are not when their agreement is not valid (``convenant_controle``).
    """
    table = context(work.variables, "bijeenkomst")
    profile = work.case.published.profile
    items = take_up(work.session, work.case.instance, str(table.get("id")))
    roles = list(_participants(work, table, profile))
    chair = profile.roles.get(str(table.get("voorzitter")))
    at_table = {role.id: role.name for role in [*([chair] if chair else []), *roles]}
    return {
        "agenda": {
            "punten": [_told(item) for item in items],
            "deelnemers": [
                {"rol": role.id, "naam": role.name, "punten": seen}
                for role in roles
                if (seen := _seen_by(role, items))
            ],
            "rollen": [{"value": key, "label": name} for key, name in at_table.items()],
        }
    }


def _participants(work: Work, table: Mapping[str, Any], profile: Profile) -> Iterator[Role]:
    without_partners = context(work.variables, "convenant_controle").get("geldig") == "nee"
    for name in table.get("deelnemers") or ():
        role = profile.roles.get(str(name))
        if role is None or role.id == table.get("voorzitter"):
            continue
        if not (role.partner and without_partners):
            yield role


def _seen_by(role: Role, items: Sequence[AgendaItem]) -> list[dict[str, str]]:
    return [_told(item) for item in items if item.domain in role.domains]


def _told(item: AgendaItem) -> dict[str, str]:
    return {"kenmerk": item.reference, "domein": item.domain}
