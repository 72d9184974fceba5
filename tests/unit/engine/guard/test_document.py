"""docs/bpmn.md says what the guard does, no more and no less."""

from tests.unit.engine.guard.document import PAGE, page


def test_the_tables_of_the_page_are_those_of_the_guard() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert text == page(text), "run: python -m tests.unit.engine.guard.document"
