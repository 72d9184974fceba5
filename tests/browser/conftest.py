"""A live Meldroute, and people with a browser who use it."""

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, expect
from waitress import wasyncore
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
    sockets: dict[int, Any] = {}
    server = create_server(app_for(application), sockets, host="127.0.0.1", port=0, threads=6)
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
        wasyncore.close_all(sockets, ignore_all=True)  # Those of browsers too, which may be idle.
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

    def send(self, path: str, **form: str) -> str:
        """Sends in the form of a page, and says where that leads: drawing pages takes long."""
        answer = self.page.request.get(self.url + path)
        found = re.search(r'name="csrf_token" value="([^"]+)"', answer.text())
        assert found, answer.text()
        answer = self.page.request.post(
            self.url + path,
            form={"csrf_token": found[1], **form},
            headers={"Referer": self.url + path},
            max_redirects=0,
        )
        assert answer.status in (200, 302), answer.text()
        return answer.headers.get("location", answer.url).removeprefix(self.url)

    def log_in(self, role: str) -> "Desk":
        """Has a session from now on."""
        self.send("/inloggen", email=_address(role), password=PASSWORD)
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


@pytest.fixture(scope="session")
def left() -> list[Page]:
    """Browsers that tests before left: they have read and compiled the scripts of the islands."""
    return []


@pytest.fixture
def desks(browser: Browser, left: list[Page]) -> Iterator[Callable[..., Desk]]:
    """Opens browsers; at the end none may have had trouble with scripts or the content policy.

    Each is as good as new: it knows nobody, keeps nothing, and stands in for no answer.
    """
    opened: list[Desk] = []
    with ExitStack() as leaving:

        def open_desk(url: str, *, size: tuple[int, int] = DESK, scripts: bool = True) -> Desk:
            page = left.pop() if scripts and left else _new_page(browser, scripts)
            page.set_viewport_size({"width": size[0], "height": size[1]})
            desk = Desk(page=page, url=url)
            if scripts:
                leaving.callback(_leave, desk, left)
            else:
                leaving.callback(page.context.close)
            leaving.enter_context(_listening(desk))
            opened.append(desk)
            return desk

        yield open_desk
    assert [line for desk in opened for line in desk.unforeseen] == []


def _new_page(browser: Browser, scripts: bool) -> Page:
    context = browser.new_context(
        java_script_enabled=scripts, locale="nl-NL", timezone_id="Europe/Amsterdam"
    )
    context.set_default_timeout(PATIENCE * 1000)
    context.add_init_script(RECORD)
    return context.new_page()


@contextmanager
def _listening(desk: Desk) -> Iterator[None]:
    def say(said: ConsoleMessage) -> None:
        _note(desk, said.type, said.text)

    def fail(error: Error) -> None:
        desk.trouble.append(str(error))

    desk.page.on("console", say)
    desk.page.on("pageerror", fail)
    yield
    desk.page.remove_listener("console", say)
    desk.page.remove_listener("pageerror", fail)


def _leave(desk: Desk, left: list[Page]) -> None:
    """Leaves the browser for the next, on a page without scripts; closes it where that fails."""
    page = desk.page
    try:
        for other in page.context.pages:
            if other != page:
                other.close()
        page.unroute_all()
        page.context.clear_cookies()
        page.goto(f"{desk.url}/static/favicon.svg", timeout=10_000)
        page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
        page.mouse.move(0, 0)
    except Error:  # The server is gone, or the browser itself.
        page.context.close()
    else:
        left.append(page)


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
