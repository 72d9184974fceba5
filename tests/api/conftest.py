"""The demo municipality at work through the API: the same steps, each one a request."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from service.bootstrap import bootstrap
from service.operations.api_tokens import create_token
from service.operations.complete_task import Completed
from service.operations.files import Uploads
from service.operations.report_signal import Reported
from tests.conftest import TestServer
from tests.integration.conftest import (
    SIGNAL,
    Clock,
    Office,
    Post,
    office,
    open_office,
    settings_for,
)
from tests.serving import app_for

__all__ = ["office", "open_office"]

API = "/api/v1"


class Refused(AssertionError):
    """The API said no where the test did not expect it."""


@dataclass(kw_only=True)
class ApiOffice(Office):
    """An office whose people work with programs of their own."""

    client: FlaskClient
    tokens: dict[str, str] = field(default_factory=dict)

    def token(self, role: str) -> str:
        if role not in self.tokens:
            with self.application.sessions.begin() as session:
                self.tokens[role] = create_token(
                    session,
                    self.application.collaborators,
                    actor=self.person(role),
                    label="proef",
                    now=self.clock(),
                )
        return self.tokens[role]

    def ask(self, role: str | None, method: str, path: str, **more: Any) -> TestResponse:
        """One request, whatever comes of it."""
        if role is not None:
            headers = {"Authorization": f"Bearer {self.token(role)}"}
            more["headers"] = {**headers, **more.get("headers", {})}
        return self.client.open(f"{API}{path}", method=method, **more)

    def read(self, role: str | None, path: str, /, **query: Any) -> Any:
        return self._good(self.ask(role, "GET", path, query_string=query)).json

    def send(self, role: str | None, path: str, body: Any = None, **more: Any) -> Any:
        if body is not None:
            more["json"] = body
        return self._good(self.ask(role, "POST", path, **more)).get_json(silent=True)

    def keep(self, role: str, path: str, body: Any) -> None:
        self._good(self.ask(role, "PUT", path, json=body))

    def signal(self, **answers: Any) -> dict[str, Any]:
        told = {**SIGNAL, **answers}
        return {
            "submission_id": str(uuid4()),
            "answers": {"signaal": {k: v for k, v in told.items() if v is not None}},
        }

    def report_again(
        self,
        *,
        by: str | None = "melder",
        uploads: Uploads | None = None,
        **answers: Any,
    ) -> Reported:
        assert not uploads
        body = {**self.signal(**answers), "submission_id": str(self.submission)}
        if by is None:
            body["municipality"] = self.municipality
        reported = self.send(by, "/signals", body)
        self.work()
        return Reported(**reported)

    def inbox(self, role: str) -> dict[str, Any]:
        tasks = self.read(role, "/tasks", limit=100)["tasks"]
        return {
            task["element_id"]: SimpleNamespace(**{**task, "id": UUID(task["id"])})
            for task in tasks
        }

    def complete(self, role: str, task_id: UUID, **answers: Any) -> Completed:
        done = self.send(role, f"/tasks/{task_id}/complete", {"answers": answers})
        self.work()
        return Completed(task_name="", **{**done, "instance_id": UUID(done["instance_id"])})

    def task_id(self, role: str, element_id: str) -> str:
        return str(self.inbox(role)[element_id].id)

    def case(self, reference: str, role: str = "af-zorg") -> Any:
        return self.read(role, f"/instances/{self.instance(reference).id}")

    @staticmethod
    def _good(answer: TestResponse) -> TestResponse:
        if answer.status_code >= 300:
            raise Refused(f"{answer.status_code}: {answer.get_data(as_text=True)}")
        return answer


@pytest.fixture
def api(office: Office) -> Iterator[ApiOffice]:
    """The demo municipality, through the API."""
    with through_api(office) as asked:
        yield asked


@pytest.fixture(scope="module")
def quiet_api(
    database_server: TestServer, demo_template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ApiOffice]:
    """The same, shared by the tests of a module that change nothing."""
    clock = Clock()
    with database_server.database(template=demo_template) as address:
        settings = settings_for(address, tmp_path_factory.mktemp("quiet"))
        application = bootstrap(settings, clock=clock)
        with through_api(Office(application=application, clock=clock, post=Post())) as asked:
            yield asked
        application.close()


@contextmanager
def through_api(office: Office) -> Iterator[ApiOffice]:
    app = app_for(office.application)
    with app.test_client(use_cookies=False) as client:
        yield ApiOffice(
            application=office.application,
            clock=office.clock,
            post=office.post,
            municipality=office.municipality,
            client=client,
        )
