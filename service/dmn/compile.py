"""From the bytes of a DMN file to compiled definitions, or to what is wrong with it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime

from service.dmn import model
from service.dmn.check import check_model
from service.dmn.compiling import Compiling
from service.dmn.definitions import Definitions
from service.dmn.names import node_names
from service.dmn.read import read_model
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
    definitions, findings = _compile(read_model(content, file=file), imported)
    if strict and (errors := errors_of(findings)):
        reasons = " ".join(f"{item.reason} {item.way_out}" for item in errors[:3])
        raise Refused(f"{file}: {reasons}", findings)
    return definitions


def read_together(
    contents: Mapping[str, bytes],
    *,
    strict: bool = True,
    refused: Callable[[Refused], None] | None = None,
) -> list[Definitions]:
    """The models in files (content by name) that may import one another.

    A model comes after those that it imports; of models that import each other in a circle, one
    finds the others missing. ``refused`` is told what is wrong with a file, which is left out.

    Raises:
        Unreadable: as for one file, without ``refused``.
        Refused: as for one file, without ``refused``.
    """
    done: list[Definitions] = []
    for file in _in_order(contents, refused):
        try:
            done.append(read_dmn(contents[file], file=file, imported=done, strict=strict))
        except Refused as error:
            _tell(error, refused)
    return done


def _in_order(
    contents: Mapping[str, bytes], refused: Callable[[Refused], None] | None
) -> Iterator[str]:
    waiting: dict[str, tuple[str, set[str]]] = {}
    for file, content in contents.items():
        try:
            waiting[file] = _imports_of(read_model(content, file=file))
        except Refused as error:
            _tell(error, refused)
    while waiting:
        spaces = {own for own, _ in waiting.values()}
        ready = [file for file, (own, needs) in waiting.items() if not needs & (spaces - {own})]
        for file in ready or [next(iter(waiting))]:
            del waiting[file]
            yield file


def _tell(error: Refused, refused: Callable[[Refused], None] | None) -> None:
    if refused is None:
        raise error
    refused(error)


def imports_others(content: bytes) -> bool:
    """Whether the model in a file imports others; one that cannot be read does not."""
    try:
        return bool(read_model(content, file="").imports)
    except Unreadable:
        return False


def _imports_of(read: model.Model) -> tuple[str, set[str]]:
    needs = {item.namespace for item in read.imports} - {read.namespace}
    return read.namespace, needs


def check_dmn(content: bytes, *, file: str, imported: Iterable[Definitions] = ()) -> list[Finding]:
    """Everything that is wrong with the model, in the order of the file; never raises."""
    try:
        _, findings = _compile(read_model(content, file=file), imported, thorough=True)
    except Refused as error:
        return list(error.findings)
    except RecursionError:
        return [_too_deep(file)]
    return sorted(findings, key=lambda finding: finding.line or 0)


def decision_ids(content: bytes) -> tuple[str, ...]:
    """The ids of the decisions in a file, in its order; none when it cannot be read."""
    try:
        nodes = read_model(content, file="").nodes.values()
    except Unreadable:
        return ()
    return tuple(node.id for node in nodes if isinstance(node, model.DecisionNode))


def _compile(
    read: model.Model, imported: Iterable[Definitions], *, thorough: bool = False
) -> tuple[Definitions, list[Finding]]:
    by_namespace = {item.namespace: item for item in imported}
    compiling = Compiling(
        model=read,
        names=frozenset(_names(read, by_namespace)),
        env=Environment(now=_SOME_MOMENT),
        imported_types={
            item.name: by_namespace[item.namespace].types
            for item in read.imports
            if item.namespace in by_namespace
        },
    )
    for item in read.imports:
        if item.namespace not in by_namespace:
            compiling.finding(
                "unknown-import",
                f"Het geïmporteerde model {item.name!r} ({item.namespace}) is er niet bij.",
                "Zet het bestand van dat model in dezelfde map.",
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


def _too_deep(file: str) -> Finding:
    return Finding(
        file=file,
        element_id=None,
        code="too-deep",
        severity=Severity.ERROR,
        reason="De expressies in dit bestand zijn te diep genest.",
        way_out="Verdeel ze over meer beslissingen.",
    )
