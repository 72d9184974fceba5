"""Compiles a pattern to a program for the matching machine."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import NoReturn

from service.feel.limits import MAX_DEPTH, MAX_GROUPS, MAX_PATTERN, MAX_PROGRAM
from service.feel.regex.charsets import (
    CharSet,
    Holds,
    char_set,
    escape_of,
    property_of,
    single,
)
from service.feel.run import Problem

CHAR, SPLIT, JUMP, SAVE, BEGIN, END, LINE_BEGIN, LINE_END, MATCH, SAME = range(10)
Instruction = tuple[int, object, object]
_PLAIN_ESCAPES = {"n": "\n", "r": "\r", "t": "\t"} | {c: c for c in "\\|.-^?*+{}()[]$"}
_NOT_PLAIN = frozenset("|?*+)]{}")
_DIGITS = frozenset("0123456789")
_READ = 8  # steps for reading one character of a pattern


@dataclass(frozen=True, slots=True, eq=False)
class Program:
    """Instructions; ``SAVE 2n`` and ``SAVE 2n+1`` mark where group n begins and ends.

    ``SAME n`` reads what group n read, in any case if its third part says so.
    """

    code: tuple[Instruction, ...]
    groups: int
    refers: bool = False
    """Whether it has a reference to a group."""


def compile_pattern(pattern: str, flags: str, spend: Callable[[int], None]) -> Program:
    """The program of a pattern with the flags ``s m i x q``.

    ``spend`` is told the work of making it, also when it is refused halfway; the same whether or
    not it was made before.

    Raises:
        Problem: the pattern or a flag is not valid, not supported, or too large.
    """
    if len(pattern) > MAX_PATTERN:
        raise Problem(f"Het patroon is langer dan {MAX_PATTERN} tekens.")
    if not set(flags) <= set("smixq"):
        raise Problem("Een patroon kent alleen de vlaggen s, m, i, x en q.")
    made, work = _made(pattern, flags)
    spend(work)
    if isinstance(made, str):
        raise Problem(made)
    return made


@lru_cache(maxsize=256)
def _made(pattern: str, flags: str) -> tuple[Program | str, int]:
    """The program, or why there is none; and the work that it took."""
    reader = _Reader(pattern, flags)
    try:
        code = reader.literal() if "q" in flags else reader.pattern()
    except Problem as problem:
        return str(problem), _READ * len(pattern) + reader.work
    whole = (_save(0), *code, _save(1), (MATCH, None, None))
    refers = any(operation == SAME for operation, _, _ in code)
    return Program(whole, reader.groups + 1, refers), _READ * len(pattern) + reader.work + len(
        whole
    )


def _save(slot: int) -> Instruction:
    return (SAVE, slot, None)


class _Reader:
    """Every method gives code whose jumps are relative to their own place."""

    def __init__(self, pattern: str, flags: str) -> None:
        self.text = _without_space(pattern) if "x" in flags and "q" not in flags else pattern
        self.flags = flags
        self.at = 0
        self.groups = 0
        self.closed: set[int] = set()
        self.depth = 0
        self.work = 0
        """Instructions written so far, counted again each time they are copied."""

    def fail(self, reason: str = "Het patroon klopt niet") -> NoReturn:
        raise Problem(f"{reason} (teken {self.at + 1} van {self.text!r}).")

    def _next(self) -> str:
        char = self._look()
        if not char:
            self.fail("Het patroon is niet af")
        self.at += 1
        return char

    def _look(self) -> str:
        return self.text[self.at : self.at + 1]

    def _take(self, text: str) -> bool:
        found = self.text.startswith(text, self.at)
        self.at += len(text) * found
        return found

    def _room(self, size: int) -> None:
        """Refuse a piece of more instructions than a program may have, before it is written."""
        if size > MAX_PROGRAM:
            self.fail("Het patroon is te groot")
        self.work += size

    # -- structure ---------------------------------------------------------------------------

    def literal(self) -> list[Instruction]:
        return [self._single(char) for char in self.text]

    def pattern(self) -> list[Instruction]:
        code = self._choice()
        if self.at < len(self.text):
            self.fail()
        return code

    def _choice(self) -> list[Instruction]:
        self.depth += 1
        if self.depth > MAX_DEPTH // 2:
            self.fail("Het patroon is te diep genest")
        ways = [self._sequence()]
        while self._take("|"):
            ways.append(self._sequence())
        self.depth -= 1
        return self._one_of(ways)

    def _one_of(self, ways: list[list[Instruction]]) -> list[Instruction]:
        rest = sum(len(way) + 2 for way in ways) - 2
        self._room(rest)
        code: list[Instruction] = []
        for way in ways[:-1]:
            rest -= len(way) + 2
            code += [(SPLIT, 1, len(way) + 2), *way, (JUMP, rest + 1, None)]
        return code + ways[-1]

    def _sequence(self) -> list[Instruction]:
        code: list[Instruction] = []
        while self._look() not in ("", "|", ")"):
            more = self._repeated(self._atom())
            self._room(len(code) + len(more))
            self.work -= len(code)  # it stays where it is
            code += more
        return code

    def _atom(self) -> list[Instruction]:
        char = self._next()
        if char == "(":
            return self._group()
        if char in "^$":
            multi = "m" in self.flags
            if char == "^":
                return [(LINE_BEGIN if multi else BEGIN, None, None)]
            return [(LINE_END if multi else END, None, None)]
        if char == ".":
            breaks = () if "s" in self.flags else (("\n", "\n"), ("\r", "\r"))
            return [self._one(ranges=breaks, negated=True)]
        if char == "[":
            return [(CHAR, self._class(), None)]
        if char == "\\":
            return [self._reference() if self._look() in _DIGITS else self._escaped()]
        if char in _NOT_PLAIN:
            self.at -= 1
            self.fail()
        return [self._single(char)]

    def _group(self) -> list[Instruction]:
        if self._take("?:"):
            code = self._choice()
            self._close()
            return code
        self.groups += 1
        if self.groups > MAX_GROUPS:
            self.fail(f"Het patroon heeft meer dan {MAX_GROUPS} groepen")
        number = self.groups
        code = [_save(2 * number), *self._choice(), _save(2 * number + 1)]
        self._close()
        self.closed.add(number)
        return code

    def _close(self) -> None:
        if not self._take(")"):
            self.fail("Een haakje in het patroon wordt niet gesloten")

    def _reference(self) -> Instruction:
        """``\\1``: what a group before it read; as many digits as there are groups for."""
        number = int(self._next())
        while self._look() in _DIGITS and number * 10 + int(self._look()) <= self.groups:
            number = number * 10 + int(self._next())
        if number not in self.closed:
            self.fail("Deze groep komt niet eerder in het patroon voor")
        return (SAME, number, "i" in self.flags)

    # -- repetition --------------------------------------------------------------------------

    def _repeated(self, code: list[Instruction]) -> list[Instruction]:
        sign = self._look()
        if sign not in ("*", "+", "?", "{") or not sign:
            return code
        self.at += 1
        least, most = self._times() if sign == "{" else _TIMES[sign]
        lazy = self._take("?")
        if self._look() in ("*", "+", "?", "{") and self._look():
            self.fail()
        optional = len(code) + 2 if most is None else (most - least) * (len(code) + 1)
        self._room(len(code) * least + optional)
        repeated = code * least
        if most is None:
            repeated += [_split(1, len(code) + 2, lazy=lazy), *code, (JUMP, -len(code) - 1, None)]
        for left in range((most or least) - least, 0, -1):
            repeated += [_split(1, left * (len(code) + 1), lazy=lazy), *code]
        return repeated

    def _times(self) -> tuple[int, int | None]:
        least = self._number()
        most: int | None = least
        if self._take(","):
            most = self._number() if self._look() != "}" else None
        if not self._take("}") or (most is not None and most < least):
            self.fail()
        return least, most

    def _number(self) -> int:
        start = self.at
        while self._look() and self._look() in "0123456789":
            self.at += 1
        if not 1 <= self.at - start <= 4:
            self.fail()
        return int(self.text[start : self.at])

    # -- characters --------------------------------------------------------------------------

    def _single(self, char: str) -> Instruction:
        return (CHAR, single(char, any_case="i" in self.flags), None)

    def _one(
        self,
        *,
        ranges: tuple[tuple[str, str], ...] = (),
        escapes: tuple[Holds, ...] = (),
        negated: bool = False,
    ) -> Instruction:
        found = char_set(ranges, escapes, negated=negated, any_case="i" in self.flags)
        return (CHAR, found, None)

    def _escaped(self) -> Instruction:
        found = self._escape()
        if isinstance(found, str):
            return self._single(found)
        return self._one(escapes=(found,))

    def _escape(self) -> str | Holds:
        char = self._next()
        if char in _PLAIN_ESCAPES:
            return _PLAIN_ESCAPES[char]
        if char in "pP":
            return self._property(negated=char == "P")
        if char.isdigit():
            self.fail("Een verwijzing naar een groep kan niet tussen [ en ]")
        holds = escape_of(char) if char.isalpha() else None
        if holds is None:
            self.fail()
        return holds

    def _property(self, *, negated: bool) -> Holds:
        end = self.text.find("}", self.at)
        if not self._take("{") or end < 0:
            self.fail()
        holds = property_of(self.text[self.at : end])
        if holds is None:
            self.fail("Deze tekensoort is onbekend")
        self.at = end + 1
        return (lambda char: not holds(char)) if negated else holds

    def _class(self) -> CharSet:
        self.depth += 1
        if self.depth > MAX_DEPTH // 2:
            self.fail("Het patroon is te diep genest")
        negated = self._take("^")
        ranges: list[tuple[str, str]] = []
        escapes: list[Holds] = []
        without = None
        while not self._take("]") or not (ranges or escapes):
            if (ranges or escapes) and self._take("-["):
                without = self._class()
                if not self._take("]"):
                    self.fail()
                break
            self._class_item(ranges, escapes)
        self.depth -= 1
        return char_set(
            ranges, escapes, negated=negated, without=without, any_case="i" in self.flags
        )

    def _class_item(self, ranges: list[tuple[str, str]], escapes: list[Holds]) -> None:
        first = self._class_char(bool(ranges or escapes))
        if not isinstance(first, str):
            escapes.append(first)
            return
        here = self.text[self.at : self.at + 2]
        if len(here) < 2 or here[0] != "-" or here[1] in "[]":
            ranges.append((first, first))
            return
        self.at += 1
        last = self._class_char(False)
        if not isinstance(last, str) or last < first:
            self.fail()
        ranges.append((first, last))

    def _class_char(self, later: bool) -> str | Holds:
        char = self._next()
        if char == "\\":
            return self._escape()
        if char in {"[", "]"} or (char == "-" and later and self._look() != "]"):
            self.fail()
        return char


_TIMES: dict[str, tuple[int, int | None]] = {"*": (0, None), "+": (1, None), "?": (0, 1)}


def _split(first: int, second: int, *, lazy: bool) -> Instruction:
    return (SPLIT, second, first) if lazy else (SPLIT, first, second)


def _without_space(pattern: str) -> str:
    """The pattern without white space outside classes (flag ``x``)."""
    kept, depth, escaped = [], 0, False
    for char in pattern:
        if char in " \t\n\r" and not depth:
            continue
        kept.append(char)
        if not escaped:
            depth += (char == "[") - (char == "]")
        escaped = char == "\\" and not escaped
    return "".join(kept)
