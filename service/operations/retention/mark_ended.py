"""Notes at the end of a case what decides how long it is kept, and how it ended, for figures."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from service.operations.case import Case

REPORTER_TERM = "melder_wissen_na"
"""The setting: how long after the end who reported is still known."""
PART_FACT = "voorziening.soort"
"""The fact whose codes count as parts of a case: they have terms of their own."""
MAIN_PART = "aanpak"
"""The variable that holds the outcome of the main process, which says more than the end."""
_CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
_MARK = text(
    """
    WITH told AS (
        INSERT INTO fact (instance_id, name, value, municipality, at)
        SELECT :id, given.name, given.value, :municipality, :now
        FROM unnest(CAST(:names AS text[]), CAST(:values AS text[])) AS given (name, value)
        ON CONFLICT DO NOTHING
    ), forgotten AS (
        UPDATE reporter SET wipe_at = :wipe_at WHERE instance_id = :id
    )
    UPDATE instance SET retention_class = concat_ws('|', process_id, CAST(:outcome AS text), (
        SELECT coalesce(string_agg(part, ',' ORDER BY part), '') FROM (
            SELECT process_id AS part FROM task WHERE instance_id = :id
            UNION SELECT value FROM fact WHERE instance_id = :id AND name = :part_fact
        ) AS parts
    )) WHERE id = :id
    """
)


def mark_ended(
    session: Session,
    case: Case,
    *,
    end_name: str,
    variables: Mapping[str, Any],
    now: datetime,
) -> None:
    """Writes the retention class, the outcomes as facts, and when the reporter is forgotten."""
    outcomes = dict(_outcomes(variables))
    told = {"zaak.einde": end_name[:200], **{f"{n}.uitkomst": code for n, code in outcomes.items()}}
    profile = case.published.profile
    term = str(profile.settings.get(REPORTER_TERM, "P30D"))
    session.execute(
        _MARK,
        {
            "id": case.instance.id,
            "municipality": case.instance.municipality,
            "now": now,
            "names": [name[:60] for name in told],
            "values": list(told.values()),
            "wipe_at": profile.calendar.after(now, term),
            "outcome": outcomes.get(MAIN_PART, end_name),
            "part_fact": PART_FACT,
        },
    )


def _outcomes(variables: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What called processes gave as ``uitkomst``: codes only, never words of a person."""
    for name, value in variables.items():
        code = value.get("uitkomst") if isinstance(value, Mapping) else None
        if isinstance(code, str) and _CODE.fullmatch(code):
            yield name, code
