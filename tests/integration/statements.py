"""Counts what a piece of work asks of the database, the job queue included."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg
from sqlalchemy import Engine, event


@dataclass
class Asked:
    """The statements, in order, as they went to the server, with their parameters."""

    statements: list[tuple[str, Any]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.statements)

    @property
    def verbs(self) -> set[str]:
        """``SELECT``, ``INSERT`` …"""
        return {text.split(None, 1)[0].upper() for text, _ in self.statements}

    def told(self) -> str:
        """For a failing test."""
        return "\n".join(
            f"{n}. {' '.join(text.split())[:150]}" for n, (text, _) in enumerate(self.statements, 1)
        )


@contextmanager
def asked(engine: Engine) -> Iterator[Asked]:
    """All statements on connections that are taken from the pool meanwhile."""
    seen = Asked()

    class Counting(psycopg.Cursor[Any]):
        def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
            if self.connection is not None and str(query) != "SELECT ''":
                seen.statements.append((_text(query, self), params))
            return super().execute(query, params, **options)

        def executemany(self, query: Any, params_seq: Any, **options: Any) -> Any:
            rows = list(params_seq)
            seen.statements += [(_text(query, self), params) for params in rows]
            return super().executemany(query, rows, **options)

    def counting(connection: Any, *_: object) -> None:
        connection.cursor_factory = Counting

    def plain(connection: Any, *_: object) -> None:
        connection.cursor_factory = psycopg.Cursor

    event.listen(engine, "checkout", counting)
    event.listen(engine, "checkin", plain)
    try:
        yield seen
    finally:
        event.remove(engine, "checkout", counting)
        event.remove(engine, "checkin", plain)


def plans(engine: Engine, work: Asked) -> Iterator[list[dict[str, Any]]]:
    """The nodes of the plan of each ``SELECT``, as the server executes it now."""
    with engine.connect() as connection, connection.connection.cursor() as cursor:
        for text, params in work.statements:
            if text.lstrip().upper().startswith(("SELECT", "WITH")):
                cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {text}", params)
                [(plan,)] = cursor.fetchall()
                yield list(_nodes(plan[0]["Plan"]))


def read_by(node: dict[str, Any]) -> float:
    """How many rows a scan read, those that it threw away included."""
    removed = sum(value for name, value in node.items() if name.startswith("Rows Removed"))
    return float((node["Actual Rows"] + removed) * node["Actual Loops"])


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for inner in plan.get("Plans", ()):
        yield from _nodes(inner)


def _text(query: Any, cursor: Any) -> str:
    if isinstance(query, bytes):
        return query.decode()
    return query if isinstance(query, str) else str(query.as_string(cursor))
