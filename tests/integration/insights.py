"""A small process whose course is known by hand, and what insight shows of it."""

from datetime import date, datetime
from typing import Any

from service.domain.working_days import AMSTERDAM
from service.operations.figures.period import Period
from service.operations.studio.insight.figures import Insight, PathFigures, StepFigures
from service.operations.studio.insight.show import show_insight
from tests.integration import drawn
from tests.integration.conftest import Office
from tests.integration.drawn import FOR_CARE
from tests.unit.engine.diagrams import (
    END,
    START,
    boundary,
    chain,
    flow,
    gateway,
    timer,
    user,
)

MARCH = Period(first=date(2026, 3, 1), until=date(2026, 4, 1))
TWO_DAYS = (
    f'{FOR_CARE}<zeebe:taskSchedule dueDate="=na_normtijd(now(), gemeente.normtijden.triage)"/>'
)
BODY = (
    START
    + user("toetsen", TWO_DAYS)
    + gateway("exclusive", "akkoord", default="nee")
    + user("herstellen", FOR_CARE)
    + boundary("na_een_week", "herstellen", timer("P7D"))
    + END
    + '<endEvent id="einde_verlopen" name="Verlopen"/>'
    + chain("begin", "toetsen")
    + flow("toetsen", "akkoord", key="verder")
    + flow("akkoord", "einde", when='=akkoord = "ja"', key="ja")
    + flow("akkoord", "herstellen", key="nee")
    + flow("herstellen", "einde", key="hersteld")
    + flow("na_een_week", "einde_verlopen", key="opgegeven")
)


def published(office: Office, body: str = BODY) -> None:
    drawn.publish_process(office, body)


def judged(office: Office, reference: str, answer: str) -> None:
    """Somebody judges; ``ja`` ends the case, ``nee`` sends it back."""
    _done(office, reference, "toetsen", akkoord=answer)


def repaired(office: Office, reference: str) -> None:
    _done(office, reference, "herstellen")


def begun(office: Office) -> str:
    return drawn.begun(office).reference


def at(office: Office, day: int, hour: int, minute: int = 0, month: int = 3) -> None:
    """Moves the clock to a moment of 2026, and lets happen what is due."""
    office.clock.moment = datetime(2026, month, day, hour, minute, tzinfo=AMSTERDAM)
    office.later()


def seen(
    office: Office, by: str = "functioneel-beheer", *, period: Period = MARCH, **more: Any
) -> Insight:
    with office.application.sessions() as session:
        return show_insight(
            session,
            office.application.collaborators,
            process_id=more.pop("process_id", "proces"),
            period=period,
            actor=office.person(by),
            now=office.clock(),
            **more,
        )


def step(shown: Insight, element_id: str) -> StepFigures:
    [found] = [one for one in shown.steps if one.element_id == element_id]
    return found


def path(shown: Insight, element_id: str) -> PathFigures:
    [found] = [one for one in shown.paths if one.element_id == element_id]
    return found


def _done(office: Office, reference: str, element_id: str, **answers: Any) -> None:
    instance = office.instance(reference)
    office.complete("af-zorg", drawn.open_task(office, instance, element_id), **answers)
