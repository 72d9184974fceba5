"""Reads every row of every table, the way somebody with the database in hand would."""

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Engine, inspect, text

Row = dict[str, Any]


def rows(engine: Engine) -> Iterator[tuple[str, Row]]:
    """Each row of each table, as table name and JSON."""
    with engine.connect() as connection:
        for table in inspect(connection).get_table_names():
            for (row,) in connection.execute(text(f'SELECT to_jsonb(t) FROM "{table}" t')):  # noqa: S608
                yield table, row


def holding(engine: Engine, secret: str, *, but: tuple[str, ...] = ()) -> list[str]:
    """The tables in which a text stands, as text or inside bytes; ``but`` are not looked at."""
    spellings = (secret, secret.encode().hex(), json.dumps(secret)[1:-1])
    return sorted(
        {
            table
            for table, row in rows(engine)
            if table not in but
            and any(s.lower() in json.dumps(row, ensure_ascii=False).lower() for s in spellings)
        }
    )


def about(engine: Engine, instance_id: object) -> Iterator[tuple[str, Row]]:
    """The rows of one case."""
    for table, row in rows(engine):
        key = row.get("id") if table == "instance" else row.get("instance_id")
        if key == str(instance_id):
            yield table, row
