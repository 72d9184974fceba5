"""Settings that the engine would not heed: one small diagram for each."""

from service.engine.guard.zeebe import REFUSED_EXTENSION_ATTRIBUTES, REFUSED_EXTENSIONS
from tests.unit.engine.guard import snippets as s
from tests.unit.engine.guard.parts import LOOP, PLAIN, RACE, catch, loop, more, settings
from tests.unit.engine.guard.snippets import around, diagram

REFUSED_SETTINGS = {
    "scriptFormat": settings(
        "scriptTask", '<zeebe:script expression="=1" resultVariable="x"/>'
    ).replace(b"<scriptTask", b'<scriptTask scriptFormat="javascript"'),
    "startQuantity": diagram(around(s.user(more='startQuantity="2"'))),
    "completionQuantity": diagram(around(s.user(more='completionQuantity="2"'))),
    "default": diagram(PLAIN.replace("<startEvent", '<startEvent default="van_begin_naar_stap"')),
    "parallelMultiple": diagram(
        around(catch(s.TIMER)).replace("CatchEvent id", 'CatchEvent parallelMultiple="true" id')
    ),
    "eventGatewayType": RACE.replace(b"Gateway id", b'Gateway eventGatewayType="Parallel" id'),
    "behavior": loop(LOOP, 'behavior="One"'),
    "calledElement": diagram(
        around(s.call().replace("<callActivity", '<callActivity calledElement="ander"'))
    ),
    "expressionLanguage": diagram(PLAIN, head='expressionLanguage="javascript"'),
    "language": diagram(
        s.choice().replace("<conditionExpression", '<conditionExpression language="javascript"')
    ),
}

REFUSED_ZEEBE = {
    refusal.code: diagram(around(more(f"<zeebe:{tag}/>")))
    for tag, refusal in REFUSED_EXTENSIONS.items()
} | {
    refusal.code: diagram(
        around(s.user().replace("<zeebe:formDefinition", f'<zeebe:formDefinition {name}="latest"'))
    )
    for name, refusal in REFUSED_EXTENSION_ATTRIBUTES.items()
}
