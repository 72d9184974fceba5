"""A Bibob test on a database: begun by hand, and counted by its outcome."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from service.domain.errors import NotFound
from service.operations.startable import begin_by_hand
from service.storage import Fact
from tests.integration.conftest import Office


def begun_by(office: Office, role: str) -> None:
    office.act(begin_by_hand, role, process_id="bibob_toets", submission_id=uuid4())


@pytest.mark.parametrize("role", ["vergunningen", "bibob"])
def test_who_handles_the_application_begins_it_and_its_outcome_counts(
    office: Office, role: str
) -> None:
    begun_by(office, role)
    application = {
        "soort": "exploitatie",
        "fase": "aanvraag",
        "tip": "geen",
        "zaaknummer": "Z-2026-0142",
    }
    office.do(role, "aanvraag_vastleggen", bibob_aanvraag=application)
    with office.application.sessions() as session:
        facts = session.scalars(select(Fact.value).where(Fact.name == "bibob.uitkomst"))
        assert list(facts) == ["geen_toets"]


def test_nobody_else_begins_it(office: Office) -> None:
    with pytest.raises(NotFound):
        begun_by(office, "burgerzaken")
