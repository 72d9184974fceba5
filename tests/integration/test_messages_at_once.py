"""A message and a colleague at the same case at the same moment: one outcome, and nothing lost."""

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from service.domain.errors import Conflict, NotFound
from service.operations.deliver_message import Reached, send_in
from service.storage import Instance
from tests.integration import drawn
from tests.integration.carried import events, published_with
from tests.integration.conftest import Office
from tests.integration.drawn import FOR_CARE
from tests.integration.test_two_at_once import Act, completing, meeting, sound
from tests.unit.engine.diagrams import END, START, boundary, chain, message, on_message, user

POST = message("m", "antwoord")
WATCHED = (
    START
    + user("doen", FOR_CARE)
    + boundary("bij_antwoord", "doen", on_message("m"))
    + user("lezen", FOR_CARE)
    + END
    + chain("begin", "doen", "einde")
    + chain("bij_antwoord", "lezen", "einde")
)


def waiting(office: Office) -> tuple[Instance, UUID]:
    published_with(office, POST, wacht=WATCHED)
    case = drawn.begun(office, "wacht")
    return case, drawn.open_task(office, case, "doen")


def telling(office: Office, **payload: Any) -> Act:
    def tell(session: Session) -> Reached:
        return send_in(
            session,
            office.application.collaborators,
            name="antwoord",
            correlation_key=None,
            payload=payload,
            actor=office.person("functioneel-beheer"),
            now=office.clock(),
        )

    return tell


def test_a_message_that_meets_a_completion_reaches_nobody(office: Office) -> None:
    case, task_id = waiting(office)
    done, reached = meeting(
        office, completing(office, task_id, office.person("af-zorg")), telling(office)
    )
    assert not isinstance(done, Exception)
    assert isinstance(reached, Reached | NotFound)
    assert office.instance(case.reference).status == "completed"
    assert "bericht_ontvangen" not in events(office, case)
    assert sound(office, case) == 2


def test_a_completion_that_meets_a_message_hears_that_the_task_has_lapsed(office: Office) -> None:
    case, task_id = waiting(office)
    reached, late = meeting(
        office, telling(office), completing(office, task_id, office.person("af-zorg"))
    )
    assert reached == Reached(instances=(case.id,), started=())
    assert isinstance(late, Conflict)
    assert "vervallen" in str(late)
    assert office.open_tasks(case.reference) == ["lezen"]
    assert sound(office, case) == 2


def test_of_two_messages_at_once_the_first_is_taken(office: Office) -> None:
    case, _ = waiting(office)
    first, second = meeting(office, telling(office, nr=1), telling(office, nr=2))
    assert first == Reached(instances=(case.id,), started=())
    assert isinstance(second, Reached | NotFound)
    assert events(office, case).count("bericht_ontvangen") == 1
    assert office.open_tasks(case.reference) == ["lezen"]
    assert sound(office, case) == 2
