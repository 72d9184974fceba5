"""A case, read in one query and held by a row lock until the transaction ends."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from service.domain.errors import Conflict, NotFound
from service.operations.collaborators import Collaborators
from service.operations.published import Published
from service.storage import Instance, Task, case_writes
from service.storage.instance import ERASED
from service.storage.vault import CaseVault


@dataclass(frozen=True, kw_only=True)
class Case:
    """One case with everything needed to take a step in it."""

    instance: Instance
    vault: CaseVault
    published: Published

    @property
    def state(self) -> bytes:
        """The state of the engine, decrypted."""
        return self.vault.open("state", self.instance.state)


def lock_case_of_task(
    session: Session, collaborators: Collaborators, *, task_id: UUID, municipality: str
) -> Case:
    """The case of a task, locked.

    Raises:
        NotFound: there is no such task in this municipality.
    """
    of_task = select(Task.instance_id).where(Task.id == task_id, Task.municipality == municipality)
    return _locked(
        session,
        collaborators,
        select(Instance).where(Instance.id == of_task.scalar_subquery()).with_for_update(),
        f"Taak {task_id} is niet gevonden.",
    )


def lock_case(
    session: Session, collaborators: Collaborators, *, instance_id: UUID, municipality: str
) -> Case:
    """One case, locked; another transaction may still write that it refers to this case, so that
    two cases which point at each other do not wait for one another.

    Raises:
        NotFound: there is no such case in this municipality.
    """
    return _locked(
        session,
        collaborators,
        select(Instance)
        .where(Instance.id == instance_id, Instance.municipality == municipality)
        .with_for_update(key_share=True),
        f"Zaak {instance_id} is niet gevonden.",
    )


def open_case(session: Session, collaborators: Collaborators, instance: Instance) -> Case:
    """A case that was read already."""
    return Case(
        instance=instance,
        vault=collaborators.vault.case(instance.id, instance.data_key),
        published=collaborators.publications.get(session, instance.publication_id),
    )


def write(session: Session, instance: Instance, values: Mapping[str, Any]) -> None:
    """Writes columns of a locked case."""
    session.execute(
        update(Instance)
        .where(Instance.id == instance.id)
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    follow(instance, values)


def write_step(session: Session, instance: Instance, values: Mapping[str, Any]) -> None:
    """Writes columns of a case that took a step, with its next revision.

    Raises:
        Conflict: somebody else wrote this case since it was read.
    """
    stepped = {**values, "revision": instance.revision + 1}
    if not case_writes.write_instance(
        session, instance_id=instance.id, revision=instance.revision, values=stepped
    ):
        raise Conflict("Een collega heeft deze zaak zojuist verder gebracht; bekijk haar opnieuw.")
    follow(instance, stepped)


def follow(instance: Instance, values: Mapping[str, Any]) -> None:
    """Lets the object in memory follow the row, which is written directly."""
    for name, value in values.items():
        set_committed_value(instance, name, value)


def _locked(
    session: Session,
    collaborators: Collaborators,
    query: "Select[Instance]",
    not_found: str,
) -> Case:
    instance = session.scalars(query.execution_options(populate_existing=True)).one_or_none()
    if instance is None or instance.status == ERASED:
        raise NotFound(not_found)
    return open_case(session, collaborators, instance)
