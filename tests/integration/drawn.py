"""Small processes beside those of the demo municipality, published for one test."""

from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from service.domain.actor import Actor
from service.operations import bundle_files
from service.operations.complete_task import Completed, complete_task
from service.operations.publish import PublicationResult, publish
from service.operations.start_instance import start_instance
from service.storage import Instance, RoleMembership
from tests.integration.conftest import DEMO, Office
from tests.unit.engine.diagrams import (
    END,
    START,
    bpmn,
    catch,
    chain,
    flow,
    gateway,
    timer,
    user,
)

BENCH = Path(__file__).parents[2] / "bench" / "meldroute_bench.bpmn"
FOR_CARE = '<zeebe:assignmentDefinition candidateGroups="af-zorg"/>'


def publish_files(
    office: Office, files: dict[str, bytes], *, roles: tuple[str, ...] = ()
) -> PublicationResult:
    """Publishes the demo's own processes with these files and roles added."""
    content = {**_of_the_demo(), **files}
    extra = "".join(f'\n[rollen.{role}]\nnaam = "{role}"\n' for role in roles)
    profile = (
        content[bundle_files.PROFILE].decode().replace("\n[normtijden]", extra + "\n[normtijden]")
    )
    content[bundle_files.PROFILE] = profile.encode()
    with office.application.sessions.begin() as session:
        return publish(
            session, content=content, published_by="proef", reason="proef", now=office.clock()
        )


@cache
def _of_the_demo() -> dict[str, bytes]:
    return bundle_files.read_bundled(DEMO)


def publish_process(office: Office, body: str, *, extra: str = "") -> PublicationResult:
    """Publishes one process ``proces`` with this body."""
    return publish_files(office, {"processes/proces/proces.bpmn": bpmn(body, extra)})


def publish_bench(office: Office) -> PublicationResult:
    """Publishes the benchmark process, with its lanes as roles."""
    return publish_files(
        office,
        {"processes/meldroute_bench/meldroute_bench.bpmn": BENCH.read_bytes()},
        roles=("Lane_meldpunt", "Lane_regie"),
    )


def begun(office: Office, process_id: str = "proces", **variables: Any) -> Instance:
    """A case of a process."""
    instance = office.act(start_instance, "af-zorg", process_id=process_id, variables=variables)
    return office.instance(instance.reference)


def open_task(office: Office, instance: Instance, element_id: str) -> UUID:
    """The id of the one open task of a step."""
    [task] = [
        task
        for task in office.tasks(instance.reference)
        if task.element_id == element_id and task.state == "open"
    ]
    return task.id


def completed(office: Office, task_id: UUID, actor: Actor, **answers: Any) -> Completed:
    """Completes a task; the worker stays asleep."""
    return office.act(complete_task, actor, task_id=task_id, answers=answers)


def gives_roles(office: Office, person: str, *roles: str) -> None:
    """Adds roles to one of the demo accounts."""
    actor = office.person(person)
    with office.application.sessions.begin() as session:
        session.add_all(
            RoleMembership(user_id=actor.user_id, role=role, municipality=DEMO) for role in roles
        )


WAITS = START + catch("na_een_uur", timer("PT1H")) + END + chain("begin", "na_een_uur", "einde")
ROUND = (
    START
    + user("doen", FOR_CARE)
    + gateway("exclusive", "nog_eens", default="klaar")
    + END
    + chain("begin", "doen", "nog_eens")
    + flow("nog_eens", "doen", when='=nog_een_keer = "ja"')
    + flow("nog_eens", "einde", key="klaar")
)
"""A task that comes back until somebody says that it is enough."""
