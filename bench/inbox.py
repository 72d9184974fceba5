"""Whether the inbox stays as fast when a hundred times as much lies in it."""

import time

from sqlalchemy import text

from bench.completion import started
from bench.figures import Figure, median
from bench.place import Place
from service.domain.actor import Actor
from service.operations.inbox import role_tasks

FEW, MANY = 1_000, 100_000
ROLES = 10
GOAL = 1.5
_FILL = text(
    """
    WITH new AS (
      INSERT INTO task (id, municipality, instance_id, reference, process_id, element_id, name,
                        roles, state, opened_at, due_at, nudges)
      SELECT gen_random_uuid(), :municipality, :instance_id, '2026-VOL-' || n, 'vol', 'vol',
             'Volle bak', ARRAY['rol-' || (n % :roles)], 'open', now(),
             now() + (hashint4(n) % 100000) * interval '1 minute', 0
      FROM generate_series(CAST(:first AS integer), CAST(:last AS integer)) AS n
      RETURNING id, roles, municipality, due_at
    )
    INSERT INTO task_candidate (task_id, role, municipality, due_at)
    SELECT id, roles[1], municipality, due_at FROM new
    """
)


def measure(at: Place, *, repeat: int) -> list[Figure]:
    """The first page of a person with three roles, few and many open tasks around it."""
    _fill(at, 1, FEW)
    few = _first_page(at, repeat)
    _fill(at, FEW + 1, MANY)
    many = _first_page(at, repeat)
    return [
        Figure(
            name=f"werkvoorraad bij {MANY:,} / bij {FEW:,} taken".replace(",", "."),
            value=many / few,
            goal=GOAL,
            how=f"{many:.2f} ms tegen {few:.2f} ms",
        )
    ]


def _fill(at: Place, first: int, last: int) -> None:
    instance_id = started(at).id
    with at.application.engine.begin() as connection:
        connection.execute(
            _FILL,
            {
                "municipality": at.actor.municipality,
                "instance_id": instance_id,
                "roles": ROLES,
                "first": first,
                "last": last,
            },
        )
    with at.application.engine.connect() as connection:
        own = connection.execution_options(isolation_level="AUTOCOMMIT")
        own.execute(text("VACUUM ANALYZE task, task_candidate"))


def _first_page(at: Place, repeat: int) -> float:
    reader = Actor(
        user_id=at.actor.user_id,
        name="Lezer",
        municipality=at.actor.municipality,
        roles=frozenset({"rol-1", "rol-2", "rol-3"}),
    )
    times = []
    for _ in range(repeat + 10):
        begin = time.perf_counter()
        with at.application.sessions() as session:
            page = role_tasks(session, actor=reader)
        times.append((time.perf_counter() - begin) * 1000)
        assert len(page.tasks) == 25
    return median(times[10:])
