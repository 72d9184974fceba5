"""What the editor opens and saves again is the same diagram."""

import os
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest
from lxml import etree

from service.operations import bundle_files
from tests.browser.conftest import OpenDesk
from tests.browser.drawing import Editor, open_diagram
from tests.browser.studio import OWNER, begin

ROOT = Path(__file__).parents[2]
XSI_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
IMPLIED = {
    ("isForCompensation", "false"),
    ("startQuantity", "1"),
    ("completionQuantity", "1"),
    ("triggeredByEvent", "false"),
    ("parallelMultiple", "false"),
    ("cancelActivity", "true"),
    ("isInterrupting", "true"),
    ("isCollection", "false"),
    ("isSequential", "false"),
    ("instantiate", "false"),
    ("testBefore", "false"),
    ("gatewayDirection", "Unspecified"),
    ("eventGatewayType", "Exclusive"),
    ("textFormat", "text/plain"),
    ("expressionLanguage", "//www.w3.org/1999/XPath"),
    ("typeLanguage", "//www.w3.org/2001/XMLSchema"),
    (XSI_TYPE, "Point"),
    (XSI_TYPE, "tFormalExpression"),
}
"""What the schemas of BPMN 2.0 mean when nothing is said: it may be written or not."""


def bundled() -> Mapping[str, bytes]:
    return {
        path: body
        for path, body in bundle_files.read_folder(ROOT).items()
        if path.endswith(".bpmn")
    }


INTERCHANGE = Path(os.environ.get("MELDROUTE_MIWG_DIR") or ROOT.parent / "shared" / "miwg")
"""Where the reference files (``*.bpmn``) of the BPMN Model Interchange Working Group lie."""


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
    """Every element, attribute and text with its place, each spelled in one way."""
    found: Counter[str] = Counter()
    for element in etree.fromstring(content).iter(etree.Element):
        place = "/".join(map(_named, reversed([element, *element.iterancestors()])))
        found[f"{place} {(element.text or '').strip()!r}"] += 1
        for name, value in _attributes(element).items():
            if (name, value) not in IMPLIED:
                found[f"{place} {name}={value}"] += 1
    return found


def _named(element: etree._Element) -> str:
    """A formal expression may be written as one, or as an expression of that type."""
    name = etree.QName(element).localname
    return f"{'expression' if name == 'formalExpression' else name}[{element.get('id', '')}]"


def _attributes(element: etree._Element) -> dict[str, str]:
    """By name; one of the namespace of its element needs no prefix."""
    own = f"{{{etree.QName(element).namespace}}}"
    return {
        str(name).removeprefix(own): _plain(str(value)) for name, value in element.attrib.items()
    }


def _plain(value: str) -> str:
    """Numbers without needless decimals, names without where their lines end."""
    try:
        return f"{float(value):g}"
    except ValueError:
        return " ".join(value.split()).rpartition(":")[2]


def test_every_diagram_of_the_product_comes_out_as_it_went_in(editor: Editor) -> None:
    for path, body in bundled().items():
        warnings, saved = through_the_editor(editor, body)
        assert warnings == [], path
        before, after = everything_in(body), everything_in(saved)
        assert (path, list(before - after), list(after - before)) == (path, [], [])


def test_diagrams_of_the_benchmark_lose_nothing(editor: Editor) -> None:
    assert_none_loses_anything(editor, ROOT / "bench")


@pytest.mark.skipif(
    not INTERCHANGE.is_dir(),
    reason="the BPMN MIWG reference files are not here; set MELDROUTE_MIWG_DIR to their folder",
)
def test_reference_files_for_interchange_lose_nothing(editor: Editor) -> None:
    assert_none_loses_anything(editor, INTERCHANGE, broken=frozenset({"C.8.1.bpmn"}))


def assert_none_loses_anything(
    editor: Editor, folder: Path, *, broken: frozenset[str] = frozenset()
) -> None:
    """What is ``broken`` refers to what is not there: the editor says so and takes nothing in."""
    paths = sorted(folder.rglob("*.bpmn"))
    assert paths, folder
    for path in paths:
        body = path.read_bytes()
        warnings, saved = through_the_editor(editor, body)
        assert any("unresolved reference" in one for one in warnings) == (path.name in broken)
        if path.name in broken:
            continue
        lost = everything_in(body) - everything_in(saved)
        assert (path.name, list(lost)) == (path.name, [])


def test_what_the_editor_cannot_draw_stays_in_the_file(editor: Editor) -> None:
    outside = (
        '<bpmn:process id="buiten"><bpmn:task id="los" name="Los" /></bpmn:process>'
        '<bpmndi:BPMNDiagram id="d"><bpmndi:BPMNPlane id="p" bpmnElement="samen">'
        '<bpmndi:BPMNShape id="bak_di" bpmnElement="bak" isHorizontal="true">'
        '<dc:Bounds x="0" y="0" width="600" height="200" /></bpmndi:BPMNShape>'
        '<bpmndi:BPMNShape id="ander_di" bpmnElement="ander" isHorizontal="true">'
        '<dc:Bounds x="0" y="300" width="600" height="60" /></bpmndi:BPMNShape>'
        '<bpmndi:BPMNShape id="los_di" bpmnElement="los">'
        '<dc:Bounds x="20" y="400" width="100" height="80" /></bpmndi:BPMNShape>'
        '<bpmndi:BPMNEdge id="bericht_di" bpmnElement="bericht" messageVisibleKind="initiating">'
        '<di:waypoint x="70" y="300" /><di:waypoint x="70" y="200" /></bpmndi:BPMNEdge>'
        "</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>"
    )
    body = definitions(
        '<bpmn:collaboration id="samen"><bpmn:participant id="bak" processRef="binnen" />'
        '<bpmn:participant id="ander" />'
        '<bpmn:messageFlow id="bericht" sourceRef="ander" targetRef="bak" /></bpmn:collaboration>'
        f'<bpmn:process id="binnen" />{outside}'
    )
    for _ in range(2):
        _warnings, saved = through_the_editor(editor, body)
        assert list(everything_in(body) - everything_in(saved)) == []
        assert saved.count(b"los_di") == 1
        body = saved


def definitions(inside: str) -> bytes:
    return (
        '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"'
        ' xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"'
        ' xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"'
        ' xmlns:di="http://www.omg.org/spec/DD/20100524/DI"'
        f' targetNamespace="urn:meldroute:test">{inside}</bpmn:definitions>'
    ).encode()
