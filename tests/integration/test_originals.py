"""What a municipality made its own, and what is new in the product."""

from collections.abc import Mapping
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from service.domain.errors import NotFound
from service.operations import bundle_files
from service.operations.demo import load_demo
from service.operations.publish import publish
from service.operations.studio.draft_files import ToSave, read_file, save_file
from service.operations.studio.drafts import open_draft
from service.operations.studio.follow_original import decline_original, follow_original
from service.operations.studio.library import library, renewed
from service.operations.studio.originals import Origin, follow_publication
from service.operations.studio.publishing.take_back import take_back
from tests.integration import publishing
from tests.integration.conftest import Office
from tests.integration.publishing import OWNER
from tests.integration.test_studio_publish import FORM

PATH = "processes/overleg/overleg.bpmn"
SHARED = bundle_files.read_bundled("midden-delfland")
NAME, OURS, BEFORE = b'name="Overleg"', b'name="Ons overleg"', b'name="Vergadering"'


def published(office: Office, content: bytes, *, before: Mapping[str, bytes] = SHARED) -> None:
    """Publishes with another diagram of the meetings, as a draft would."""
    after = {**SHARED, PATH: content}
    with office.application.sessions.begin() as session:
        done = publish(
            session, content=after, published_by="F.", reason="Anders", now=office.clock()
        )
        follow_publication(
            session,
            municipality="midden-delfland",
            number=done.number,
            before=before,
            after=after,
            followed=(),
            now=office.clock(),
        )


def origin(office: Office) -> Origin:
    with office.application.sessions() as session:
        found = library(session, office.application.collaborators, actor=office.person(OWNER))
    (shelf,) = (shelf for shelf in found.shelves if shelf.process_id == "overleg")
    assert [part.path for part in renewed(found)] == (
        [PATH] if shelf.diagram.origin in (Origin.OUTDATED, Origin.OWN_OUTDATED) else []
    )
    return shelf.diagram.origin


def draft(office: Office, session: Session) -> UUID:
    return open_draft(
        session,
        office.application.collaborators,
        title="Overnemen",
        actor=office.person(OWNER),
        now=office.clock(),
    )


def test_starting_the_demo_again_leaves_what_was_published_meanwhile(office: Office) -> None:
    published(office, SHARED[PATH].replace(NAME, OURS))
    with office.application.sessions.begin() as session:
        load_demo(session, now=office.clock())
    assert origin(office) is Origin.OWN


def test_what_is_published_as_it_came_is_shared(office: Office) -> None:
    assert origin(office) is Origin.SHARED


def test_what_was_changed_here_is_ones_own(office: Office) -> None:
    published(office, SHARED[PATH].replace(NAME, OURS))
    assert origin(office) is Origin.OWN


def test_what_came_with_an_earlier_product_is_outdated_until_it_is_declined(
    office: Office,
) -> None:
    published(office, earlier(), before={**SHARED, PATH: earlier()})
    assert origin(office) is Origin.OUTDATED
    office.act(decline_original, OWNER, path=PATH)
    assert origin(office) is Origin.OWN


def test_ones_own_version_takes_in_what_is_new_and_keeps_what_is_its_own(
    office: Office,
) -> None:
    ours = earlier().replace(b'name="Agenda', b'name="Onze agenda')
    assert ours != earlier()
    published(office, earlier(), before={**SHARED, PATH: earlier()})
    published(office, ours, before={**SHARED, PATH: earlier()})
    assert origin(office) is Origin.OWN_OUTDATED
    asked = {"actor": office.person(OWNER), "path": PATH}
    with office.application.sessions.begin() as session:
        parts, key, now = office.application.collaborators, draft(office, session), office.clock()
        saved = follow_original(session, parts, draft_id=key, now=now, prefer="theirs", **asked)
        assert saved.saved
        read = read_file(session, parts, draft_id=key, **asked)
        assert NAME in (read.content or b"")


