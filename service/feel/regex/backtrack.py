"""Runs a program with references to groups: one way at a time, as no quicker way is known.

Such a pattern may have very many ways to try. Each step is charged, so the budget of the
evaluation ends it; and no step is taken twice with the same marks.
"""

from collections.abc import Callable
from typing import Any, Final

from service.feel.regex.places import holds_here
from service.feel.regex.program import CHAR, JUMP, MATCH, SAME, SAVE, SPLIT, Program

Match = tuple[int | None, ...]
"""Where each group begins and ends, group 0 being the whole; None for a group left out."""
_Way = tuple[int, int, Match]
_STEP: Final = 5


def backtrack(
    program: Program, text: str, start: int, spend: Callable[[int], None]
) -> Match | None:
    """The leftmost match at or after ``start``, the first that the pattern prefers."""
    nothing: Match = (None,) * (2 * program.groups)
    for at in range(start, len(text) + 1):
        found = _from(program, text, (0, at, nothing), spend)
        if found is not None:
            return found
    return None


def _from(program: Program, text: str, first: _Way, spend: Callable[[int], None]) -> Match | None:
    waiting, seen = [first], {first}
    while waiting:
        way = waiting.pop()
        spend(_STEP)
        if program.code[way[0]][0] == MATCH:
            return way[2]
        for following in _following(program.code[way[0]], text, way, spend):
            if following not in seen:
                seen.add(following)
                waiting.append(following)
    return None


def _following(
    instruction: tuple[int, Any, Any], text: str, way: _Way, spend: Callable[[int], None]
) -> list[_Way]:
    """The ways on from here, the preferred one last."""
    operation, first, second = instruction
    place, at, marks = way
    if operation == SPLIT:
        return [(place + second, at, marks), (place + first, at, marks)]
    if operation == JUMP:
        return [(place + first, at, marks)]
    if operation == SAVE:
        return [(place + 1, at, (*marks[:first], at, *marks[first + 1 :]))]
    if operation == CHAR:
        spend(first.extra)
        goes_on = at < len(text) and first.holds(text[at])
        return [(place + 1, at + 1, marks)] if goes_on else []
    if operation == SAME:
        length = _again(text, at, marks[2 * first : 2 * first + 2], spend, any_case=second)
        return [] if length is None else [(place + 1, at + length, marks)]
    return [(place + 1, at, marks)] if holds_here(operation, text, at) else []


def _again(
    text: str, at: int, group: Match, spend: Callable[[int], None], *, any_case: bool
) -> int | None:
    """How long the text of the group is, if it stands here as well; a group left out is empty."""
    begin, end = group
    if begin is None or end is None:
        return 0
    spend((end - begin) // 8)
    wanted, here = text[begin:end], text[at : at + end - begin]
    same = wanted == here or (any_case and wanted.lower() == here.lower())
    return end - begin if same else None
