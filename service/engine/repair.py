"""Repair of a case by hand: pure functions from a state to the next, as all steps are.

A step that failed was undone as a whole, so trying again is that step once more, after
``set_variable`` where a value was wrong.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from service.domain.errors import Conflict, InvalidInput, NotFound
from service.engine.advance import Advance, Surroundings
from service.engine.bundle import CompiledBundle
from service.engine.nodes.base import cancel
from service.engine.nodes.gateways import EventGateway, Join
from service.engine.report import open_work, report
from service.engine.scope import RESERVED, checked, placed
from service.engine.spiff import WAITING, Task, add_child, make_ready, update
from service.engine.steps import opened_case, telling
from service.engine.tokens import is_armed, is_free, workflows
from service.engine.workflow import Instance, Running


def move_token(
    bundle: CompiledBundle,
    state: bytes,
    *,
    token_id: UUID,
    to: str,
    around: Surroundings,
) -> Advance:
    """Takes a token away, with all that runs under it, and lets one arrive at another element.

    Raises:
        NotFound: there is no such token.
        Conflict: the case has ended, or the token only waits beside something else.
        InvalidInput: nothing can arrive at that element in the token's own scope.
    """
    case = opened_case(bundle, state, around)
    before = open_work(case)
    task = _found(case, token_id)
    if not is_free(task):
        raise Conflict("Dit hoort bij een andere stap; verplaats die stap.")
    with telling(case):
        _arrive(task.workflow, to, instead=task)
        case.run()
        return report(case, before)


def redo(
    bundle: CompiledBundle, state: bytes, *, element_id: str, scope: str, around: Surroundings
) -> Advance:
    """Lets one more token arrive at an element, in a scope that still runs.

    Raises:
        NotFound: no such scope runs.
        Conflict: the case has ended.
        InvalidInput: nothing can arrive at that element in this scope.
    """
    case = opened_case(bundle, state, around)
    before = open_work(case)
    workflow = next((w for w in workflows(case) if w.path == scope), None)
    if workflow is None:
        raise NotFound("Dit deel van de zaak loopt niet (meer).")
    with telling(case):
        _arrive(workflow, element_id)
        case.run()
        return report(case, before)


def skip(bundle: CompiledBundle, state: bytes, *, token_id: UUID, around: Surroundings) -> Advance:
    """Lets a token go on as if its element were done; it and what runs inside is cancelled.

    Raises:
        NotFound: there is no such token.
        Conflict: the case has ended, or the token only waits beside something else.
    """
    case = opened_case(bundle, state, around)
    before = open_work(case)
    task = _found(case, token_id)
    if is_armed(task) or isinstance(task.task_spec, EventGateway):
        raise Conflict("Hier is niets om over te slaan; verplaats de zaak naar een andere stap.")
    with telling(case):
        _pass_by(task)
        case.run()
        return report(case, before)


def set_variable(
    bundle: CompiledBundle, state: bytes, *, path: str, value: Any, around: Surroundings
) -> Advance:
    """Writes one variable of the case; conditions that wait for it are looked at.

    Raises:
        Conflict: the case has ended.
        InvalidInput: the value cannot be kept, or the name is not free.
    """
    name, *rest = path.split(".")
    if name == RESERVED or not all(part.isidentifier() for part in (name, *rest)):
        raise InvalidInput(f"{path!r} is geen naam van een gegeven.")
    case = opened_case(bundle, state, around)
    before = open_work(case)
    kept: Mapping[str, Any] = checked({name: value})
    with telling(case):
        case.data[name] = placed(case.data.get(name), rest, kept[name])
        case.changed = True
        case.run()
        return report(case, before)


def cancel_instance(bundle: CompiledBundle, state: bytes, *, around: Surroundings) -> Advance:
    """Ends a case where it stands; nothing is undone and no end event is reached.

    Raises:
        Conflict: the case has ended.
    """
    case = opened_case(bundle, state, around)
    before = open_work(case)
    case.cancel_tokens()
    case.completed = True
    case.undoable = []
    return report(case, before)


def _found(case: Instance, token_id: UUID) -> Task:
    task = case.find(token_id)
    if task is None or not task.task_spec.element.type:
        raise NotFound("Hier staat de zaak niet (meer); ververs de pagina.")
    return task


def _arrive(workflow: Running, element_id: str, instead: Task | None = None) -> None:
    node = workflow.spec.node(element_id) if workflow.spec.has(element_id) else None
    if node is None or not node.can_be_entered:
        raise InvalidInput(f"Bij {element_id!r} kan de zaak in dit deel niet aankomen.")
    token = add_child(workflow.task_tree, node)
    if instead is not None:
        cancel(instead)
    update(token)
    workflow.settle()


def _pass_by(task: Task) -> None:
    node = task.task_spec
    if isinstance(node, Join) and task.state == WAITING:
        make_ready(task)
        return
    if task.state == WAITING:
        node.fire(task)
        return
    for member in task.children:
        cancel(member)
    node.abandoned(task)
    task.complete()
