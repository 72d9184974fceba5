"""The rules of the house, kept by a test instead of by memory."""

import re
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from lxml import etree
from werkzeug.routing import Rule

from service import engine, forms
from service.app import create_app
from service.bootstrap import bootstrap
from service.config import VARIABLES
from service.domain.findings import errors_of
from service.domain.profile import Profile, read_profile
from service.domain.xml import read_xml
from service.migrations import alembic_config
from service.operations import bundle_files
from service.operations.check_bundle import check_bundle
from service.operations.service_tasks import HANDLERS
from service.operations.settle import REPORTER_ROLE
from service.storage import Base
from service.storage.sessions import connect
from service.web.request import ANYONE, STAFF
from tests.integration.conftest import settings_for

ROOT = Path(__file__).parents[1]
MUNICIPALITIES = bundle_files.bundled_profiles()
BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
ZEEBE = "{http://camunda.org/schema/zeebe/1.0}"
LONGEST = 400
FOR_EVERYBODY = {
    "static": "style sheets, scripts and fonts; nothing of anybody",
    "api-docs.openapi_json": "what the API can do; nothing of anybody",
}
"""Routes of libraries, which declare nothing, and why that does no harm."""
OURS = re.compile("/" + "(work|root|home/[a-z]+|tmp/plan)" + "/")
"""Paths of one machine, in two parts, so that this file does not hold one itself."""
CHECKS_PATHS = {"tests/unit/test_documents.py"}
"""Files that look for such paths themselves."""


