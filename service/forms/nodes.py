"""What a template needs to draw a form, with nothing left to decide."""

from dataclasses import dataclass


class SafeHtml(str):
    """HTML made by ourselves from escaped text; Jinja does not escape it again."""

    __slots__ = ()

    def __html__(self) -> str:
        """The protocol by which templates know safe text."""
        return str(self)


@dataclass(frozen=True, kw_only=True)
class Node:
    """One part of the drawn form."""

    kind: str
    """Which macro draws it: the type of the component."""
    html_id: str
    hidden: bool = False
    """A condition hides it now; a page without JavaScript shows it all the same."""
    hide_when: str = ""
    """The source of its own condition, "" without one."""
    columns: int | None = None
    """The width in a grid of 16, None for the whole row."""


@dataclass(frozen=True, kw_only=True)
class OptionNode:
    """One choice."""

    html_id: str
    value: str
    label: str
    checked: bool


@dataclass(frozen=True, kw_only=True)
class FieldNode(Node):
    """One question."""

    name: str
    """The name to post, which is also the path of its errors."""
    label: str
    description: str = ""
    required: bool = False
    required_when: str = ""
    """The source of the condition that makes it required, "" without one."""
    readonly: bool = False
    value: str = ""
    """For the ``value`` attribute or the content of a text area."""
    text: str = ""
    """The answer in words, for readonly fields."""
    checked: bool = False
    options: tuple[OptionNode, ...] = ()
    error: str = ""
    """All messages, joined; "" without any."""
    description_id: str = ""
    error_id: str = ""
    describedby: str = ""
    """For ``aria-describedby``: the ids of description and error that are really there."""
    proposal: str = ""
    """The proposed answer in words, "" without one."""
    input_type: str = "text"
    inputmode: str = ""
    autocomplete: str = ""
    prefix: str = ""
    suffix: str = ""
    minimum: str = ""
    maximum: str = ""
    step: str = ""
    min_length: int | None = None
    max_length: int | None = None
    multiple: bool = False
    accept: str = ""
    attachments: tuple[str, ...] = ()
    """Ids of files already sent, for a filepicker."""


@dataclass(frozen=True, kw_only=True)
class TextNode(Node):
    """Text between the questions."""

    html: SafeHtml


@dataclass(frozen=True, kw_only=True)
class SpacerNode(Node):
    """Empty room."""

    height: int


@dataclass(frozen=True, kw_only=True)
class GroupNode(Node):
    """Questions under one legend."""

    label: str
    children: tuple[Node, ...]
    note: str = ""
    """That one of the questions must be answered, "" when that is not so."""


@dataclass(frozen=True, kw_only=True)
class RowNode:
    """One row of a list."""

    html_id: str
    number: int
    """Counted from 1, for the legend."""
    label: str
    children: tuple[Node, ...]
    remove_value: str
    """The value of the remove button; "" when the row may not go."""


@dataclass(frozen=True, kw_only=True)
class ListNode(Node):
    """Questions that repeat."""

    name: str
    label: str
    rows: tuple[RowNode, ...]
    add_name: str
    """The ``name`` of the button that adds a row."""
    add_value: str
    """The value of the add button; "" when the list is full."""
    remove_name: str
    error: str = ""
    error_id: str = ""
    describedby: str = ""


@dataclass(frozen=True, kw_only=True)
class ErrorLink:
    """One line of the error summary above a form."""

    html_id: str
    """What to jump to, "" for an error without a field."""
    label: str
    message: str


@dataclass(frozen=True, kw_only=True)
class RenderModel:
    """A form, ready to be drawn."""

    form_id: str
    title: str
    nodes: tuple[Node, ...]
    errors: tuple[ErrorLink, ...]
    reacts: bool
    """Whether an answer can change what is asked: only then the page posts on change."""
    has_files: bool
