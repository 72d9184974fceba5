"""What a kind of file must tell before it can be merged and compared."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from typing import Any

from service.operations.comparing.tree import ROOT, Key, Node, Reference, Tree


class _Mark:
    """A value that no file can hold."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __repr__(self) -> str:
        return self._name


ABSENT = _Mark("ABSENT")
"""The value of what is not there."""
CLASH = _Mark("CLASH")
"""No value does justice to both."""
ORDER = "#order"
"""Named like a value: the order of what lies within a node."""
PLACE = "#place"
"""Named like a value: what a node lies in."""
TAG = "#tag"
"""Named like a value: what a node is."""


class Tangled(Exception):
    """Two changes that cannot stand in one file, whatever part is taken from whom."""


class Kind(ABC):
    """One kind of file: how it becomes nodes and a file again, and what its parts are called."""

    @abstractmethod
    def read(self, content: bytes, *, file: str, like: Tree | None = None) -> Tree:
        """The nodes of a file; what has no name of its own gets the key of its equal in ``like``.

        Raises:
            Unreadable: no file of its kind.
        """

    @abstractmethod
    def write(self, tree: Tree, *, mine: bytes, theirs: bytes) -> bytes:
        """The file, laid out as ``mine``.

        Raises:
            Tangled: these nodes make no file.
        """

    def references(self, node: Node) -> Iterator[tuple[Reference, bool]]:  # noqa: ARG002
        """What a node names, and whether to name it means to count on it."""
        yield from ()

    def follows(self, node: Node) -> bool:  # noqa: ARG002
        """Whether a node only follows others, like the drawing of a step: never in one's way."""
        return False

    def ordered(self, node: Node) -> bool:  # noqa: ARG002
        """Whether the order of what lies within a node means something."""
        return False

    def settle(self, node: Node, name: str, base: Any, mine: Any, theirs: Any) -> Any:  # noqa: ARG002
        """One value for a value that both changed, or ``CLASH``."""
        return CLASH

    def finish(self, tree: Tree) -> Tree:
        """A merged tree with what follows from it brought up to date."""
        return tree

    @abstractmethod
    def owner(self, tree: Tree, key: Key) -> Key:
        """The nearest thing that people have a word for: the step of which this is a detail."""

    @abstractmethod
    def called(self, tree: Tree, key: Key) -> str:
        """What people call the owner of a node: ``*Triage*``."""

    @abstractmethod
    def aspect(self, tree: Tree, node: Node, name: str) -> str:
        """What people call a value of a node, with a capital: ``Termijn``."""

    def value_called(self, tree: Tree, node: Node, name: str) -> str:
        """``Termijn van *Triage*``."""
        return f"{self.aspect(tree, node, name)} van {self.called(tree, node.key)}"

    def shown(self, tree: Tree, node: Node, name: str, value: Any) -> str:  # noqa: ARG002
        """A value as people read it."""
        return in_words(value)


def in_words(value: Any) -> str:
    """A value of a file as a Dutch reader expects it."""
    if value in (ABSENT, None, ""):
        return "niets"
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, list | tuple):
        return ", ".join(in_words(one) for one in value) or "niets"
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {in_words(one)}" for name, one in value.items()) or "niets"
    return str(value)


def quoted(value: str) -> str:
    """A value between quotation marks; *niets* stands without them."""
    return value if value == "niets" else f"‘{value}’"


def bare() -> Tree:
    """The tree of a file that is not there."""
    return Tree(nodes={ROOT: Node(key=ROOT, tag="", parent=None, values={})})
