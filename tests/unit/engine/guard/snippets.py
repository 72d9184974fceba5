"""Small diagrams for the tests of the guard: built from pieces, and drawn."""

from itertools import pairwise

from lxml import etree

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"

HEAD = (
    f'<definitions xmlns="{BPMN}" xmlns:bpmndi="{DI}" xmlns:dc="{DC}" '
    'xmlns:di="http://www.omg.org/spec/DD/20100524/DI" '
    'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" '
    'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" '
    'xmlns:modeler="http://camunda.org/schema/modeler/1.0" '
    'xmlns:color="http://www.omg.org/spec/BPMN/non-normative/color/1.0" '
    'xmlns:vreemd="http://voorbeeld.nl/eigen" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'id="diagram" targetNamespace="http://voorbeeld.nl/proces"'
)
START = '<startEvent id="begin" name="Begin"/>'
END = '<endEvent id="einde" name="Einde"/>'
MESSAGE = (
    '<message id="bericht" name="reactie"><extensionElements>'
    '<zeebe:subscription correlationKey="=kenmerk"/></extensionElements></message>'
)
SIGNAL = '<signal id="signaal" name="alarm"/>'
ERROR = '<error id="fout" name="Fout" errorCode="MISLUKT"/>'
ESCALATION = '<escalation id="escalatie" name="Escalatie" escalationCode="HULP"/>'

CONDITION = "<conditionalEventDefinition><condition>=x = 1</condition></conditionalEventDefinition>"
TIMER = "<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>"
REMINDER = "<timerEventDefinition><timeCycle>R/P1D</timeCycle></timerEventDefinition>"
ON_MESSAGE = '<messageEventDefinition messageRef="bericht"/>'
ON_SIGNAL = '<signalEventDefinition signalRef="signaal"/>'
ON_ERROR = '<errorEventDefinition errorRef="fout"/>'
ON_ESCALATION = '<escalationEventDefinition escalationRef="escalatie"/>'


def extra(content: str) -> str:
    """Extension elements around zeebe settings."""
    return f"<extensionElements>{content}</extensionElements>"


def flow(source: str, target: str, *, when: str = "", key: str = "", name: str = "ja") -> str:
    """A sequence flow, with a condition when one is given."""
    condition = f"<conditionExpression>{when}</conditionExpression>" if when else ""
    return (
        f'<sequenceFlow id="{key or f"van_{source}_naar_{target}"}" name="{name}" '
        f'sourceRef="{source}" targetRef="{target}">{condition}</sequenceFlow>'
    )


def chain(*nodes: str) -> str:
    """Flows from each node to the next."""
    return "".join(flow(a, b) for a, b in pairwise(nodes))


def user(key: str = "stap", *, inner: str = "", settings: str | None = None, more: str = "") -> str:
    """A user task with a form and a group."""
    if settings is None:
        settings = (
            f'<zeebe:formDefinition formId="{key}"/>'
            '<zeebe:assignmentDefinition candidateGroups="af-zorg"/>'
        )
    return (
        f'<userTask id="{key}" name="Stap doen" {more}>'
        f"{extra(settings) if settings else ''}{inner}</userTask>"
    )


def service(key: str = "stap", *, inner: str = "") -> str:
    """A service task with a type of job."""
    settings = extra('<zeebe:taskDefinition type="registreren"/>')
    return f'<serviceTask id="{key}" name="Werk">{settings}{inner}</serviceTask>'


def call(key: str = "stap", *, process: str = "ander", inner: str = "") -> str:
    """A call of another process."""
    settings = extra(f'<zeebe:calledElement processId="{process}"/>')
    return f'<callActivity id="{key}" name="Aanroep">{settings}{inner}</callActivity>'


def around(step: str, key: str = "stap") -> str:
    """Start, the step, end."""
    return START + step + END + chain("begin", key, "einde")


def sub(inside: str = "", *, key: str = "stap", more: str = "", before: str = "") -> str:
    """An embedded subprocess with one user task, or with ``inside``."""
    body = inside or (
        '<startEvent id="s_begin"/>'
        + user("s_taak")
        + '<endEvent id="s_einde"/>'
        + chain("s_begin", "s_taak", "s_einde")
    )
    return f'<subProcess id="{key}" name="Deel" {more}>{before}{body}</subProcess>'


def handler(event: str, *, key: str = "opvang", more: str = "", before: str = "") -> str:
    """An event subprocess with one user task."""
    inside = (
        f'<startEvent id="{key}_begin" {more}>{event}</startEvent>'
        + user(f"{key}_taak")
        + f'<endEvent id="{key}_einde"/>'
        + chain(f"{key}_begin", f"{key}_taak", f"{key}_einde")
    )
    return f'<subProcess id="{key}" triggeredByEvent="true">{before}{inside}</subProcess>'


