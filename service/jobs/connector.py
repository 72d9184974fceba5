"""The worker's connection to its queue, which does not take one broken connection for an answer."""

import asyncio
from typing import Any

import psycopg
from procrastinate import PsycopgConnector
from procrastinate.exceptions import ConnectorException

_PATIENCE_SECONDS = 10.0
_PAUSE_SECONDS = 0.5


class PatientConnector(PsycopgConnector):
    """Repeats a statement without answer when the connection was lost.

    A worker tells by such a statement that a job is done or must wait. Were that lost, the job
    would count as being done by this worker for as long as the worker lives. Each of these
    statements may be given twice: the second time it changes nothing, or is refused.
    """

    async def execute_query_async(self, query: Any, **arguments: Any) -> None:
        """Gives the statement, and again while the database comes back."""
        clock = asyncio.get_running_loop().time
        deadline = clock() + _PATIENCE_SECONDS
        while True:
            try:
                await super().execute_query_async(query, **arguments)
            except ConnectorException as error:
                lost = isinstance(error.__cause__, psycopg.OperationalError)
                if not lost or clock() > deadline:
                    raise
                await asyncio.sleep(_PAUSE_SECONDS)
            else:
                return
