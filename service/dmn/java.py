"""Functions of the kind Java in a model: only those that FEEL has a replacement for."""

from typing import Any

from service.dmn import model
from service.dmn.compiling import Compiling, constant_of
from service.dmn.run import Evaluator, Run, Scope
from service.domain.findings import Severity
from service.feel.java import find_method, java_function
from service.feel.run import Problem


def compile_java(
    box: model.FunctionBox, mapping: Evaluator, compiling: Compiling, label: str
) -> Evaluator:
    """The body of the function; ``mapping`` gives the class and the signature that it names."""
    if not _is_known(box):
        note_external(box, compiling, label)
    names = tuple(parameter.name for parameter in box.parameters)

    def call(scope: Scope, run: Run) -> Any:
        try:
            function = java_function({"java": mapping(scope, run)}, names, ())
            return function.call(run.evaluation, [scope[name] for name in names])
        except Problem as problem:
            run.note(f"{label}: {problem}")
            return None

    return call


def note_external(box: model.FunctionBox, compiling: Compiling, label: str) -> None:
    """Warn that a function from outside is never called, so that its value is always null."""
    compiling.finding(
        "external-function",
        f"{label}: deze functie van de soort {box.kind!r} wordt nooit uitgevoerd.",
        "Schrijf de functie in FEEL.",
        element_id=box.element_id,
        line=box.line,
        severity=Severity.WARNING,
    )


def _is_known(box: model.FunctionBox) -> bool:
    if not isinstance(box.body, model.ContextBox):
        return False
    said = {
        entry.name: constant_of(entry.box.text)[1]
        for entry in box.body.entries
        if isinstance(entry.box, model.LiteralBox)
    }
    return find_method(said.get("class"), said.get("method signature")) is not None
