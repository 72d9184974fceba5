"""The parts of which the small refused diagrams are made."""

from tests.unit.engine.guard import snippets as s
from tests.unit.engine.guard.snippets import around, chain, diagram, extra

PLAIN = around(s.user())


def event(tag: str, kind: str) -> bytes:
    definition = f"<{kind}EventDefinition/>"
    bodies = {
        "startEvent": f'<startEvent id="begin">{definition}</startEvent>{s.END}'
        + chain("begin", "einde"),
        "endEvent": f'{s.START}<endEvent id="einde">{definition}</endEvent>'
        + chain("begin", "einde"),
        "boundaryEvent": around(s.sub()) + s.boundary(definition),
    }
    return diagram(bodies.get(tag) or around(f'<{tag} id="stap">{definition}</{tag}>'))


def timer(time: str, *, tag: str = "timeDuration") -> bytes:
    definition = f"<timerEventDefinition><{tag}>{time}</{tag}></timerEventDefinition>"
    return diagram(around(catch(definition)))


def more(setting: str) -> str:
    return s.user().replace("</extensionElements>", f"{setting}</extensionElements>")


def catch(definition: str) -> str:
    return f'<intermediateCatchEvent id="stap">{definition}</intermediateCatchEvent>'


def throw(definition: str) -> str:
    return f'<intermediateThrowEvent id="stap">{definition}</intermediateThrowEvent>'


def lanes(*lanes: str) -> str:
    return f'<laneSet id="banen">{"".join(lanes)}</laneSet>'


def lane(key: str, *nodes: str) -> str:
    inside = "".join(f"<flowNodeRef>{node}</flowNodeRef>" for node in nodes)
    return f'<lane id="{key}" name="Baan">{inside}</lane>'


def settings(tag: str, settings: str) -> bytes:
    return diagram(around(f'<{tag} id="stap" name="Stap">{extra(settings)}</{tag}>'))


def loop(settings: str = "", attributes: str = "", inner: str = "") -> bytes:
    inside = (extra(settings) if settings else "") + inner
    return diagram(
        around(
            s.user(
                inner="<multiInstanceLoopCharacteristics "
                f"{attributes}>{inside}</multiInstanceLoopCharacteristics>"
            )
        )
    )


OTHER_EYES = (
    '<zeebe:formDefinition formId="stap"/><zeebe:assignmentDefinition candidateGroups="af-zorg"/>'
    '<zeebe:properties><zeebe:property name="vierOgenMet" value="weg"/></zeebe:properties>'
)


def mapping(parts: str) -> bytes:
    task = s.service().replace(
        "</extensionElements>", f"<zeebe:ioMapping>{parts}</zeebe:ioMapping></extensionElements>"
    )
    return diagram(around(task))


LOOP = '<zeebe:loopCharacteristics inputCollection="=partners" inputElement="partner"/>'
RACE = diagram(s.race(s.TIMER, s.ON_MESSAGE), shared=s.MESSAGE)


def with_element(tag: str) -> bytes:
    return diagram(around(s.user(inner=f"<{tag}/>")))
