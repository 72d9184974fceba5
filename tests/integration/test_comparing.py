"""Two process owners who save one file, and what their draft changes."""

from uuid import UUID

import pytest

from service.domain.errors import NotFound
from service.operations import bundle_files
from service.operations.studio.draft_files import (
    Saved,
    ToSave,
    read_file,
    save_file,
    take_away_file,
)
from service.operations.studio.drafts import open_draft
from service.operations.studio.merging import Prefer
from service.operations.studio.show_changes import changes_between, changes_of_draft
from tests.integration.conftest import Office
from tests.unit.operations.comparing.edits import PATH, Drawing, dangling, edited

OWNER, SECOND = "functioneel-beheer", "functioneel-beheer-2"
BASE = bundle_files.read_bundled("midden-delfland")[PATH]


@pytest.fixture
def draft(office: Office) -> UUID:
    with office.application.sessions.begin() as session:
        return open_draft(
            session,
            office.application.collaborators,
            title="Samen",
            actor=office.person(OWNER),
            now=office.clock(),
        )


def save(
    office: Office,
    draft: UUID,
    who: str,
    content: bytes,
    *,
    revision: int = 0,
    prefer: Prefer | None = None,
) -> Saved:
    with office.application.sessions.begin() as session:
        return save_file(
            session,
            office.application.collaborators,
            draft_id=draft,
            file=ToSave(path=PATH, content=content, revision=revision, prefer=prefer),
            actor=office.person(who),
            now=office.clock(),
        )


def test_two_who_save_at_once_both_find_their_changes(office: Office, draft: UUID) -> None:
    first = save(office, draft, OWNER, edited(BASE, lambda d: d.rename("verrijken", "Opzoeken")))
    second = save(
        office, draft, SECOND, edited(BASE, lambda d: d.add_step("bellen", "Bellen", "verrijken"))
    )
    assert (first.revision, second.revision, second.saved) == (1, 2, True)
    both = Drawing(second.content)
    assert both.element("verrijken").get("name") == "Opzoeken"
    assert "bellen" in both.steps()
    assert dangling(second.content) == []


def test_where_they_clash_nothing_is_saved_until_somebody_chooses(
    office: Office, draft: UUID
) -> None:
    save(office, draft, OWNER, edited(BASE, lambda d: d.remove("advies_vragen")))
    mine = edited(BASE, lambda d: d.connect("verrijken", "advies_vragen", "meteen"))
    asked = save(office, draft, SECOND, mine)
    assert (asked.saved, asked.revision) == (False, 1)
    assert asked.conflicts == (
        "*Advies vragen*: uw collega heeft dit weggehaald, u wijzigde dit of gebruikt het.",
    )
    chosen = save(office, draft, SECOND, mine, prefer="mine")
    assert (chosen.saved, chosen.revision) == (True, 2)
    assert "meteen" in Drawing(chosen.content).flows()
    assert dangling(chosen.content) == []


def test_who_lets_a_colleague_take_the_file_away_leaves_it_away(
    office: Office, draft: UUID
) -> None:
    collaborators = office.application.collaborators
    asked = {"draft_id": draft, "path": PATH, "actor": office.person(OWNER)}
    with office.application.sessions.begin() as session:
        take_away_file(session, collaborators, **asked, now=office.clock())
    saved = save(
        office, draft, SECOND, edited(BASE, lambda d: d.move("verrijken", 9)), prefer="theirs"
    )
    assert saved.revision == 1
    with office.application.sessions() as session:
        assert read_file(session, collaborators, **asked).content is None


def test_a_draft_tells_what_it_changes(office: Office, draft: UUID) -> None:
    save(office, draft, OWNER, edited(BASE, lambda d: d.rename("verrijken", "Opzoeken")))
    with office.application.sessions() as session:
        _, number, changes = changes_of_draft(
            session,
            office.application.collaborators,
            draft_id=draft,
            actor=office.person(OWNER),
            path=PATH,
        )
    [change] = changes.comparison.files
    assert number == 1
    assert change.sentences == ("*Signaal verrijken* heet nu *Opzoeken*.",)
    assert changes.beside is not None
    assert "Opzoeken" in (changes.beside.after.xml or "")
    assert "Opzoeken" not in (changes.beside.before.xml or "")


def test_who_does_not_publish_learns_nothing(office: Office, draft: UUID) -> None:
    collaborators = office.application.collaborators
    with office.application.sessions() as session:
        with pytest.raises(NotFound):
            changes_of_draft(session, collaborators, draft_id=draft, actor=office.person("oov"))
        with pytest.raises(NotFound):
            changes_between(session, collaborators, number=1, other=1, actor=office.person("oov"))
        with pytest.raises(NotFound):
            changes_between(session, collaborators, number=1, other=9, actor=office.person(OWNER))
