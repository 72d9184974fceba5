"""What the editor opens and saves again is the same diagram."""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from lxml import etree

from service.operations import bundle_files
from tests.browser.conftest import OpenDesk
from tests.browser.drawing import Editor, open_diagram
from tests.browser.studio import OWNER, begin

ROOT = Path(__file__).parents[2]
XSI_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"


def bundled() -> Mapping[str, bytes]:
    return {
        path: body
        for path, body in bundle_files.read_folder(ROOT).items()
        if path.endswith(".bpmn")
    }


def others() -> Iterator[Path]:
    """Diagrams of others: of the benchmark, and public ones to exchange, where they are here."""
    yield from sorted(ROOT.glob("bench/**/*.bpmn"))
    yield from sorted(ROOT.glob("tests/conformance/**/*.bpmn"))


@pytest.fixture
def editor(visit: OpenDesk) -> Editor:
    desk = visit(OWNER)
    return open_diagram(desk, begin(desk, "Heen en terug"), "actiepunt")


def through_the_editor(editor: Editor, content: bytes) -> tuple[list[str], bytes]:
    """The warnings on opening, and what is saved."""
    answer = editor.run(
        "const { warnings } = await modeler.importXML(argument);"
        "const { xml } = await modeler.saveXML({ format: true });"
        "return [warnings.map(({ message }) => message), xml];",
        content.decode(),
    )
    return answer[0], answer[1].encode()


def everything_in(content: bytes) -> Counter[str]:
    """Every element with its place, attributes and text; the order of attributes does not count."""
    root = etree.fromstring(content)
    return Counter(_described(element) for element in root.iter(etree.Element))


def _described(element: etree._Element) -> str:
    place = "/".join(
        f"{etree.QName(one).localname}[{one.get('id', '')}]"
        for one in reversed([element, *element.iterancestors()])
    )
    attributes = sorted(f"{name}={_plain(name, value)}" for name, value in element.attrib.items())
    return f"{place} {' '.join(attributes)} {(element.text or '').strip()!r}"


def _plain(name: str, value: str) -> str:
    """Numbers without needless decimals, and a type without its prefix."""
    if name == XSI_TYPE:
        return value.rpartition(":")[2]
    try:
        return f"{float(value):g}"
    except ValueError:
        return value


def test_every_diagram_of_the_product_comes_out_as_it_went_in(editor: Editor) -> None:
    for path, body in bundled().items():
        warnings, saved = through_the_editor(editor, body)
        assert warnings == [], path
        before, after = everything_in(body), everything_in(saved)
        assert (path, list(before - after), list(after - before)) == (path, [], [])


def test_diagrams_of_others_lose_nothing(editor: Editor) -> None:
    paths = list(others())
    if not paths:
        pytest.skip("Er liggen hier geen diagrammen van anderen.")
    for path in paths:
        body = path.read_bytes()
        _warnings, saved = through_the_editor(editor, body)
        lost = everything_in(body) - everything_in(saved)
        assert (path.name, list(lost)) == (path.name, [])
