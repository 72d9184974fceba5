"""A signal goes to another municipality with what was decided to share, and nothing else."""

from typing import Any

import orjson
import pytest
from sqlalchemy import select

from service import engine
from service.domain.actor import Actor
from service.domain.errors import Incident, NotFound
from service.operations import bundle_files
from service.operations.case import lock_case
from service.operations.links.export_handover import export_handover
from service.operations.links.links_of import links_of
from service.operations.publish import publish
from service.storage import CaseLink, Instance, MessageOut
from tests.integration.conftest import SIGNAL, Office
from tests.integration.everything import holding
from tests.integration.networking import run

SUMMARY = "Een man haalt elke nacht arbeiders op bij het station."
SHARED = {"besluit": "toegestaan", "datavelden": ["locatie"]}


@pytest.fixture
def maashorst(office: Office) -> str:
    """Another municipality in this installation, which takes signals."""
    content = bundle_files.read_bundled("maashorst")
    with office.application.sessions.begin() as session:
        publish(session, content=content, published_by="proef", reason="", now=office.clock())
    return "maashorst"


@pytest.fixture
def case(office: Office) -> str:
    return office.report().reference


def hand_over(office: Office, case: str, to: str, **sharing: Any) -> dict[str, Any]:
    told = run(
        office,
        case,
        "overdragen_aan_gemeente",
        signaal=SIGNAL,
        gemeenteoverdracht={"gemeente": to, "samenvatting": SUMMARY},
        gegevensdeling={**SHARED, **sharing},
    )
    return dict(told["gemeenteoverdracht"])


def arrived(office: Office, reference: str) -> dict[str, Any]:
    """The variables with which the case in Maashorst began."""
    office.work()
    instance = office.instance(reference)
    with office.application.sessions() as session:
        there = lock_case(
            session,
            office.application.collaborators,
            instance_id=instance.id,
            municipality="maashorst",
        )
        [task] = office.tasks(reference)
        return dict(engine.variables_for(there.published.bundle, there.state, task.id))


@pytest.mark.parametrize("name", ["maashorst", "Maashorst", "gemeente Maashorst "])
def test_a_municipality_of_this_installation_gets_a_case_of_its_own(
    office: Office, case: str, maashorst: str, name: str
) -> None:
    told = hand_over(office, case, name)
    there = office.instance(told["kenmerk"])
    assert (told["uitkomst"], there.municipality) == ("gestart", maashorst)
    office.work()
    assert office.open_tasks(told["kenmerk"]) == ["triage"]


def test_what_was_not_decided_to_share_stays_here(
    office: Office, case: str, maashorst: str
) -> None:
    del maashorst
    signal = arrived(office, hand_over(office, case, "maashorst")["kenmerk"])["signaal"]
    assert signal["omschrijving"] == SUMMARY
    assert signal["adres"] == SIGNAL["adres"]
    assert signal["vorm"] == SIGNAL["vorm"]
    assert signal["herkomst"] == {"gemeente": "Midden-Delfland", "kenmerk": case}
    assert {"naam", "email"}.isdisjoint(signal)
    assert SIGNAL["omschrijving"] not in str(signal)


def test_anonymously_no_place_goes_along(office: Office, case: str, maashorst: str) -> None:
    del maashorst
    told = hand_over(office, case, "maashorst", besluit="anoniem")
    assert "adres" not in arrived(office, told["kenmerk"])["signaal"]


def test_nothing_goes_before_it_has_been_weighed(office: Office, case: str, maashorst: str) -> None:
    del maashorst
    with pytest.raises(Incident, match="weeg eerst de gegevensdeling af"):
        hand_over(office, case, "maashorst", besluit="geweigerd")
    with office.application.sessions() as session:
        assert session.scalars(select(CaseLink)).all() == []


def test_the_own_municipality_is_no_other(office: Office, case: str) -> None:
    with pytest.raises(Incident, match="uw eigen gemeente"):
        hand_over(office, case, "Midden-Delfland")


def test_both_keep_their_own_and_neither_sees_the_case_of_the_other(
    office: Office, case: str, maashorst: str
) -> None:
    told = hand_over(office, case, "maashorst")
    parts = office.application.collaborators
    theirs = Actor(
        user_id=None, name="Elders", municipality=maashorst, roles=frozenset({"af-zorg"})
    )
    with office.application.sessions() as session:
        [link] = session.scalars(select(CaseLink)).all()
        here, there = office.instance(case).id, office.instance(told["kenmerk"]).id
        assert (link.from_id, link.to_id, link.kind) == (here, there, "overgedragen")
        ours = office.person("af-zorg")
        assert links_of(session, parts, instance_id=here, actor=ours) == ()
        assert links_of(session, parts, instance_id=there, actor=theirs) == ()


def test_what_went_along_can_be_read_in_no_table(office: Office, case: str, maashorst: str) -> None:
    del maashorst
    hand_over(office, case, "maashorst")
    assert holding(office.application.engine, SUMMARY) == []
    with office.application.sessions() as session:
        sent = session.scalars(
            select(MessageOut).where(MessageOut.subject == "signaal_van_andere_gemeente")
        ).one()
        assert (sent.payload, sent.data_key) == (None, None)


@pytest.mark.parametrize("elsewhere", ["Ergens", "rijswijk"])
def test_one_that_is_not_here_gets_a_package_to_bring(
    office: Office, case: str, elsewhere: str
) -> None:
    assert hand_over(office, case, elsewhere) == {"uitkomst": "niet_aangesloten", "kenmerk": None}
    package = orjson.loads(export(office, case, "af-zorg").content)
    assert package["aan"] == elsewhere
    assert package["signaal"]["omschrijving"] == SUMMARY
    with office.application.sessions() as session:
        assert len(session.scalars(select(Instance)).all()) == 1


def test_the_package_is_for_who_coordinates(office: Office, case: str) -> None:
    hand_over(office, case, "Ergens")
    for role in ("oov", "zvh"):
        with pytest.raises(NotFound):
            export(office, case, role)


def test_without_a_handover_there_is_no_package(office: Office, case: str) -> None:
    with pytest.raises(NotFound, match="niets overgedragen"):
        export(office, case, "af-zorg")


def export(office: Office, case: str, role: str) -> Any:
    return office.act(export_handover, role, instance_id=office.instance(case).id)
