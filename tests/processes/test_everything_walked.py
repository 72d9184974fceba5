"""Every sequence flow and boundary event of every diagram is walked by a scenario."""

from service.operations.scenario.coverage import DiagramCoverage, coverage, percentage
from service.operations.scenario.walk_all import walk_all
from tests.processes.stage import FILES, repertoire


def test_every_flow_and_every_event_on_an_edge_is_walked_by_a_scenario() -> None:
    walked, failed = walk_all(repertoire(), FILES)
    assert failed == []
    found = coverage(repertoire().published.bundle.processes.values(), walked)
    assert [missing for one in found for missing in _told(one)] == []
    assert percentage(found) == 100


def _told(one: DiagramCoverage) -> list[str]:
    return [f"{one.process_id}: {missing}" for missing in one.missing]
