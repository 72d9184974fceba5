"""A process in which cases stand where nobody works, and its history as it was kept before."""

from sqlalchemy import text

from tests.integration import drawn
from tests.integration.conftest import Office
from tests.integration.drawn import FOR_CARE
from tests.integration.insights import begun
from tests.unit.engine.diagrams import END, START, call, catch, chain, process, timer, user

CALLED = process(
    "ander",
    '<startEvent id="b" name="B"/>'
    + user("u", FOR_CARE)
    + '<endEvent id="e" name="E"/>'
    + chain("b", "u", "e"),
)
BODY = (
    START
    + catch("pauze", timer("P2D"))
    + call("roep", "ander")
    + END
    + chain("begin", "pauze", "roep", "einde")
)
_FORGET = """
    UPDATE event SET trail = (
        SELECT jsonb_agg(step - 3 ORDER BY nr)
        FROM jsonb_array_elements(trail) WITH ORDINALITY AS each (step, nr)
    ) WHERE instance_id = :case AND jsonb_array_length(trail) > 0
"""


def through(office: Office, *, days: int) -> str:
    """A case that waits two days and an hour, and is then with somebody for some days."""
    reference = begun(office)
    start = office.clock.moment
    office.later(days=2, hours=1)
    office.later(days=days)
    task_id = drawn.open_task(office, office.instance(reference), "u")
    office.complete("af-zorg", task_id)
    office.clock.moment = start
    return reference


def forget(office: Office, reference: str) -> None:
    """Makes the history of a case one from before anybody noted how long it stood somewhere."""
    with office.application.engine.begin() as connection:
        connection.execute(text("ALTER TABLE event DISABLE TRIGGER USER"))
        connection.execute(text(_FORGET), {"case": office.instance(reference).id})
