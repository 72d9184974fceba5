"""Turns a syntax tree into closures: each node becomes one function of a frame.

A loop or a call charges the budget with the number of nodes it is about to evaluate, so the
hot path of a plain condition counts nothing at all and yet no expression runs for ever.
"""

from collections.abc import Callable, Collection
from decimal import Decimal
from typing import Any

from service.feel import loops
from service.feel.arithmetic import calculate, negate
from service.feel.calls import call_function, define_function
from service.feel.compare import order
from service.feel.filters import compile_filter
from service.feel.functions import BUILT_INS, call_built_in
from service.feel.matching import Matcher, compile_cell, compile_sign, compile_value, match_any
from service.feel.measure import measure
from service.feel.nodes import (
    AtLiteral,
    Between,
    Call,
    Chain,
    Compare,
    ContextOf,
    Each,
    Filter,
    For,
    FunctionOf,
    If,
    In,
    InstanceOf,
    ListOf,
    Literal,
    Logic,
    Name,
    Negate,
    Node,
    Path,
    Quantified,
    RangeOf,
    Test,
    UnaryTestsOf,
    walk,
)
from service.feel.numeric import NUMBERS
from service.feel.operators import compile_between, compile_comparison, compile_logic
from service.feel.paths import read_property
from service.feel.run import Frame, Problem, Run, Spot, shown
from service.feel.temporal_text import read_any
from service.feel.types import conforms
from service.feel.values import Function, Range, in_dutch, kind
from service.feel.variables import compile_variable

Code = Callable[[Frame], Any]


def compile_tree(tree: Node, source: str, names: Collection[str] = ()) -> Code:
    """The closure that evaluates ``tree``."""
    return _Compiler(tree, source, names).code(tree)


def compile_tests(tree: UnaryTestsOf, source: str, names: Collection[str] = ()) -> Matcher:
    """The closure that matches a value, which ``?`` names, against the tests."""
    compiler = _Compiler(tree, source, names)
    matchers = [compiler.matcher(test, in_cell=True) for test in tree.tests]
    if not matchers:
        return lambda _frame, _value: True
    if not tree.negated:
        return lambda frame, value: match_any(matchers, frame, value)

    def negated(frame: Frame, value: Any) -> bool | None:
        matched = match_any(matchers, frame, value)
        return None if matched is None else not matched

    return negated


