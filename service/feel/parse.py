"""Reads FEEL source into a syntax tree: one method per construct, precedence by climbing."""

from collections.abc import Callable, Collection
from typing import TypeVar

from service.domain.errors import ExpressionError
from service.feel.cursor import TOO_DEEP, Cursor
from service.feel.grammar import (
    ARITHMETIC,
    COMPARISON,
    COMPARISONS,
    INSTANCE,
    LOGIC,
    LOOSE,
    NEGATION,
    SUM,
)
from service.feel.limits import MAX_DEPTH, MAX_LOOPS, MAX_NODES
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
    TypeRef,
    UnaryTestsOf,
    walk,
)
from service.feel.numeric import number_of
from service.feel.parse_types import read_type
from service.feel.tokens import Token, one_space

_CONSTANTS = {"null": None, "true": True, "false": False}
_STARTS = frozenset({"for", "if", "some", "every", "function", *_CONSTANTS})
_KEY_SIGNS = frozenset({"+", "-", "*", "/", "."})
_AnyNode = TypeVar("_AnyNode", bound=Node)


def parse_expression(source: str, names: Collection[str] = ()) -> Node:
    """The syntax tree of one expression.

    ``names`` are the known names; only those with spaces or symbols change how it is read.

    Raises:
        ExpressionError: with the position of the first thing that does not fit.
    """
    return _whole(source, names, lambda parser: parser.expression())


def parse_unary_tests(source: str, names: Collection[str] = ()) -> UnaryTestsOf:
    """The syntax tree of a cell of a decision table: ``-``, ``"a", "b"``, ``not(< 3)``.

    Raises:
        ExpressionError: as for an expression.
    """
    return _whole(source, names, lambda parser: parser.unary_tests())


def _whole(source: str, names: Collection[str], read: Callable[["_Parser"], _AnyNode]) -> _AnyNode:
    parser = _Parser(source, names)
    try:
        tree = read(parser)
    except RecursionError as error:  # only when the caller itself is already very deep
        raise ExpressionError(TOO_DEEP, expression=source, position=0) from error
    if parser.token.kind != "end":
        parser.fail()
    for count, (node, depth) in enumerate(walk(tree), 1):
        if depth > MAX_DEPTH:
            raise ExpressionError(TOO_DEEP, expression=source, position=node.at)
        if count > MAX_NODES:
            reason = f"De expressie heeft meer dan {MAX_NODES} onderdelen."
            raise ExpressionError(reason, expression=source, position=node.at)
    return tree


