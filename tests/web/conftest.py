"""The pages of the demo municipality, asked for as a browser without scripts would."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from service.operations.demo import PASSWORD
from tests.integration.conftest import DEMO, Office, furnished, office, open_office
from tests.serving import app_for

__all__ = ["furnished", "office", "open_office"]


@dataclass(kw_only=True)
class Page:
    """What came back."""

    response: TestResponse

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def path(self) -> str:
        return self.response.request.path

    @property
    def tree(self) -> html.HtmlElement:
        return html.fromstring(self.response.text)

    @property
    def text(self) -> str:
        return " ".join(self.tree.get_element_by_id("inhoud").text_content().split())

    @property
    def title(self) -> str:
        return " ".join(self.tree.xpath("string(//h1)").split())

    def form(self, action: str) -> html.FormElement:
        """The form whose address ends like this, hidden fields and all."""
        fits = [f for f in self.tree.forms if self._leads_to(f, action)]
        assert fits, f"no form leads to {action} on {self.path}"
        return fits[0]

    def _leads_to(self, form: html.FormElement, action: str) -> bool:
        return form.method == "POST" and (form.get("action") or self.path).endswith(action)

    def links(self) -> dict[str, str]:
        return {" ".join(a.text_content().split()): a.get("href") for a in self.tree.xpath("//a")}

    def values(self, name: str) -> list[str]:
        """What a field holds now: what would be posted."""
        pairs = [pair for form in self.tree.forms for pair in form.form_values()]
        return [value.removeprefix("\n") for key, value in pairs if key == name]


@dataclass(kw_only=True)
class Visitor:
    """Somebody with a browser."""

    client: FlaskClient
    last: Page | None = field(default=None)

    def get(self, path: str, **headers: str) -> Page:
        return self._seen(self.client.get(path, follow_redirects=True, headers=headers))

    def post(
        self, path: str, data: Mapping[str, Any] | None = None, *, follow: bool = True, **more: Any
    ) -> Page:
        """Posts with the token of the last page that had one."""
        posted = {"csrf_token": self.token(), **(data or {})}
        return self._seen(self.client.post(path, data=posted, follow_redirects=follow, **more))

    def submit(self, action: str, data: Mapping[str, Any] | None = None) -> Page:
        """Sends in the form with this address as it stands, with some fields changed."""
        assert self.last is not None
        form = self.last.form(action)
        filled: dict[str, Any] = {}
        for name, value in form.form_values():
            filled.setdefault(name, []).append(value.removeprefix("\n"))
        return self.post(form.get("action") or self.last.path, {**filled, **(data or {})})

    def token(self) -> str:
        if self.last is None or not self.last.response.text:
            return ""
        found = self.last.tree.xpath("//input[@name='csrf_token']/@value")
        return str(found[0]) if found else ""

    def log_in(self, role: str) -> "Visitor":
        self.get("/inloggen")
        page = self.post("/inloggen", {"email": f"{role}@{DEMO}.example", "password": PASSWORD})
        assert page.status == 200, page.text
        return self

    def _seen(self, response: TestResponse) -> Page:
        page = Page(response=response)
        if response.mimetype == "text/html":
            self.last = page
        return page


@pytest.fixture
def app(office: Office) -> Flask:
    return app_for(office.application)


@pytest.fixture
def stranger(app: Flask) -> Visitor:
    """Nobody in particular."""
    return Visitor(client=app.test_client())


@dataclass(kw_only=True)
class Staff:
    """Colleagues by role, each with a browser of their own."""

    app: Flask

    def __call__(self, role: str) -> Visitor:
        return Visitor(client=self.app.test_client()).log_in(role)


@pytest.fixture
def staff(app: Flask) -> Staff:
    return Staff(app=app)


@pytest.fixture
def owner(staff: Staff) -> Visitor:
    """A process owner in the studio."""
    visitor = staff("functioneel-beheer")
    visitor.get("/studio")
    return visitor