def test_where_both_changed_the_same_somebody_chooses(office: Office) -> None:
    published(office, earlier(), before={**SHARED, PATH: earlier()})
    published(office, SHARED[PATH].replace(NAME, OURS), before={**SHARED, PATH: earlier()})
    with office.application.sessions.begin() as session:
        parts, key = office.application.collaborators, draft(office, session)
        asked = {"actor": office.person(OWNER), "path": PATH, "draft_id": key}
        saved = follow_original(session, parts, now=office.clock(), **asked)
        assert not saved.saved
        told = "*Vergadering*: u ‘Ons overleg’, de nieuwe versie van Meldroute ‘Overleg’."
        assert saved.conflicts == (
            f"Naam van kader van het proces {told}",
            f"Naam van proces {told}",
        )
        chosen = follow_original(session, parts, now=office.clock(), prefer="mine", **asked)
        assert chosen.saved
        read = read_file(session, parts, **asked)
        assert OURS in (read.content or b"")


def test_what_was_taken_in_and_taken_back_is_announced_again_at_once(office: Office) -> None:
    own_outdated(office)
    number = followed(office)
    assert origin(office) is Origin.OWN
    back = taken_back(office, number)
    assert origin(office) is Origin.OWN_OUTDATED
    again = publishing.begun(office)
    saved = office.act(follow_original, OWNER, draft_id=again, path=PATH)
    assert NAME in saved.content
    assert b'name="Onze agenda' in saved.content
    taken_back(office, back)
    assert origin(office) is Origin.OWN


def test_what_was_not_changed_here_is_announced_again_as_well(office: Office) -> None:
    published(office, earlier(), before={**SHARED, PATH: earlier()})
    number = followed(office)
    assert origin(office) is Origin.SHARED
    taken_back(office, number)
    assert origin(office) is Origin.OUTDATED


@pytest.mark.parametrize("outdated", [True, False])
def test_what_was_declined_stays_so_whatever_is_taken_back(office: Office, outdated: bool) -> None:
    published(office, earlier(), before={**SHARED, PATH: earlier()})
    if not outdated:
        own_outdated(office)
    key = publishing.begun(office)
    publishing.save(office, key, {FORM: SHARED[FORM] + b"\n"})
    number = publishing.publish(office, key).number
    office.act(decline_original, OWNER, path=PATH)
    taken_back(office, number)
    assert origin(office) is Origin.OWN
    number = followed(office)
    taken_back(office, number)
    assert origin(office) is Origin.OWN


def own_outdated(office: Office) -> None:
    """Something else was changed here than in the newer original."""
    ours = earlier().replace(b'name="Agenda', b'name="Onze agenda')
    assert ours != earlier()
    published(office, earlier(), before={**SHARED, PATH: earlier()})
    published(office, ours, before={**SHARED, PATH: earlier()})
    assert origin(office) is Origin.OWN_OUTDATED


def followed(office: Office) -> int:
    """Publishes the newer original with what is one's own; the number."""
    key = publishing.begun(office)
    assert office.act(follow_original, OWNER, draft_id=key, path=PATH).saved
    return publishing.publish(office, key).number


def taken_back(office: Office, number: int) -> int:
    return office.act(take_back, OWNER, number=number, reason="Toch niet.").number


def test_what_never_came_with_the_product_has_no_original(office: Office) -> None:
    with office.application.sessions.begin() as session:
        parts, key = office.application.collaborators, draft(office, session)
        asked = {"actor": office.person(OWNER), "now": office.clock()}
        file = ToSave(path="processes/eigen/eigen.bpmn", content=SHARED[PATH], revision=0)
        save_file(session, parts, draft_id=key, file=file, **asked)
        with pytest.raises(NotFound, match="geen gedeelde versie"):
            follow_original(
                session, parts, draft_id=key, path="processes/eigen/eigen.bpmn", **asked
            )


def earlier() -> bytes:
    """How the product brought it once."""
    assert NAME in SHARED[PATH]
    return SHARED[PATH].replace(NAME, BEFORE)
