"""Renders a page within the frame that all share: who is here, and where they can go."""

from collections.abc import Iterator
from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from service.domain.actor import REPORTER_ROLE, Actor
from service.operations import rights
from service.operations.inbox import counts
from service.operations.list_handed_over import is_partner
from service.operations.municipalities import municipalities
from service.operations.published import Published
from service.web.request import application, now
from service.web.views import NavItem, person


def render(session: Session, actor: Actor | None, template: str, **values: Any) -> str:
    """The page for somebody, or for a stranger; ``page`` says which item of the menu is on."""
    if actor is None:
        return render_template(template, municipality_name=_only_name(session), **values)
    published = publication_of(session, actor)
    work = counts(session, actor=actor, now=now()) if is_staff(actor) else {"mine": 0, "late": 0}
    return render_template(
        template,
        user=person(actor, published),
        municipality_name=published.profile.name,
        navigation=tuple(_navigation(actor, published, work["mine"])),
        late_count=work["late"],
        mine_count=work["mine"],
        **values,
    )


def publication_of(session: Session, actor: Actor) -> Published:
    """What is published now for the actor's municipality."""
    return application().collaborators.publications.current(session, actor.municipality)


def is_staff(actor: Actor) -> bool:
    """Whether the actor does more than report."""
    return bool(actor.roles - {REPORTER_ROLE})


def _navigation(actor: Actor, published: Published, mine: int) -> Iterator[NavItem]:
    if is_staff(actor):
        yield NavItem(key="mine", label=_("Mijn taken"), url=url_for("inbox.mine"), count=mine)
        yield NavItem(key="roles", label=_("Van mijn rollen"), url=url_for("inbox.roles"))
    if is_partner(actor, published.profile):
        yield NavItem(
            key="handed_over", label=_("Aan u overgedragen"), url=url_for("handed_over.index")
        )
    if rights.coordinates(actor, published.profile):
        yield NavItem(key="cases", label=_("Zaken"), url=url_for("case.index"))
    if rights.starts(actor, published.profile):
        yield NavItem(key="begin", label=_("Zaak starten"), url=url_for("begin.index"))
    if rights.repairs(actor, published.profile):
        yield NavItem(key="repairs", label=_("Herstel"), url=url_for("repair.index"))
    if rights.works_here(actor, published.profile):
        yield NavItem(key="network", label=_("Netwerk"), url=url_for("network.home"))
        yield NavItem(key="figures", label=_("Cijfers"), url=url_for("figures.index"))
    if rights.publishes(actor, published.profile):
        yield NavItem(key="studio", label=_("Studio"), url=url_for("studio.index"))
    yield NavItem(key="new", label=_("Signaal melden"), url=url_for("report.new"))
    yield NavItem(key="reports", label=_("Mijn signalen"), url=url_for("report.mine"))


def _only_name(session: Session) -> str:
    found = municipalities(session)
    return found[0][1] if len(found) == 1 else ""
