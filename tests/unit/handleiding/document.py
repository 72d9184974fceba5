"""Writes what the diagrams say into the pages of the handleiding.

``python -m tests.unit.handleiding.document`` rewrites the parts between the marks: per role
``<!-- taken: oov -->`` … ``<!-- einde -->``, and the list of routes ``<!-- routes -->``.
"""

import re
from collections.abc import Iterator
from itertools import groupby
from os.path import relpath
from pathlib import Path

from lxml import etree

from service.domain.profile import Role
from tests.unit.handleiding.afterwards import afterwards
from tests.unit.handleiding.content import ROOT, Task, events, example, processes, tasks
from tests.unit.handleiding.pictures import picture_of

HANDLEIDING = ROOT / "docs" / "handleiding"
_PART = re.compile(r"<!-- (taken: (?P<roles>[a-z -]+)|routes) -->\n.*?<!-- einde -->", re.DOTALL)
_FEW = 3
_UNITS = {
    "wd": ("werkdag", "werkdagen"),
    "wu": ("werkuur", "werkuren"),
    "M": ("minuut", "minuten"),
    "H": ("uur", "uur"),
    "D": ("dag", "dagen"),
    "W": ("week", "weken"),
}


def pages() -> list[Path]:
    """The pages that hold such a part."""
    return [path for path in sorted(HANDLEIDING.rglob("*.md")) if _PART.search(path.read_text())]


def page(path: Path) -> str:
    """A page as it should be."""
    return _PART.sub(lambda part: _part(part, path), path.read_text(encoding="utf-8"))


def roles_with_a_page() -> set[str]:
    """The roles whose tasks some page lists."""
    parts = (_PART.finditer(path.read_text()) for path in pages())
    return {role for found in parts for one in found for role in (one["roles"] or "").split()}


def _part(part: re.Match[str], path: Path) -> str:
    begin = part[0].splitlines()[0]
    lines = _tasks(part["roles"].split(), path) if part["roles"] else _routes(path)
    return "\n".join([begin, "", *lines, "<!-- einde -->"])


def _routes(path: Path) -> Iterator[str]:
    yield "| Route | Diagram |"
    yield "|---|---|"
    for process in processes():
        yield f"| *{process.get('name')}* | {_links(str(process.get('id')), path)} |"
    yield ""


def _tasks(role_ids: list[str], path: Path) -> Iterator[str]:
    roles = [example().roles[role_id] for role_id in role_ids]
    yield from (_seen(role) for role in roles)
    yield ""
    theirs = [task for task in tasks() if task.roles & set(role_ids)]
    if not theirs:
        yield "In de meegeleverde diagrammen staat voor deze rol geen taak."
        yield ""
    yield from _contents(list(dict.fromkeys(str(task.process.get("name")) for task in theirs)))
    for process_id, group in groupby(theirs, lambda task: str(task.process.get("id"))):
        mine = list(group)
        yield f"### {mine[0].process.get('name')}"
        yield ""
        yield f"*{mine[0].process.get('name')}*: {_links(process_id, path)}"
        yield ""
        yield f"![{_alt(mine[0].process)}]({_to(picture_of(_diagram(process_id)), path)})"
        yield ""
        yield "| In uw bak | Wat u doet | Termijn | Daarna |"
        yield "|---|---|---|---|"
        yield from (_row(task) for task in mine)
        yield ""


def _contents(names: list[str]) -> Iterator[str]:
    """Where to find each process on a page with so many pictures."""
    if len(names) > _FEW:
        yield f"Op deze bladzijde: {', '.join(f'[{name}](#{_anchor(name)})' for name in names)}."
        yield ""


def _anchor(heading: str) -> str:
    """As code hosts name the place of a heading."""
    return re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-")


def _seen(role: Role) -> str:
    parts = [f"**{role.name}** (`{role.id}`)"]
    domains = ", ".join(f"`{domain}`" for domain in sorted(role.domains))
    parts.append(f"ziet antwoorden in {domains}" if domains else "ziet geen antwoorden")
    if role.coordinates:
        parts.append("ziet alle zaken van de gemeente")
    if role.stand_in:
        parts.append(f"achtervang: `{role.stand_in}`")
    return f"- {'; '.join(parts)}."


def _row(task: Task) -> str:
    ways = "<br>".join(afterwards(task.node))
    return f"| *{task.name}* | {task.told} | {_term(task.due)} | {ways} |"


def _term(due: str) -> str:
    norms = [example().norms[name] for name in re.findall(r"normtijden\.(\w+)", due)]
    return " of ".join(dict.fromkeys(map(_in_words, norms))) or "volgt uit de zaak"


def _in_words(norm: str) -> str:
    match = re.fullmatch(r"(?:PT?)?(\d+)(wd|wu|[MHDW])", norm)
    if match is None:
        return f"`{norm}`"
    one, many = _UNITS[match[2]]
    return f"{match[1]} {one if match[1] == '1' else many}"


def _links(process_id: str, path: Path) -> str:
    picture = _to(picture_of(_diagram(process_id)), path)
    return (
        f"[bekijk het diagram]({picture}) of [open het bestand]({_to(_diagram(process_id), path)})"
    )


def _alt(process: etree._Element) -> str:
    """For who does not see the picture: the course as a whole; the table tells the steps."""
    begins, ends = (_named(events(process, kind)) for kind in ("startEvent", "endEvent"))
    return f"Diagram van {process.get('name')}. Begin: {begins}. Einde: {ends}."


def _named(names: list[str]) -> str:
    return "; ".join(dict.fromkeys(names))


def _diagram(process_id: str) -> Path:
    return ROOT / "processes" / process_id / f"{process_id}.bpmn"


def _to(target: Path, path: Path) -> str:
    return relpath(target, path.parent)


if __name__ == "__main__":
    for written in pages():
        written.write_text(page(written), encoding="utf-8")
