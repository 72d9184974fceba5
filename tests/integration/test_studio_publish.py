"""Publishing a draft: reason, warnings, four eyes, two at once, and going back."""

import threading
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from service.domain.errors import (
    Conflict,
    InvalidInput,
    MeldrouteError,
    NotAllowed,
    Refused,
)
from service.operations import bundle_files
from service.operations.studio.draft_files import read_file
from service.operations.studio.originals import Origin, origins, own_versions, shared_files
from service.operations.studio.publishing.approval import approval_of, withdraw_approval
from service.operations.studio.publishing.rebase import Rebased, rebase_draft
from service.storage import OwnVersion
from tests.integration import drawn, moves, publishing
from tests.integration.conftest import DEMO, Office
from tests.integration.drawn import FOR_CARE
from tests.integration.moves import FILE, published, steps
from tests.integration.publishing import OWNER, SECOND_OWNER
from tests.unit.engine.diagrams import user

ONE = steps(user("doen", FOR_CARE))
TWO = steps(user("doen", FOR_CARE), user("meer", FOR_CARE))
FORM = "forms/meldroute_signaal/triage.form"


def rebased(office: Office, draft: UUID, **prefer: Any) -> Rebased:
    with office.application.sessions.begin() as session:
        return rebase_draft(
            session,
            office.application.collaborators,
            draft_id=draft,
            actor=office.person(OWNER),
            now=office.clock(),
            prefer={FILE: prefer["to"]} if prefer else None,
        )


def test_new_cases_start_on_the_draft_and_running_ones_stay(office: Office) -> None:
    published(office, ONE)
    running = drawn.begun(office)
    draft = publishing.begun(office, diagram=TWO)
    done = publishing.publish(office, draft)
    assert done.batch_id is None
    new = drawn.begun(office)
    assert new.publication_id == done.id
    assert office.instance(running.reference).publication_id != done.id
    [line, *_] = publishing.listed(office)
    assert (line.number, line.current, line.reason) == (done.number, True, "kortere weg")
    assert line.published_by == office.person(OWNER).name
    assert publishing.state_of(office, draft) == "published"
    with pytest.raises(Conflict, match="is gepubliceerd"):
        publishing.publish(office, draft)


def test_without_a_reason_nothing_is_published(office: Office) -> None:
    published(office, ONE)
    draft = publishing.begun(office, diagram=TWO)
    before = publishing.current(office)
    with pytest.raises(InvalidInput, match="schrijf op waarom") as error:
        publishing.publish(office, draft, reason="  ")
    assert "reason" in error.value.fields
    assert publishing.current(office) == before
    assert publishing.state_of(office, draft) == "open"


def test_accepted_warnings_stay_with_the_publication(office: Office) -> None:
    published(office, ONE)
    draft = publishing.begun(office, diagram=TWO)
    keys = publishing.warning_keys(office, draft)
    with pytest.raises(InvalidInput) as error:
        publishing.publish(office, draft, accepted=keys[1:])
    assert len(error.value.fields["accepted"]) == 1
    publishing.publish(office, draft, accepted=keys)
    assert len(publishing.listed(office)[0].accepted) == len(keys) > 0


def test_a_kept_test_that_goes_otherwise_keeps_a_draft_back(office: Office) -> None:
    published(office, ONE)
    draft = publishing.begun(office, diagram=TWO)
    kept = """naam = "Eén stap"
gemeente = "midden-delfland"
proces = "proces"

[[stap]]
rol = "af-zorg"
doet = "doen"

[einde]
naam = "Klaar"
"""
    publishing.save(office, draft, {"processes/proces/scenarios/een_stap.toml": kept.encode()})
    with pytest.raises(Refused, match="gaan anders dan afgesproken") as refused:
        publishing.publish(office, draft)
    [finding] = refused.value.findings
    assert finding.file == "processes/proces/scenarios/een_stap.toml"
    assert publishing.state_of(office, draft) == "open"


def test_a_draft_that_changes_nothing_is_not_published(office: Office) -> None:
    published(office, ONE)
    draft = publishing.begun(office)
    with pytest.raises(Conflict, match="verandert niets"):
        publishing.publish(office, draft)


def test_nobody_publishes_for_another_municipality_or_shuts_everybody_out(office: Office) -> None:
    profile = bundle_files.read_bundled(DEMO)[bundle_files.PROFILE]
    draft = publishing.begun(office)
    strange = profile.replace(b'id = "midden-delfland"', b'id = "rijswijk"', 1)
    publishing.save(office, draft, {bundle_files.PROFILE: strange})
    with pytest.raises(Refused, match="het profiel is van 'rijswijk'"):
        publishing.publish(office, draft)
    closed = profile.replace(b"publiceert = true", b"publiceert = false")
    publishing.save(office, draft, {bundle_files.PROFILE: closed})
    with pytest.raises(Refused, match="geen enkele rol"):
        publishing.publish(office, draft)
    with office.application.sessions() as session:
        assert session.scalar(select(OwnVersion).limit(1)) is None


def test_a_file_of_the_product_that_changes_becomes_an_own_version(office: Office) -> None:
    changed = shared_files()[FORM] + b"\n"
    draft = publishing.begun(office)
    publishing.save(office, draft, {FORM: changed})
    publishing.publish(office, draft)
    with office.application.sessions() as session:
        assert own_versions(session, DEMO)[FORM].original == shared_files()[FORM]
        found = origins(session, municipality=DEMO, files={FORM: changed})
        assert found[FORM] is Origin.OWN
    back = publishing.begun(office)
    publishing.save(office, back, {FORM: shared_files()[FORM]})
    publishing.publish(office, back)
    with office.application.sessions() as session:
        assert own_versions(session, DEMO)[FORM].original is None


