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
    invited; partners are not when their agreement is not valid (``convenant_controle``), and a
    table that a partner chairs gets nothing then.
    """
    table = context(work.variables, "bijeenkomst")
    profile = work.case.published.profile
    chair = profile.roles.get(str(table.get("voorzitter")))
    closed = _without_partners(work) and chair is not None and chair.partner
    items = () if closed else take_up(work.session, work.case.instance, str(table.get("id")))
    roles = list(_participants(work, table, profile))
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


def _without_partners(work: Work) -> bool:
    return context(work.variables, "convenant_controle").get("geldig") == "nee"


def _participants(work: Work, table: Mapping[str, Any], profile: Profile) -> Iterator[Role]:
    for name in table.get("deelnemers") or ():
        role = profile.roles.get(str(name))
        if role is None or role.id == table.get("voorzitter"):
            continue
        if not (role.partner and _without_partners(work)):
            yield role


def _seen_by(role: Role, items: Sequence[AgendaItem]) -> list[dict[str, str]]:
    return [_told(item) for item in items if item.domain in role.domains]


def _told(item: AgendaItem) -> dict[str, str]:
    return {"kenmerk": item.reference, "domein": item.domain}
