"""The main job, end to end, in the words of the people who do it."""

from tests.integration.conftest import Office


def test_reported(office: Office) -> None:
    reported = office.report()
    print(reported, office.open_tasks(reported.reference), office.inbox("af-zorg"))
