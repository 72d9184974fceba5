"""The inbox: one's own tasks and those of one's roles."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from service.domain.actor import REPORTER_ROLE
from service.operations import inbox as operation
from service.web.csrf import guard
from service.web.frame import publication_of, render
from service.web.request import STAFF, access, now, staff, transaction
from service.web.views import task_row

inbox = guard(Blueprint("inbox", __name__))
URGENCIES = ("acuut", "hoog", "normaal", "laag")


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What somebody looks for, as typed."""

    reference: str
    urgency: str
    role: str
    late: bool
    unclaimed: bool

    @property
    def active(self) -> bool:
        """Whether anything is looked for at all."""
        return bool(self.reference or self.urgency or self.role or self.late or self.unclaimed)

    def as_filters(self) -> operation.Filters:
        """The same, as the operation wants it."""
        return operation.Filters(
            role=self.role or None,
            urgency=self.urgency or None,
            reference=self.reference or None,
            late_at=now() if self.late else None,
            unclaimed=self.unclaimed,
        )


@inbox.get("/taken")
@access(STAFF)
def mine() -> ResponseReturnValue:
    """What somebody has claimed."""
    return _list("mine")


@inbox.get("/taken/rollen")
@access(STAFF)
def roles() -> ResponseReturnValue:
    """What lies with one's roles."""
    return _list("roles")


def _list(tab: str) -> ResponseReturnValue:
    listed = operation.my_tasks if tab == "mine" else operation.role_tasks
    wanted, after = _wanted(), request.args.get("na")
    with transaction() as session:
        actor = staff(session)
        published = publication_of(session, actor)
        page = listed(session, actor=actor, filters=wanted.as_filters(), after=after)
        still = operation.suspended_among(session, (line.instance_id for line in page.tasks))
        known = published.profile.roles
        return render(
            session,
            actor,
            "taken.html",
            page=tab,
            tab=tab,
            tasks=[
                task_row(line, actor, published, now(), suspended=line.instance_id in still)
                for line in page.tasks
            ],
            filters=wanted,
            roles=[(r.id, r.name) for r in known.values() if r.id in actor.roles - {REPORTER_ROLE}],
            first_url=page_url(na=None) if after else None,
            next_url=page_url(na=page.next_cursor) if page.next_cursor else None,
        )


def page_url(**changed: Any) -> str:
    """This page with some of its filters changed; ``None`` takes one out."""
    args: dict[str, Any] = {**request.args.to_dict(), **(request.view_args or {}), **changed}
    return url_for(request.endpoint or "", **{k: v for k, v in args.items() if v is not None})


def _wanted() -> Wanted:
    urgency = request.args.get("urgentie", "")
    return Wanted(
        reference=request.args.get("kenmerk", "").strip()[:40],
        urgency=urgency if urgency in URGENCIES else "",
        role=request.args.get("rol", "")[:61],
        late="te_laat" in request.args,
        unclaimed="vrij" in request.args,
    )
