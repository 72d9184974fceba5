"""A file that came or went as a whole, in one sentence."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from service.domain.errors import Unreadable
from service.operations.comparing.diagram_names import name_of
from service.operations.comparing.form import COMPONENT, question_of
from service.operations.comparing.kinds import KINDS
from service.operations.comparing.telling import enumerated
from service.operations.comparing.tree import Tree, local

_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "diagram": "proces",
        "table": "beslistabel",
        "form": "formulier",
        "profile": "profiel",
        "scenario": "toets",
        "table_tests": "toetsregels",
    }
)


def whole(path: str, kind: str, name: str, content: bytes, *, new: bool) -> str:
    """``Nieuw: formulier *Triage*, met *Is dit bruikbaar?* en *Waarom?*.``"""
    try:
        inside = list(_inside(kind, KINDS[kind].read(content, file=path)))
    except Unreadable:
        inside = []
    what = f", met {enumerated(inside)}" if inside else ""
    return f"{'Nieuw' if new else 'Vervalt'}: {_WORDS[kind]} *{name}*{what}."


def _inside(kind: str, tree: Tree) -> Iterator[str]:
    """What people look for in it: the tasks, the questions, how many rules."""
    if kind == "table":
        rules = sum(local(node.tag) == "rule" for node in tree.nodes.values())
        yield f"{rules} {'regel' if rules == 1 else 'regels'}"
    for node in tree.nodes.values():
        if kind == "diagram" and local(node.tag) == "userTask":
            yield f"*{name_of(node) or node.key[0]}*"
        elif kind == "form" and node.tag == COMPONENT and node.values.get("type") != "text":
            yield f"*{question_of(node)}*"