class _Compiler:
    def __init__(self, tree: Node, source: str, names: Collection[str]) -> None:
        self.source = source
        self.rebound = frozenset(names) | bound_names(tree)
        """Names that may mean something else than the built-in function of that name."""
        self.measures = measure(tree)

    def code(self, node: Node) -> Code:
        return _CODE[type(node)](self, node)

    def size(self, node: Node) -> int:
        """What one evaluation of ``node`` costs."""
        return self.measures[id(node)].size

    def spot(self, node: Node) -> Spot:
        return Spot(self.source, node.at)

    def literal(self, node: Literal) -> Code:
        value = node.value
        return lambda _frame: value

    def at_literal(self, node: AtLiteral) -> Code:
        value, spot = read_any(node.text), self.spot(node)
        refusal = f"{shown(node.text)} is geen datum, tijd of duur."

        def invalid(frame: Frame) -> None:
            frame.run.note(spot, refusal)

        return invalid if value is None else lambda _frame: value

    def list_of(self, node: ListOf) -> Code:
        items = [self.code(item) for item in node.items]
        return lambda frame: [item(frame) for item in items]

    def context_of(self, node: ContextOf) -> Code:
        entries = [(key, self.code(value)) for key, value in node.entries]

        def build(frame: Frame) -> dict[str, Any]:
            built: dict[str, Any] = {}
            inner = Frame(frame.run, built, frame)
            for key, value in entries:
                built[key] = value(inner)
            # Functions inside keep their own view; what is handed out is a copy of it.
            return dict(built)

        return build

    def range_of(self, node: RangeOf) -> Code:
        low, high, spot = self.code(node.low), self.code(node.high), self.spot(node)
        low_included, high_included = node.low_included, node.high_included

        def build(frame: Frame) -> Any:
            start, end = low(frame), high(frame)
            try:
                if start is not None and end is not None and _backwards(start, end, frame.run):
                    return frame.run.note(spot, "Het begin van dit bereik ligt na het einde.")
            except Problem as problem:
                return frame.run.note(spot, str(problem))
            return Range(start, end, low_included, high_included)

        literal = isinstance(node.low, Literal) and isinstance(node.high, Literal)
        return _made_once(build) if literal else build

    def test(self, node: Test) -> Code:
        operand, sign = self.code(node.operand), node.sign

        def build(frame: Frame) -> Range:
            value = operand(frame)
            if sign in ("=", "!="):
                same = sign == "="
                return Range(value, value, same, same, sign)
            if sign[0] == "<":
                return Range(None, value, False, sign == "<=", sign)
            return Range(value, None, sign == ">=", False, sign)

        return build

    def name(self, node: Name) -> Code:
        return compile_variable(node.name, (), self.spot(node))

    def path(self, node: Path) -> Code:
        names: list[str] = []
        root: Node = node
        while isinstance(root, Path):
            names.append(root.name)
            root = root.source
        names.reverse()
        spot = self.spot(node)
        if isinstance(root, Name):
            return compile_variable(root.name, tuple(names), spot)
        source = self.code(root)

        def read(frame: Frame) -> Any:
            value = source(frame)
            for name in names:
                value = read_property(value, name, frame.run, spot)
            return value

        return read

    def filter(self, node: Filter) -> Code:
        return compile_filter(
            self.code(node.source),
            self.code(node.condition),
            self.size(node.condition),
            self.spot(node),
        )

    def negate(self, node: Negate) -> Code:
        operand, spot = self.code(node.operand), self.spot(node)

        def run(frame: Frame) -> Any:
            try:
                return negate(operand(frame))
            except Problem as problem:
                return frame.run.note(spot, str(problem))

        if isinstance(node.operand, Literal) and isinstance(node.operand.value, Decimal):
            value = NUMBERS.minus(node.operand.value)
            return lambda _frame: value
        return run

    def chain(self, node: Chain) -> Code:
        first, spot = self.code(node.first), self.spot(node)
        rest = [(sign, self.code(operand)) for sign, operand in node.rest]

        def run(frame: Frame) -> Any:
            value = first(frame)
            try:
                for sign, operand in rest:
                    value = calculate(sign, value, operand(frame), frame.run)
            except Problem as problem:
                return frame.run.note(spot, str(problem))
            return value

        return run

    def logic(self, node: Logic) -> Code:
        return compile_logic(node.word, [self.code(operand) for operand in node.operands])

    def compare(self, node: Compare) -> Code:
        return compile_comparison(
            node.sign, self.code(node.left), self.code(node.right), self.spot(node)
        )

    def between(self, node: Between) -> Code:
        value, low, high = (self.code(child) for child in node.children())
        return compile_between(value, low, high, self.spot(node))

    def in_(self, node: In) -> Code:
        value = self.code(node.value)
        matchers = [self.matcher(test) for test in node.tests]
        return lambda frame: match_any(matchers, frame, value(frame))

    def matcher(self, node: Node, *, in_cell: bool = False) -> Matcher:
        """The closure that holds one test against a value."""
        if isinstance(node, Test):
            return compile_sign(node.sign, self.code(node.operand), self.spot(node))
        asks = in_cell and "?" in self.measures[id(node)].special
        if in_cell:
            return compile_cell(self.code(node), self.spot(node), asks_itself=asks)
        return compile_value(self.code(node), self.spot(node))

    def instance_of(self, node: InstanceOf) -> Code:
        value, wanted, spot = self.code(node.value), node.type, self.spot(node)

        def run(frame: Frame) -> Any:
            it = value(frame)
            try:
                return conforms(it, wanted, frame.run) and (it is not None or wanted.name != "Any")
            except Problem as problem:
                return frame.run.note(spot, str(problem))

        return run

    def if_(self, node: If) -> Code:
        condition, yes, no = (self.code(child) for child in node.children())
        spot = self.spot(node.condition)

        def run(frame: Frame) -> Any:
            chosen = condition(frame)
            if chosen is True:
                return yes(frame)
            if chosen is not False and chosen is not None:
                frame.run.note(
                    spot, f"De voorwaarde is {in_dutch(chosen)} en telt als onwaar.", minor=True
                )
            return no(frame)

        return run

    def _loops(self, node: For | Quantified) -> list[loops.Loop]:
        return [
            loops.Loop(
                name=each.name,
                source=self.code(each.source),
                end=None if each.end is None else self.code(each.end),
                spot=self.spot(each),
            )
            for each in node.loops
        ]

    def for_(self, node: For) -> Code:
        partial = "partial" in self.measures[id(node.result)].special
        return loops.compile_for(
            self._loops(node),
            self.code(node.result),
            self.size(node.result),
            partial=partial,
        )

    def quantified(self, node: Quantified) -> Code:
        return loops.compile_quantified(
            self._loops(node),
            self.code(node.condition),
            self.size(node.condition),
            node.word == "some",
        )

    def function_of(self, node: FunctionOf) -> Code:
        depth = self.measures[id(node)].depth
        return define_function(
            node, self.code(node.body), self.size(node.body), depth, self.spot(node)
        )

    def call(self, node: Call) -> Code:
        arguments = [self.code(argument) for argument in node.arguments]
        names, spot = node.names, self.spot(node)
        callee = node.function.name if isinstance(node.function, Name) else ""
        direct = callee in BUILT_INS and callee not in self.rebound
        function = None if direct else self.code(node.function)

        def run(frame: Frame) -> Any:
            values = [argument(frame) for argument in arguments]
            try:
                if function is None:
                    return call_built_in(callee, frame.run, values, names)
                target = function(frame)
                if not isinstance(target, Function) and callee in BUILT_INS:
                    return call_built_in(callee, frame.run, values, names)
                return call_function(target, frame.run, values, names)
            except Problem as problem:
                return frame.run.note(spot, str(problem))

        return run


