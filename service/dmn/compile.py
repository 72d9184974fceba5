"""From the bytes of a DMN file to compiled definitions, or to what is wrong with it."""

from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import UTC, datetime

from service.dmn import model
from service.dmn.check import check_model
from service.dmn.compiling import Compiling
from service.dmn.definitions import Definitions
from service.dmn.names import node_names
from service.dmn.read import read_model
from service.domain.by_content import by_content
from service.domain.errors import Refused, Unreadable
from service.domain.findings import Finding, Severity, errors_of
from service.feel import Environment

_SOME_MOMENT = datetime(2000, 1, 1, tzinfo=UTC)


def read_dmn(
    content: bytes, *, file: str, imported: Iterable[Definitions] = (), strict: bool = True
) -> Definitions:
    """The compiled model in ``content``.

    ``imported`` are models that it may import. Without ``strict`` a model with errors is read as
    well: what cannot be evaluated is null, with a diagnosis.

    Raises:
        Unreadable: no safe XML, or not DMN 1.2–1.6.
        Refused: with ``strict``: the model has errors; the findings name them.
    """
    definitions, findings = compile_model(read_model(content, file=file), imported)
    if strict and errors_of(findings):
        raise refusal(file, findings)
    return definitions


def refusal(file: str, findings: Sequence[Finding]) -> Refused:
    """The error of a file with these findings; its message has the first three."""
    reasons = " ".join(f"{item.reason} {item.way_out}" for item in errors_of(findings)[:3])
    return Refused(f"{file}: {reasons}", findings)


def imports_others(content: bytes) -> bool:
    """Whether the model in a file imports others; one that cannot be read does not."""
    try:
        return bool(read_model(content, file="").imports)
    except Unreadable:
        return False


def check_dmn(content: bytes, *, file: str, imported: Iterable[Definitions] = ()) -> list[Finding]:
    """Everything that is wrong with the model, in the order of the file; never raises."""
    try:
        _, findings = compile_model(read_model(content, file=file), imported, thorough=True)
    except Refused as error:
        return list(error.findings)
    except RecursionError:
        return [too_deep(file)]
    return sorted(findings, key=lambda finding: finding.line or 0)


@by_content
def decision_names(content: bytes) -> Mapping[str, str]:
    """What the decisions in a file are called, by id and in its order; none when unreadable."""
    try:
        nodes = read_model(content, file="").nodes.values()
    except Unreadable:
        return {}
    return {node.id: node.name for node in nodes if isinstance(node, model.DecisionNode)}


@by_content
def decision_outputs(content: bytes) -> Mapping[str, tuple[str, ...]]:
    """The names of the output columns of each decision with several, by id.

    A decision with one output gives a bare value, and is not here.
    """
    try:
        nodes = read_model(content, file="").nodes.values()
    except Unreadable:
        return {}
    return {node.id: names for node in nodes if len(names := _outputs(node)) > 1}


def _outputs(node: model.Node) -> tuple[str, ...]:
    if not isinstance(node, model.DecisionNode) or not isinstance(node.box, model.TableBox):
        return ()
    return tuple(column.name for column in node.box.outputs if column.name)


@by_content
def decision_ids(content: bytes) -> tuple[str, ...]:
    """The ids of the decisions in a file, in its order; none when it cannot be read."""
    return tuple(decision_names(content))


def compile_model(
    read: model.Model,
    imported: Iterable[Definitions],
    *,
    thorough: bool = False,
    refused_imports: Container[str] = (),
) -> tuple[Definitions, list[Finding]]:
    """The compiled model and what is wrong with it; ``thorough`` also takes tables apart.

    ``refused_imports`` are the namespaces of which the finding is made elsewhere.
    """
    by_namespace = {item.namespace: item for item in imported}
    compiling = Compiling(
        model=read,
        names=frozenset(_names(read, by_namespace)),
        env=Environment(now=_SOME_MOMENT),
        thorough=thorough,
        imported_types={
            item.name: by_namespace[item.namespace].types
            for item in read.imports
            if item.namespace in by_namespace
        },
    )
    for item in read.imports:
        if item.namespace not in by_namespace and item.namespace not in refused_imports:
            compiling.finding(
                "unknown-import",
                f"Het geïmporteerde model {item.name!r} ({item.namespace}) is er niet bij.",
                "Zet het bestand van dat model erbij, of haal de import weg.",
                element_id=None,
            )
    definitions = Definitions(compiling, by_namespace)
    check_model(compiling, thorough=thorough)
    return definitions, compiling.findings


def _names(read: model.Model, imported: Mapping[str, Definitions]) -> Iterable[str]:
    yield from read.names()
    for node in read.nodes.values():
        yield from node_names(node)
    for item in read.imports:
        yield item.name
        if item.namespace in imported:
            yield from imported[item.namespace].names


def too_deep(file: str) -> Finding:
    """What is told of a file that is nested so deep that reading it was given up."""
    return Finding(
        file=file,
        element_id=None,
        code="too-deep",
        severity=Severity.ERROR,
        reason="De expressies in dit bestand zijn te diep genest.",
        way_out="Verdeel ze over meer beslissingen.",
    )
