"""Works off a part of a batch that moves cases: a transaction for each case."""

import logging
from uuid import UUID

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from service.bootstrap import Application
from service.operations.moving.work_off import Chunk

_LOG = logging.getLogger("meldroute.jobs")


def work_off(application: Application, batch_id: UUID, number: int) -> None:
    """Handles each case of a chunk that still waits, until none does or the batch is stopped.

    Raises:
        OSError, DBAPIError: something outside failed; what is done stays done, try again later.
    """
    chunk = Chunk(batch_id, number)
    while True:
        with application.sessions() as session:
            instance_id = chunk.next_item(session)
        if instance_id is None:
            break
        _handle(application, chunk, instance_id)
    with application.sessions.begin() as session:
        chunk.finish(session, now=application.clock())


def _handle(application: Application, chunk: Chunk, instance_id: UUID) -> None:
    now = application.clock()
    try:
        with application.sessions.begin() as session:
            chunk.handle(session, application.collaborators, instance_id, now=now)
    except (OSError, DBAPIError, PoolTimeout):
        raise
    except Exception as error:  # noqa: BLE001 - logged; the next case must not wait for this one
        _LOG.exception("case was not moved", extra={"instance": str(instance_id)})
        why = f"Er ging bij ons iets mis ({type(error).__name__}); de zaak staat waar zij stond."
        with application.sessions.begin() as session:
            chunk.give_up(session, instance_id, why, now=now)
