"""Walks boxed expressions: all of them, and the names that they bring into scope."""

from collections.abc import Iterator

from service.dmn import model


def node_names(node: model.Node) -> Iterator[str]:
    """Names that the logic of an element defines: entries, columns, outputs."""
    root: model.Box | None = None
    if isinstance(node, model.DecisionNode):
        root = node.box
    elif isinstance(node, model.KnowledgeNode):
        root = node.function
    for box in all_boxes(root):
        yield from (name for name in _names_of(box) if name)


def _names_of(box: model.Box) -> Iterator[str | None]:
    match box:
        case model.ContextBox(entries=entries):
            yield from (entry.name for entry in entries)
        case model.RelationBox(columns=columns):
            yield from columns
        case model.IterationBox(variable=variable):
            yield variable
        case model.TableBox(outputs=outputs):
            yield from (output.name for output in outputs)


def all_boxes(box: model.Box | None) -> Iterator[model.Box]:
    """``box`` and every boxed expression inside it."""
    if box is None:
        return
    yield box
    for inner in _parts(box):
        yield from all_boxes(inner)


def _parts(box: model.Box) -> Iterator[model.Box | None]:
    match box:
        case model.ContextBox(entries=entries):
            yield from (entry.box for entry in entries)
        case model.InvocationBox(function=function, bindings=bindings):
            yield function
            yield from (binding.box for binding in bindings)
        case model.ListBox(items=items):
            yield from items
        case model.RelationBox(rows=rows):
            yield from (cell for row in rows for cell in row)
        case model.FunctionBox(body=body):
            yield body
        case model.ConditionalBox(condition=condition, then=then, otherwise=otherwise):
            yield from (condition, then, otherwise)
        case model.IterationBox(items=source, each=each):
            yield from (source, each)
        case model.FilterBox(items=source, match=matching):
            yield from (source, matching)
