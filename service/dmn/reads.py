"""What decisions read from outside: the names that somebody who asks has to give."""

from collections.abc import Iterator, Mapping

from service.dmn import model
from service.dmn.names import all_boxes, node_names
from service.dmn.read import read_model
from service.domain.errors import ExpressionError, Unreadable
from service.feel import compile_expression, compile_unary_tests


def names_read(content: bytes) -> Mapping[str, frozenset[str]]:
    """The variables that the expressions of each decision in a file read, by id of the decision.

    Without what the file itself defines; input data has to be given. What cannot be read or
    compiled reads nothing.
    """
    try:
        read = read_model(content, file="")
    except Unreadable:
        return {}
    nodes = [node for node in read.nodes.values() if not isinstance(node, model.InputNode)]
    own = frozenset([*(node.name for node in nodes), *(item.name for item in read.imports)])
    given = frozenset(read.names()) - own
    return {
        node.id: frozenset(_read_by(node, own | given)) - own - frozenset(node_names(node))
        for node in nodes
        if isinstance(node, model.DecisionNode)
    }


def _read_by(node: model.DecisionNode, known: frozenset[str]) -> Iterator[str]:
    for box in all_boxes(node.box):
        match box:
            case model.LiteralBox(text=text):
                yield from _names(text, known)
            case model.TableBox(inputs=inputs, rules=rules):
                for column in inputs:
                    yield from _names(column.expression.text, known)
                for rule in rules:
                    for cell in rule.tests:
                        yield from _names(cell.text, known, tests=True)
                    for cell in rule.outputs:
                        yield from _names(cell.text, known)


def _names(text: str, known: frozenset[str], *, tests: bool = False) -> frozenset[str]:
    build = compile_unary_tests if tests else compile_expression
    try:
        return frozenset(build(text, names=known).names)
    except ExpressionError:
        return frozenset()
