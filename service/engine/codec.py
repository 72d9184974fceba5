"""The state of a case as bytes: its tokens and variables, nothing of the diagram.

JSON. A value that JSON lacks is ``{"$": kind, "v": text}``; a context that happens to have the
key ``$`` is wrapped in the same way, so every key is safe. States without such values, the usual
ones, are written and read by orjson alone.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

import orjson

from service.domain.errors import Unreadable
from service.engine.advance import Surroundings
from service.engine.spiff import Task, restore
from service.engine.workflow import Bundle, Inner, Instance, Running
from service.feel import YearMonthDuration

VERSION: Final = 1
_MARK: Final = b'"$"'
_OPTIONS: Final = orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_DATACLASS
_Moment = TypeVar("_Moment", datetime, time)


def dump_values(values: Any) -> bytes:
    """Variables as bytes: JSON and FEEL values."""
    told = _Told()
    try:
        found = orjson.dumps(values, told, _OPTIONS)
    except TypeError:
        return orjson.dumps(_marked(values))
    # Any other "$" is somebody's own key, or a text that looks like it.
    return found if found.count(_MARK) == told.times else orjson.dumps(_marked(values))


def load_values(content: bytes) -> Any:
    """What ``dump_values`` wrote."""
    found = orjson.loads(content)
    return _unmarked(found) if _MARK in content else found


def dump(case: Instance) -> bytes:
    """The state of a case between two steps."""
    inner = [
        [
            key.hex,
            None if w.embedded else w.data,
            sorted(w.written) if w.written else 0,
            _rows(w),
            *([w.undoable] if w.undoable else ()),
        ]
        for key, w in case.subprocesses.items()
    ]
    return dump_values(
        {
            "v": VERSION,
            "p": case.spec.name,
            "c": case.completed,
            "e": case.ended_by,
            "d": case.data,
            "t": _rows(case),
            "s": inner,
        }
        | ({"l": case.undoable} if case.undoable else {})
    )


def load(content: bytes, bundle: Bundle, around: Surroundings) -> Instance:
    """The case in memory again, on the specs of its bundle.

    Raises:
        Unreadable: it is not a state, or one of another version of this codec.
    """
    try:
        state = load_values(content)
    except orjson.JSONDecodeError as error:
        raise Unreadable("De bewaarde zaak is beschadigd; zet een reservekopie terug.") from error
    if not isinstance(state, dict) or state.get("v") != VERSION:
        raise Unreadable("De bewaarde zaak is van een andere versie van dit programma.")
    try:
        case = Instance(bundle.process(state["p"]), bundle, around)
        _restore(case, state)
    except (LookupError, TypeError, ValueError) as error:
        raise Unreadable(
            "De bewaarde zaak past niet bij deze publicatie; open haar met haar eigen publicatie."
        ) from error
    return case


def _restore(case: Instance, state: Mapping[str, Any]) -> None:
    case.completed = state["c"]
    case.ended_by = state["e"]
    case.data = state["d"]
    _fill(case, state["t"])
    case.undoable = state.get("l", [])
    for key, data, written, rows, *undoable in state["s"]:
        host = case.find(UUID(key))
        if host is None:
            raise LookupError(key)
        inner = Inner(host.task_spec.process(host), host, data)
        if written and inner.written is not None:
            inner.written.update(written)
        inner.plant()
        inner.undoable = undoable[0] if undoable else []
        _fill(inner, rows)


def _rows(workflow: Running) -> list[list[Any]]:
    """Each token as [id, place of its parent or -1, node, state, internal data, locals]."""
    place: dict[UUID, int] = {workflow.task_tree.id: -1}
    rows: list[list[Any]] = []
    stack = list(reversed(workflow.task_tree.children))
    while stack:
        task = stack.pop()
        place[task.id] = len(rows)
        rows.append(
            [
                task.id.hex,
                place[task.parent.id],
                task.task_spec.name,
                task.state,
                task.internal_data or 0,
                task.data or 0,
            ]
        )
        stack.extend(reversed(task.children))
    return rows


def _fill(workflow: Running, rows: list[list[Any]]) -> None:
    tasks: list[Task] = []
    for key, parent, node, state, internal, data in rows:
        tasks.append(
            restore(
                id=UUID(hex=key),
                workflow=workflow,
                spec=workflow.spec.node(node),
                parent=workflow.task_tree if parent < 0 else tasks[parent],
                state=state,
                data=data or {},
                internal=internal or {},
            )
        )


def _marked(value: Any) -> Any:
    """``value`` with everything that JSON lacks, spelled out."""
    kind = type(value)
    if kind is dict:
        inner = {key: _marked(item) for key, item in value.items()}
        return {"$": "map", "v": list(inner.items())} if "$" in inner else inner
    if kind is list or kind is tuple:
        return [_marked(item) for item in value]
    if kind is int and not -(2**63) <= value < 2**64:
        return {"$": "int", "v": str(value)}
    spell = _SPELL.get(kind)
    return value if spell is None else {"$": spell[0], "v": spell[1](value)}


class _Told:
    """Spells out what orjson does not know, and counts how often."""

    __slots__ = ("times",)

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, value: Any) -> Any:
        kind, spell = _SPELL[type(value)]  # A KeyError makes orjson refuse.
        self.times += 1
        return {"$": kind, "v": spell(value)}


def _unmarked(value: Any) -> Any:
    """What ``_marked`` spelled out, in place: every part of it is fresh from orjson."""
    kind = type(value)
    if kind is list:
        for index, item in enumerate(value):
            if type(item) in _NESTED:
                value[index] = _unmarked(item)
        return value
    if kind is not dict:
        return value
    if "$" not in value:
        for key, item in value.items():
            if type(item) in _NESTED:
                value[key] = _unmarked(item)
        return value
    if value["$"] == "map":
        return {key: _unmarked(item) for key, item in value["v"]}
    return _READ[value["$"]](value["v"])


def _zoned(value: datetime | time) -> str:
    key = getattr(value.tzinfo, "key", None)
    return f"{value.isoformat()}@{key or ''}@{value.fold}"


def _unzoned(read: Callable[[str], _Moment]) -> Callable[[str], _Moment]:
    def from_text(text: str) -> _Moment:
        moment, key, fold = text.split("@")
        found = read(moment)
        if key:
            found = found.replace(tzinfo=ZoneInfo(key))
        return found.replace(fold=int(fold))

    return from_text


_NESTED: Final = frozenset({dict, list})
_SPELL: Final[Mapping[type, tuple[str, Callable[[Any], Any]]]] = {
    Decimal: ("n", str),
    datetime: ("dt", _zoned),
    date: ("d", date.isoformat),
    time: ("t", _zoned),
    timedelta: ("td", lambda v: [v.days, v.seconds, v.microseconds]),
    YearMonthDuration: ("ym", lambda v: v.months),
}
_READ: Final[Mapping[str, Callable[[Any], Any]]] = {
    "n": Decimal,
    "int": int,
    "dt": _unzoned(datetime.fromisoformat),
    "d": date.fromisoformat,
    "t": _unzoned(time.fromisoformat),
    "td": lambda v: timedelta(v[0], v[1], v[2]),
    "ym": YearMonthDuration,
}
