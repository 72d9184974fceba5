"""The pages per role say what the diagrams say, for every role there is."""

from pathlib import Path

import pytest

from service.domain.actor import REPORTER_ROLE
from tests.unit.handleiding.content import example, tasks
from tests.unit.handleiding.document import page, pages, roles_with_a_page


@pytest.mark.parametrize("path", pages(), ids=lambda path: path.stem)
def test_a_page_says_what_the_diagrams_say(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == page(path), (
        "run: python -m tests.unit.handleiding.document"
    )


def test_every_role_has_a_page() -> None:
    assert roles_with_a_page() == set(example().roles)


def test_every_task_is_on_the_page_of_a_role() -> None:
    everybody = roles_with_a_page() | {REPORTER_ROLE}
    assert [task.name for task in tasks() if not task.roles & everybody] == []


def test_every_task_says_what_to_do() -> None:
    assert [task.name for task in tasks() if len(task.told) < len("Doe dit.")] == []
