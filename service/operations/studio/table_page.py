"""A decision table of a draft with its test rows: shown, played and saved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from service import feel
from service.domain.actor import Actor
from service.domain.errors import ExpressionError, InvalidInput, Refused
from service.operations.collaborators import Collaborators
from service.operations.file_kinds import kind_of, require_readable
from service.operations.studio.draft_files import (
    Saved,
    ToSave,
    content_of,
    files_of,
    save_file,
)
from service.operations.studio.drafts import draft_for
from service.operations.studio.merging import Prefer
from service.operations.table_test_file import (
    TableTest,
    path_of_tests,
    read_table_tests,
    write_table_tests,
)
from service.operations.table_tests import AskedTable, PlayedTest, play_tests
from service.storage import Draft


@dataclass(frozen=True, kw_only=True)
class TablePage:
    """A table as its editor shows it."""

    draft: Draft
    path: str
    content: bytes
    revision: int
    name: str
    tests_path: str
    tests_revision: int
    decisions: Mapping[str, str]
    """What its decisions are called, by id."""
    inputs: tuple[str, ...]
    """The paths that it reads."""
    results: tuple[PlayedTest, ...]
    """The test rows, with what became of them."""
    problem: str
    """Why the test rows cannot be read."""


@dataclass(frozen=True, kw_only=True)
class RowsToSave:
    """The test rows of a table as somebody changed them."""

    rows: Sequence[TableTest]
    revision: int
    """The revision from which they were changed."""
    prefer: Prefer | None = None
    """Whose rows count where both changed them."""


def show_table(
    session: Session,
    collaborators: Collaborators,
    *,
    draft_id: UUID,
    path: str,
    actor: Actor,
    now: datetime,
    rows: Sequence[TableTest] | None = None,
) -> TablePage:
    """A table of a draft; ``rows`` are test rows that somebody typed, instead of those kept.

    Raises:
        NotFound: there is no such draft for this actor, or no such table in it.
    """
    draft = draft_for(session, collaborators, draft_id=draft_id, actor=actor)
    content = content_of(session, draft)
    body = content.require(path)
    tested = AskedTable(content.files, path, now=now)
    kept, problem = _kept(content.files, path) if rows is None else (rows, "")
    beside = path_of_tests(path)
    return TablePage(
        draft=draft,
        path=path,
        content=body,
        revision=content.revision(path),
        name=", ".join(tested.decisions.values()) or path,
        tests_path=beside,
        tests_revision=content.revision(beside),
        decisions=tested.decisions,
        inputs=_columns(tested, kept),
        results=tuple(tested.play(test) for test in kept),
        problem=problem,
    )


def play_unsaved(
    session: Session,
    collaborators: Collaborators,
    *,
    draft_id: UUID,
    path: str,
    content: bytes,
    actor: Actor,
    now: datetime,
) -> tuple[PlayedTest, ...]:
    """What becomes of the test rows that are kept, with a table as it stands in an editor.

    Raises:
        NotFound: there is no such draft for this actor.
        Unreadable: this is no table.
        Refused: the test rows cannot be read.
    """
    draft = draft_for(session, collaborators, draft_id=draft_id, actor=actor)
    if kind_of(path) != "table":
        raise InvalidInput(f"{path} is geen beslistabel.")
    require_readable(path, content)
    files = files_of(session, draft)
    beside = path_of_tests(path)
    tests = read_table_tests(files.get(beside, b""), file=beside)
    return play_tests({**files, path: content}, path, tests, now=now)


def save_tests(
    session: Session,
    collaborators: Collaborators,
    *,
    draft_id: UUID,
    path: str,
    changed: RowsToSave,
    actor: Actor,
    now: datetime,
) -> Saved:
    """Keeps test rows beside a table; what fails may be kept, not published.

    Raises:
        NotFound: there is no such draft for this actor, or no such table in it.
        Conflict: the draft has been published or thrown away.
        InvalidInput: a row has no name, or does not say what is expected.
    """
    draft = draft_for(session, collaborators, draft_id=draft_id, actor=actor)
    content_of(session, draft).require(path)
    wrong = {
        f"{number}.{name}": ["Vul dit in."]
        for number, row in enumerate(changed.rows)
        for name, value in (("naam", row.name), ("verwacht", row.expected))
        if not value
    }
    if wrong:
        raise InvalidInput("Geef elke toets een naam en een verwachte uitkomst.", fields=wrong)
    file = ToSave(
        path=path_of_tests(path),
        content=write_table_tests(changed.rows),
        revision=changed.revision,
        prefer=changed.prefer,
    )
    return save_file(session, collaborators, draft_id=draft_id, file=file, actor=actor, now=now)


def as_cell(typed: str) -> str:
    """What somebody typed as FEEL: a value as it is, anything else as a text."""
    text = typed.strip()
    try:
        expression = feel.compile_expression(text) if text else None
    except ExpressionError:
        return feel.feel_text(text)
    return feel.feel_text(text) if expression is not None and expression.names else text


def _kept(content: Mapping[str, bytes], path: str) -> tuple[Sequence[TableTest], str]:
    beside = path_of_tests(path)
    if beside not in content:
        return (), ""
    try:
        return read_table_tests(content[beside], file=beside), ""
    except Refused as error:
        line = error.findings[0].line if error.findings else None
        where = f" (regel {line})" if line else ""
        return (), f"{error}{where}"


def _columns(tested: AskedTable, rows: Sequence[TableTest]) -> tuple[str, ...]:
    """What the table reads, and what the rows still give it."""
    return tuple(dict.fromkeys([*tested.inputs, *(path for row in rows for path in row.inputs)]))