def _made_once(build: Code) -> Code:
    """A range between two literals is the same each time; what is wrong is told each time.

    Between texts it is made anew, as comparing those costs steps: always the same number.
    """
    kept: list[Range] = []

    def once(frame: Frame) -> Any:
        if kept:
            return kept[0]
        made = build(frame)
        if made is not None and not isinstance(made.low, str):
            kept.append(made)
        return made

    return once


def _backwards(start: Any, end: Any, run: Run) -> bool:
    if kind(start) != kind(end):
        raise Problem("Het begin en het einde van dit bereik zijn van verschillende soort.")
    return order(start, end, run) > 0


def bound_names(tree: Node) -> frozenset[str]:
    """Every name that a loop, a parameter or an entry somewhere in ``tree`` binds."""
    names: set[str] = set()
    for node, _ in walk(tree):
        if isinstance(node, Each):
            names.add(node.name)
        elif isinstance(node, FunctionOf):
            names.update(name for name, _ in node.parameters)
        elif isinstance(node, ContextOf):
            names.update(key for key, _ in node.entries)
    return frozenset(names)


_CODE: dict[type[Node], Callable[[_Compiler, Any], Code]] = {
    Literal: _Compiler.literal,
    AtLiteral: _Compiler.at_literal,
    Name: _Compiler.name,
    Path: _Compiler.path,
    Filter: _Compiler.filter,
    Call: _Compiler.call,
    Negate: _Compiler.negate,
    Chain: _Compiler.chain,
    Logic: _Compiler.logic,
    Compare: _Compiler.compare,
    Between: _Compiler.between,
    Test: _Compiler.test,
    In: _Compiler.in_,
    InstanceOf: _Compiler.instance_of,
    If: _Compiler.if_,
    For: _Compiler.for_,
    Quantified: _Compiler.quantified,
    ListOf: _Compiler.list_of,
    ContextOf: _Compiler.context_of,
    RangeOf: _Compiler.range_of,
    FunctionOf: _Compiler.function_of,
}
