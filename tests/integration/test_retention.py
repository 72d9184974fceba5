"""Cases go when their time is over, two people have looked, and nothing holds them back."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from service.storage import Fact
from service.storage.instance import ERASED
from tests.integration import aged, statements
from tests.integration.aged import due_references, ended_long_ago
from tests.integration.conftest import DEMO, Office

MANY = 5_000
FILL = (
    """INSERT INTO instance (id, municipality, reference, process_id, publication_id, status,
         revision, state, data_key, started_at, ended_at, end_name, retention_class, waiting_for,
         event_count, last_hash)
       SELECT gen_random_uuid(), municipality, 'X-' || n, process_id, publication_id, 'completed',
         1, '', 'k', :now, :now - n * interval '1 minute', 'Dubbel',
         process_id || '|Dubbel|' || (n % 7), '{}', 0, ''
       FROM instance, generate_series(1, :many) n WHERE reference = :reference""",
    "ANALYZE instance",
)


def listed(office: Office) -> str:
    """A list of what is due, looked at by the archive and not yet by anybody else."""
    instance = aged.begun(office, "bewaren_vernietigen")
    return instance.reference


def looked_at(office: Office, **exception: str) -> None:
    exceptions = [exception] if exception else []
    office.do(
        "archief",
        "lijst_beoordelen",
        lijstbeoordeling={"gecontroleerd": True, "uitzonderingen": exceptions},
    )


def agreed(office: Office, answer: str = "ja", **more: str) -> None:
    office.do("af-zorg", "lijst_vaststellen", lijstvaststelling={"akkoord": answer, **more})


def test_a_referred_signal_is_due_after_a_year_and_not_before(office: Office) -> None:
    reference = aged.referred(office)
    office.clock.move(days=364)
    assert due_references(office) == []
    office.clock.move(days=1)
    assert due_references(office) == [reference]


def test_the_table_decides_how_long_and_the_outcome_which_row(office: Office) -> None:
    reference = aged.referred(office)
    ended_long_ago(office, reference, 1)
    [case] = aged.due(office)
    assert (case.reference, case.end_name, case.term) == (reference, "Doorverwezen", "P1Y")


def test_a_case_that_runs_is_never_due(office: Office) -> None:
    office.report()
    office.clock.move(days=9_000)
    assert due_references(office) == []


def test_two_people_destroy_what_is_on_the_list_and_a_declaration_stays(office: Office) -> None:
    reference = aged.referred(office)
    ended_long_ago(office, reference, 1)
    round_ = listed(office)
    looked_at(office)
    agreed(office)
    assert office.instance(reference).status == ERASED
    gone = aged.erasure_of(office, reference)
    assert gone is not None
    archivist = office.person("archief")
    assert (gone.ground, gone.erased_by) == ("bewaartermijn", archivist.user_id)
    office.do("archief", "verklaring_vaststellen", verklaring_vastgesteld={"akkoord": True})
    assert office.instance(round_).end_name == "Vernietigd"


def test_the_figures_of_a_destroyed_case_stay(office: Office) -> None:
    reference = aged.referred(office)
    instance = office.instance(reference)
    ended_long_ago(office, reference, 1)
    listed(office)
    looked_at(office)
    agreed(office)
    with office.application.sessions() as session:
        assert session.get(Fact, (instance.id, "signaal.vorm", "arbeid")) is not None


def test_a_case_taken_off_the_list_stays_until_its_day(office: Office) -> None:
    reference = aged.referred(office)
    ended_long_ago(office, reference, 1)
    listed(office)
    looked_at(office, kenmerk=reference, reden="Er loopt een bezwaar.", tot="2026-06-01")
    agreed(office)
    assert office.instance(reference).status == "completed"
    office.do("archief", "verklaring_vaststellen", verklaring_vastgesteld={"akkoord": True})
    assert due_references(office) == []
    office.clock.move(days=91)
    assert due_references(office) == [reference]


def test_who_looks_second_may_take_a_case_off_too(office: Office) -> None:
    reference = aged.referred(office)
    ended_long_ago(office, reference, 1)
    listed(office)
    looked_at(office)
    office.do(
        "af-zorg",
        "lijst_vaststellen",
        lijstvaststelling={
            "akkoord": "ja",
            "uitzonderingen": [
                {"kenmerk": reference, "reden": "Nog nodig voor hulp.", "tot": "2026-06-01"}
            ],
        },
    )
    assert office.instance(reference).status == "completed"


def test_without_agreement_nothing_goes(office: Office) -> None:
    reference = aged.referred(office)
    ended_long_ago(office, reference, 1)
    round_ = listed(office)
    looked_at(office)
    agreed(office, "nee", reden="Eerst overleg met het archief.")
    assert office.instance(reference).status == "completed"
    assert office.instance(round_).end_name == "Niet vernietigd"


def test_a_case_stands_on_one_list_at_a_time(office: Office) -> None:
    reference = aged.referred(office)
    ended_long_ago(office, reference, 1)
    listed(office)
    assert due_references(office) == []
    second = listed(office)
    assert office.instance(second).end_name == "Niets te vernietigen"


def test_an_archivist_who_lost_the_right_destroys_nothing(office: Office) -> None:
    reference = aged.referred(office)
    ended_long_ago(office, reference, 1)
    round_ = listed(office)
    looked_at(office)
    with office.application.engine.begin() as connection:
        connection.execute(text("DELETE FROM role_membership WHERE role = 'archief'"))
    agreed(office)
    assert office.instance(reference).status == "completed"
    assert "mag vernietigen" in (office.instance(round_).incident or "")


def test_an_avg_request_holds_the_case_that_it_names_until_it_has_ended(office: Office) -> None:
    reference = aged.referred(office)
    ended_long_ago(office, reference, 1)
    request = aged.begun(office, "avg_verzoek")
    office.do(
        "privacy",
        "verzoek_opnemen",
        avg_verzoek={
            "ontvangen_op": "2026-03-02",
            "soort": "inzage",
            "hoedanigheid": "betrokkene",
            "verzoeker": "P. Voorbeeld, Dorpsstraat 1",
            "zaken": [{"kenmerk": reference}],
        },
    )
    assert due_references(office) == []
    office.do("privacy", "identiteit_vaststellen", identiteit={"resultaat": "niet_vastgesteld"})
    office.do("privacy", "niet_in_behandeling_melden", afwijzing={"meegedeeld_op": "2026-03-02"})
    assert office.instance(request.reference).end_name == "Niet in behandeling"
    assert due_references(office) == [reference]


def test_a_case_can_be_erased_at_the_request_of_the_person_concerned(office: Office) -> None:
    reference = aged.referred(office)
    aged.begun(office, "avg_verzoek")
    office.do(
        "privacy",
        "verzoek_opnemen",
        avg_verzoek={
            "ontvangen_op": "2026-03-02",
            "soort": "wissen",
            "hoedanigheid": "betrokkene",
            "verzoeker": "P. Voorbeeld, Dorpsstraat 1",
            "zaken": [{"kenmerk": reference}],
        },
    )
    identity = {"resultaat": "vastgesteld", "wijze": "aan de balie", "samenwerking": "nee"}
    office.do("privacy", "identiteit_vaststellen", identiteit=identity)
    office.do(
        "privacy",
        "verzoek_afwegen",
        afweging={
            "gronden": ["geen"],
            "melder_herkenbaar": "nee",
            "derden": "nee",
            "uitkomst": "wissen",
            "motivering": "Niemand anders heeft er belang bij.",
        },
    )
    office.do("jz", "afweging_meelezen", meelezing={"eens": "ja"})
    office.do("archief", "wissen_bevestigen", wissing={"bevestigd": True})
    gone = aged.erasure_of(office, reference)
    assert gone is not None
    assert gone.ground == "verzoek"


def test_who_reported_is_forgotten_thirty_days_after_the_end(office: Office) -> None:
    reference = aged.referred(office)
    assert _known(office, reference)
    office.later(days=29)
    assert _known(office, reference)
    office.later(days=2)
    assert not _known(office, reference)


def test_who_reported_is_known_while_the_case_runs(office: Office) -> None:
    reference = office.report().reference
    office.later(days=60)
    assert _known(office, reference)


@pytest.mark.parametrize("due", [0, 3])
def test_the_list_reads_what_is_due_and_not_the_archive(office: Office, due: int) -> None:
    reference = aged.referred(office)
    with office.application.engine.begin() as connection:
        for statement in FILL:
            connection.execute(
                text(statement), {"now": office.clock(), "many": MANY, "reference": reference}
            )
        connection.execute(
            text(
                "UPDATE instance SET ended_at = ended_at - interval '400 days' WHERE reference IN"
                " (SELECT 'X-' || n FROM generate_series(1, :due) n)"
            ),
            {"due": due},
        )
        connection.execute(text("ANALYZE instance"))
    with statements.asked(office.application.engine) as work:
        assert len(aged.due(office)) == due
    read = sum(
        statements.read_by(node)
        for plan in statements.plans(office.application.engine, work)
        for node in plan
        if node.get("Relation Name") == "instance"
    )
    assert read < 100, work.told()


def test_a_hold_needs_an_end(office: Office) -> None:
    reference = aged.referred(office)
    ended_long_ago(office, reference, 1)
    aged.held(office, reference, office.clock() + timedelta(days=3))
    assert due_references(office) == []
    office.clock.move(days=3)
    assert due_references(office) == [reference]


def _known(office: Office, reference: str) -> bool:
    with office.application.engine.begin() as connection:
        contact = connection.scalar(
            text(
                "SELECT contact FROM reporter JOIN instance ON instance.id = instance_id "
                "WHERE reference = :reference AND instance.municipality = :municipality"
            ),
            {"reference": reference, "municipality": DEMO},
        )
    return contact is not None
