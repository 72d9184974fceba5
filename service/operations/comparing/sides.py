"""Both versions of a file beside each other, for who wants to see more than sentences."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from service.operations.comparing.comparing import FileChange
from service.operations.comparing.form import COMPONENT, question_of
from service.operations.comparing.form_words import TYPES
from service.operations.comparing.kinds import KINDS
from service.operations.comparing.table import cell_key, column_name, columns_of, text_of
from service.operations.comparing.table_words import HIT_POLICIES
from service.operations.comparing.tree import ROOT, Key, Tree, local


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question or text of a form."""

    text: str
    about: str
    """Of what kind it is, and whether it must be answered."""
    depth: int
    """How many groups or lists it lies in."""
    mark: str | None


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One cell of a table."""

    text: str
    mark: str | None


@dataclass(frozen=True, kw_only=True)
class Row:
    """One rule."""

    cells: tuple[Cell, ...]
    mark: str | None


@dataclass(frozen=True, kw_only=True)
class Rules:
    """One decision table."""

    name: str
    which: str
    """Which rule counts."""
    columns: tuple[Cell, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, kw_only=True)
class Side:
    """One version of a file; of what it is not, there is nothing."""

    xml: str | None = None
    """A diagram."""
    questions: tuple[Question, ...] = ()
    tables: tuple[Rules, ...] = ()


def side_of(change: FileChange, content: bytes | None) -> Side:
    """One version of a file that changed; an empty side when the file is not there.

    Raises:
        Unreadable: it is no file of its kind.
    """
    if content is None:
        return Side()
    if change.kind == "diagram":
        return Side(xml=content.decode())
    tree = KINDS[change.kind].read(content, file=change.path)
    if change.kind == "form":
        return Side(questions=tuple(_questions(tree, ROOT, 0, change.marks)))
    if change.kind == "table":
        return Side(tables=tuple(_tables(tree, change.marks)))
    return Side()


def _questions(tree: Tree, key: Key, depth: int, marks: Mapping[str, str]) -> Iterator[Question]:
    for node in tree.within(key):
        if node.tag != COMPONENT:
            continue
        about = [TYPES.get(str(node.values.get("type")), "")]
        about += ["verplicht"] if node.values.get("validate/required") else []
        yield Question(
            text=question_of(node),
            about=", ".join(one for one in about if one),
            depth=depth,
            mark=marks.get(node.key[-1]),
        )
        yield from _questions(tree, node.key, depth + 1, marks)


def _tables(tree: Tree, marks: Mapping[str, str]) -> Iterator[Rules]:
    for node in tree.nodes.values():
        if local(node.tag) != "decisionTable":
            continue
        decision = tree.nodes[node.parent or ROOT]
        columns = columns_of(tree, node.key)
        yield Rules(
            name=str(decision.values.get("name") or decision.key[-1]),
            which=HIT_POLICIES.get(str(node.values.get("hitPolicy", "UNIQUE")), ""),
            columns=tuple(
                Cell(text=column_name(tree, one), mark=marks.get(one.key[-1])) for one in columns
            ),
            rows=tuple(_rows(tree, node.key, marks)),
        )


def _rows(tree: Tree, table: Key, marks: Mapping[str, str]) -> Iterator[Row]:
    columns = columns_of(tree, table)
    for rule in tree.within(table):
        if local(rule.tag) != "rule":
            continue
        keys = [cell_key(rule, column) for column in columns]
        ids = [
            str(tree.nodes[key].values.get("id", "")) if key in tree.nodes else "" for key in keys
        ]
        yield Row(
            cells=tuple(
                Cell(text=text_of(tree, key), mark=marks.get(own))
                for key, own in zip(keys, ids, strict=True)
            ),
            mark=marks.get(rule.key[-1]),
        )
