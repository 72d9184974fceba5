"""The requirements graph of a model, evaluated lazily: only what a decision really reads."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from service.dmn import model
from service.dmn.boxes import coerced, compile_box
from service.dmn.compiling import Compiling
from service.dmn.functions import define_function
from service.dmn.run import Evaluator, Member, RequirementScope, Run, Scope
from service.dmn.types import TypeBook
from service.domain.errors import ExpressionError, NotFound
from service.feel import Diagnosis, Environment, to_feel

_BUSY = object()


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a decision says, why it says nothing, and which rules it rests on."""

    value: Any
    diagnoses: tuple[Diagnosis, ...] = ()
    matched: tuple[str, ...] = ()
    """Ids of the rules that gave the outcome, of required decisions first."""


@dataclass(frozen=True, kw_only=True)
class Decision:
    """A decision as others see it."""

    id: str
    name: str
    question: str
    requires: tuple[str, ...]
    """Ids of the decisions, inputs and knowledge that it needs."""


class Definitions:
    """A compiled DMN model; immutable, so it can be shared between threads."""

    def __init__(
        self, compiling: Compiling, imported: Mapping[str, "Definitions"] = MappingProxyType({})
    ) -> None:
        """Compile every element of the model once; ``imported`` is by namespace."""
        self._model = compiling.model
        self._compiling = compiling
        self._imported = imported
        found = [
            Decision(id=node.id, name=node.name, question=node.question, requires=node.requires)
            for node in compiling.model.nodes.values()
            if isinstance(node, model.DecisionNode)
        ]
        self.decisions: Mapping[str, Decision] = MappingProxyType({one.id: one for one in found})
        """By id, in document order."""
        self.by_name: Mapping[str, Decision] = MappingProxyType({one.name: one for one in found})
        self._members: dict[str, Member] = {}
        for node in self._model.nodes.values():
            self._members[node.id] = self._member_of(node)
        self._types = compiling.types.checks()
        self._scopes = {
            node.id: self._requirements(node)
            for node in self._model.nodes.values()
            if isinstance(node, model.DecisionNode | model.KnowledgeNode)
        }

    @property
    def file(self) -> str:
        """The name of the file that this was read from."""
        return self._model.file

    @property
    def name(self) -> str:
        """The model's name."""
        return self._model.name

    @property
    def namespace(self) -> str:
        """How other models refer to this one."""
        return self._model.namespace

    @property
    def inputs(self) -> tuple[str, ...]:
        """The names of the input data that the model declares."""
        nodes = self._model.nodes.values()
        return tuple(node.name for node in nodes if isinstance(node, model.InputNode))

    def decide(self, decision_id: str, scope: Scope, env: Environment) -> Outcome:
        """Decide; ``scope`` holds the inputs by name and is read only where needed.

        Raises:
            NotFound: there is no such decision.
            ExpressionError: a bound on work, depth or size is exceeded.
        """
        node = self._model.nodes.get(decision_id)
        if not isinstance(node, model.DecisionNode):
            raise NotFound(f"{self.file}: beslissing {decision_id!r} bestaat niet.")
        run = self._run(env)
        return _outcome(self._members[node.id], scope, run)

    def call_service(
        self, name: str, scope: Scope, env: Environment
    ) -> tuple[tuple[str, ...], Outcome]:
        """Call a decision service by name or id, its inputs taken by name from ``scope``.

        Returns the names of its output decisions, and their outcome: a value when there is
        one output, a context when there are several.

        Raises:
            NotFound: there is no such decision service.
            ExpressionError: a bound on work, depth or size is exceeded.
        """
        for node in self._model.nodes.values():
            if isinstance(node, model.DecisionServiceNode) and name in {node.id, node.name}:
                break
        else:
            raise NotFound(f"{self.file}: beslisservice {name!r} bestaat niet.")
        run = self._run(env)
        names = tuple(self._name_of(output) for output in node.outputs)
        return names, _outcome(self._service_body(node), scope, run)

    def _run(self, env: Environment) -> Run:
        return Run(replace(env, types=self._types) if self._types else env)

    def export(self, element_id: str) -> tuple[str, Member] | None:
        """An element by id for a model that imports this one: its name and its value."""
        member = self._members.get(element_id)
        return None if member is None else (self._name_of(element_id), member)

    @property
    def names(self) -> frozenset[str]:
        """Every name that an expression of the model may use."""
        return self._compiling.names

    @property
    def types(self) -> TypeBook:
        """The types that a model which imports this one can use."""
        return self._compiling.types

    def _name_of(self, href: str) -> str:
        node = self._model.nodes.get(href)
        return node.name if node is not None else href

    # Members: how the value of each element is found.

    def _member_of(self, node: model.Node) -> Member:
        if isinstance(node, model.InputNode):
            return self._input(node)
        if isinstance(node, model.DecisionNode):
            body = compile_box(node.box, self._compiling, label=node.name)
            return self._remembered(node, self._typed(node, body))
        if isinstance(node, model.KnowledgeNode):
            return self._remembered(node, self._knowledge(node))
        if isinstance(node, model.DecisionServiceNode):
            return self._service(node)
        raise AssertionError(node)

    def _typed(self, node: model.Node, body: Evaluator) -> Evaluator:
        return coerced(body, node.type_ref, self._compiling, label=node.name, element_id=node.id)

    def _input(self, node: model.InputNode) -> Member:
        declared = self._compiling.type_named(node.type_ref, element_id=node.id)
        key = (self.namespace, node.id)
        name = node.name

        def value_of(base: Scope, run: Run) -> Any:
            if key in run.memo:
                return run.memo[key]
            value = base.get(name)
            if declared is not None:
                fits, value = declared.coerce(to_feel(value))
                if not fits:
                    run.note(f"Invoer {name!r} is geen {declared.name}.", expression=name)
            run.memo[key] = value
            return value

        return value_of

    def _remembered(self, node: model.Node, body: Evaluator) -> Member:
        key = (self.namespace, node.id)

        def value_of(base: Scope, run: Run) -> Any:
            value = run.memo.get(key, _BUSY)
            if value is not _BUSY:
                return value
            if key in run.memo:
                run.note(f"{node.name}: deze beslissing heeft zichzelf nodig.")
                return None
            run.memo[key] = _BUSY
            run.enter()
            try:
                value = body(RequirementScope(base, self._scopes[node.id], run), run)
            finally:
                run.leave()
            run.memo[key] = value
            return value

        return value_of

    def _knowledge(self, node: model.KnowledgeNode) -> Evaluator:
        function = node.function
        if function is None:
            return lambda _scope, _run: None
        inner = self._compiling.knowing(parameter.name for parameter in function.parameters)
        body = compile_box(function.body, inner, label=node.name)
        if function.kind.upper() != "FEEL":
            return compile_box(function, self._compiling, label=node.name)
        result = self._compiling.types.result_of(node.type_ref)
        ref = result.name if result is not None else node.type_ref
        body = coerced(body, ref, self._compiling, label=node.name, element_id=node.id)
        return define_function(function.parameters, body, self._compiling, label=node.name)

    def _service(self, node: model.DecisionServiceNode) -> Member:
        inputs = [self._model.nodes.get(href) for href in (*node.input_data, *node.input_decisions)]
        parameters = tuple(
            model.Parameter(name=found.name, type_ref=found.type_ref)
            for found in inputs
            if found is not None
        )
        return define_function(
            parameters, self._service_body(node), self._compiling, label=node.name
        )

    def _service_body(self, node: model.DecisionServiceNode) -> Evaluator:
        result = self._compiling.types.result_of(node.type_ref)
        types = self._compiling.types

        def body(scope: Scope, run: Run) -> Any:
            memo: dict[tuple[str, str], Any] = {}
            for href in node.input_decisions:
                found = self._model.nodes.get(href)
                if found is not None:
                    value = scope.get(found.name)
                    fits, value = types.named(found.type_ref).coerce(to_feel(value))
                    if not fits:
                        run.note(f"{node.name}: invoer {found.name!r} heeft een ander type.")
                    memo[self.namespace, href] = value
            inner = run.within(memo)
            values = {
                self._name_of(href): self._members[href](scope, inner)
                for href in node.outputs
                if href in self._members
            }
            value = next(iter(values.values()), None) if len(values) == 1 else values
            fits, value = (result or types.named(node.type_ref)).coerce(value)
            if not fits:
                run.note(f"{node.name}: de uitkomst heeft een ander type dan is opgegeven.")
            return value

        return body

    def _requirements(self, node: model.DecisionNode | model.KnowledgeNode) -> dict[str, Member]:
        members: dict[str, Member] = {}
        if isinstance(node, model.KnowledgeNode):
            members[node.name] = self._members[node.id]  # so that it may call itself
        foreign: dict[str, dict[str, Member]] = {}
        for href in node.requires:
            found = self._model.nodes.get(href)
            if found is not None:
                members[found.name] = self._members[href]
            elif "#" in href:
                self._foreign(href, members, foreign)
        for alias, values in foreign.items():
            members[alias] = _as_context(values)
        return members

    def _foreign(
        self, href: str, members: dict[str, Member], foreign: dict[str, dict[str, Member]]
    ) -> None:
        namespace, _, target = href.rpartition("#")
        definitions = self._imported.get(namespace)
        alias = next((i.name for i in self._model.imports if i.namespace == namespace), None)
        exported = definitions.export(target) if definitions is not None else None
        if exported is None or alias is None:
            return
        name, member = exported
        if alias:
            foreign.setdefault(alias, {})[name] = member
        else:
            members[name] = member


def _as_context(members: Mapping[str, Member]) -> Member:
    return lambda base, run: {name: member(base, run) for name, member in members.items()}


def _outcome(member: Member, scope: Scope, run: Run) -> Outcome:
    try:
        value = member(scope, run)
    except RecursionError as error:
        raise ExpressionError("De beslissing is te diep genest.") from error
    return Outcome(
        value=value, diagnoses=tuple(run.evaluation.diagnoses), matched=tuple(run.matched)
    )