def boundary(event: str, *, host: str = "stap", more: str = "", key: str = "rand") -> str:
    """A boundary event with its own way to an end of its own."""
    return (
        f'<boundaryEvent id="{key}" name="Rand" attachedToRef="{host}" {more}>{event}'
        f'</boundaryEvent><endEvent id="{key}_einde"/>' + chain(key, f"{key}_einde")
    )


def choice(
    first: str = "=x = 1",
    *,
    tag: str = "exclusiveGateway",
    default: str = "anders",
    second: str = "",
) -> str:
    """A split into two tasks that end."""
    named = f'default="{default}"' if default else ""
    return (
        START
        + f'<{tag} id="keuze" name="Welke?" {named}/>'
        + user("links")
        + user("rechts")
        + END
        + chain("begin", "keuze")
        + flow("keuze", "links", when=first, key="eerst")
        + flow("keuze", "rechts", when=second, key="anders")
        + chain("links", "einde")
        + chain("rechts", "einde")
    )


def race(first: str, second: str) -> str:
    """An event gateway with two intermediate catch events (their definitions given)."""
    return (
        START
        + '<eventBasedGateway id="keuze"/>'
        + f'<intermediateCatchEvent id="links">{first}</intermediateCatchEvent>'
        + f'<intermediateCatchEvent id="rechts">{second}</intermediateCatchEvent>'
        + END
        + chain("begin", "keuze", "links", "einde")
        + chain("keuze", "rechts", "einde")
    )


UNDO = "<compensateEventDefinition/>"
UNDO_WRONG = '<compensateEventDefinition activityRef="weg"/>'
CANCEL = "<cancelEventDefinition/>"


def on_edge(key: str = "rand", host: str = "stap") -> str:
    """A compensation event on the edge of a step."""
    return f'<boundaryEvent id="{key}" attachedToRef="{host}">{UNDO}</boundaryEvent>'


def line(source: str, target: str) -> str:
    """An association from an event to its handler."""
    return f'<association id="lijn_{source}" sourceRef="{source}" targetRef="{target}"/>'


def undoable(end: str = END) -> str:
    """A step that can be undone, and an end."""
    handler = user("terug", more='isForCompensation="true"')
    step = START + user() + end + chain("begin", "stap", "einde")
    return step + on_edge() + handler + line("rand", "terug")


def transaction() -> str:
    """A transaction that is cancelled at its end."""
    body = (
        '<startEvent id="s_begin"/>'
        + user("s_taak")
        + f'<endEvent id="s_einde">{CANCEL}</endEvent>'
        + chain("s_begin", "s_taak", "s_einde")
    )
    return sub(body).replace("subProcess", "transaction")


def linked() -> str:
    """A way that goes on by a link."""
    event = '<linkEventDefinition name="verder"/>'
    return (
        f'{START}<intermediateThrowEvent id="weg">{event}</intermediateThrowEvent>'
        f'<intermediateCatchEvent id="terug">{event}</intermediateCatchEvent>{END}'
        + chain("begin", "weg")
        + chain("terug", "einde")
    )


def diagram(
    body: str,
    *,
    shared: str = "",
    attributes: str = 'isExecutable="true"',
    head: str = "",
    drawn: bool = True,
) -> bytes:
    """A file with one process around ``body``; ``shared`` stands beside the process."""
    text = (
        f'{HEAD} {head}>{shared}<process id="proces" name="Proces" {attributes}>{body}</process>'
        "</definitions>"
    )
    return draw(text) if drawn else text.encode()


def draw(text: str) -> bytes:
    """The same file with a shape for everything that has an id."""
    root = etree.fromstring(text.encode())
    keys = list(
        dict.fromkeys(element.get("id") for element in root.iterdescendants(f"{{{BPMN}}}*"))
    )
    drawing = etree.SubElement(root, f"{{{DI}}}BPMNDiagram")
    plane = etree.SubElement(drawing, f"{{{DI}}}BPMNPlane", bpmnElement="proces")
    for number, key in enumerate(key for key in keys if key):
        shape = etree.SubElement(plane, f"{{{DI}}}BPMNShape", bpmnElement=key)
        place = {"x": str(number * 10), "y": "0", "width": "100", "height": "80"}
        etree.SubElement(shape, f"{{{DC}}}Bounds", place)
    return etree.tostring(root)


MANY = " ".join(f'a{number}="1"' for number in range(300))
"""More attributes than are read."""
