"""Publishes a bundle for a municipality: whole, checked, or not at all."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from service.domain.errors import Refused
from service.domain.findings import Finding, Severity, errors_of
from service.domain.profile import read_profile
from service.operations import bundle_files
from service.operations.check_bundle import check_bundle
from service.operations.network.seed_network import seed_network
from service.operations.plan_starts import plan_starts
from service.operations.published import compile_files
from service.operations.studio.insight.former import remember_departed
from service.storage import Municipality, Publication


@dataclass(frozen=True, kw_only=True)
class PublicationResult:
    """What publishing brought about."""

    id: UUID
    number: int
    municipality: str
    changed: bool
    """False when exactly this bundle was published already."""
    warnings: tuple[Finding, ...]


def publish(
    session: Session,
    *,
    content: bundle_files.Files,
    published_by: str,
    reason: str,
    now: datetime,
    approved_by: str | None = None,
    undoes: int | None = None,
) -> PublicationResult:
    """Makes a bundle what new cases of its municipality start on; running cases stay as they are.

    Processes that begin by the clock are planned anew; a timer that reads the same counts on.
    ``undoes``: the number of the publication that this one takes back.

    Raises:
        Refused: with the findings; nothing has been published then.
    """
    findings = check_bundle(content, now=now)
    if wrong := errors_of(findings):
        raise Refused(
            f"Niet gepubliceerd: {len(wrong)} bevinding(en) die eerst opgelost moeten worden.",
            findings,
        )
    profile = read_profile(content[bundle_files.PROFILE], file=bundle_files.PROFILE)
    publication_id = uuid4()
    published = compile_files(content, id=publication_id, number=0)
    _make_municipality(session, profile.id, profile.name)
    seed_network(session, profile, by=published_by, now=now)
    warnings = tuple(f for f in findings if f.severity is Severity.WARNING)
    before = _current(session, profile.id)
    if before and before.digest == bundle_files.digest(content):
        return PublicationResult(
            id=before.id,
            number=before.number,
            municipality=profile.id,
            changed=False,
            warnings=warnings,
        )
    number = (
        1
        + session.execute(
            select(func.coalesce(func.max(Publication.number), 0)).where(
                Publication.municipality == profile.id
            )
        ).scalar_one()
    )
    session.add(
        Publication(
            id=publication_id,
            municipality=profile.id,
            number=number,
            digest=bundle_files.digest(content),
            files=bundle_files.pack(content),
            published_at=now,
            published_by=published_by,
            reason=reason,
            approved_by_name=approved_by,
            accepted=[_as_accepted(finding) for finding in warnings],
            undoes=undoes,
        )
    )
    session.flush()
    session.execute(
        update(Municipality)
        .where(Municipality.id == profile.id)
        .values(publication_id=publication_id)
    )
    if before:
        remember_departed(session, before, content, published)
    plan_starts(session, published, municipality=profile.id, now=now)
    return PublicationResult(
        id=publication_id,
        number=number,
        municipality=profile.id,
        changed=True,
        warnings=warnings,
    )


def merged(session: Session, municipality: str, content: bundle_files.Files) -> dict[str, bytes]:
    """What is published now for a municipality, with the given files added or replaced."""
    current = _current(session, municipality)
    before = bundle_files.unpack(current.files) if current else {}
    return {**before, **content}


def _as_accepted(warning: Finding) -> dict[str, str | None]:
    """A warning as the publication keeps it."""
    return {
        "file": warning.file,
        "element": warning.element_id,
        "code": warning.code,
        "reason": warning.reason,
    }


def _make_municipality(session: Session, municipality: str, name: str) -> None:
    session.execute(
        insert(Municipality)
        .values(id=municipality, name=name)
        .on_conflict_do_update(index_elements=[Municipality.id], set_={"name": name})
    )


def _current(session: Session, municipality: str) -> Publication | None:
    """What new cases of a municipality start on, if there is any."""
    return session.scalars(
        select(Publication)
        .join(Municipality, Municipality.publication_id == Publication.id)
        .where(Municipality.id == municipality)
    ).one_or_none()