def test_a_second_draft_is_brought_up_to_date_first(office: Office) -> None:
    published(office, ONE)
    first = publishing.begun(office, diagram=TWO)
    second = publishing.begun(office, doen=moves.form("wie"))
    publishing.publish(office, first)
    with pytest.raises(Conflict, match="Werk het concept eerst bij"):
        publishing.publish(office, second)
    assert rebased(office, second).done
    number = publishing.publish(office, second).number
    assert number == publishing.current(office)
    assert b"meer" in read(office, second, FILE)


def read(office: Office, draft: UUID, path: str) -> bytes:
    with office.application.sessions() as session:
        content = read_file(
            session,
            office.application.collaborators,
            draft_id=draft,
            path=path,
            actor=office.person(OWNER),
        ).content
        assert content is not None
        return content


def test_where_both_changed_the_same_somebody_chooses(office: Office) -> None:
    published(office, ONE)
    first, second = (
        publishing.begun(office, diagram=ONE.replace(b"Taak doen", name))
        for name in (b"Bellen", b"Schrijven")
    )
    publishing.publish(office, first)
    told = rebased(office, second)
    assert not told.done
    assert [clash.path for clash in told.clashes] == [FILE]
    [sentence] = told.clashes[0].sentences
    assert sentence.endswith(f": u ‘Schrijven’, publicatie {told.number} ‘Bellen’.")
    with pytest.raises(Conflict, match="eerst bij"):
        publishing.publish(office, second)
    assert rebased(office, second, to="mine").done
    assert b"Schrijven" in read(office, second, FILE)
    publishing.publish(office, second)


def test_of_two_who_publish_at_once_the_second_is_told(office: Office) -> None:
    published(office, ONE)
    drafts = [
        publishing.begun(office, diagram=TWO),
        publishing.begun(office, by=SECOND_OWNER, doen=moves.form("wie")),
    ]
    ready, told = threading.Barrier(2), []

    def go(draft: UUID, by: str) -> None:
        ready.wait()
        try:
            told.append(publishing.publish(office, draft, by=by).number)
        except MeldrouteError as error:
            told.append(error)

    threads = [
        threading.Thread(target=go, args=pair)
        for pair in zip(drafts, (OWNER, SECOND_OWNER), strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    [number] = [found for found in told if isinstance(found, int)]
    [error] = [found for found in told if not isinstance(found, int)]
    assert isinstance(error, Conflict)
    assert f"publicatie {number}" in str(error)
    assert publishing.current(office) == number


def test_four_eyes_ask_for_somebody_else_and_for_exactly_this(office: Office) -> None:
    publishing.with_four_eyes(office)
    draft = publishing.begun(office)
    publishing.save(office, draft, {FORM: shared_files()[FORM] + b"\n"})
    with pytest.raises(NotAllowed, match="nog niet goedgekeurd"):
        publishing.publish(office, draft)
    with pytest.raises(NotAllowed, match="zelf gemaakt"):
        publishing.approved(office, draft, by=OWNER)
    publishing.approved(office, draft)
    with pytest.raises(NotAllowed, match="zelf goedgekeurd"):
        publishing.publish(office, draft, by=SECOND_OWNER)
    publishing.save(office, draft, {FORM: shared_files()[FORM] + b"\n\n"})
    with pytest.raises(NotAllowed, match="is vervallen"):
        publishing.publish(office, draft)
    publishing.approved(office, draft)
    publishing.publish(office, draft)
    assert publishing.listed(office)[0].approved_by == office.person(SECOND_OWNER).name


def test_a_draft_that_changed_while_somebody_looked_is_not_approved(office: Office) -> None:
    publishing.with_four_eyes(office)
    draft = publishing.begun(office)
    publishing.save(office, draft, {FORM: shared_files()[FORM] + b"\n"})
    seen = publishing.digest(office, draft)
    publishing.save(office, draft, {FORM: shared_files()[FORM] + b"\n\n"})
    with pytest.raises(Conflict, match=rf"heeft {FORM} gewijzigd"):
        publishing.approved(office, draft, seen=seen)
    with pytest.raises(Conflict, match="veranderd sinds u het bekeek"):
        publishing.publish(office, draft, digest=seen)


def test_an_approval_can_be_withdrawn_and_what_two_made_either_may_approve(office: Office) -> None:
    publishing.with_four_eyes(office)
    draft = publishing.begun(office)
    publishing.save(office, draft, {FORM: shared_files()[FORM] + b"\n"})
    other = "forms/actiepunt/actiepunt_uitvoeren.form"
    publishing.save(office, draft, {other: shared_files()[other] + b"\n"}, by=SECOND_OWNER)
    publishing.approved(office, draft, by=OWNER)
    parts = office.application.collaborators
    asked = {"draft_id": draft, "actor": office.person(SECOND_OWNER)}
    with office.application.sessions.begin() as session:
        assert approval_of(session, parts, **asked).by == office.person(OWNER).name
        withdraw_approval(session, parts, **asked)
        assert approval_of(session, parts, **asked).by is None
    with pytest.raises(NotAllowed, match="nog niet goedgekeurd"):
        publishing.publish(office, draft, by=SECOND_OWNER)
