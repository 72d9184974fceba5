"""Tasks: what a person, a handler, a script or a decision does."""

from service.domain.errors import ExpressionError
from service.engine.nodes.base import Activity
from service.engine.scope import evaluate, incident, set_result, visible
from service.engine.spiff import Task


class UserTask(Activity):
    """Waits in READY until somebody completes it."""

    manual = True

    def _on_ready(self, task: Task) -> None:
        """It waits for a person, not for the engine."""


class ServiceTask(Activity):
    """Asks a handler, and waits in STARTED for the result."""

    def execute(self, task: Task) -> bool | None:  # noqa: ARG002
        """Not finished until ``complete_job``; without a job type there is nothing to do."""
        return None if self.element.job else True


class ScriptTask(ServiceTask):
    """Computes a variable in FEEL, unless a handler does the work."""

    def execute(self, task: Task) -> bool | None:
        """Sets the result variable."""
        outcome = self.element.outcome
        if outcome and outcome.script:
            set_result(task, outcome.variable, evaluate(task, outcome.script))
            return True
        return super().execute(task)


class BusinessRuleTask(ServiceTask):
    """Asks a decision, unless a handler does the work."""

    def execute(self, task: Task) -> bool | None:
        """Sets the result variable to what the decision says."""
        outcome = self.element.outcome
        if outcome is None or outcome.decision is None:
            return super().execute(task)
        top = task.workflow.top_workflow
        try:
            found = top.bundle.decide(outcome.decision, visible(task), top.env)
        except ExpressionError as error:
            raise incident(self.element, f"beslissing {outcome.decision}: {error}") from error
        if found.value is None and found.diagnoses:
            reasons = "; ".join(diagnosis.message for diagnosis in found.diagnoses)
            raise incident(self.element, f"beslissing {outcome.decision}: {reasons}")
        set_result(task, outcome.variable, found.value)
        return True


class PassThrough(Activity):
    """A task outside the engine: it is told, and passed."""
