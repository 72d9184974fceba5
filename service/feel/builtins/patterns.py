"""Functions with regular expressions."""

import re

from service.feel.functions import built_in
from service.feel.limits import MAX_LIST
from service.feel.regex import Match, Program, compile_pattern, search
from service.feel.run import Problem, Run

_PLAIN = re.compile(r"(?:[^\\$]+|\\[\\$])*")
_QUOTED = re.compile(r"\\(.)")
_REFERENCE = re.compile(r"\$[0-9]")
_MATCH = 4


@built_in("matches", "input: string, pattern: string, flags?: string | null")
def matches(run: Run, text: str, pattern: str, flags: str | None = None) -> bool:
    """Whether the pattern occurs in the text."""
    return search(_program(run, pattern, flags or ""), text, 0, run.spend) is not None


@built_in(
    "replace",
    "input: string, pattern: string, replacement: string, flags?: string | null",
)
def replace(run: Run, text: str, pattern: str, replacement: str, flags: str | None = None) -> str:
    """The text with every match replaced; ``$1`` is the first group, ``$0`` the whole match."""
    program = _program(run, pattern, flags or "")
    parts = _template(run, replacement, program.groups, literal="q" in (flags or ""))
    done, pieces, length = 0, [""], 0
    for match in _all_matches(run, program, text):
        run.spend(len(parts))
        new = "".join(
            part if isinstance(part, str) else _group(text, match, part) for part in parts
        )
        pieces += [text[done : match[0]], new]
        length += len(new) + len(text[done : match[0]])
        run.spend_text(length)
        done = match[1] or 0
    run.spend_text(length + len(text) - done)
    return "".join(pieces) + text[done:]


@built_in("split", "string: string, delimiter: string")
def split(run: Run, text: str, delimiter: str) -> list[str]:
    """The pieces of the text between the matches of a pattern."""
    done, pieces = 0, []
    for match in _all_matches(run, _program(run, delimiter, ""), text):
        pieces.append(text[done : match[0]])
        done = match[1] or 0
    return [*pieces, text[done:]]


def _program(run: Run, pattern: str, flags: str) -> Program:
    """The compiled pattern, which an evaluation pays for once, however often it is used."""
    program: Program | None = run.patterns.get((pattern, flags))
    if program is None:
        program = compile_pattern(pattern, flags, run.spend)
        if not run.patterns:
            run.patterns = {}
        run.patterns[pattern, flags] = program
    return program


def _all_matches(run: Run, program: Program, text: str) -> list[Match]:
    found: list[Match] = []
    at = 0
    while (match := search(program, text, at, run.spend)) is not None:
        if match[0] == match[1]:
            raise Problem("Dit patroon past ook op niets; maak het preciezer.")
        run.spend(_MATCH)
        found.append(match)
        at = match[1] or 0
        if len(found) > MAX_LIST:
            raise Problem("Dit patroon komt te vaak voor.")
    return found


def _group(text: str, match: Match, group: int) -> str:
    begin, end = match[2 * group], match[2 * group + 1]
    return "" if begin is None or end is None else text[begin:end]


def _template(run: Run, replacement: str, groups: int, *, literal: bool) -> list[str | int]:
    """The replacement in plain pieces and numbers of groups."""
    if literal:
        return [replacement]
    run.spend(replacement.count("$") + replacement.count("\\"))
    parts: list[str | int] = []
    at = 0
    while plain := _PLAIN.match(replacement, at):
        parts.append(_QUOTED.sub(r"\1", plain[0]))
        at = plain.end()
        if at == len(replacement):
            break
        if not _REFERENCE.match(replacement, at):
            raise Problem("In de vervanging staat na \\ of $ iets onbekends.")
        number, at = _group_number(replacement, at + 1, groups)
        parts.append(number if number < groups else "")
    return parts


def _group_number(text: str, at: int, groups: int) -> tuple[int, int]:
    """The longest number of an existing group, and the place after it."""
    number = int(text[at])
    at += 1
    while at < len(text) and text[at] in "0123456789" and number * 10 + int(text[at]) < groups:
        number = number * 10 + int(text[at])
        at += 1
    return number, at
