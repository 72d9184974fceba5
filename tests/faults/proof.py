"""What must be true of a database after everything calmed down, whatever was killed."""

from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from service.bootstrap import Application
from service.engine import codec
from service.engine.nodes.activities import UserTask
from service.engine.report import open_work, report
from service.operations.case import open_case
from service.operations.history import event_hash
from service.storage import Event, Instance, Job, MessageOut, Reporter, Task, TaskCandidate
from service.storage.instance import waiting_key
from tests.faults.mailbox import Mailbox
from tests.faults.people import Book

_PERIODIC = ("sweep", "retry_stalled")
_RECEIPT = "Uw melding is ontvangen"


def calm(application: Application) -> bool:
    """Whether the worker has nothing left to do but its clockwork."""
    with application.sessions() as session:
        return not session.scalar(
            text(
                "SELECT count(*) FROM procrastinate_jobs "
                "WHERE status IN ('todo', 'doing') AND task_name <> ALL(:periodic)"
            ),
            {"periodic": list(_PERIODIC)},
        )


def left_over(application: Application) -> list[Any]:
    """Background work that is not finished, for the message of a failing test."""
    with application.sessions() as session:
        return list(
            session.execute(
                text(
                    "SELECT j.id, j.task_name, j.status, j.attempts, j.scheduled_at - now(), "
                    "j.worker_id, w.last_heartbeat - now() FROM procrastinate_jobs j "
                    "LEFT JOIN procrastinate_workers w ON w.id = j.worker_id "
                    "WHERE j.task_name <> ALL(:periodic) LIMIT 20"
                ),
                {"periodic": list(_PERIODIC)},
            )
        )


def prove(application: Application, book: Book) -> None:
    """Everything that was acknowledged is there, once; and every case is whole."""
    with application.sessions() as session:
        _every_signal_is_one_case(session, book)
        _every_completion_is_there_once(session, book)
        for instance in session.scalars(select(Instance)):
            _history_is_whole(session, instance)
            _rows_agree_with_the_engine(session, application, instance)
            _is_registered_once(session, instance)
        _candidates_are_those_of_open_tasks(session)
        _no_background_work_failed(session)


def _every_signal_is_one_case(session: Session, book: Book) -> None:
    found = session.execute(select(Instance.submission_id, Instance.reference)).all()
    told = [(key, answer["reference"]) for key, answer in book.reported.items()]
    assert sorted(map(tuple, found), key=str) == sorted(told, key=str)
    kept = set(session.scalars(select(Reporter.instance_id)))
    assert kept == set(session.scalars(select(Instance.id)))


def _every_completion_is_there_once(session: Session, book: Book) -> None:
    assert max(book.completed.values()) == 1
    states = dict(session.execute(select(Task.id, Task.state)).all())
    assert {key: states.get(key) for key in book.completed} == dict.fromkeys(
        book.completed, "completed"
    )
    done = Counter(
        session.execute(select(Task.instance_id, Task.element_id).where(Task.state == "completed"))
    )
    told = Counter(
        session.execute(
            select(Event.instance_id, Event.element_id).where(Event.kind == "taak_afgerond")
        )
    )
    assert told == done


def _history_is_whole(session: Session, instance: Instance) -> None:
    events = session.scalars(
        select(Event).where(Event.instance_id == instance.id).order_by(Event.seq)
    ).all()
    assert [event.seq for event in events] == list(range(1, instance.event_count + 1))
    head = bytes(32)
    for event in events:
        head = event_hash(head, {c.key: getattr(event, c.key) for c in Event.__table__.columns})
        assert head == event.hash
    assert head == instance.last_hash
    assert all(later.at >= earlier.at for earlier, later in pairwise(events[:2]))


def _rows_agree_with_the_engine(
    session: Session, application: Application, instance: Instance
) -> None:
    case = open_case(session, application.collaborators, instance)
    around = case.published.around(instance.started_at)
    inner = codec.load(case.state, case.published.bundle, around)
    work = open_work(inner)
    by_hand = {key for key, token in work.items() if isinstance(token.task_spec, UserTask)}
    assert by_hand == _keys(session, Task, Task.instance_id == instance.id, Task.state == "open")
    assert set(work) - by_hand == _keys(
        session, Job, Job.instance_id == instance.id, Job.state == "waiting"
    )
    outcome = report(inner, work)
    assert instance.next_due == outcome.next_due
    assert instance.waiting_for == [
        waiting_key(one.name, one.correlation_key) for one in outcome.waiting_for
    ]
    assert instance.waiting_signals == sorted({one.name for one in outcome.waiting_signals})
    assert (instance.status, instance.incident) == (
        "completed" if outcome.ended else "active",
        None,
    )


def _is_registered_once(session: Session, instance: Instance) -> None:
    jobs = session.scalars(select(Job).where(Job.instance_id == instance.id)).all()
    assert {job.state for job in jobs} == {"done"}
    ran = session.scalars(
        select(Event.element_id).where(
            Event.instance_id == instance.id, Event.kind == "taak_uitgevoerd"
        )
    ).all()
    assert Counter(ran) == Counter(job.element_id for job in jobs)
    assert [job.type for job in jobs].count("registreren") == 1


def _candidates_are_those_of_open_tasks(session: Session) -> None:
    rows = session.execute(select(TaskCandidate.task_id, TaskCandidate.role))
    wanted = [
        (task.id, role)
        for task in session.scalars(select(Task).where(Task.state == "open"))
        for role in task.roles
        if role != "melder"
    ]
    assert Counter(rows) == Counter(wanted)


def _no_background_work_failed(session: Session) -> None:
    failed = session.execute(
        text(
            "SELECT task_name, status FROM procrastinate_jobs WHERE status NOT IN ('todo', 'doing')"
        )
    ).all()
    assert failed == []
    assert list(session.scalars(select(MessageOut).where(MessageOut.sent_at.is_(None)))) == []


def prove_mail(application: Application, mail: Mailbox) -> int:
    """Every receipt was written once and arrived; how many mails arrived more than once.

    A mail server cannot take part in a transaction: when the worker or the database is killed
    between the handing over of a mail and the commit, that one mail is sent again.
    """
    with application.sessions() as session:
        sent = session.scalars(select(MessageOut).where(MessageOut.channel == "mail")).all()
        references = dict(session.execute(select(Instance.id, Instance.reference)).all())
        wanting = set(session.scalars(select(Reporter.instance_id).where(Reporter.wants_feedback)))
        named = set(session.scalars(select(Instance.id).where(Instance.reported_by.is_not(None))))
    receipts = [message for message in sent if message.subject == _RECEIPT]
    assert Counter(message.instance_id for message in receipts) == Counter(wanting & named)
    arrived = Counter(_kenmerken(mail.mails, references.values()))
    assert set(arrived) == {references[key] for key in wanting & named}
    assert len(mail.mails) >= len(sent)
    return len(mail.mails) - len(sent)


def _kenmerken(mails: Iterable[str], references: Iterable[str]) -> Iterable[str]:
    known = set(references)
    for mail in mails:
        if _RECEIPT in mail:
            yield from (word.strip(".") for word in mail.split() if word.strip(".") in known)


def _keys(session: Session, table: type[Any], *conditions: Any) -> set[Any]:
    return set(session.scalars(select(table.id).where(*conditions)))
