"""Three hundred cases move to a changed bundle while the worker is killed: each exactly once."""

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from uuid import UUID

from sqlalchemy import func, select, text

from service.storage import Event, Instance, MigrationItem, Publication, Task
from tests.faults.node import until
from tests.faults.proof import calm, left_over
from tests.faults.site import STAFF, Site, lent_site
from tests.integration import drawn, moves
from tests.integration.conftest import Clock, Office, Post
from tests.integration.drawn import FOR_CARE
from tests.integration.moves import FOR_SAFETY, due_after, kinds
from tests.unit.engine.diagrams import END, START, boundary, bpmn, chain, timer, user

CASES = 300
STUCK = 10
KILLS = 2


def renamed(element_id: str) -> bytes:
    """A task under one id or another."""
    task = user(element_id, FOR_CARE).replace(f"Taak {element_id}", "Wegen")
    return bpmn(START + task + END + chain("begin", element_id, "einde"), process_id="hernoemd")


def handed_on(settings: str, span: str, *, watched: bool) -> bytes:
    """A task of one role or another, with a norm time, with or without a timer on its edge."""
    body = START + user("doen", settings + due_after(span).removeprefix(FOR_CARE)) + END
    if watched:
        body += boundary("na_lang", "doen", timer("P90D"), interrupting=False)
        body += user("bellen", FOR_CARE) + chain("na_lang", "bellen", "einde")
    return bpmn(body + chain("begin", "doen", "einde"), process_id="overgedragen")


def shortened(*ids: str) -> bytes:
    """A process in which the first step may be gone."""
    body = START + "".join(user(key, FOR_CARE) for key in ids) + END
    return bpmn(body + chain("begin", *ids, "einde"), process_id="verkort")


def bundle(*contents: bytes) -> dict[str, bytes]:
    names = ("hernoemd", "overgedragen", "verkort")
    return {
        f"processes/{name}/{name}.bpmn": content
        for name, content in zip(names, contents, strict=True)
    }


@contextmanager
def at_work(address: str, files: Mapping[str, bytes]) -> Iterator[tuple[Site, Office]]:
    """A site with its worker asleep, and an office on its database."""
    with lent_site(address, files, (*STAFF, moves.PUBLISHER)) as place:
        clock = Clock(moment=place.application.clock())
        yield place, Office(application=place.application, clock=clock, post=Post())


def handled(office: Office, batch_id: UUID) -> int:
    counts = moves.fared(office, batch_id).counts
    return sum(count for state, count in counts.items() if state != "waiting")


def kill_half_way(place: Site, office: Office, batch_id: UUID) -> list[int]:
    """Kills the worker in the midst of its work; how many cases had been handled each time."""
    seen = []
    for kill in range(1, KILLS + 1):
        place.worker.start()
        wanted = CASES * kill // (KILLS + 2)
        until(
            lambda wanted=wanted: handled(office, batch_id) >= wanted,  # type: ignore[misc]
            lambda: f"{moves.fared(office, batch_id)}: {place.worker.said[-2000:]}",
        )
        place.worker.kill()
        seen.append(handled(office, batch_id))
    return seen


def test_three_hundred_cases_move_once_each_though_the_worker_is_killed_half_way(
    fresh_database_url: str,
) -> None:
    files = bundle(
        renamed("wegen"), handed_on(FOR_CARE, "P4D", watched=False), shortened("eerst", "dan")
    )
    with at_work(fresh_database_url, files) as (place, office):
        plain = ["hernoemd", "overgedragen"] * ((CASES - STUCK) // 2)
        cases = [drawn.begun(office, name) for name in plain]
        stuck = [drawn.begun(office, "verkort") for _ in range(STUCK)]
        files = bundle(
            renamed("afwegen"), handed_on(FOR_SAFETY, "P9D", watched=True), shortened("dan")
        )
        second = drawn.publish_files(office, files).number
        forget_mail(office)
        fits = [case.outcome.advance is not None for case in every_preview(office, second)]
        assert Counter(fits) == {True: CASES - STUCK, False: STUCK}

        batch_id = moves.begun(office, second)
        for count in kill_half_way(place, office, batch_id):
            assert 0 < count < CASES
        place.worker.start()
        until(
            lambda: moves.fared(office, batch_id).state == "done" and calm(place.application),
            lambda: f"{moves.fared(office, batch_id)}: {left_over(place.application)}",
        )

        assert dict(moves.fared(office, batch_id).counts) == {
            "moved": CASES - STUCK,
            "failed": STUCK,
        }
        each_moved_once(office, [case.id for case in cases], second)
        for case in cases:
            moves.consistent(office, case.id)
        for case in stuck:
            assert kinds(office, case) == ["gestart"]
            moves.consistent(office, case.id)


def forget_mail(office: Office) -> None:
    """Takes the announcements of all these tasks out of the queue: they would go first."""
    with office.application.sessions.begin() as session:
        session.execute(text("DELETE FROM procrastinate_jobs"))


def every_preview(office: Office, target: int) -> Iterator[moves.CasePreview]:
    after = None
    while True:
        with office.application.sessions.begin() as session:
            page = moves.preview_move(
                session,
                office.application.collaborators,
                request=moves.MoveRequest(target=target),
                actor=moves.publisher(office),
                now=office.clock(),
                after=after,
                limit=500,
            )
        yield from page.cases
        after = page.next_reference
        if after is None:
            return


def each_moved_once(office: Office, ids: list[UUID], number: int) -> None:
    with office.application.sessions() as session:
        told = session.execute(
            select(Event.instance_id, func.count())
            .where(Event.kind == "gemigreerd")
            .group_by(Event.instance_id)
        )
        assert dict(map(tuple, told)) == dict.fromkeys(ids, 1)
        of_case = select(Publication.number).where(Publication.id == Instance.publication_id)
        found = session.execute(
            select(Instance.id, Instance.revision, of_case.scalar_subquery()).where(
                Instance.id.in_(ids)
            )
        )
        assert {(revision, at) for _, revision, at in found} == {(2, number)}
        tasks = session.execute(
            select(Task.element_id, Task.roles, func.count())
            .where(Task.instance_id.in_(ids))
            .group_by(Task.element_id, Task.roles)
        )
        assert sorted((e, roles, count) for e, roles, count in tasks) == [
            ("afwegen", ["af-zorg"], len(ids) // 2),
            ("doen", ["af-veiligheid"], len(ids) // 2),
        ]
        states = select(MigrationItem.state, MigrationItem.reason).distinct()
        assert {state for state, _ in session.execute(states)} == {"moved", "failed"}
