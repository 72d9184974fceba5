"""The same through the API: a real web server in a process of its own."""

import http.client
import json
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from bench.completion import GOAL_STATEMENTS, Steps
from bench.figures import Figure, median
from bench.place import PROCESS, Place, answers_for, web_server
from bench.watch import watching
from service.app import create_app

CASES, CLIENTS = 50, 4
API = "/api/v1"


class Client:
    """One program with one connection that stays open."""

    def __init__(self, port: int, token: str) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def __call__(self, method: str, path: str, body: Any = None) -> Any:
        """The answer as JSON."""
        content = None if body is None else json.dumps(body)
        self._connection.request(method, f"{API}{path}", body=content, headers=self._headers)
        answer = self._connection.getresponse()
        told = answer.read()
        if answer.status >= 300:
            raise AssertionError(f"{method} {path}: {answer.status} {told.decode()}")
        return json.loads(told) if told else None


def measure(at: Place, steps: Steps, *, cases: int) -> list[Figure]:
    """Cases one after another, then fifty by four programs at once."""
    statements, commits = _statements(at)
    with web_server(at) as port:
        client = Client(port, at.token)
        _walk(client, 0, {}, [])
        times: dict[str, list[float]] = {}
        starts: list[float] = []
        for number in range(cases):
            _walk(client, number, times, starts)
        per_second = _together(at, port)
    whole = sum(median(found) for found in times.values())
    rest = whole - steps.case("engine")
    return [
        Figure(
            name="SQL-opdrachten per afronding (HTTP)",
            value=statements,
            unit="",
            goal=GOAL_STATEMENTS,
        ),
        Figure(name="commits per afronding (HTTP)", value=commits, unit="", goal=1),
        Figure(name="starten van een zaak (HTTP)", value=median(starts), unit="ms"),
        Figure(name="afronden (HTTP)", value=whole / len(times), unit="ms"),
        Figure(name="overig deel via HTTP / kale transactie", value=rest / steps.case("plain")),
        Figure(
            name=f"afrondingen met {CLIENTS} programma's ({CASES} zaken)",
            value=per_second,
            unit="/s",
        ),
    ]


def _walk(client: Client, number: int, times: dict[str, list[float]], starts: list[float]) -> None:
    """One case from start to end."""
    begin = time.perf_counter()
    case = client("POST", "/instances", {"process_id": PROCESS})
    starts.append((time.perf_counter() - begin) * 1000)
    for task in _open_tasks(client, case["id"]):
        answers = answers_for(task["element_id"], number)
        begin = time.perf_counter()
        client("POST", f"/tasks/{task['id']}/complete", {"answers": answers})
        elapsed = (time.perf_counter() - begin) * 1000
        times.setdefault(task["element_id"], []).append(elapsed)


def _open_tasks(client: Client, case: str) -> Any:
    while open_tasks := client("GET", f"/instances/{case}")["open_tasks"]:
        yield open_tasks[0]


def _together(at: Place, port: int) -> float:
    """Completions per second of several programs."""

    def some(cases: int) -> int:
        client, times = Client(port, at.token), dict[str, list[float]]()
        for number in range(cases):
            _walk(client, number, times, [])
        return sum(map(len, times.values()))

    shares = [len(range(start, CASES, CLIENTS)) for start in range(CLIENTS)]
    begin = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as clients:
        done = sum(clients.map(some, shares))
    return done / (time.perf_counter() - begin)


def _statements(at: Place) -> tuple[int, int]:
    """Statements and commits of one completion, counted inside the web application."""
    app = create_app(at.application)
    headers = {"Authorization": f"Bearer {at.token}"}
    with watching(at.application.engine) as watch, app.test_client() as client:
        case = client.post(f"{API}/instances", json={"process_id": PROCESS}, headers=headers)
        most = (0, 0)
        for _ in range(6):
            detail = client.get(f"{API}/instances/{case.json['id']}", headers=headers).json
            task = detail["open_tasks"][0]
            watch.clear()
            body = {"answers": answers_for(task["element_id"])}
            done = client.post(f"{API}/tasks/{task['id']}/complete", json=body, headers=headers)
            assert done.status_code == 200, done.json
            most = max(most, (len(watch.statements), watch.commits))
    return most
