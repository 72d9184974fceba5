"""Processes that begin by the clock, and a clock to move for them."""

import re
from datetime import datetime
from functools import partial
from uuid import UUID

from sqlalchemy import select

from service.domain.working_days import AMSTERDAM
from service.operations import bundle_files
from service.operations.list_starts import AutomaticStart, list_starts
from service.operations.retry_start import retry_start
from service.operations.start_due import start_due
from service.storage import ScheduledStart
from tests.integration import drawn
from tests.integration.carried import cases_of
from tests.integration.conftest import DEMO, Office
from tests.integration.drawn import FOR_CARE
from tests.integration.test_two_at_once import Act
from tests.unit.engine.diagrams import END, bpmn, chain, flow, gateway, timer, user

DAILY = "R/P1D"
WORKING_DAYS = "=werkdagen_na(now(), 1)"
HOURLY = "R/PT1H"
LONGER = user("daarna", FOR_CARE)


def begins(when: str, kind: str = "timeCycle", *, then: str = "doen") -> str:
    """A process that begins by the clock."""
    return (
        f'<startEvent id="op_tijd" name="Op tijd">{timer(when, kind)}</startEvent>'
        + user(then, FOR_CARE)
        + END
        + chain("op_tijd", then, "einde")
    )


def stumbles(when: str) -> str:
    """One that cannot take its first step."""
    return (
        f'<startEvent id="op_tijd" name="Op tijd">{timer(when, "timeCycle")}</startEvent>'
        + gateway("exclusive", "hoeveel", default="anders")
        + user("veel", FOR_CARE)
        + END
        + chain("op_tijd", "hoeveel")
        + flow("hoeveel", "veel", when="=number(registratie.kenmerk) &gt; 5")
        + flow("hoeveel", "einde", key="anders")
        + chain("veel", "einde")
    )


def published(office: Office, *, profile: tuple[str, str] | None = None, **bodies: str) -> None:
    """Publishes these processes; ``profile`` is a text of the profile and what replaces it.

    What the municipality itself does by the clock begins in a far future, and not meanwhile.
    """
    files = {f"processes/{key}/{key}.bpmn": bpmn(body, "", key) for key, body in bodies.items()}
    text = bundle_files.read_bundled(DEMO)[bundle_files.PROFILE].decode()
    text = re.sub(r"(?m)^eerste = 20", "eerste = 30", text)
    if profile is not None:
        assert profile[0] in text
        text = text.replace(*profile)
    files[bundle_files.PROFILE] = text.encode()
    drawn.publish_files(office, files)


def planned(office: Office, process_id: str = "proces") -> ScheduledStart:
    with office.application.sessions() as session:
        return session.scalars(
            select(ScheduledStart).where(ScheduledStart.process_id == process_id)
        ).one()


def next_of(office: Office, process_id: str = "proces") -> datetime | None:
    at = planned(office, process_id).next_at
    return at.astimezone(AMSTERDAM) if at else None


def until(office: Office, moment: datetime) -> None:
    """Moves the clock to a moment and lets everything happen that is due then."""
    office.clock.moment = moment
    office.later()


def at(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=AMSTERDAM)


def begun_at(office: Office, process_id: str = "proces") -> list[datetime]:
    cases = cases_of(office, process_id)
    return sorted(case.started_at.astimezone(AMSTERDAM) for case in cases)


def starting(office: Office, process_id: str = "proces") -> Act:
    return partial(
        start_due,
        collaborators=office.application.collaborators,
        start_id=planned(office, process_id).id,
        now=office.clock(),
    )


def listed(office: Office, role: str = "functioneel-beheer") -> list[AutomaticStart]:
    """What is listed besides the processes of the demo municipality itself."""
    starts = office.act(list_starts, role)
    own = {path.split("/")[1] for path in bundle_files.read_bundled(DEMO) if path.count("/") == 2}
    return [start for start in starts if start.process_id not in own]


def retried(office: Office, start_id: UUID, role: str = "functioneel-beheer") -> None:
    office.act(retry_start, role, start_id=start_id)
