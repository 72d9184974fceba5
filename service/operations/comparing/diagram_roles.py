"""Who does a step of a diagram, and what they see by that."""

from collections.abc import Iterator

from service.operations.comparing.around import Around
from service.operations.comparing.diagram import LANE
from service.operations.comparing.diagram_names import called, name_of
from service.operations.comparing.telling import enumerated
from service.operations.comparing.tree import Key, Tree, local

GROUPS = "candidateGroups"


def groups_of(tree: Tree, step: Key) -> str:
    """The roles or the formula that a step names itself; empty when its lane decides."""
    node = tree.one(step, "extensionElements", "assignmentDefinition")
    return str(node.values.get(GROUPS, "")).strip() if node else ""


def who(tree: Tree, step: Key, around: Around) -> str:
    """``rol Burgerzaken``, ``wie ‘routering.groepen’ aanwijst``, or empty when nobody does it."""
    groups = groups_of(tree, step)
    if groups.startswith("="):
        return f"wie ‘{groups[1:].strip()}’ aanwijst"
    names = [_role(tree, role, around) for role in roles_of(tree, step)]
    return f"rol {enumerated(names)}" if names else ""


def lane_of(tree: Tree, step: Key, around: Around) -> str:
    """The name of the lane in which a step is drawn."""
    entry = tree.nodes.get((LANE, step[0]))
    return _role(tree, entry.parent[0], around) if entry and entry.parent else "geen rol"


def roles_of(tree: Tree, step: Key) -> tuple[str, ...]:
    """The ids of the roles that do a step, as far as the diagram names them."""
    groups = groups_of(tree, step)
    if groups.startswith("="):
        return ()
    if groups:
        return tuple(role.strip() for role in groups.split(","))
    entry = tree.nodes.get((LANE, step[0]))
    lane = tree.nodes.get(entry.parent) if entry and entry.parent else None
    return (lane.key[0],) if lane and local(lane.tag) == "lane" else ()


def newly_seen(tree: Tree, step: Key, before: tuple[str, ...], around: Around) -> Iterator[str]:
    """Who does a step sees its whole form: what its new roles do not see elsewhere."""
    form = tree.one(step, "extensionElements", "formDefinition")
    if form is None:
        return
    process = next((n.key[0] for n in tree.up(step) if local(n.tag) == "process"), "")
    asked = around.domains_of_form(process, str(form.values.get("formId", "")))
    for role in roles_of(tree, step):
        if role in before:
            continue
        for domain in sorted({*asked} - around.domains.get(role, frozenset()) - {"melder"}):
            what = f"bij {called(tree, step)} {_listed(asked[domain])}"
            yield f"Nieuwe rol ziet {domain}: {_role(tree, role, around)} ziet {what}"


def _role(tree: Tree, role: str, around: Around) -> str:
    lane = tree.nodes.get((role,))
    return around.role(role) or (name_of(lane) if lane else "") or role


def _listed(questions: tuple[str, ...]) -> str:
    few = [f"‘{one}’" for one in questions[:3]]
    more = len(questions) - len(few)
    return enumerated([*few, f"nog {more}"] if more else few)