def files() -> Iterator[Path]:
    """Everything that git keeps."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    for name in listed.stdout.split("\0"):
        if name and (ROOT / name).is_file():
            yield ROOT / name


@pytest.fixture(scope="module", params=MUNICIPALITIES)
def bundle(request: pytest.FixtureRequest) -> dict[str, bytes]:
    return bundle_files.read_bundled(request.param)


@pytest.fixture(scope="module")
def compiled(bundle: dict[str, bytes]) -> engine.CompiledBundle:
    return engine.compile_bundle(
        bundle_files.with_suffix(bundle, ".bpmn"), bundle_files.with_suffix(bundle, ".dmn")
    )


@pytest.fixture(scope="module")
def profile(bundle: dict[str, bytes]) -> Profile:
    return read_profile(bundle[bundle_files.PROFILE], file=bundle_files.PROFILE)


def user_tasks(bundle: Mapping[str, bytes]) -> Iterator[tuple[str, etree._Element]]:
    """Process id and element of every user task."""
    for path, body in bundle_files.with_suffix(bundle, ".bpmn").items():
        for process in read_xml(body, file=path).iter(f"{BPMN}process"):
            for task in process.iter(f"{BPMN}userTask"):
                yield process.get("id", ""), task


def test_every_process_passes_the_guard_and_everything_it_names_is_there(
    bundle: dict[str, bytes],
) -> None:
    assert [str(found) for found in errors_of(check_bundle(bundle))] == []


def test_a_process_lies_in_a_folder_of_its_own_name(bundle: dict[str, bytes]) -> None:
    for path, body in bundle_files.with_suffix(bundle, ".bpmn").items():
        _, folder, name = path.split("/")
        assert engine.process_ids(body) == (folder,)
        assert name == f"{folder}.bpmn"


def test_every_user_task_has_a_form_of_its_own_name(bundle: dict[str, bytes]) -> None:
    for process_id, task in user_tasks(bundle):
        [form] = task.iter(f"{ZEEBE}formDefinition")
        assert form.get("formId") == task.get("id")
        assert f"forms/{process_id}/{task.get('id')}.form" in bundle


def test_no_form_is_an_orphan(bundle: dict[str, bytes]) -> None:
    used = {f"forms/{process_id}/{task.get('id')}.form" for process_id, task in user_tasks(bundle)}
    assert set(bundle_files.with_suffix(bundle, ".form")) == used


def test_every_user_task_has_a_role_that_the_profile_knows(
    bundle: dict[str, bytes], compiled: engine.CompiledBundle, profile: Profile
) -> None:
    lanes = {
        (process.id, step.element_id): step.role
        for process in compiled.processes.values()
        for step in process.steps
    }
    for process_id, task in user_tasks(bundle):
        groups = [
            found.get("candidateGroups", "") for found in task.iter(f"{ZEEBE}assignmentDefinition")
        ]
        if groups and groups[0].startswith("="):
            continue  # a table or an answer chooses; the walks show that the role exists
        named = groups[0].split(",") if groups else [lanes[process_id, task.get("id", "")]]
        assert set(named) <= set(profile.roles), task.get("id")


def test_what_a_form_requires_can_be_seen_by_the_roles_of_its_lane(
    bundle: dict[str, bytes], compiled: engine.CompiledBundle, profile: Profile
) -> None:
    for process in compiled.processes.values():
        for step in process.steps:
            if step.type != "userTask" or step.role not in profile.roles:
                continue
            path = f"forms/{process.id}/{step.form_id}.form"
            form = forms.read_form(bundle[path], file=path)
            own = {"melder", "signaal"} if step.role == REPORTER_ROLE else {"melder"}
            sees = profile.roles[step.role].domains | own
            needed = {field.key: field.domain for field in form.fields if field.required}
            assert {k for k, domain in needed.items() if domain not in sees} == set(), path


def test_every_kind_of_service_task_has_a_handler(bundle: dict[str, bytes]) -> None:
    kinds = {
        found.get("type", "")
        for path, body in bundle_files.with_suffix(bundle, ".bpmn").items()
        for found in read_xml(body, file=path).iter(f"{ZEEBE}taskDefinition")
    }
    assert kinds == set(HANDLERS), "and no handler is left over"


@pytest.fixture(scope="module")
def app(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    application = bootstrap(settings_for(database_url, tmp_path_factory.mktemp("app")))
    yield create_app(application)
    application.close()


def declared(app: Flask) -> Iterator[tuple[Rule, str, object]]:
    """Each route and method with what it declares about who may come."""
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        resource = getattr(view, "view_class", None)
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            told = getattr(resource, method.lower()) if resource else view
            yield rule, method, getattr(told, "access", None)


def test_every_route_declares_who_may_come(app: Flask) -> None:
    for rule, method, access in declared(app):
        if rule.endpoint in FOR_EVERYBODY:
            continue
        assert access in (ANYONE, STAFF) or isinstance(access, list), f"{method} {rule.rule}"


def test_a_stranger_comes_in_only_where_anyone_may(app: Flask) -> None:
    client = app.test_client()
    tried = 0
    for rule, method, access in declared(app):
        if (
            rule.endpoint in FOR_EVERYBODY
            or access in (ANYONE, None)
            or (isinstance(access, list) and {} in access)
        ):
            continue
        key = "00000000-0000-0000-0000-000000000000"
        chosen = re.sub(r"<any\((\w+).*?>", r"\1", re.sub(r"<int:\w+>", "1", rule.rule))
        path = re.sub(r"<(?:uuid:)?\w+>", key, chosen)
        answer = client.open(path, method=method, json={} if "api" in path else None)
        tried += 1
        refused = answer.status_code in (400, 401, 403, 415, 422) or (
            answer.status_code in (302, 303) and "/inloggen" in answer.headers["Location"]
        )
        assert refused, f"{method} {path}: {answer.status_code}"
    assert tried > 20


def test_the_models_are_what_the_migrations_make(database_url: str) -> None:
    database = connect(database_url)
    with database.connect() as connection:
        options = {
            "compare_type": True,
            "include_name": lambda name, kind, _: (
                kind != "table" or not str(name).startswith(("procrastinate_", "alembic_"))
            ),
        }
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Base.metadata) == []
    database.dispose()


def test_there_is_one_newest_migration() -> None:
    assert len(ScriptDirectory.from_config(alembic_config()).get_heads()) == 1


def test_every_setting_is_documented() -> None:
    told = set(
        re.findall(r"^\| `(MELDROUTE_\w+)`", (ROOT / "docs/settings.md").read_text(), re.MULTILINE)
    )
    assert told == set(VARIABLES)


def test_every_table_carries_its_municipality() -> None:
    assert [
        table.name
        for table in Base.metadata.tables.values()
        if "municipality" not in table.columns and table.name != "municipality"
    ] == []


def test_no_module_is_too_long() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in files()
        if path.suffix == ".py"
        and "migrations/versions" not in str(path)
        and (lines := len(path.read_text().splitlines())) > LONGEST
    }
    assert long == {}


def test_no_file_holds_a_path_of_one_machine() -> None:
    found = []
    for path in files():
        name = str(path.relative_to(ROOT))
        if name in CHECKS_PATHS or path.suffix in (".png", ".jpg", ".woff2", ".pdf"):
            continue
        found += [name for _ in OURS.findall(path.read_text(errors="replace"))]
    assert found == []


def test_every_package_says_what_it_owns() -> None:
    for package in sorted((ROOT / "service").rglob("__init__.py")):
        if "node_modules" not in package.parts:
            assert package.read_text().startswith('"""'), package
