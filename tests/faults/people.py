"""Reporters and staff who do not give up: when no answer comes they press the button again."""

import random
import threading
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self
from uuid import UUID

import httpx

from service.operations.demo import MUNICIPALITY
from tests.integration.conftest import SIGNAL
from tests.integration.steps import ENRICHED, TRIAGE, WHY

ANSWERS: Mapping[str, dict[str, Any]] = {
    "triage": {"triage": TRIAGE},
    "verrijken": {"verrijking": {**ENRICHED, "gegevensdeling_nodig": "nee"}},
    "vermoeden_beoordelen": {
        "beoordeling": {
            "oordeel": "nee",
            "motivering": WHY,
            "slachtoffer_in_beeld": "ja",
            "strafrechtelijk": "nee",
            "ondermijnend": "nee",
        }
    },
    "tweede_beoordeling_geven": {"tweede_beoordeling": {"eens": "ja"}},
}
"""What is filled in at each step; other steps are left open."""
_WHO = ("naam", "email")
_NOBODY = {"hoedanigheid": "anoniem", "anoniem": "ja"}
_WHO = ("naam", "email")
_NOBODY = {"hoedanigheid": "anoniem", "anoniem": "ja"}
_DONE, _CREATED, _NOT_ALLOWED, _CONFLICT = 200, 201, 403, 409


@dataclass(kw_only=True)
class Book:
    """What the people were told: the product must have it, once. Shared between threads."""

    deadline: float
    reported: dict[UUID, Mapping[str, Any]] = field(default_factory=dict)
    """What each submission was answered."""
    completed: Counter[UUID] = field(default_factory=Counter)
    """How often it was told, of each task that is done, that it was done just now."""
    strange: list[str] = field(default_factory=list)
    """Answers that no user should get, whatever is killed."""
    guard: threading.Lock = field(default_factory=threading.Lock)

    @property
    def acknowledged(self) -> int:
        """How often somebody was told that something is done."""
        return len(self.reported) + len(self.completed)


class Person:
    """Somebody with a browser and, mostly, a token."""

    def __init__(self, url: str, token: str | None, book: Book) -> None:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._web = httpx.Client(base_url=f"{url}/api/v1", headers=headers, timeout=15)
        self._book = book

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._web.close()

    def ask(self, method: str, path: str, body: Any = None) -> httpx.Response:
        """Asks until there is an answer."""
        while True:
            try:
                answer = self._web.request(method, path, json=body)
            except httpx.TransportError:
                answer = None
            if answer is not None and answer.status_code < 500:
                return answer
            if answer is not None and answer.status_code != 503:
                self._book.strange.append(f"{method} {path}: {answer.status_code}")
            assert time.monotonic() < self._book.deadline, f"no answer to {method} {path}"
            time.sleep(0.1)

    def report(self, submission: UUID) -> Mapping[str, Any]:
        """Reports a signal; the same answer must come however often it is sent."""
        named = "Authorization" in self._web.headers
        nameless = {k: v for k, v in SIGNAL.items() if k not in _WHO} | _NOBODY
        body: dict[str, Any] = {
            "submission_id": str(submission),
            "answers": {"signaal": SIGNAL if named else nameless},
        }
        if not named:
            body["municipality"] = MUNICIPALITY
        answer = self.ask("POST", "/signals", body)
        assert answer.status_code == _CREATED, answer.text
        told_before = self._book.reported.setdefault(submission, answer.json())
        assert answer.json() == told_before
        return told_before

    def work(self, rng: random.Random) -> int:
        """Does one task of the inbox that has an answer; how many of those there were."""
        page = self.ask("GET", "/tasks?scope=roles&limit=100")
        assert page.status_code == _DONE, page.text
        todo = [task for task in page.json()["tasks"] if task["element_id"] in ANSWERS]
        if todo:
            self.complete(rng.choice(todo))
        return len(todo)

    def complete(self, task: Mapping[str, Any]) -> None:
        """Completes a task; that it was completed already is good news too."""
        body = {"answers": ANSWERS[task["element_id"]]}
        answer = self.ask("POST", f"/tasks/{task['id']}/complete", body)
        if answer.status_code == _NOT_ALLOWED:  # four eyes: this one is for a colleague
            return
        assert answer.status_code in (_DONE, _CONFLICT), answer.text
        with self._book.guard:
            self._book.completed[UUID(task["id"])] += answer.status_code == _DONE
        if answer.status_code == _DONE:
            assert answer.json().get("incident") is None, answer.text
