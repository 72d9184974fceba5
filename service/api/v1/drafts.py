"""Drafts of process owners; the editors in the browser use these too."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from flask.views import MethodView

from service.api import request as asked
from service.api.resource import Resource
from service.api.schemas import drafts as shapes
from service.api.schemas.checks import CHECK, CheckSchema
from service.api.schemas.choices import CHOICES, ChoicesSchema
from service.operations.comparing import Comparison
from service.operations.scenario.kept import ScenarioResult
from service.operations.studio.checking import Unsaved, check_draft
from service.operations.studio.choices import Choices, choices_for
from service.operations.studio.draft_files import (
    Saved,
    ToSave,
    read_file,
    restore_file,
    save_file,
    take_away_file,
)
from service.operations.studio.drafts import (
    DraftLine,
    discard_draft,
    open_draft,
    open_drafts,
    rename_draft,
)
from service.operations.studio.presence import Present, be_present
from service.operations.studio.show_changes import changes_of_draft
from service.operations.studio.show_draft import show_draft
from service.operations.studio.table_page import play_unsaved
from service.operations.studio.trial.keep_as_test import results_of_kept
from service.operations.studio.versions import read_version

drafts = Resource("drafts", __name__, description="Concepten van proceseigenaren")


@drafts.route("")
class Drafts(MethodView):
    """All drafts."""

    @drafts.operation(shapes.DraftLineSchema(many=True), example=shapes.DRAFTS, errors=(404,))
    def get(self) -> list[DraftLine]:
        """The drafts that are being worked on, the last changed first."""
        with asked.transaction() as session:
            found = open_drafts(session, **asked.asking(session))
            return list(found)

    @drafts.operation(
        shapes.DraftOpenedSchema,
        status=201,
        example=shapes.OPENED,
        body=shapes.DraftToOpenSchema,
        body_example=shapes.TO_OPEN,
        errors=(404,),
    )
    def post(self, body: dict[str, Any]) -> dict[str, UUID]:
        """Begin a draft on what is published now."""
        with asked.transaction() as session:
            draft_id = open_draft(
                session, **asked.asking(session), title=body["title"], now=asked.now()
            )
            return {"id": draft_id}


@drafts.route("/<uuid:draft_id>")
class OneDraft(MethodView):
    """One draft."""

    @drafts.operation(shapes.DraftSchema, example=shapes.DRAFT, errors=(404,))
    def get(self, draft_id: UUID) -> dict[str, Any]:
        """A draft: on what it was begun, and which files it changes."""
        with asked.transaction() as session:
            page = show_draft(session, **asking(session, draft_id), now=asked.now())
            return {
                "id": page.draft.id,
                "title": page.draft.title,
                "state": page.draft.state,
                "base": page.base,
                "newest": page.newest,
                "made_by_name": page.draft.made_by_name,
                "changed_at": page.draft.changed_at,
                "files": page.files,
                "findings": page.findings,
            }

    @drafts.operation(
        None,
        status=204,
        body=shapes.DraftToOpenSchema,
        body_example=shapes.TO_OPEN,
        errors=(404, 409),
    )
    def put(self, body: dict[str, Any], draft_id: UUID) -> None:
        """Give a draft another title."""
        with asked.transaction() as session:
            rename_draft(session, **asking(session, draft_id), title=body["title"], now=asked.now())

    @drafts.operation(None, status=204, errors=(404, 409))
    def delete(self, draft_id: UUID) -> None:
        """Throw a draft away."""
        with asked.transaction() as session:
            discard_draft(session, **asking(session, draft_id), now=asked.now())


@drafts.route("/<uuid:draft_id>/file")
class DraftFile(MethodView):
    """One file of a draft."""

    @drafts.operation(
        shapes.DraftFileSchema, example=shapes.FILE, query=shapes.FileQuerySchema, errors=(404,)
    )
    def get(self, query: dict[str, Any], draft_id: UUID) -> dict[str, Any]:
        """A file as it reads in the draft, or as it was at an earlier saving."""
        with asked.transaction() as session:
            whose = asking(session, draft_id)
            if query["revision"] is not None:
                return {**query, "content": read_version(session, **whose, **query).decode()}
            file = read_file(session, **whose, path=query["path"])
        content = None if file.content is None else file.content.decode()
        return {"path": file.path, "content": content, "revision": file.revision}

    @drafts.operation(
        shapes.FileSavedSchema,
        example=shapes.SAVED,
        body=shapes.FileToSaveSchema,
        body_example=shapes.TO_SAVE,
        errors=(404, 409),
    )
    def put(self, body: dict[str, Any], draft_id: UUID) -> dict[str, Any]:
        """Save a file; what colleagues saved in the meantime is merged with it."""
        with asked.transaction() as session:
            saved = save_file(
                session,
                **asking(session, draft_id),
                file=ToSave(**{**body, "content": body["content"].encode()}),
                now=asked.now(),
            )
        return as_text(saved)

    @drafts.operation(None, status=204, query=shapes.FilePathSchema, errors=(404, 409))
    def delete(self, query: dict[str, Any], draft_id: UUID) -> None:
        """Leave a file out of what the draft would publish."""
        with asked.transaction() as session:
            take_away_file(
                session, **asking(session, draft_id), path=query["path"], now=asked.now()
            )


@drafts.route("/<uuid:draft_id>/restore")
class DraftRestore(MethodView):
    """Taking changes back."""

    @drafts.operation(
        None,
        status=204,
        body=shapes.FilePathSchema,
        body_example={"path": "gemeente.toml"},
        errors=(404, 409),
    )
    def post(self, body: dict[str, Any], draft_id: UUID) -> None:
        """Let a file read again as it is published."""
        with asked.transaction() as session:
            restore_file(session, **asking(session, draft_id), path=body["path"], now=asked.now())


@drafts.route("/<uuid:draft_id>/findings")
class DraftFindings(MethodView):
    """What is wrong."""

    @drafts.operation(CheckSchema, example=CHECK, errors=(404,))
    def get(self, draft_id: UUID) -> dict[str, Any]:
        """What is wrong with the whole draft, as publishing would say it."""
        with asked.transaction() as session:
            return {"findings": check_draft(session, **asking(session, draft_id), now=asked.now())}

    @drafts.operation(
        CheckSchema,
        example=CHECK,
        body=shapes.UnsavedFileSchema,
        body_example=shapes.UNSAVED,
        errors=(404,),
    )
    def post(self, body: dict[str, Any], draft_id: UUID) -> dict[str, Any]:
        """What is wrong with a file as it stands in an editor; nothing is kept."""
        unsaved = Unsaved(path=body["path"], content=body["content"].encode())
        with asked.transaction() as session:
            found = check_draft(
                session, **asking(session, draft_id), unsaved=unsaved, now=asked.now()
            )
            return {"findings": found}


@drafts.route("/<uuid:draft_id>/changes")
class DraftChanges(MethodView):
    """What changes."""

    @drafts.operation(shapes.ChangesSchema, example=shapes.CHANGES, errors=(404,))
    def get(self, draft_id: UUID) -> Comparison:
        """What the draft changes in the publication on which it was begun, in Dutch sentences."""
        with asked.transaction() as session:
            _, _, changes = changes_of_draft(session, **asking(session, draft_id))
        return changes.comparison


@drafts.route("/<uuid:draft_id>/table-tests")
class DraftTableTests(MethodView):
    """Test rows of a decision table."""

    @drafts.operation(
        shapes.TestResultSchema(many=True),
        example=shapes.TEST_RESULTS,
        body=shapes.UnsavedFileSchema,
        body_example=shapes.UNSAVED_TABLE,
        errors=(404,),
    )
    def post(self, body: dict[str, Any], draft_id: UUID) -> list[dict[str, Any]]:
        """Play the test rows of a table against it as it stands in an editor; nothing is kept."""
        with asked.transaction() as session:
            found = play_unsaved(
                session,
                **asking(session, draft_id),
                path=body["path"],
                content=body["content"].encode(),
                now=asked.now(),
            )
        return [
            {
                "name": result.test.name,
                "expected": result.test.expected,
                "got": result.got,
                "passed": result.passed,
                "problem": result.problem,
                "rules": result.matched,
            }
            for result in found
        ]


@drafts.route("/<uuid:draft_id>/scenarios")
class DraftScenarios(MethodView):
    """The tests that are kept with the processes."""

    @drafts.operation(
        shapes.ScenarioResultSchema(many=True), example=shapes.SCENARIOS, errors=(404, 422)
    )
    def get(self, draft_id: UUID) -> list[ScenarioResult]:
        """Play the kept scenarios on the draft, in memory; takes a moment for each."""
        with asked.transaction() as session:
            return results_of_kept(session, **asking(session, draft_id))


@drafts.route("/<uuid:draft_id>/choices")
class DraftChoices(MethodView):
    """What there is to choose from."""

    @drafts.operation(ChoicesSchema, example=CHOICES, query=shapes.FilePathSchema, errors=(404,))
    def get(self, query: dict[str, Any], draft_id: UUID) -> Choices:
        """What can be chosen in a file: roles, forms, decisions, variables and so on."""
        with asked.transaction() as session:
            return choices_for(session, **asking(session, draft_id), path=query["path"])


@drafts.route("/<uuid:draft_id>/presence")
class DraftPresence(MethodView):
    """Who is here."""

    @drafts.operation(
        shapes.ColleagueSchema(many=True),
        example=shapes.PRESENT,
        body=shapes.FilePathSchema,
        body_example={"path": "gemeente.toml"},
        errors=(404,),
    )
    def post(self, body: dict[str, Any], draft_id: UUID) -> list[Present]:
        """Say every ten seconds which file you have open; learn who else is at work."""
        with asked.transaction() as session:
            found = be_present(
                session, **asking(session, draft_id), path=body["path"], now=asked.now()
            )
            return list(found)


def as_text(saved: Saved) -> dict[str, Any]:
    """What became of a file; every file of a bundle is text in UTF-8."""
    return {**asdict(saved), "content": saved.content.decode()}


def asking(session: Any, draft_id: UUID) -> dict[str, Any]:
    """Which draft, and who asks."""
    return {**asked.asking(session), "draft_id": draft_id}
