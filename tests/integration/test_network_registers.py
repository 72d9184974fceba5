"""The registers of the network: who keeps them, what stays, and two people at once."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

from service.domain.errors import Conflict, MeldrouteError, NotFound, WrongField
from service.operations import bundle_files
from service.operations.network.list_register import list_register
from service.operations.network.show_entry import show_entry
from service.operations.publish import publish
from service.storage import Agreement, Partner, RegisterChange
from tests.integration.conftest import DEMO, Office
from tests.integration.networking import YESTERDAY, agreement_for, change, end, partner, until

GGD = {"name": "GGD", "code": "ggd", "kind": "zorg_medisch"}


def publish_again(office: Office, municipality: str = DEMO, **replaced: str) -> None:
    content = dict(bundle_files.read_bundled(municipality))
    profile = content[bundle_files.PROFILE].decode()
    for before, after in replaced.items():
        profile = profile.replace(before, after, 1)
    content[bundle_files.PROFILE] = profile.encode()
    with office.application.sessions.begin() as session:
        publish(session, content=content, published_by="proef", reason="", now=office.clock())


def names(office: Office, register: str, municipality: str = DEMO) -> set[str]:
    model = {"partners": Partner, "afspraken": Agreement}[register]
    with office.application.sessions() as session:
        rows = session.scalars(select(model.name).where(model.municipality == municipality))
        return set(rows)


def test_a_profile_fills_the_registers_once(office: Office) -> None:
    before = names(office, "partners")
    assert {"SHOP", "CoMensha", "Veilig Thuis"} <= before
    assert partner(office, "zvh").needs_agreement
    assert not partner(office, "politie-avim").needs_agreement
    publish_again(office, Handhaving="handhaving")
    assert names(office, "partners") == before


def test_publishing_again_undoes_no_change_and_brings_nothing_back(office: Office) -> None:
    until(office, agreement_for(office, "zvh"), YESTERDAY)
    gone = partner(office, "comensha")
    end(office, "partners", gone.id, gone.revision)
    publish_again(office, Handhaving="handhaving")
    assert agreement_for(office, "zvh").valid_until == YESTERDAY
    assert partner(office, "comensha").ended_on is not None


def test_a_new_partner_of_the_profile_is_added(office: Office) -> None:
    extra = '[[partners]]\nid = "ggd"\nnaam = "GGD"\nsoort = "zorg_medisch"\n\n[[convenanten]]'
    publish_again(office, **{"[[convenanten]]": extra})
    assert partner(office, "ggd").name == "GGD"


def test_each_municipality_has_its_own(office: Office) -> None:
    publish_again(office, "maashorst")
    assert "Zorgtafelconvenant 18-/18+" in names(office, "afspraken", "maashorst")
    assert "Zorgtafelconvenant 18-/18+" not in names(office, "afspraken")
    with office.application.sessions() as session:
        theirs = session.scalars(
            select(Agreement).where(Agreement.municipality == "maashorst").limit(1)
        ).one()
        page = list_register(
            session,
            office.application.collaborators,
            register_id="afspraken",
            actor=office.person("af-zorg"),
            now=office.clock(),
        )
        assert theirs.id not in {entry.id for entry in page.entries}
        with pytest.raises(NotFound):
            show_entry(
                session,
                office.application.collaborators,
                register_id="afspraken",
                entry_id=theirs.id,
                actor=office.person("af-zorg"),
                now=office.clock(),
            )
    with pytest.raises(NotFound):
        change(office, "afspraken", theirs.id, theirs.revision, name="Van ons")


def test_of_two_that_change_an_entry_at_once_the_second_hears_who_was_first(
    office: Office,
) -> None:
    agreement = agreement_for(office, "zvh")
    told = at_once(office, lambda: until(office, agreement, YESTERDAY), 2)
    assert sorted(told) == ["Conflict", "done"]
    assert agreement_for(office, "zvh").revision == agreement.revision + 1


def test_of_two_that_add_the_same_code_at_once_one_stays(office: Office) -> None:
    told = at_once(office, lambda: change(office, "partners", None, 0, **GGD), 2)
    assert sorted(told) == ["WrongField", "done"]


def at_once(office: Office, what: Any, times: int) -> list[str]:
    """What each of several people hears who do the same at the same moment."""
    del office
    gate = threading.Barrier(times)

    def one() -> str:
        gate.wait()
        try:
            what()
        except MeldrouteError as error:
            return type(error).__name__
        return "done"

    with ThreadPoolExecutor(times) as pool:
        return [done.result() for done in [pool.submit(one) for _ in range(times)]]


def test_saving_what_is_there_already_changes_nothing(office: Office) -> None:
    agreement = agreement_for(office, "zvh")
    assert until(office, agreement, agreement.valid_until).revision == agreement.revision


def test_an_ended_entry_is_not_changed_before_it_counts_again(office: Office) -> None:
    agreement = agreement_for(office, "zvh")
    ended = end(office, "afspraken", agreement.id, agreement.revision)
    with pytest.raises(Conflict, match="telt niet meer mee"):
        until(office, agreement_for(office, "zvh"), YESTERDAY)
    with pytest.raises(Conflict, match="Dit is al zo"):
        end(office, "afspraken", agreement.id, ended.revision)


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"code": "GGD Haaglanden"}, "code", "kleine letters"),
        ({"kind": "buurvrouw"}, "kind", "staat niet in de lijst"),
        ({"email": "geen adres"}, "email", "e-mailadres"),
        ({"phone": "bel maar"}, "phone", "telefoonnummer"),
        ({"role": "af-zorg"}, "role", "staat niet in de lijst"),
        ({"name": "  "}, "name", "Vul dit in."),
        ({"name": "x" * 201}, "name", "Ten hoogste 200 tekens."),
        ({"kleur": "rood"}, "kleur", "Onbekend veld."),
    ],
)
def test_what_does_not_fit_is_refused_at_its_field(
    office: Office, typed: dict[str, str], field: str, said: str
) -> None:
    with pytest.raises(WrongField) as refused:
        change(office, "partners", None, 0, **{**GGD, **typed})
    assert said in refused.value.fields[field][0]


def test_what_was_changed_cannot_be_rewritten(office: Office) -> None:
    rewritten = update(RegisterChange).values(actor_name="iemand anders")
    for statement in (rewritten, delete(RegisterChange)):
        with pytest.raises(DBAPIError), office.application.sessions.begin() as session:
            session.execute(statement)
