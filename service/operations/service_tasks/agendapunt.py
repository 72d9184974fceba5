"""Puts a question of a case on the agenda of a table."""

from collections.abc import Mapping
from typing import Any

from service.domain.errors import Incident
from service.domain.profile import DOMAINS
from service.operations.agenda.items import put_item
from service.operations.service_tasks.handler import Work, context


def place_item(work: Work) -> Mapping[str, Any]:
    """Sets ``agendapunt.kenmerk``: that of the case and a number, ``2026-K7Q3-XD4M-A1``."""
    told = context(work.variables, "agendapunt")
    profile = work.case.published.profile
    tables = [table.id for table in profile.meetings]
    if told.get("overleg") not in tables:
        raise Incident(
            f"Overleg {told.get('overleg')!r} staat niet in de instellingen van {profile.name}; "
            f"kies een van: {', '.join(tables)}."
        )
    if told.get("domein") not in DOMAINS:
        raise Incident("Het agendapunt heeft geen domein; kies wie aan tafel het mag zien.")
    return {"agendapunt": {"kenmerk": put_item(work.session, work.case, told, now=work.now)}}
