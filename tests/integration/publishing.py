"""Publishing drafts in tests: a small process in a draft, previews, approval, and going back."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from service.operations import bundle_files
from service.operations.publish import publish as publish_bundle
from service.operations.studio.draft_files import ToSave, read_file, save_file
from service.operations.studio.drafts import draft_for, open_draft
from service.operations.studio.publishing.approval import approval_of, approve
from service.operations.studio.publishing.impact import ImpactPage, preview_impact
from service.operations.studio.publishing.publications import PublicationLine, publications
from service.operations.studio.publishing.publish_draft import (
    Done,
    ToPublish,
    publish_draft,
    warning_key,
)
from service.operations.studio.publishing.show_publishing import show_publishing
from service.operations.studio.replaying.replay import ReplayPage, replay
from service.storage import Municipality, Publication
from tests.integration.conftest import DEMO, Office
from tests.integration.moves import FILE

OWNER, SECOND_OWNER = "functioneel-beheer", "functioneel-beheer-2"


def begun(office: Office, *, by: str = OWNER, title: str = "Proef", **files: bytes) -> UUID:
    """A draft; ``files`` are forms of ``proces``, but ``diagram`` is its diagram."""
    draft_id = office.act(open_draft, by, title=title)
    for name, body in files.items():
        path = FILE if name == "diagram" else f"forms/proces/{name}.form"
        save(office, draft_id, {path: body}, by=by)
    return draft_id


def save(office: Office, draft_id: UUID, files: Mapping[str, bytes], *, by: str = OWNER) -> None:
    for path, body in files.items():
        with office.application.sessions.begin() as session:
            asked = {
                "draft_id": draft_id,
                "actor": office.person(by),
            }
            parts = office.application.collaborators
            try:
                revision = read_file(session, parts, path=path, **asked).revision
            except Exception:  # noqa: BLE001 - a new file
                revision = 0
            file = ToSave(path=path, content=body, revision=revision)
            assert save_file(session, parts, file=file, now=office.clock(), **asked).saved


def impact(office: Office, draft_id: UUID, **more: Any) -> ImpactPage:
    return office.act(preview_impact, OWNER, draft_id=draft_id, **more)


def replayed(office: Office, draft_id: UUID, **more: Any) -> ReplayPage:
    return office.act(replay, OWNER, draft_id=draft_id, **more)


def digest(office: Office, draft_id: UUID) -> bytes:
    return office.act(approval_of, OWNER, draft_id=draft_id).digest


def warning_keys(office: Office, draft_id: UUID) -> list[str]:
    page = office.act(show_publishing, OWNER, draft_id=draft_id)
    return [warning_key(warning) for warning in page.warnings]


def publish(office: Office, draft_id: UUID, *, by: str = OWNER, **other: Any) -> Done:
    told: dict[str, Any] = {
        "digest": digest(office, draft_id),
        "reason": "kortere weg",
        "accepted": other.get("accepted") or warning_keys(office, draft_id),
    }
    return office.act(publish_draft, by, draft_id=draft_id, decision=ToPublish(**{**told, **other}))


def approved(
    office: Office, draft_id: UUID, *, by: str = SECOND_OWNER, seen: bytes | None = None
) -> None:
    office.act(approve, by, draft_id=draft_id, digest=seen or digest(office, draft_id))


def state_of(office: Office, draft_id: UUID) -> str:
    return office.act(draft_for, OWNER, draft_id=draft_id).state


def listed(office: Office) -> tuple[PublicationLine, ...]:
    return office.act(publications, OWNER)


def current(office: Office) -> int:
    with office.application.sessions() as session:
        number = session.scalar(
            select(Publication.number)
            .join(Municipality, Municipality.publication_id == Publication.id)
            .where(Municipality.id == DEMO)
        )
        assert number is not None
        return number


def with_four_eyes(office: Office) -> None:
    """Publishes the demo with ``vier_ogen`` on."""
    content = bundle_files.read_bundled(DEMO)
    text = content[bundle_files.PROFILE].replace(b"vier_ogen = false", b"vier_ogen = true")
    with office.application.sessions.begin() as session:
        publish_bundle(
            session,
            content={**content, bundle_files.PROFILE: text},
            published_by="proef",
            reason="vier ogen",
            now=office.clock(),
        )
