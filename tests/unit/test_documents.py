"""What the documents name exists: files, commands, settings, words on the screen, terms."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import click
import pytest
from lxml import etree

from service.cli import main
from service.config import ELSEWHERE, VARIABLES
from service.operations import demo

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
HANDLEIDING = sorted(ROOT.glob("docs/handleiding/**/*.md"))
PLACES = ("bench", "docs", "forms", "processes", "service", "tests")
NAMED_FILE = re.compile(r"[\w./-]+\.(?:py|bpmn|dmn|form|toml|md|html|lock|yml|js|mjs|css)")
IN_A_BUNDLE = {"gemeente.toml", "verrijken.form", "triage.form"}
"""Names of files inside a publication, or in an example."""
OF_THIS_MACHINE = re.compile(r"/(?:work|root|home|tmp|Users)/|shared/spike[s]")
UNITS = {
    "minuten": "PT{}M",
    "uur": "PT{}H",
    "werkuren": "{}wu",
    "werkdagen": "{}wd",
    "dagen": "P{}D",
}

each_document = pytest.mark.parametrize(
    "document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix()
)
each_page = pytest.mark.parametrize(
    "page", HANDLEIDING, ids=lambda path: f"{path.parent.name}/{path.stem}"
)


@each_document
def test_every_link_leads_somewhere(document: Path) -> None:
    for target in re.findall(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)", document.read_text()):
        if re.match(r"https?:|mailto:", target):
            continue
        path, _, anchor = target.partition("#")
        there = (document.parent / path).resolve() if path else document
        assert there.exists(), f"{document.name}: {target}"
        if anchor:
            assert anchor in _anchors(there), f"{document.name}: {target}"


@each_document
def test_every_picture_is_there(document: Path) -> None:
    for target in re.findall(r"!\[[^\]]*\]\(([^)\s]+)\)", document.read_text()):
        assert (document.parent / target).exists(), f"{document.name}: {target}"


@each_document
def test_every_file_that_is_named_exists(document: Path) -> None:
    files = _files()
    for code in re.findall(r"`([^`\n]+)`", document.read_text()):
        for name in filter(NAMED_FILE.fullmatch, code.split()):
            if name not in IN_A_BUNDLE and "NAAM" not in name:
                assert any(f"/{file}".endswith(f"/{name}") for file in files), name


@each_document
def test_every_command_and_option_exists(document: Path) -> None:
    for line in _code(document):
        words = re.split(r"\s+", line)
        for place, word in enumerate(words):
            follows = words[place + 1 : place + 2]
            if word == "meldroute" and follows and re.fullmatch(r"[a-z]+(?:-[a-z]+)*", follows[0]):
                _check_command(words[place + 1 :])


@each_document
def test_every_make_target_exists(document: Path) -> None:
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    for line in _code(document):
        for target in re.findall(r"(?:^|\s)make ([a-z-]+)", line):
            assert target in targets


@each_document
def test_every_setting_exists(document: Path) -> None:
    named = set(re.findall(r"MELDROUTE_[A-Z_]*[A-Z]", document.read_text()))
    assert named <= {*VARIABLES, *ELSEWHERE}


@each_document
def test_no_document_knows_the_machine_it_was_written_on(document: Path) -> None:
    assert not OF_THIS_MACHINE.search(document.read_text())


@each_page
def test_words_in_italics_stand_on_the_screen_or_in_a_diagram(page: Path) -> None:
    names, screens = _names(), _screens()
    for words in _italics(page):
        on_screen = any(f"{quote}{words}" in screens for quote in "\"'>")
        assert words in names or on_screen, f"{page.name}: *{words}*"


def test_every_process_and_every_task_is_explained() -> None:
    explained = {words for page in HANDLEIDING for words in _italics(page)}
    wanted = {
        element.get("name")
        for element in _elements()
        if etree.QName(element).localname in ("userTask", "process")
    }
    assert wanted <= explained


def test_the_norm_times_in_the_handleiding_are_those_of_the_profile() -> None:
    norms = _profile()["normtijden"]
    page = (ROOT / "docs/handleiding/aandachtsfunctionaris.md").read_text()
    rows = re.findall(r"^\|.*\| (\d+) (\w+) \| `(\w+)` \|$", page, re.MULTILINE)
    assert rows
    for number, unit, name in rows:
        assert UNITS[unit].format(number) == norms[name], name


def test_the_demo_accounts_in_the_readme_exist() -> None:
    readme, roles = (ROOT / "README.md").read_text(), _profile()["rollen"]
    assert f"`{demo.PASSWORD}`" in readme
    accounts = re.findall(r"`([a-z-]+)@([a-z-]+)\.example`", readme)
    assert accounts
    for role, municipality in accounts:
        assert role in roles
        assert municipality == demo.MUNICIPALITY


def test_every_decision_and_every_page_is_in_its_index() -> None:
    handleiding = ROOT / "docs/handleiding"
    for folder in (ROOT / "docs/decisions", handleiding, handleiding / "rollen"):
        index = (folder / "README.md").read_text()
        for page in folder.glob("*.md"):
            assert page.name == "README.md" or f"({page.name})" in index, page.name


def _check_command(words: list[str]) -> None:
    """``words`` are what follows ``meldroute``."""
    context = click.Context(main)
    command = main.get_command(context, words[0])
    assert command is not None, words[0]
    if isinstance(command, click.Group):
        sub = next((word for word in words[1:2] if re.fullmatch(r"[a-z]+", word)), None)
        found = command.get_command(context, sub) if sub else command
        assert found is not None, words[:2]
        command = found
    known = {option for parameter in command.params for option in _spellings(parameter)}
    assert {word for word in words if re.fullmatch(r"--[a-z-]+", word)} <= known | {"--help"}, words


def _spellings(parameter: click.Parameter) -> list[str]:
    return [*parameter.opts, *parameter.secondary_opts]


def _code(document: Path) -> Iterator[str]:
    """Inline code and the lines of code blocks, without comments."""
    text = document.read_text()
    for block in re.findall(r"^ *```\w*\n(.*?)^ *```", text, re.MULTILINE | re.DOTALL):
        yield from (line.partition("#")[0].strip() for line in block.splitlines())
    yield from re.findall(r"(?<!`)`([^`\n]+)`(?!`)", text)
    yield from (
        line.partition("#")[0].strip() for line in re.findall(r"^ {4}(.*)", text, re.MULTILINE)
    )


def _italics(page: Path) -> Iterator[str]:
    text = re.sub(r"```.*?```|`[^`]*`", "", page.read_text(), flags=re.DOTALL)
    for words in re.findall(r"(?<![*\w])\*([^*\s][^*|]*?)\*(?!\*)", text):
        yield " ".join(words.split())


def _anchors(document: Path) -> set[str]:
    headings = re.findall(r"^#+ (.*)$", document.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}


@cache
def _files() -> frozenset[str]:
    below = (path for place in PLACES for path in (ROOT / place).rglob("*") if path.is_file())
    paths = (*ROOT.glob("*.*"), *(path for path in below if "node_modules" not in path.parts))
    return frozenset(path.relative_to(ROOT).as_posix() for path in paths)


def _elements() -> Iterator[etree._Element]:
    for diagram in ROOT.glob("processes/*/*.bpmn"):
        yield from (e for e in etree.parse(diagram).iter(etree.Element) if e.get("name"))


@cache
def _names() -> frozenset[str]:
    """Every name in a diagram."""
    return frozenset(str(element.get("name")) for element in _elements())


@cache
def _screens() -> str:
    """Every text that people may see: pages, forms and sentences in the code."""
    places = (
        "service/web/templates/**/*.html",
        "service/web/**/*.py",
        "service/web/islands/*.js",
        "service/web/islands/form-panel/*.js",
        "service/web/islands/modeler/**/*.js",
        "service/operations/**/*.py",
    )
    texts = [path.read_text() for place in places for path in ROOT.glob(place)]
    forms = [path.read_text() for path in ROOT.glob("forms/*/*.form")]
    return "\n".join(texts + forms)


def _profile() -> dict[str, Any]:
    path = ROOT / "processes" / "gemeenten" / f"{demo.MUNICIPALITY}.toml"
    return tomllib.loads(path.read_text())
