"""A live Meldroute, and people with a browser who use it."""

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from waitress.server import create_server

from service.bootstrap import Application, bootstrap, utc_now
from service.jobs.worker import run_worker
from service.operations.demo import PASSWORD
from tests.browser.chromium import ADVICE, find_chromium
from tests.browser.looking import DESK, look
from tests.conftest import TestServer, in_memory
from tests.integration.conftest import DEMO, settings_for
from tests.serving import app_for

PATIENCE = 60.0
"""Seconds for what somebody does to show, on a machine that has much else to do."""
ISLANDS = Path(__file__).parents[2] / "service" / "web" / "islands"
RECORD = (
    "document.addEventListener('securitypolicyviolation', (event) => "
    "console.error('csp', event.violatedDirective, event.blockedURI, event.sourceFile))"
)
expect.set_options(timeout=PATIENCE * 1000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.timeout(900))  # each step has a patience of its own


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    path = find_chromium()
    if path is None:
        pytest.fail(ADVICE)
    return {
        **browser_type_launch_args,
        "executable_path": path,
        "args": ["--no-sandbox", *([] if in_memory() else ["--disable-dev-shm-usage"])],
    }


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core, which ``make test`` installs beside the islands."""
    file = ISLANDS / "node_modules" / "axe-core" / "axe.min.js"
    if not file.is_file():
        pytest.fail("axe-core ontbreekt; draai eerst 'make .venv/.lint' (make test doet dat zelf).")
    return file.read_text()


@contextmanager
def serving(application: Application) -> Iterator[str]:
    """The pages on a free port of this machine; gives the address."""
    server = create_server(app_for(application), host="127.0.0.1", port=0, threads=6)
    closing = threading.Event()

    def run() -> None:
        try:
            server.run()
        except OSError:  # The socket that it waits for was closed.
            if not closing.is_set():
                raise

    thread = threading.Thread(target=run, name="web", daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        closing.set()
        server.close()
        thread.join(10)


@contextmanager
def working(application: Application) -> Iterator[None]:
    """The worker, as ``meldroute worker`` runs it."""
    stop = threading.Event()
    thread = threading.Thread(target=run_worker, args=(application, stop), name="worker")
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(40)


@dataclass(kw_only=True)
class Desk:
    """Somebody with a browser of their own."""

    page: Page
    url: str
    trouble: list[str] = field(default_factory=list)
    """Violations of the content policy and errors of scripts."""
    foreseen: tuple[str, ...] = ()

    def foresee(self, *texts: str) -> None:
        """Trouble with one of these words in it is what the test is about, whenever it comes."""
        self.foreseen += texts

    @property
    def unforeseen(self) -> list[str]:
        return [line for line in self.trouble if not any(text in line for text in self.foreseen)]

    def go(self, path: str) -> Page:
        self.page.goto(self.url + path)
        return self.page

    def send(self, path: str, *, follow: bool = True, **form: str) -> str:
        """Sends in the form of a page without drawing it, which takes long; where that leads."""
        answer = self.page.request.get(self.url + path)
        found = re.search(r'name="csrf_token" value="([^"]+)"', answer.text())
        assert found, answer.text()
        answer = self.page.request.post(
            self.url + path,
            form={"csrf_token": found[1], **form},
            headers={"Referer": self.url + path},
            max_redirects=20 if follow else 0,
        )
        assert answer.status in (200, 302), answer.text()
        return answer.url.removeprefix(self.url)

    def log_in(self, role: str) -> "Desk":
        """Has a session from now on."""
        self.send("/inloggen", follow=False, email=_address(role), password=PASSWORD)
        return self

    def log_in_by_hand(self, role: str) -> "Desk":
        self.go("/inloggen")
        self.page.get_by_label("E-mailadres").fill(_address(role))
        self.page.get_by_label("Wachtwoord").fill(PASSWORD)
        self.page.get_by_role("button", name="Inloggen").click()
        expect(self.page.get_by_role("heading", level=1)).not_to_have_text("Inloggen")
        return self


def _address(role: str) -> str:
    return f"{role}@{DEMO}.example"


OpenDesk = Callable[..., Desk]
Check = Callable[..., None]


@pytest.fixture
def check(axe: str) -> Check:
    """Looks at what a desk shows now, or at a page it goes to first; see ``look``."""

    def check(desk: Desk, name: str, path: str | None = None, **how: Any) -> None:
        look(desk.go(path) if path else desk.page, axe, name, **how)

    return check


@pytest.fixture
def desks(browser: Browser) -> Iterator[Callable[..., Desk]]:
    """Opens browsers; at the end none may have had trouble with scripts or the content policy."""
    with ExitStack() as open_contexts:
        opened: list[Desk] = []

        def open_desk(url: str, *, size: tuple[int, int] = DESK, scripts: bool = True) -> Desk:
            context: BrowserContext = browser.new_context(
                viewport={"width": size[0], "height": size[1]},
                java_script_enabled=scripts,
                locale="nl-NL",
                timezone_id="Europe/Amsterdam",
            )
            open_contexts.callback(context.close)
            context.set_default_timeout(PATIENCE * 1000)
            context.add_init_script(RECORD)
            desk = Desk(page=context.new_page(), url=url)
            desk.page.on("console", lambda said: _note(desk, said.type, said.text))
            desk.page.on("pageerror", lambda error: desk.trouble.append(str(error)))
            opened.append(desk)
            return desk

        yield open_desk
        assert [line for desk in opened for line in desk.unforeseen] == []


def _note(desk: Desk, kind: str, text: str) -> None:
    expected = "Failed to load resource: the server responded with a status of 4" in text
    if kind == "error" and not expected:
        desk.trouble.append(text)


@pytest.fixture(scope="session")
def live(
    database_server: TestServer, demo_template: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of a Meldroute with a worker, on a database of its own and the wall clock."""
    with database_server.database(template=demo_template) as address:
        application = bootstrap(
            settings_for(address, tmp_path_factory.mktemp("live")), clock=utc_now
        )
        with serving(application) as url, working(application):
            yield url
        application.close()


@pytest.fixture
def visit(desks: OpenDesk, live: str) -> OpenDesk:
    """Opens a browser on the live Meldroute, logged in for a role or not at all."""

    def open_desk(role: str | None = None, **how: Any) -> Desk:
        desk = desks(live, **how)
        return desk.log_in(role) if role else desk

    return open_desk
