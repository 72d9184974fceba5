"""The worker's connection to its queue, which does not take one broken connection for an answer."""

import asyncio
from typing import Any

import psycopg
from procrastinate import PsycopgConnector
from procrastinate.exceptions import ConnectorException

_TRIES = 5
_PAUSE_SECONDS = 0.5


class PatientConnector(PsycopgConnector):
    """Repeats a statement without answer when the connection was lost.

    A worker tells by such a statement that a job is done or must wait. Were that lost, the job
    would count as being done by this worker for as long as the worker lives. Each of these
    statements may be given twice: the second time it changes nothing, or is refused.
    """

    async def execute_query_async(self, query: Any, **arguments: Any) -> None:
        """Gives the statement, some times more while the database comes back."""
        for last in (*[False] * (_TRIES - 1), True):
            try:
                await super().execute_query_async(query, **arguments)
            except ConnectorException as error:
                if last or not isinstance(error.__cause__, psycopg.OperationalError):
                    raise
                await asyncio.sleep(_PAUSE_SECONDS)
            else:
                return
