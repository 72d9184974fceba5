"""What was handed over to a partner: its own page, and nothing else of the municipality."""

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from service.operations.list_handed_over import list_handed_over
from service.web.csrf import guard
from service.web.frame import render
from service.web.handed_over_page import handover_view
from service.web.inbox import page_url
from service.web.request import STAFF, access, application, now, staff, transaction

handed_over = guard(Blueprint("handed_over", __name__, url_prefix="/overgedragen"))


@handed_over.get("")
@access(STAFF)
def index() -> ResponseReturnValue:
    """The handovers to the organisation of who asks, newest first."""
    after = request.args.get("na")
    with transaction() as session:
        actor = staff(session)
        moment = now()
        page = list_handed_over(
            session, application().collaborators, actor=actor, now=moment, after=after
        )
        return render(
            session,
            actor,
            "overgedragen.html",
            page="handed_over",
            handovers=[handover_view(found, moment) for found in page.handovers],
            first_url=page_url(na=None) if after else None,
            next_url=page_url(na=page.next_cursor) if page.next_cursor else None,
            inbox_url=url_for("inbox.roles"),
        )
