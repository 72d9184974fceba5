"""Variables: one scope per process or called process, and locals for the activities inside.

A name is looked up from the inside out: the locals of the token, those of the embedded
subprocesses around it, the scope of its process, and ``gemeente`` above all. Values are never
changed in place, so they may be shared; a change makes new containers along its path.
"""

import math
from collections import ChainMap
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

from service.domain.errors import ExpressionError, Incident, InvalidInput
from service.engine.elements import Element
from service.engine.expressions import Formula
from service.engine.spiff import Task
from service.feel import Environment, YearMonthDuration
from service.feel.temporal_text import duration_text

RESERVED: Final = "gemeente"
MAX_DEPTH: Final = 64
_SIMPLE: Final = (str, Decimal, date, datetime, time, timedelta, YearMonthDuration, type(None))
Layer = dict[str, Any]


def outer_layers(task: Task) -> list[Layer]:
    """The locals around a token, innermost first; the scope of its process comes last."""
    layers = []
    workflow = task.workflow
    while workflow.embedded:
        layers.append(workflow.parent_task.data)
        workflow = workflow.parent_task.workflow
    return [*layers, workflow.data]


def visible(task: Task) -> Mapping[str, Any]:
    """Everything that an expression of the token's element can read."""
    gemeente = {RESERVED: task.workflow.top_workflow.around.gemeente}
    return ChainMap(gemeente, task.data, *outer_layers(task))


def flattened(task: Task) -> dict[str, Any]:
    """The variables that a form or handler of this token may show."""
    found: dict[str, Any] = {}
    for layer in reversed(outer_layers(task)):
        found |= layer
    return found | task.data


def evaluate(task: Task, formula: Formula) -> Any:
    """What a formula of the token's element yields.

    Raises:
        Incident: naming the element, when it yields null and says why, or exceeds a bound.
    """
    return _attempt(task, formula, formula.value)


def true_now(task: Task, formula: Formula) -> bool:
    """Whether a condition holds; what cannot be said yet, for want of a variable, does not.

    Raises:
        Incident: it yields something else than true, false or null, or exceeds a bound.
    """
    value = _attempt(task, formula, _leniently(formula))
    if value is not None and not isinstance(value, bool):
        raise incident(task.task_spec.element, f"={formula.text} zegt niet waar of onwaar.")
    return value is True


def _leniently(formula: Formula) -> Callable[[Mapping[str, Any], Environment], Any]:
    expression = formula.expression
    if expression is None:
        return formula.value
    return lambda scope, env: expression.evaluate(scope, env).value


def evaluate_mapping(task: Task, formula: Formula) -> Any:
    """What the source of a mapping yields; null when it names something that is not there.

    Raises:
        Incident: as ``evaluate``.
    """
    return _attempt(task, formula, formula.mapped)


def _attempt(
    task: Task, formula: Formula, yields: Callable[[Mapping[str, Any], Environment], Any]
) -> Any:
    try:
        return yields(visible(task), task.workflow.top_workflow.env)
    except ExpressionError as error:
        raise incident(task.task_spec.element, f"={formula.text}: {error}") from error


def incident(element: Element, reason: str) -> Incident:
    """Why a case cannot take its next step."""
    return Incident(f"{element.name or element.id}: {reason}", element_id=element.id)


def checked(values: Mapping[str, Any]) -> dict[str, Any]:
    """Variables from outside, copied.

    Raises:
        InvalidInput: something in them cannot be kept, or would replace ``gemeente``.
    """
    if not isinstance(values, Mapping):
        raise InvalidInput("Antwoorden zijn een object met namen en waarden.")
    if RESERVED in values:
        raise InvalidInput("De naam 'gemeente' is van de instellingen; kies een andere.")
    found: dict[str, Any] = plain(values)
    return found


def plain(value: Any, depth: int = 0) -> Any:
    """A copy that can be kept: JSON, or a FEEL value other than a function or range.

    Raises:
        InvalidInput: it is something else, or too deep.
    """
    if value is True or value is False or type(value) in _SIMPLE:
        return value
    if depth > MAX_DEPTH:
        raise InvalidInput("Een waarde is te diep genest.")
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) for key in value):
            raise InvalidInput("De naam van een gegeven is een tekst.")
        return {key: plain(item, depth + 1) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item, depth + 1) for item in value]
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, int) or (isinstance(value, float) and math.isfinite(value)):
        return value
    raise InvalidInput(f"Een waarde van soort {type(value).__name__} kan niet worden bewaard.")


def spelled(value: Any) -> str:
    """A simple value as text: numbers without needless zeros, times and durations as ISO 8601."""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta | YearMonthDuration):
        return duration_text(value)
    return str(value)


def merged(old: Any, new: Any) -> Any:
    """``new`` laid over ``old``: contexts merge key by key, anything else is replaced."""
    if not isinstance(old, dict) or not isinstance(new, dict):
        return new
    return {**old, **{key: merged(old.get(key), value) for key, value in new.items()}}


def placed(old: Any, path: list[str], value: Any) -> Any:
    """``old`` with ``value`` at a path."""
    if not path:
        return value
    base = old if isinstance(old, dict) else {}
    return {**base, path[0]: placed(base.get(path[0]), path[1:], value)}


def assign(task: Task, layers: list[Layer], path: str, value: Any) -> None:
    """Sets a variable where its name is known, else in the outermost of the layers.

    Raises:
        Incident: the value cannot be kept, or the name is reserved.
    """
    name, *rest = path.split(".")
    if name == RESERVED:
        raise incident(task.task_spec.element, "'gemeente' kan niet worden veranderd.")
    kept = keepable(task, path, value)
    layer = next((layer for layer in layers if name in layer), layers[-1])
    layer[name] = placed(layer.get(name), rest, kept)
    task.workflow.wrote(layer, name)


def keepable(task: Task, name: str, value: Any) -> Any:
    """A computed value as it can be kept.

    Raises:
        Incident: it is a function or a range, or goes too deep.
    """
    try:
        return plain(value)
    except InvalidInput as error:
        raise incident(task.task_spec.element, f"{name}: {error}") from error


def merge_result(task: Task, values: Mapping[str, Any]) -> None:
    """Lays answers or a result over the variables.

    With output mappings they stay local, for the mappings to read; otherwise each name merges
    where it is known, else into the scope of the process.
    """
    layers = [task.data, *outer_layers(task)]
    if task.task_spec.element.outputs:
        layers = [task.data]
    for name, value in values.items():
        layer = next((layer for layer in layers if name in layer), layers[-1])
        layer[name] = merged(layer.get(name), value)
        task.workflow.wrote(layer, name)


def set_result(task: Task, path: str, value: Any) -> None:
    """Sets the result variable of a task; local when it has output mappings."""
    outputs = task.task_spec.element.outputs
    layers = [task.data] if outputs else [task.data, *outer_layers(task)]
    assign(task, layers, path, value)


def apply_inputs(task: Task) -> None:
    """Makes a local of each input mapping, in order; a later one can read an earlier one."""
    for mapping in task.task_spec.element.inputs:
        assign(task, [task.data], mapping.target, evaluate_mapping(task, mapping.source))


def apply_outputs(task: Task) -> None:
    """Sets what the output mappings say outside the activity."""
    layers = outer_layers(task)
    if "index" in task.internal_data:  # What an instance of a repetition has of its own.
        layers = [task.data, *layers]
    for mapping in task.task_spec.element.outputs:
        assign(task, layers, mapping.target, evaluate_mapping(task, mapping.source))
