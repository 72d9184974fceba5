"""Runs a program over a text: all ways at once, so the time is text length times program size."""

from collections.abc import Callable
from typing import Any

from service.feel.regex.backtrack import Match, backtrack
from service.feel.regex.places import holds_here
from service.feel.regex.program import (
    CHAR,
    JUMP,
    MATCH,
    SAVE,
    SPLIT,
    Program,
)

_Thread = tuple[int, Match]


def search(program: Program, text: str, start: int, spend: Callable[[int], None]) -> Match | None:
    """The leftmost match at or after ``start``, as a backtracking matcher would prefer it."""
    if program.refers:
        return backtrack(program, text, start, spend)
    nothing: Match = (None,) * (2 * program.groups)
    threads: list[_Thread] = []
    found: Match | None = None
    for at in range(start, len(text) + 1):
        if found is None:
            threads.append((0, nothing))
        ready = _settle(program, threads, text, at, spend)
        char = text[at : at + 1]
        threads, extra = [], 0
        for place, marks in ready:
            operation, chars, _ = program.code[place]
            if operation == MATCH:
                found = marks
                break  # what follows is preferred less
            if char:
                extra += chars.extra  # type: ignore[attr-defined]
                if chars.holds(char):  # type: ignore[attr-defined]
                    threads.append((place + 1, marks))
        spend(extra)
        if not threads and found is not None:
            break
    return found


def _settle(
    program: Program, threads: list[_Thread], text: str, at: int, spend: Callable[[int], None]
) -> list[_Thread]:
    """The threads after every step that reads no character, most preferred first."""
    ready: list[_Thread] = []
    seen: set[int] = set()
    waiting = threads[::-1]
    code: tuple[tuple[int, Any, Any], ...] = program.code
    while waiting:
        place, marks = waiting.pop()
        if place in seen:
            continue
        seen.add(place)
        operation, first, second = code[place]
        if operation in (CHAR, MATCH):
            ready.append((place, marks))
        elif operation == SPLIT:
            waiting += [(place + second, marks), (place + first, marks)]
        elif operation == JUMP:
            waiting.append((place + first, marks))
        elif operation == SAVE:
            waiting.append((place + 1, (*marks[:first], at, *marks[first + 1 :])))
        elif holds_here(operation, text, at):
            waiting.append((place + 1, marks))
    spend(len(seen))
    return ready
