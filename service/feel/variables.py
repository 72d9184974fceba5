"""Reads variables and their entries; outside contexts are never copied as a whole."""

from collections import ChainMap
from collections.abc import Callable, Mapping
from typing import Any

from service.feel.functions import BUILT_INS, as_function
from service.feel.limits import MAX_STRING
from service.feel.paths import read_property
from service.feel.run import MISSING, Frame, Spot, shown
from service.feel.values import to_feel

Code = Callable[[Frame], Any]


def compile_variable(name: str, path: tuple[str, ...], spot: Spot) -> Code:
    """The closure of ``name.entry.entry``: inner variables first, then outside, then built in."""

    unknown = f"De naam {shown(name)} is hier niet bekend."

    def read(frame: Frame) -> Any:
        here = frame
        while here.around is not None:
            if (value := here.variables.get(name, MISSING)) is not MISSING:
                return _follow(value, path, frame, spot)
            here = here.around
        value = _outside(here.variables, name)
        if value is MISSING:
            if name not in BUILT_INS:
                return frame.run.note(spot, unknown)
            return _follow(as_function(name), path, frame, spot)
        reached = 0
        for step in path:
            if type(value) is not dict and not isinstance(value, Mapping):
                break
            if step not in value:
                break
            value = value[step]
            reached += 1
        if type(value) is not str or len(value) > MAX_STRING:
            value = _taken_in(value, frame)
        return value if reached == len(path) else _follow(value, path[reached:], frame, spot)

    return read


def _outside(variables: Mapping[str, Any], name: str) -> Any:
    """A variable from outside; layers of plain contexts are looked through at once."""
    if type(variables) is ChainMap:
        for layer in variables.maps:
            if name in layer:
                return layer[name]
        return MISSING
    try:
        return variables[name]
    except KeyError:
        return MISSING


def _follow(value: Any, path: tuple[str, ...], frame: Frame, spot: Spot) -> Any:
    for step in path:
        value = read_property(value, step, frame.run, spot)
    return value


def _taken_in(value: Any, frame: Frame) -> Any:
    """A value from outside as FEEL has it; each container is copied once per evaluation."""
    if not isinstance(value, Mapping | list | tuple):
        return to_feel(value)
    run = frame.run
    known = run.taken.get(id(value))
    if known is None:
        # The original is kept with the copy, so that its identity is not given to another.
        known = run.taken[id(value)] = (value, to_feel(value, spend=run.spend))
    return known[1]
