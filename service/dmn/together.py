"""Models that may import one another: read in their order, or refused where they cannot be."""

from collections.abc import Callable, Collection, Container, Iterator, Mapping
from dataclasses import dataclass

from service.dmn import model
from service.dmn.compile import compile_model, imports_others, refusal, too_deep
from service.dmn.definitions import Definitions
from service.dmn.read import read_model
from service.domain.by_content import by_content
from service.domain.errors import Refused
from service.domain.findings import Finding, Severity, errors_of


@dataclass(frozen=True, kw_only=True)
class _Read:
    """One file: its model as far as it could be read, and what is wrong with it."""

    file: str
    error: Refused | None = None
    definitions: Definitions | None = None
    findings: tuple[Finding, ...] = ()


def read_together(
    contents: Mapping[str, bytes],
    *,
    strict: bool = True,
    refused: Callable[[Refused], None] | None = None,
) -> list[Definitions]:
    """The models in files (content by name) that may import one another.

    A model comes after those that it imports. ``refused`` is told what is wrong with a file,
    which is left out. Without ``strict`` a model with errors is read as well.

    Raises:
        Unreadable: as for one file, without ``refused``.
        Refused: as for one file, without ``refused``.
    """
    done: list[Definitions] = []
    for read in _all(contents, thorough=()):
        error = read.error
        if error is None and strict and errors_of(read.findings):
            error = refusal(read.file, read.findings)
        if error is not None and refused is None:
            raise error
        if error is not None and refused is not None:
            refused(error)
        elif read.definitions is not None:
            done.append(read.definitions)
    return done


def check_together(
    contents: Mapping[str, bytes], *, only: Collection[str] | None = None
) -> list[Finding]:
    """Everything that is wrong with models that may import one another, file by file.

    With ``only`` what is wrong with those files; the others are there to be imported.
    """
    asked = contents if only is None else only
    if not asked:
        return []
    if not any(imports_others(contents[file]) for file in asked if file in contents):
        contents = {file: body for file, body in contents.items() if file in asked}
    found: dict[str, list[Finding]] = {}
    for read in _all(contents, thorough=asked):
        findings = read.error.findings if read.error is not None else read.findings
        found[read.file] = sorted(findings, key=lambda finding: finding.line or 0)
    return [finding for file in contents if file in asked for finding in found[file]]


def _all(contents: Mapping[str, bytes], *, thorough: Container[str]) -> Iterator[_Read]:
    models: dict[str, model.Model] = {}
    for file, content in contents.items():
        try:
            models[file] = read_model(content, file=file)
        except Refused as error:
            yield _Read(file=file, error=error)
        except RecursionError:
            yield _Read(file=file, findings=(too_deep(file),))
    done: list[Definitions] = []
    for file in _in_order(models):
        one, close = models[file], file in thorough
        read = (
            _compiled(one, models, done, thorough=close)
            if one.imports
            else _alone(contents[file], file, thorough=close)
        )
        if read.definitions is not None:
            done.append(read.definitions)
        yield read


@by_content
def _alone(content: bytes, /, file: str, *, thorough: bool) -> _Read:
    """A model that needs no other, whatever lies beside it."""
    return _compiled(read_model(content, file=file), {}, [], thorough=thorough)


def _compiled(
    one: model.Model, models: Mapping[str, model.Model], done: list[Definitions], *, thorough: bool
) -> _Read:
    """One model with those before it; what it imports in vain is told once, and why."""
    refused = {item.namespace: item for item in _wrong_imports(one, models)}
    sound = [item for item in done if item.namespace not in refused]
    try:
        definitions, findings = compile_model(
            one, sound, thorough=thorough, refused_imports=refused
        )
    except RecursionError:
        return _Read(file=one.file, findings=(too_deep(one.file),))
    return _Read(
        file=one.file,
        definitions=definitions,
        findings=(*(item.finding for item in refused.values()), *findings),
    )


@dataclass(frozen=True, kw_only=True)
class _WrongImport:
    namespace: str
    finding: Finding


def _wrong_imports(one: model.Model, models: Mapping[str, model.Model]) -> Iterator[_WrongImport]:
    """The imports of a model that lead back to it, or to more than one file."""
    for item in {item.namespace: item for item in one.imports}.values():
        files = [file for file, other in models.items() if other.namespace == item.namespace]
        if item.namespace == one.namespace or one.file in _reached(files, models):
            yield _wrong(
                one,
                item,
                code="import-cycle",
                reason="heeft via zijn imports weer dit model nodig",
                way_out="Zet wat beide nodig hebben in een derde model.",
            )
        elif len(files) > 1:
            yield _wrong(
                one,
                item,
                code="ambiguous-import",
                reason=f"kan elk van deze bestanden zijn: {', '.join(sorted(files))}",
                way_out="Geef elk model een eigen namespace.",
            )


def _wrong(
    one: model.Model, item: model.Import, *, code: str, reason: str, way_out: str
) -> _WrongImport:
    return _WrongImport(
        namespace=item.namespace,
        finding=Finding(
            file=one.file,
            element_id=None,
            code=code,
            severity=Severity.ERROR,
            reason=f"Het geïmporteerde model {item.name!r} ({item.namespace}) {reason}.",
            way_out=way_out,
        ),
    )


def _reached(files: list[str], models: Mapping[str, model.Model]) -> set[str]:
    """These files and every file that they import, near or far."""
    reached: set[str] = set()
    waiting = [*files]
    while waiting:
        file = waiting.pop()
        if file not in reached:
            reached.add(file)
            waiting += _imported_files(file, models)
    return reached


def _imported_files(file: str, models: Mapping[str, model.Model]) -> list[str]:
    wanted = {item.namespace for item in models[file].imports}
    return [other for other, one in models.items() if one.namespace in wanted]


def _in_order(models: Mapping[str, model.Model]) -> Iterator[str]:
    """Each file after those that it imports; of a circle the first one is the first."""
    waiting = {file: {*_imported_files(file, models)} - {file} for file in models}
    while waiting:
        ready = [file for file, needs in waiting.items() if not needs & waiting.keys()]
        for file in ready or [next(iter(waiting))]:
            del waiting[file]
            yield file
