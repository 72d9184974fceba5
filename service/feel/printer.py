"""Writes a syntax tree as FEEL source that reads back as the same tree."""

from collections.abc import Callable, Sequence
from typing import Any

from service.feel import grammar as level
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
)
from service.feel.numeric import number_text
from service.feel.quoting import quoted
from service.feel.tokens import is_plain_name


def print_tree(tree: Node) -> str:
    """``tree`` in one line of FEEL, with no more parentheses than it needs."""
    return _in_parentheses(tree)


def _print(node: Node, minimum: int) -> str:
    text, own = _WRITERS[type(node)](node)
    return f"({text})" if own < minimum else text


def _list(nodes: Sequence[Node]) -> str:
    return ", ".join(_print(node, level.LOOSE) for node in nodes)


def _literal(node: Literal) -> tuple[str, int]:
    match node.value:
        case None:
            return "null", level.POSTFIX
        case bool():
            return ("true" if node.value else "false"), level.POSTFIX
        case str():
            return quoted(node.value), level.POSTFIX
        case _:
            return number_text(node.value), level.POSTFIX


def _chain(node: Chain) -> tuple[str, int]:
    own = level.ARITHMETIC[node.rest[0][0]]
    rest = "".join(f" {sign} {_print(operand, own + 1)}" for sign, operand in node.rest)
    return _print(node.first, own + 1) + rest, own


def _logic(node: Logic) -> tuple[str, int]:
    own = level.LOGIC[node.word]
    return f" {node.word} ".join(_print(operand, own + 1) for operand in node.operands), own


def _compare(node: Compare) -> tuple[str, int]:
    left, right = _print(node.left, level.COMPARISON), _print(node.right, level.SUM)
    return f"{left} {node.sign} {right}", level.COMPARISON


def _between(node: Between) -> tuple[str, int]:
    low, high = _print(node.low, level.SUM), _print(node.high, level.SUM)
    return f"{_print(node.value, level.COMPARISON)} between {low} and {high}", level.COMPARISON


def _in(node: In) -> tuple[str, int]:
    value = _print(node.value, level.COMPARISON)
    return f"{value} in ({_list(node.tests)})", level.COMPARISON


def _test(node: Test) -> tuple[str, int]:
    return f"{node.sign} {_print(node.operand, level.SUM)}", level.LOOSE


def _in_parentheses(node: Node) -> str:
    """An item of a list may be a bare test; everywhere else a test stands in parentheses."""
    text = _print(node, level.LOOSE)
    return f"({text})" if isinstance(node, Test) else text


def _if(node: If) -> tuple[str, int]:
    condition, yes, no = (_in_parentheses(child) for child in node.children())
    return f"if {condition} then {yes} else {no}", level.LOOSE


def _loops(loops: Sequence[Each]) -> str:
    return ", ".join(_each(loop)[0] for loop in loops)


def _each(node: Each) -> tuple[str, int]:
    end = "" if node.end is None else f"..{_in_parentheses(node.end)}"
    return f"{node.name} in {_in_parentheses(node.source)}{end}", level.LOOSE


def _for(node: For) -> tuple[str, int]:
    return f"for {_loops(node.loops)} return {_in_parentheses(node.result)}", level.LOOSE


def _quantified(node: Quantified) -> tuple[str, int]:
    condition = _in_parentheses(node.condition)
    return f"{node.word} {_loops(node.loops)} satisfies {condition}", level.LOOSE


def _context(node: ContextOf) -> tuple[str, int]:
    entries = (
        f"{key if is_plain_name(key) else quoted(key)}: {_in_parentheses(value)}"
        for key, value in node.entries
    )
    return f"{{{', '.join(entries)}}}", level.POSTFIX


def _range(node: RangeOf) -> tuple[str, int]:
    opening, closing = "[" if node.low_included else "(", "]" if node.high_included else ")"
    low, high = _print(node.low, level.SUM), _print(node.high, level.SUM)
    return f"{opening}{low}..{high}{closing}", level.POSTFIX


def _call(node: Call) -> tuple[str, int]:
    arguments = [_in_parentheses(argument) for argument in node.arguments]
    if node.names:
        arguments = [f"{n}: {a}" for n, a in zip(node.names, arguments, strict=True)]
    return f"{_print(node.function, level.POSTFIX)}({', '.join(arguments)})", level.POSTFIX


def _filter(node: Filter) -> tuple[str, int]:
    source, condition = _print(node.source, level.POSTFIX), _in_parentheses(node.condition)
    return f"{source}[{condition}]", level.POSTFIX


def _function(node: FunctionOf) -> tuple[str, int]:
    parameters = ", ".join(
        name if wanted is None else f"{name}: {print_type(wanted)}"
        for name, wanted in node.parameters
    )
    external = " external" if node.external else ""
    return f"function({parameters}){external} {_in_parentheses(node.body)}", level.LOOSE


def print_type(wanted: TypeRef) -> str:
    """``wanted`` as it is written after ``instance of``."""
    inside = [print_type(argument) for argument in wanted.arguments]
    inside += [f"{name}: {print_type(inner)}" for name, inner in wanted.fields]
    arguments = f"<{', '.join(inside)}>" if inside else ""
    result = f" -> {print_type(wanted.result)}" if wanted.result else ""
    return f"{wanted.name}{arguments}{result}"


def _unary_tests(node: UnaryTestsOf) -> tuple[str, int]:
    if not node.tests:
        return "-", level.LOOSE
    return (f"not({_list(node.tests)})" if node.negated else _list(node.tests)), level.LOOSE


_WRITERS: dict[type[Node], Callable[[Any], tuple[str, int]]] = {
    Literal: _literal,
    AtLiteral: lambda node: (f"@{quoted(node.text)}", level.POSTFIX),
    Name: lambda node: (node.name, level.POSTFIX),
    Path: lambda node: (f"{_print(node.source, level.POSTFIX)}.{node.name}", level.POSTFIX),
    Filter: _filter,
    Call: _call,
    Negate: lambda node: (f"-{_print(node.operand, level.NEGATION)}", level.NEGATION),
    Chain: _chain,
    Logic: _logic,
    Compare: _compare,
    Between: _between,
    Test: _test,
    In: _in,
    InstanceOf: lambda node: (
        f"{_print(node.value, level.INSTANCE)} instance of {print_type(node.type)}",
        level.INSTANCE,
    ),
    If: _if,
    Each: _each,
    For: _for,
    Quantified: _quantified,
    ListOf: lambda node: (f"[{_list(node.items)}]", level.POSTFIX),
    ContextOf: _context,
    RangeOf: _range,
    FunctionOf: _function,
    UnaryTestsOf: _unary_tests,
}
