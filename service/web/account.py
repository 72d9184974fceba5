"""One's own account: tokens with which programs act in one's name."""

from uuid import UUID

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from service.operations.api_tokens import create_token, revoke_token, tokens_of
from service.web.csrf import guard
from service.web.frame import render
from service.web.request import STAFF, access, application, now, staff, transaction

account = guard(Blueprint("account", __name__, url_prefix="/account"))


@account.get("")
@access(STAFF)
def show() -> ResponseReturnValue:
    """The tokens that still work."""
    with transaction() as session:
        actor = staff(session)
        return render(session, actor, "account.html", tokens=tokens_of(session, actor=actor))


@account.post("/tokens")
@access(STAFF)
def create() -> ResponseReturnValue:
    """Makes a token and shows it once: an answer to the post, so that it stands in no address."""
    with transaction() as session:
        actor = staff(session)
        token = create_token(
            session,
            application().collaborators,
            actor=actor,
            label=request.form.get("naam", ""),
            now=now(),
        )
        session.flush()
        tokens = tokens_of(session, actor=actor)
        return render(session, actor, "account.html", tokens=tokens, new_token=token)


@account.post("/tokens/<uuid:token_id>/intrekken")
@access(STAFF)
def revoke(token_id: UUID) -> ResponseReturnValue:
    """Withdraws a token."""
    with transaction() as session:
        revoke_token(session, actor=staff(session), token_id=token_id, now=now())
    flash(_("Het token is ingetrokken en werkt niet meer."), "ok")
    return redirect(url_for("account.show"))
