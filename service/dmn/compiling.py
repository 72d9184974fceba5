"""Compiles the texts of cells, and collects what is wrong with them."""

import re
from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from service.dmn.model import Cell, LiteralBox, Model
from service.dmn.run import Evaluator, Run, Scope, Tester
from service.dmn.types import Check, DmnType, TypeBook
from service.domain.errors import ExpressionError
from service.domain.findings import Finding, Severity
from service.feel import (
    Environment,
    certain_faults,
    compile_expression,
    compile_unary_tests,
    unknown_calls,
)
from service.feel.nodes import Node

_STRING = r'"[^"\\]*"'
_STRINGS = re.compile(rf"{_STRING}(?:\s*,\s*{_STRING})*")
_ONE_STRING = re.compile(_STRING)
_NUMBER = re.compile(r"-?\d{1,30}(?:\.\d{1,30})?")
_WORDS: Mapping[str, Any] = {"true": True, "false": False, "null": None}


@dataclass
class Compiling:
    """The compilation of one model."""

    model: Model
    names: frozenset[str]
    """Every name that an expression in the model may use, also those with blanks or signs."""
    env: Environment
    """Surroundings for allowed values of types, which must not depend on the moment."""
    thorough: bool = False
    """Whether to tell what is certainly wrong inside expressions that can be read."""
    imported_types: Mapping[str, TypeBook] = field(default_factory=dict)
    """Types of imported models, by the name of the import."""
    types: TypeBook = field(init=False)
    findings: list[Finding] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.types = TypeBook(self.model.types, allowed=self._allowed, imported=self.imported_types)

    def knowing(self, names: Iterable[str]) -> "Compiling":
        """The same compilation where more names can be read, as inside a function."""
        more = self.names.union(names)
        if more == self.names:
            return self
        inner = copy(self)
        inner.names = more
        return inner

    def finding(  # one argument per column of the finding
        self,
        code: str,
        reason: str,
        way_out: str,
        *,
        element_id: str | None,
        line: int | None = None,
        severity: Severity = Severity.ERROR,
        others: tuple[str, ...] = (),
    ) -> None:
        """Note what is wrong with an element of the model."""
        self.findings.append(
            Finding(
                file=self.model.file,
                element_id=element_id,
                code=code,
                severity=severity,
                reason=reason,
                way_out=way_out,
                line=line,
                others=others,
            )
        )

    def type_named(self, ref: str | None, *, element_id: str | None) -> DmnType | None:
        """The type to hold values against; ``None`` when everything is good."""
        if ref is None:
            return None
        if not self.types.knows(ref):
            self.finding(
                "unknown-type",
                f"Het type {ref!r} bestaat niet.",
                "Kies een bestaand type of laat het weg.",
                element_id=element_id,
                severity=Severity.WARNING,
            )
            return None
        found = self.types.named(ref)
        return None if found.name == "Any" else found

    def expression(self, cell: Cell | LiteralBox) -> Evaluator:
        """A cell or literal expression; one that cannot be parsed is always null."""
        text = cell.text
        if not text:
            return _null
        if cell.language is not None:
            return self._foreign(cell)
        known, constant = constant_of(text)
        if known:
            return lambda _scope, _run: constant
        try:
            compiled = compile_expression(text, names=self.names)
        except ExpressionError as error:
            return self._broken(cell, error)
        self._inspect(cell, compiled.tree)
        return lambda scope, run: compiled.evaluate_in(run.evaluation, scope)

    def tests(self, cell: Cell) -> Tester | None:
        """The unary tests of a cell; ``None`` when everything matches (``-``)."""
        text = cell.text
        if text in {"", "-"}:
            return None
        if cell.language is not None:
            return _never(self._foreign(cell))
        try:
            compiled = compile_unary_tests(text, names=self.names)
        except ExpressionError as error:
            return _never(self._broken(cell, error))
        words = _words_of(text)
        if words is None:
            self._inspect(cell, compiled.tree)

        def test(value: Any, scope: Scope, run: Run) -> bool | None:
            if words is not None and type(value) is str:
                return value in words
            return compiled.matches_in(run.evaluation, value, scope)

        return test

    def _allowed(self, cell: Cell) -> Check:
        test = self.tests(cell)
        if test is None:
            return lambda _value: True
        return lambda value: test(value, {}, Run(self.env)) is True

    def _inspect(self, cell: Cell | LiteralBox, tree: Node) -> None:
        if not self.thorough:
            return
        for name, at in unknown_calls(tree, self.names):
            self.finding(
                "unknown-function",
                f"De expressie {_short(cell.text)} roept de functie {name!r} aan (positie "
                f"{at + 1}); die bestaat niet.",
                "Kijk de naam na in de lijst met functies.",
                element_id=cell.element_id,
                line=cell.line,
                severity=Severity.WARNING,
            )
        for fault in certain_faults(tree, cell.text, names=self.names, types=self.types.knows):
            self.finding(
                "expression-fault",
                f"De expressie {_short(cell.text)} heeft hier nooit een uitkomst (positie "
                f"{fault.position + 1}): {fault.message}",
                "Verbeter de expressie, of haal dit deel weg.",
                element_id=cell.element_id,
                line=cell.line,
                severity=Severity.WARNING,
            )

    def _foreign(self, cell: Cell | LiteralBox) -> Evaluator:
        reason = f"De expressietaal {cell.language!r} wordt niet uitgevoerd."
        self.finding(
            "unknown-expression-language",
            reason,
            "Schrijf de expressie in FEEL.",
            element_id=cell.element_id,
            line=cell.line,
        )
        return _noting(reason, cell.text)

    def _broken(self, cell: Cell | LiteralBox, error: ExpressionError) -> Evaluator:
        place = "" if error.position is None else f" (positie {error.position + 1})"
        self.finding(
            "unparsable-expression",
            f"De expressie {_short(cell.text)} is geen geldige FEEL{place}: {error}",
            "Verbeter de expressie; tekst staat tussen dubbele aanhalingstekens.",
            element_id=cell.element_id,
            line=cell.line,
        )
        return _noting(f"Ongeldige expressie {_short(cell.text)}: {error}", cell.text)


def constant_of(text: str) -> tuple[bool, Any]:
    """Whether the expression is a plain literal, and its value."""
    if _ONE_STRING.fullmatch(text):
        return True, text[1:-1]
    if _NUMBER.fullmatch(text):
        return True, Decimal(text)
    return (True, _WORDS[text]) if text in _WORDS else (False, None)


def _words_of(text: str) -> frozenset[str] | None:
    """The texts of a cell like ``"hoog", "acuut"``, which needs no evaluation for a text."""
    if not _STRINGS.fullmatch(text):
        return None
    return frozenset(match[0][1:-1] for match in _ONE_STRING.finditer(text))


def _noting(message: str, expression: str) -> Evaluator:
    return lambda _scope, run: run.note(message, expression=expression)


def _never(evaluate: Evaluator) -> Tester:
    return lambda _value, scope, run: evaluate(scope, run)


def _null(_scope: Scope, _run: Run) -> None:
    return None


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return repr(flat if len(flat) <= 80 else flat[:77] + "…")