class _Parser(Cursor):
    def unary_tests(self) -> UnaryTestsOf:
        at = self.token.at
        if self.sees("-") and self.peek().kind == "end":
            self.next()
            return UnaryTestsOf((), at=at)
        if self.token.text == "not" and self.peek().text == "(":
            start = self.index
            try:
                return self._negated_tests(at)
            except ExpressionError:
                self.go(start)
        return UnaryTestsOf(self._tests(), at=at)

    def _negated_tests(self, at: int) -> UnaryTestsOf:
        self.go(self.index + 2)
        tests = self._tests()
        self.expect(")")
        if self.token.kind != "end":
            self.fail()
        return UnaryTestsOf(tests, negated=True, at=at)

    def _tests(self) -> tuple[Node, ...]:
        tests = [self._item()]
        while self.take(","):
            tests.append(self._item())
        return tuple(tests)

    def _test(self, minimum: int) -> Node:
        if self.token.kind == "sign" and self.token.text in COMPARISONS:
            sign = self.next()
            return Test(sign.text, self.expression(SUM), at=sign.at)
        return self.expression(minimum)

    def _item(self, minimum: int = LOOSE) -> Node:
        """A test or expression within brackets, where a ``[`` opens a filter again."""
        outside, self.range_end = self.range_end, False
        node = self._test(minimum)
        self.range_end = outside
        return node

    def expression(self, minimum: int = LOOSE) -> Node:
        """An expression whose operators all bind at least as tightly as ``minimum``."""
        self.deeper()
        node = self._climb(self._prefix(), minimum)
        self.depth -= 1
        return node

    def _climb(self, left: Node, minimum: int) -> Node:
        while (grown := self._grow(left, minimum)) is not None:
            left = grown
        return left

    def _grow(self, left: Node, minimum: int) -> Node | None:
        kind, text, at, _ = self.token
        if kind == "sign":
            if text in ".[(":
                return self._postfix(left, text)
            if text in COMPARISONS and minimum <= COMPARISON:
                self.next()
                return Compare(text, left, self.expression(SUM), at=at)
            level = ARITHMETIC.get(text)
            return self._chain(left, level) if level and minimum <= level else None
        if kind != "keyword":
            return None
        if text in LOGIC:
            return self._logic(left, text) if minimum <= LOGIC[text] else None
        if text == "instance" and minimum <= INSTANCE:
            self.next()
            self.expect("of")
            return InstanceOf(left, read_type(self), at=at)
        if text == "between" and minimum <= COMPARISON:
            return self._between(left)
        return self._in(left) if text == "in" and minimum <= COMPARISON else None

    def _chain(self, first: Node, level: int) -> Node:
        at, rest = self.token.at, []
        while self.token.kind == "sign" and ARITHMETIC.get(self.token.text) == level:
            sign = self.next().text
            rest.append((sign, self.expression(level + 1)))
        return Chain(first, tuple(rest), at=at)

    def _logic(self, first: Node, word: str) -> Node:
        at, operands = self.token.at, [first]
        while self.take(word):
            operands.append(self.expression(LOGIC[word] + 1))
        return Logic(word, tuple(operands), at=at)

    def _between(self, value: Node) -> Node:
        at = self.next().at
        low = self.expression(SUM)
        self.expect("and")
        return Between(value, low, self.expression(SUM), at=at)

    def _in(self, value: Node) -> Node:
        at = self.next().at
        if not self.sees("("):
            return In(value, (self._test(SUM),), at=at)
        opening = self.token.at
        self.next()
        tests = self._tests()
        if self.sees("..") and len(tests) == 1:
            tests = (self._range(tests[0], opening, low_included=False),)
        else:
            self.expect(")")
        if len(tests) == 1 and self._continues():
            tests = (self._climb(tests[0], SUM),)
        return In(value, tests, at=at)

    def _continues(self) -> bool:
        sign = self.token.text
        return self.token.kind == "sign" and (sign in ARITHMETIC or sign in (".", "["))

    def _postfix(self, left: Node, sign: str) -> Node | None:
        at = self.token.at
        if sign == "[":
            if self.range_end and not _opens_expression(self.peek()):
                return None
            self.next()
            condition = self._item()
            self.expect("]")
            return Filter(left, condition, at=at)
        if sign == "(":
            return self._call(left)
        self.next()
        return Path(left, self._property(), at=at)

    def _property(self) -> str:
        if self.keyword() and self.token.text not in ("then", "else", "return", "satisfies"):
            return self.next().text
        return self.words()

    def _call(self, function: Node) -> Node:
        at = self.next().at
        arguments: list[Node] = []
        names: list[str] = []
        while not self.sees(")"):
            if arguments:
                self.expect(",")
            if name := self.argument_name():
                names.append(name)
            arguments.append(self._item())
            if names and len(names) != len(arguments):
                self.fail("Noem van alle argumenten de naam, of van geen enkel.")
        self.next()
        return Call(function, tuple(arguments), tuple(names), at=at)

    def _prefix(self) -> Node:
        kind, text, at, _ = self.token
        if kind == "name":
            return Name(self.words(), at=at)
        if kind == "number":
            return self._number(text, at)
        if kind == "string":
            self.next()
            return Literal(text, at=at)
        if kind == "sign":
            return self._bracketed(text, at)
        if text in _CONSTANTS and kind == "keyword":
            self.next()
            return Literal(_CONSTANTS[text], at=at)
        return self._statement(text, at)

    def _number(self, text: str, at: int) -> Node:
        try:
            number = number_of(text)
        except ArithmeticError:
            self.fail("Dit getal is te groot.")
        self.next()
        return Literal(number, at=at)

    def _statement(self, text: str, at: int) -> Node:
        if text == "if":
            return self._if(at)
        if text == "for":
            loops = self._loops("return")
            return For(loops, self.expression(), at=at)
        if text in ("some", "every"):
            loops = self._loops("satisfies")
            return Quantified(text, loops, self.expression(), at=at)
        if text == "function":
            return self._function(at)
        return self.fail()

    def _bracketed(self, sign: str, at: int) -> Node:
        if sign == "-":
            self.next()
            return Negate(self.expression(NEGATION), at=at)
        if sign == "(":
            return self._parenthesis(at)
        if sign == "[":
            return self._list(at)
        if sign == "{":
            return self._context(at)
        if sign == "]":
            self.next()
            return self._range(self._item(SUM), at, low_included=False)
        if sign == "@" and self.peek().kind == "string":
            self.next()
            return AtLiteral(self.next().text, at=at)
        return self.fail()

    def _parenthesis(self, at: int) -> Node:
        self.next()
        node = self._item()
        if self.sees(".."):
            return self._range(node, at, low_included=False)
        self.expect(")")
        return node

    def _list(self, at: int) -> Node:
        self.next()
        items: list[Node] = []
        while not self.take("]"):
            if items:
                self.expect(",")
            items.append(self._item())
            if len(items) == 1 and self.sees(".."):
                return self._range(items[0], at, low_included=True)
        return ListOf(tuple(items), at=at)

    def _range(self, low: Node, at: int, *, low_included: bool) -> Node:
        self.expect("..")
        outside, self.range_end = self.range_end, True
        high = self.expression(SUM)
        self.range_end = outside
        if isinstance(low, Test) or isinstance(high, Test):
            self.fail("Het begin en het einde van een bereik zijn waarden, geen vergelijkingen.")
        open_end = self.take(")") or self.take("[")
        if not open_end:
            self.expect("]")
        return RangeOf(low, high, low_included, not open_end, at=at)

    def _context(self, at: int) -> Node:
        self.next()
        entries: dict[str, Node] = {}
        while not self.take("}"):
            if entries:
                self.expect(",")
            start = self.index
            key = self._key()
            if key in entries:
                self.go(start)
                self.fail(f"De context heeft twee keer {key!r}.")
            entries[key] = self._item()
        return ContextOf(tuple(entries.items()), at=at)

    def _key(self) -> str:
        first = self.token
        if first.kind == "string":
            self.next()
            self.expect(":")
            return first.text
        if first.kind not in ("name", "keyword"):
            self.fail()
        while self.token.kind in ("name", "keyword", "number") or self.token.text in _KEY_SIGNS:
            self.next()
        end = self.expect(":").at
        return one_space(self.source[first.at : end])

    def _if(self, at: int) -> Node:
        self.next()
        condition = self.expression()
        self.expect("then")
        yes = self.expression()
        self.expect("else")
        return If(condition, yes, self.expression(), at=at)

    def _loops(self, closing: str) -> tuple[Each, ...]:
        self.next()
        loops = [self._each()]
        while self.take(","):
            loops.append(self._each())
        if len(loops) > MAX_LOOPS:
            self.fail(f"Er lopen meer dan {MAX_LOOPS} herhalingen door elkaar.")
        self.expect(closing)
        return tuple(loops)

    def _each(self) -> Each:
        at = self.token.at
        name = self.words()
        self.expect("in")
        source = self.expression()
        end = self.expression() if self.take("..") else None
        return Each(name, source, end, at=at)

    def _function(self, at: int) -> Node:
        self.next()
        self.expect("(")
        parameters: list[tuple[str, TypeRef | None]] = []
        while not self.take(")"):
            if parameters:
                self.expect(",")
            name = self.words()
            parameters.append((name, read_type(self) if self.take(":") else None))
        external = self.take("external")
        return FunctionOf(tuple(parameters), self.expression(), external, at=at)


def _opens_expression(token: Token) -> bool:
    if token.kind == "sign":
        return token.text in "([{-@"
    return token.kind in ("name", "number", "string") or token.text in _STARTS
