"""Moving running cases to a newer publication."""

import orjson
from sqlalchemy import select

from service.storage import Event, Instance, Task
from tests.integration import drawn, moves
from tests.integration.conftest import Office
from tests.integration.drawn import FOR_CARE
from tests.unit.engine.diagrams import END, START, bpmn, chain, user

FOR_SAFETY = '<zeebe:assignmentDefinition candidateGroups="af-veiligheid"/>'
FILE = "processes/proces/proces.bpmn"


def form(*keys: str) -> bytes:
    components = [
        {
            "type": "textfield",
            "key": f"doen.{key}",
            "label": f"Vraag {key}",
            "properties": {"domein": "algemeen", "doel": "proef", "bewaren": "zaak"},
        }
        for key in keys
    ]
    return orjson.dumps(
        {"type": "default", "id": "doen", "schemaVersion": 19, "components": components}
    )


def steps(*tasks: str, after: str = "") -> bytes:
    ids = [task.split('id="', 1)[1].split('"', 1)[0] for task in tasks]
    return bpmn(START + "".join(tasks) + END + after + chain("begin", *ids, "einde"))


def published(office: Office, content: bytes, **forms: bytes) -> int:
    files = {FILE: content} | {f"forms/proces/{k}.form": body for k, body in forms.items()}
    return drawn.publish_files(office, files).number


def kinds(office: Office, instance: Instance) -> list[str]:
    with office.application.sessions() as session:
        return list(
            session.scalars(
                select(Event.kind).where(Event.instance_id == instance.id).order_by(Event.seq)
            )
        )


def only(office: Office, instance: Instance) -> Task:
    [task] = [t for t in office.tasks(instance.reference) if t.state == "open"]
    return task


def test_a_renamed_task_goes_to_its_new_name_and_the_history_says_so(office: Office) -> None:
    first = published(office, steps(user("doen", FOR_CARE)))
    instance = drawn.begun(office)
    second = published(
        office,
        steps(
            user("uitvoeren", FOR_CARE)
            .replace('uitvoeren"', 'uitvoeren"', 1)
            .replace("Taak uitvoeren", "Taak doen")
        ),
    )
    [preview] = moves.previewed(office, second)
    assert [(x.element_id, x.what, x.to) for x in preview.outcome.landings] == [
        ("doen", "moves", "uitvoeren")
    ]
    assert office.instance(instance.reference).revision == instance.revision
    fared = moves.moved(office, second)
    assert (fared.state, dict(fared.counts)) == ("done", {"moved": 1})
    assert only(office, instance).element_id == "uitvoeren"
    assert kinds(office, instance) == ["gestart", "gemigreerd"]
    with office.application.sessions() as session:
        event = session.scalars(select(Event).where(Event.kind == "gemigreerd")).one()
    assert event.element_name == f"publicatie {first} → {second}"
    assert event.trail == [["proces", "doen", "cancelled"], ["proces", "uitvoeren", "entered"]]
    moves.consistent(office, instance.id)
