"""Sees what one node asks of the database, and how long the engine takes in between."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg
from sqlalchemy import Engine, event

from service import engine as token_engine

PING = ";"
"""What the pool asks of a connection before it is used; it is no statement of ours."""


@dataclass
class Watch:
    """What has happened since it was last cleared."""

    statements: list[tuple[str, Any]] = field(default_factory=list)
    commits: int = 0
    in_engine: float = 0.0

    def clear(self) -> None:
        """Forgets."""
        self.statements.clear()
        self.commits, self.in_engine = 0, 0.0

    def asked(self, query: Any, params: Any) -> None:
        """Notes one statement."""
        text = query if isinstance(query, str) else str(query)
        if text.strip() != PING:
            self.statements.append((text, params))


@contextmanager
def watching(engine: Engine) -> Iterator[Watch]:
    """Counts statements as psycopg sends them, so those of the job queue too."""
    watch = Watch()

    class Counting(psycopg.Cursor[Any]):
        def execute(self, query: Any, params: Any = None, **more: Any) -> Any:
            watch.asked(query, params)
            return super().execute(query, params, **more)

        def executemany(self, query: Any, params_seq: Any, **more: Any) -> None:
            sent = list(params_seq)
            for params in sent:
                watch.asked(query, params)
            super().executemany(query, sent, **more)

    def use_it(connection: Any, _record: Any) -> None:
        connection.cursor_factory = Counting

    def count_commit(_connection: Any) -> None:
        watch.commits += 1

    engine.dispose()
    event.listen(engine, "connect", use_it)
    event.listen(engine, "commit", count_commit)
    whole = token_engine.complete_task
    token_engine.complete_task = _timed(whole, watch)
    try:
        yield watch
    finally:
        token_engine.complete_task = whole
        event.remove(engine, "connect", use_it)
        event.remove(engine, "commit", count_commit)
        engine.dispose()


def _timed(work: Callable[..., Any], watch: Watch) -> Callable[..., Any]:
    def timed(*args: Any, **kwargs: Any) -> Any:
        begin = time.perf_counter()
        try:
            return work(*args, **kwargs)
        finally:
            watch.in_engine += time.perf_counter() - begin

    return timed
