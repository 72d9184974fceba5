"""A process owner at work in the trials of a draft."""

from dataclasses import dataclass, field
from typing import Any, cast
from uuid import UUID, uuid4

from service.operations.studio.draft_files import ToSave, read_file, save_file
from service.operations.studio.trial.begin import ToBegin, begin_from, begin_trial
from service.operations.studio.trial.show import TrialPage, show_trial
from service.operations.studio.trial.steps import Answered, Where, answer_task
from service.storage import Trial
from tests.integration import steps
from tests.integration.conftest import SIGNAL, Office

OWNER = "functioneel-beheer"
PROCESS = "meldroute_signaal"


@dataclass(kw_only=True)
class Studio:
    """A process owner with a draft and a trial in it."""

    office: Office
    draft: UUID
    trial: UUID = field(default_factory=uuid4)

    def ask(self, operation: Any, **told: Any) -> Any:
        """Calls an operation as the owner, in a transaction of its own."""
        return self.office.act(operation, OWNER, **told)

    def begin(self, process_id: str = PROCESS, **told: Any) -> "Studio":
        wanted = ToBegin(
            name="Een proef", process_id=process_id, **{"begin": "2026-03-02T09:30", **told}
        )
        self.trial = self.ask(begin_trial, draft_id=self.draft, wanted=wanted)
        return self

    def follow(self, path: str) -> "Studio":
        self.trial = self.ask(begin_from, draft_id=self.draft, path=path)
        return self

    def at(self, after: int | None = None) -> Where:
        return Where(draft_id=self.draft, trial_id=self.trial, after=after)

    def page(self) -> TrialPage:
        found: TrialPage = self.ask(show_trial, where=self.at())
        return found

    @property
    def open(self) -> list[str]:
        return [task.element_id for task in self.page().tasks]

    def step(self, operation: Any, **told: Any) -> Any:
        return self.ask(operation, where=self.at(), **told)

    def do(self, role: str, element_id: str, **answers: Any) -> str:
        """Does a task, as the steps of a real case ask it of an office."""
        answered = Answered(task=element_id, number=1, role=role, answers=answers)
        name: str = self.step(answer_task, answered=answered)
        return name

    @property
    def desk(self) -> Office:
        """For the steps of a real case, which only ever do tasks."""
        return cast("Office", self)

    def save(self, path: str, content: bytes) -> None:
        revision = self.ask(read_file, draft_id=self.draft, path=path).revision
        file = ToSave(path=path, content=content, revision=revision)
        self.ask(save_file, draft_id=self.draft, file=file)

    def change(self, path: str, old: str, new: str) -> None:
        content = self.ask(read_file, draft_id=self.draft, path=path).content.decode()
        assert old in content
        self.save(path, content.replace(old, new).encode())

    def script(self) -> str:
        with self.office.application.sessions() as session:
            return session.get_one(Trial, self.trial).script


def reported(studio: Studio, **other: Any) -> None:
    studio.do("melder", "signaal_indienen", signaal={**SIGNAL, **other})


def up_to_agreement(studio: Studio) -> None:
    """As far as the service task that looks whether there is an agreement to share."""
    up_to_triage(studio)
    steps.triaged(studio.desk)
    steps.enriched(studio.desk)
    steps.judged(studio.desk, "ja")
    steps.routed(studio.desk, "A", "zorgcoordinator")
    steps.allowed(studio.desk)
    steps.handed_to(studio.desk, "zorgcoordinator")


def up_to_triage(studio: Studio) -> Studio:
    studio.begin()
    reported(studio)
    return studio
