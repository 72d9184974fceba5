"""Closed cases replayed on a draft: how many would go otherwise, and how; never which."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.domain.errors import Refused
from service.operations.studio.drafts import draft_for
from service.operations.studio.replaying.compare import Replayed
from service.operations.studio.replaying.replay import replay
from service.web.csrf import guard
from service.web.frame import publication_of, render
from service.web.request import STAFF, access, now, parts, staff, transaction
from service.web.views import process_name

studio_replay = guard(
    Blueprint(
        "studio_replay",
        __name__,
        url_prefix="/studio/concepten/<uuid:draft_id>/publiceren/naspelen",
    )
)


@studio_replay.get("")
@access(STAFF)
def show(draft_id: UUID) -> ResponseReturnValue:
    """The first cases, or those after a number."""
    with transaction() as session:
        actor = staff(session)
        draft = draft_for(session, parts(), draft_id=draft_id, actor=actor)
        try:
            values, notice = _replayed(session, actor, draft_id), ""
        except Refused as error:
            values, notice = {}, str(error)
        return render(
            session,
            actor,
            "studio/naspelen.html",
            page="studio",
            draft=draft,
            notice=notice,
            **values,
        )


@studio_replay.get("/meer")
@access(STAFF)
def more(draft_id: UUID) -> ResponseReturnValue:
    """The next cases, for the script of the page."""
    with transaction() as session:
        return render_template(
            "studio/_naspelen.html", **_replayed(session, staff(session), draft_id)
        )


def _replayed(session: Any, actor: Any, draft_id: UUID) -> dict[str, Any]:
    counts = {name: request.args.get(name, 0, type=int) for name in ("gelijk", "anders", "niet")}
    page = replay(
        session,
        parts(),
        draft_id=draft_id,
        actor=actor,
        now=now(),
        after=max(request.args.get("na", 0, type=int), 0),
    )
    for one in page.cases:
        counts[_COUNTED[one.case.what]] += 1
    published = publication_of(session, actor)
    return {
        "draft_id": draft_id,
        "processes": [process_name(published, key) for key in page.processes],
        "total": page.total,
        "seen": sum(counts.values()),
        "counts": counts,
        "cases": [
            (one.number, one.case.what, " ".join(_sentences(one.case)))
            for one in page.cases
            if one.case.what != "same"
        ],
        "next_number": page.next_number,
    }


_COUNTED = {"same": "gelijk", "changed": "anders", "unplayable": "niet"}


def _sentences(case: Replayed) -> Iterator[str]:
    if case.what == "unplayable":
        yield _("Kan niet worden nagespeeld: %(why)s.", why=case.reason)
        return
    yield _ended(case)
    if case.other_way_from:
        yield _("Gaat op een andere weg vanaf ‘%(step)s’.", step=case.other_way_from)
    elif case.other_way_from == "":
        yield _("Gaat meteen op een andere weg.")
    if case.decisions:
        names = ", ".join(f"‘{name}’" for name in case.decisions)
        yield _("Een andere uitkomst van %(names)s.", names=names)
    if case.would_end_as is not None and case.days_before != case.days_after:
        yield _(
            "Duurde %(before)s werkdagen, zou nu %(after)s werkdagen duren.",
            before=case.days_before,
            after=case.days_after,
        )


def _ended(case: Replayed) -> str:
    old = case.ended_as
    if case.halted_at:
        return str(
            _(
                "Eindigde als ‘%(old)s’, zou nu stilvallen door een storing bij ‘%(step)s’.",
                old=old,
                step=case.halted_at,
            )
        )
    if case.would_end_as is None:
        steps = ", ".join(f"‘{name}’" for name in case.stuck_at) or _("een later moment")
        return str(
            _(
                "Eindigde als ‘%(old)s’, zou nu wachten op %(steps)s; verder is niet te zeggen.",
                old=old,
                steps=steps,
            )
        )
    if case.would_end_as == old:
        return str(_("Eindigde als ‘%(old)s’, en zou dat weer doen.", old=old))
    return str(
        _("Eindigde als ‘%(old)s’, zou nu eindigen als ‘%(new)s’.", old=old, new=case.would_end_as)
    )
