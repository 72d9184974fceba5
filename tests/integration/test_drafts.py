"""Process owners at work in a draft."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from service.domain.errors import Conflict, InvalidInput, NotFound, Unreadable
from service.operations import bundle_files
from service.operations.studio.checking import Unsaved, check_draft
from service.operations.studio.draft_files import (
    KEPT_REVISIONS,
    Saved,
    ToSave,
    read_file,
    restore_file,
    save_file,
    take_away_file,
)
from service.operations.studio.drafts import discard_draft, open_draft, open_drafts, rename_draft
from service.operations.studio.library import library
from service.operations.studio.new_process import add_process
from service.operations.studio.originals import Origin
from service.operations.studio.presence import be_present
from tests.integration.conftest import Office

OWNER = "functioneel-beheer"
SECOND_OWNER = "functioneel-beheer-2"
OTHER = "oov"
DIAGRAM = "processes/meldroute_signaal/meldroute_signaal.bpmn"
FORM = "forms/meldroute_signaal/triage.form"


@pytest.fixture
def draft(office: Office) -> UUID:
    with office.application.sessions.begin() as session:
        return open_draft(
            session,
            office.application.collaborators,
            title="Triage krijgt een dag langer",
            actor=office.person(OWNER),
            now=office.clock(),
        )


def save(
    office: Office, draft: UUID, content: bytes, *, path: str = DIAGRAM, revision: int = 0
) -> Saved:
    with office.application.sessions.begin() as session:
        return save_file(
            session,
            office.application.collaborators,
            draft_id=draft,
            file=ToSave(path=path, content=content, revision=revision),
            actor=office.person(OWNER),
            now=office.clock(),
        )


def read(office: Office, draft: UUID, path: str = DIAGRAM) -> tuple[bytes | None, int]:
    with office.application.sessions() as session:
        found = read_file(
            session,
            office.application.collaborators,
            draft_id=draft,
            path=path,
            actor=office.person(OWNER),
        )
        return found.content, found.revision


def published(path: str = DIAGRAM) -> bytes:
    return bundle_files.read_bundled("midden-delfland")[path]


def test_a_file_reads_as_published_until_somebody_changes_it(office: Office, draft: UUID) -> None:
    assert read(office, draft) == (published(), 0)
    changed = published().replace(b"Triage", b"Eerste blik")
    assert save(office, draft, changed).revision == 1
    assert read(office, draft) == (changed, 1)


def test_saving_the_same_twice_makes_no_new_revision(office: Office, draft: UUID) -> None:
    assert save(office, draft, published() + b"\n").revision == 1
    assert save(office, draft, published() + b"\n", revision=1).revision == 1


def test_only_the_last_revisions_are_kept(office: Office, draft: UUID) -> None:
    for revision in range(KEPT_REVISIONS + 2):
        save(office, draft, published() + b"\n" * (revision + 1), revision=revision)
    with pytest.raises(InvalidInput, match="Versie 1 van"):
        save(office, draft, published(), revision=1)


def test_a_file_can_be_taken_away_and_put_back(office: Office, draft: UUID) -> None:
    asked = {
        "draft_id": draft,
        "path": FORM,
        "actor": office.person(OWNER),
        "now": office.clock(),
    }
    with office.application.sessions.begin() as session:
        take_away_file(session, office.application.collaborators, **asked)
    assert read(office, draft, FORM) == (None, 1)
    with office.application.sessions.begin() as session:
        restore_file(session, office.application.collaborators, **asked)
    assert read(office, draft, FORM) == (published(FORM), 0)


def test_a_bundle_keeps_its_profile(office: Office, draft: UUID) -> None:
    with (
        office.application.sessions.begin() as session,
        pytest.raises(InvalidInput, match="zonder profiel"),
    ):
        take_away_file(
            session,
            office.application.collaborators,
            draft_id=draft,
            path=bundle_files.PROFILE,
            actor=office.person(OWNER),
            now=office.clock(),
        )


@pytest.mark.parametrize(
    ("path", "content", "where"),
    [
        (DIAGRAM, b"<definitions>", "regel 1"),
        (DIAGRAM, b'<!DOCTYPE x [<!ENTITY a "b">]><definitions/>', "DOCTYPE"),
        (FORM, b'{"components": [\n1,,2]}', "regel 2"),
        (FORM, b"[]", "geen formulier"),
        (bundle_files.PROFILE, b"id = \n", "line 1"),
        ("processes/../../etc/passwd", b"x", "geen plaats"),
        ("processes/een/twee.bpmn", b"<definitions/>", "geen plaats"),
    ],
)
def test_what_is_damaged_or_hostile_is_refused_with_what_and_where(
    office: Office, draft: UUID, path: str, content: bytes, where: str
) -> None:
    with pytest.raises(Unreadable) as refused:
        save(office, draft, content, path=path)
    told = [str(refused.value), *(finding.reason for finding in refused.value.findings)]
    assert where in " ".join(told) or any(f.line for f in refused.value.findings)


def test_who_does_not_publish_sees_no_draft(office: Office, draft: UUID) -> None:
    collaborators = office.application.collaborators
    with office.application.sessions() as session:
        with pytest.raises(NotFound):
            open_drafts(session, collaborators, actor=office.person(OTHER))
        with pytest.raises(NotFound):
            read_file(
                session,
                collaborators,
                draft_id=draft,
                path=DIAGRAM,
                actor=office.person(OTHER),
            )
        with pytest.raises(NotFound):
            library(session, collaborators, actor=office.person(OTHER))


def test_a_draft_is_renamed_listed_and_thrown_away(office: Office, draft: UUID) -> None:
    collaborators, owner = office.application.collaborators, office.person(OWNER)
    with office.application.sessions.begin() as session:
        rename_draft(
            session,
            collaborators,
            draft_id=draft,
            title="  Triage \n twee dagen ",
            actor=owner,
            now=office.clock(),
        )
        assert [line.title for line in open_drafts(session, collaborators, actor=owner)] == [
            "Triage twee dagen"
        ]
        discard_draft(session, collaborators, draft_id=draft, actor=owner, now=office.clock())
        assert open_drafts(session, collaborators, actor=owner) == ()
    with pytest.raises(Conflict, match="weggegooid"):
        save(office, draft, published() + b"\n")


def test_a_draft_that_is_not_there_is_not_found(office: Office) -> None:
    with pytest.raises(NotFound):
        read(office, uuid4())


def test_what_is_typed_is_checked_amid_all_other_files(office: Office, draft: UUID) -> None:
    wrong = published().replace(b'formId="triage"', b'formId="bestaat_niet"')
    with office.application.sessions() as session:
        found = check_draft(
            session,
            office.application.collaborators,
            draft_id=draft,
            actor=office.person(OWNER),
            now=office.clock(),
            unsaved=Unsaved(path=DIAGRAM, content=wrong),
        )
    assert {finding.file for finding in found} == {DIAGRAM}
    assert any("bestaat_niet" in finding.reason for finding in found)
    assert read(office, draft) == (published(), 0)


def test_colleagues_in_the_same_draft_see_each_other(office: Office, draft: UUID) -> None:
    def look(role: str) -> list[str]:
        with office.application.sessions.begin() as session:
            found = be_present(
                session,
                office.application.collaborators,
                draft_id=draft,
                path=DIAGRAM,
                actor=office.person(role),
                now=office.clock(),
            )
            return [present.name for present in found]

    assert look(OWNER) == []
    assert look(SECOND_OWNER) == [office.person(OWNER).name]
    office.clock.moment += timedelta(minutes=1)
    assert look(SECOND_OWNER) == []


def test_the_library_shows_each_process_and_who_uses_it(office: Office) -> None:
    with office.application.sessions() as session:
        found = library(session, office.application.collaborators, actor=office.person(OWNER))
    shelves = {shelf.process_id: shelf for shelf in found.shelves}
    main = shelves["meldroute_signaal"]
    assert "acuut_gevaar" in dict(main.calls)
    assert "meldroute_signaal" in dict(shelves["acuut_gevaar"].called_by)
    assert main.diagram.origin is Origin.SHARED
    assert any(part.path == FORM for part in main.forms)
    assert found.profile.origin is Origin.OWN


def test_a_process_that_was_taken_away_can_be_begun_anew(office: Office, draft: UUID) -> None:
    asked = {"draft_id": draft, "actor": office.person(OWNER), "now": office.clock()}
    path = "processes/overleg/overleg.bpmn"
    with office.application.sessions.begin() as session:
        take_away_file(session, office.application.collaborators, path=path, **asked)
        add_process(session, office.application.collaborators, name="Overleg", role="oov", **asked)
    content, revision = read(office, draft, path)
    assert content is not None
    assert b"Eerste stap" in content
    assert revision == 2
