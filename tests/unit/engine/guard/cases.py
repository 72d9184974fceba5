"""One small diagram for each code of the guard: ``CASES`` maps the code to what provokes it."""

from service.engine.guard import Known
from service.engine.guard.refused import REFUSED, REFUSED_ATTRIBUTES
from service.engine.guard.triggers import REFUSED_TRIGGERS
from tests.unit.engine.guard import snippets as s
from tests.unit.engine.guard.dataflow.cases import CASES as DATA
from tests.unit.engine.guard.parts import (
    LOOP,
    OTHER_EYES,
    PLAIN,
    catch,
    event,
    lane,
    lanes,
    loop,
    mapping,
    more,
    settings,
    throw,
    timer,
    with_element,
)
from tests.unit.engine.guard.settings_cases import REFUSED_SETTINGS, REFUSED_ZEEBE
from tests.unit.engine.guard.snippets import around, chain, diagram, extra, flow
from tests.unit.engine.guard.soundness.cases import CASES as TOKEN_FLOW

Case = bytes | tuple[bytes, Known]
EVERYTHING = Known(
    processes=frozenset({"ander"}),
    decisions=frozenset({"urgentie"}),
    forms=frozenset({"stap"}),
    roles=frozenset({"af-zorg"}),
    job_types=frozenset({"registreren"}),
)


CASES: dict[str, Case] = {
    # reading
    "not-xml": b"geen xml",
    "document-type": b'<!DOCTYPE definitions [<!ENTITY a "a">]>' + diagram(PLAIN),
    "too-large": b"<a>" + b" " * (5 * 1024 * 1024) + b"</a>",
    "too-deep": b"<a>" * 201 + b"</a>" * 201,
    "too-many-elements": b"<a>" + b"<b/>" * 50_000 + b"</a>",
    "too-many-attributes": diagram(f"{PLAIN}<task {s.MANY}/>"),
    "not-bpmn": b'<html xmlns="http://www.w3.org/1999/xhtml"/>',
    # structure
    "no-process": diagram(PLAIN, attributes='isExecutable="false"'),
    "executable-not-stated": diagram(PLAIN, attributes=""),
    "no-start-event": diagram(s.user("stap") + s.END + chain("stap", "einde")),
    "two-none-starts": diagram(PLAIN + '<startEvent id="nog_een"/>' + chain("nog_een", "stap")),
    "same-start-message": diagram(
        PLAIN
        + "".join(
            f'<startEvent id="{key}">{s.ON_MESSAGE}</startEvent>' + chain(key, "stap")
            for key in ("een", "twee")
        ),
        shared=s.MESSAGE,
    ),
    "subprocess-starts": diagram(
        around(s.sub(s.user("s_taak") + '<endEvent id="s_e"/>' + chain("s_taak", "s_e")))
    ),
    "subprocess-start-kind": diagram(
        around(
            s.sub(
                f'<startEvent id="s_b">{s.TIMER}</startEvent><endEvent id="s_e"/>'
                + chain("s_b", "s_e")
            )
        )
    ),
    "subprocess-without-end": diagram(
        around(s.sub('<startEvent id="s_b"/>' + s.user("s_taak") + chain("s_b", "s_taak")))
    ),
    "comment-in-text": diagram(s.choice("=x = 1<!-- of toch --> or y")),
    "text-in-model": diagram(PLAIN + "losse woorden"),
    # elements and attributes
    "unknown-element": diagram(PLAIN + "<usertask/>"),
    "misplaced-element": diagram(PLAIN + "<lane id='baan'/>"),
    "foreign-element": diagram(PLAIN + "<vreemd:stap/>"),
    "unsupported-attribute": diagram(around(s.user(more='kleur="rood"'))),
    "unsupported-value": diagram(PLAIN, attributes='isExecutable="misschien"'),
    "camunda-attribute": diagram(around(s.user(more='camunda:assignee="jan"'))),
    "foreign-attribute": diagram(around(s.user(more='vreemd:soort="x"'))),
    # extensions
    "camunda-extension": diagram(around(more("<camunda:formData/>"))),
    "foreign-extension": diagram(around(more("<vreemd:regel/>"))),
    "unknown-zeebe-element": diagram(around(more("<zeebe:adHoc/>"))),
    "misplaced-zeebe-element": settings(
        "manualTask", '<zeebe:script expression="=1" resultVariable="x"/>'
    ),
    "twice-the-same-extension": diagram(around(more('<zeebe:formDefinition formId="stap"/>'))),
    "unknown-zeebe-attribute": diagram(
        around(s.user(settings='<zeebe:formDefinition formId="stap" soort="x"/>'))
    ),
    "zeebe-value": settings(
        "callActivity",
        '<zeebe:calledElement processId="ander" propagateAllChildVariables="soms"/>',
    ),
    "incomplete-extension": diagram(around(s.user(settings="<zeebe:formDefinition/>"))),
    # identity
    "missing-id": diagram(PLAIN, shared='<message name="los"/>'),
    "duplicate-id": diagram(PLAIN, shared='<message id="stap" name="los"/>'),
    "reserved-id": diagram(around(s.user("Start"), "Start")),
    "unusable-id": diagram(around(s.user("stap.één"), "stap.één")),
    # references
    "dangling-reference": diagram(around(catch('<messageEventDefinition messageRef="weg"/>'))),
    "dangling-flow": diagram(PLAIN + flow("weg", "stap", key="los")),
    "flow-crosses-border": diagram(
        around(s.sub())
        + s.boundary(s.TIMER).replace('targetRef="rand_einde"', 'targetRef="s_taak"')
    ),
    "flow-into-start": diagram(
        PLAIN + s.boundary(s.TIMER).replace('targetRef="rand_einde"', 'targetRef="begin"')
    ),
    "twin-flows": diagram(
        s.choice().replace(
            '<sequenceFlow id="anders" name="ja" sourceRef="keuze" targetRef="rechts">',
            '<sequenceFlow id="anders" name="ja" sourceRef="keuze" targetRef="links">',
        )
    ),
    "flow-list-differs": diagram(around(s.user(inner="<incoming>weg</incoming>"))),
    "boundary-host": diagram(PLAIN + s.boundary(s.TIMER, host="einde")),
    "lane-unknown-node": diagram(lanes(lane("af-zorg", "weg")) + PLAIN),
    "node-in-two-lanes": diagram(lanes(lane("af-zorg", "stap"), lane("oov", "stap")) + PLAIN),
    # flow
    "end-with-outgoing": diagram(PLAIN + s.user("na") + chain("einde", "na")),
    "path-without-end": diagram(s.START + s.user() + chain("begin", "stap")),
    "boundary-without-path": diagram(
        PLAIN + f'<boundaryEvent id="rand" attachedToRef="stap">{s.TIMER}</boundaryEvent>'
    ),
    "condition-elsewhere": diagram(
        s.START + s.user() + s.END + flow("begin", "stap", when="=x = 1") + chain("stap", "einde")
    ),
    "unreachable": diagram(PLAIN + s.user("los") + chain("los", "einde")),
    "no-path-to-end": diagram(
        s.START + s.user() + s.user("b") + chain("begin", "stap", "b", "stap")
    ),
    # gateways
    "branch-without-condition": diagram(s.choice(default="")),
    "empty-condition": diagram(s.choice(" ")),
    "default-with-condition": diagram(s.choice(second="=x = 2")),
    "default-elsewhere": diagram(s.choice(default="van_begin_naar_keuze", second="=x = 2")),
    "no-default": diagram(s.choice(default="", second="=x = 2")),
    "unnamed-branch": diagram(s.choice().replace('id="eerst" name="ja"', 'id="eerst"')),
    "splits-and-joins": diagram(s.choice().replace('targetRef="einde"', 'targetRef="keuze"', 1)),
    "event-gateway-target": diagram(
        s.START
        + '<eventBasedGateway id="keuze"/><manualTask id="links"/><manualTask id="rechts"/>'
        + s.END
        + chain("begin", "keuze", "links", "einde")
        + chain("keuze", "rechts", "einde")
    ),
    "event-gateway-shared-target": diagram(
        s.race(s.TIMER, s.ON_MESSAGE) + s.user("b") + chain("b", "links"), shared=s.MESSAGE
    ),
    "event-gateway-one-way": diagram(
        s.START
        + '<eventBasedGateway id="keuze"/>'
        + catch(s.TIMER)
        + s.END
        + chain("begin", "keuze", "stap", "einde")
    ),
    # events
    "catch-without-trigger": diagram(around(catch(""))),
    "boundary-without-trigger": diagram(PLAIN + s.boundary("")),
    "several-triggers": diagram(around(catch(s.TIMER + s.ON_MESSAGE)), shared=s.MESSAGE),
    "non-interrupting-error": diagram(
        around(s.sub()) + s.boundary(s.ON_ERROR, more='cancelActivity="false"'), shared=s.ERROR
    ),
    "boundary-never-fires": diagram(PLAIN + s.boundary(s.ON_ERROR), shared=s.ERROR),
    # timers
    "timer-without-time": diagram(around(catch("<timerEventDefinition/>"))),
    "timer-literal": timer("P1WT1H"),
    "date-without-offset": timer("2026-03-01T09:00:00", tag="timeDate"),
    "cycle-on-catch": diagram(around(catch(s.REMINDER))),
    "cycle-interrupting": diagram(PLAIN + s.boundary(s.REMINDER)),
    # messages
    "message-without-ref": diagram(around(catch("<messageEventDefinition/>"))),
    "message-without-name": diagram(
        around(catch(s.ON_MESSAGE)), shared=s.MESSAGE.replace("reactie", "")
    ),
    "message-name-expression": diagram(PLAIN, shared='<message id="bericht" name="=naam"/>'),
    "message-name-twice": diagram(
        PLAIN, shared='<message id="een" name="a"/><message id="twee" name="a"/>'
    ),
    "message-without-key": diagram(
        around(catch(s.ON_MESSAGE)), shared='<message id="bericht" name="reactie"/>'
    ),
    # compensation
    "compensation-handler": diagram(PLAIN + s.on_edge()),
    "compensation-twice": diagram(s.undoable() + s.on_edge("rand2") + s.line("rand2", "terug")),
    "compensation-handler-alone": diagram(PLAIN + s.user("terug", more='isForCompensation="true"')),
    "compensation-handler-flow": diagram(s.undoable() + chain("terug", "einde")),
    "compensation-ref": diagram(
        s.undoable().replace(s.END, f'<endEvent id="einde">{s.UNDO_WRONG}</endEvent>')
    ),
    "cancel-outside-transaction": diagram(
        PLAIN.replace(s.END, f'<endEvent id="einde">{s.CANCEL}</endEvent>')
    ),
    "cancel-host": diagram(around(s.sub()) + s.boundary(s.CANCEL)),
    "cancel-not-caught": diagram(around(s.transaction())),
    "cancel-not-interrupting": diagram(
        around(s.transaction()) + s.boundary(s.CANCEL, more='cancelActivity="false"')
    ),
    # links
    "link-without-name": diagram(around(throw("<linkEventDefinition/>"))),
    "link-without-target": diagram(
        s.START
        + throw('<linkEventDefinition name="verder"/>')
        + s.END
        + chain("begin", "stap")
        + '<startEvent id="ook">'
        + s.ON_MESSAGE
        + "</startEvent>"
        + chain("ook", "einde"),
        shared=s.MESSAGE,
    ),
    "link-target-twice": diagram(
        s.linked() + '<intermediateCatchEvent id="nog"><linkEventDefinition name="verder"/>'
        "</intermediateCatchEvent>" + chain("nog", "einde")
    ),
    "link-with-flow": diagram(s.linked() + chain("weg", "einde")),
    "receive-task-without-message": diagram(around('<receiveTask id="stap"/>')),
    "send-task-without-message": diagram(around('<sendTask id="stap"/>')),
    "instantiate-with-incoming": diagram(
        around('<receiveTask id="stap" instantiate="true" messageRef="bericht"/>'),
        shared=s.MESSAGE,
    ),
    "instantiate-inside": diagram(
        around(
            s.sub(
                '<startEvent id="s_b"/><endEvent id="s_e"/>'
                + chain("s_b", "s_e")
                + '<receiveTask id="in" instantiate="true" messageRef="bericht"/>'
                + chain("in", "s_e")
            )
        ),
        shared=s.MESSAGE,
    ),
    "instantiate-target": diagram(
        s.race(s.TIMER, s.ON_MESSAGE)
        .replace("Gateway id", 'Gateway instantiate="true" id')
        .replace(s.START, "")
        .replace(s.flow("begin", "keuze"), ""),
        shared=s.MESSAGE,
    ),
    # event subprocesses
    "start-not-interrupting": diagram(
        PLAIN.replace("<startEvent", '<startEvent isInterrupting="false"')
    ),
    "event-subprocess-start": diagram(PLAIN + s.handler("")),
    "event-subprocess-start-kind": diagram(PLAIN + s.handler("<compensateEventDefinition/>")),
    "event-subprocess-flow": diagram(PLAIN + s.handler(s.TIMER) + chain("stap", "opvang")),
    "event-subprocess-boundary": diagram(
        PLAIN + s.handler(s.TIMER) + s.boundary(s.TIMER, host="opvang")
    ),
    "event-subprocess-loop": diagram(
        PLAIN
        + s.handler(
            s.TIMER,
            before="<multiInstanceLoopCharacteristics>"
            f"{extra(LOOP)}</multiInstanceLoopCharacteristics>",
        )
    ),
    "event-subprocess-same-trigger": diagram(
        PLAIN + s.handler(s.ON_MESSAGE) + s.handler(s.ON_MESSAGE, key="tweede"), shared=s.MESSAGE
    ),
    "condition-empty": diagram(around(catch("<conditionalEventDefinition/>"))),
    # signals
    "signal-without-ref": diagram(around(catch("<signalEventDefinition/>"))),
    "signal-without-name": diagram(
        around(catch(s.ON_SIGNAL)), shared=s.SIGNAL.replace("alarm", "")
    ),
    "signal-name-expression": diagram(PLAIN, shared='<signal id="signaal" name="=naam"/>'),
    "signal-name-twice": diagram(
        PLAIN, shared='<signal id="een" name="a"/><signal id="twee" name="a"/>'
    ),
    # outcomes
    "error-without-code": diagram(
        around(s.sub()) + s.boundary(s.ON_ERROR), shared='<error id="fout" name="Fout"/>'
    ),
    "escalation-without-code": diagram(around(throw("<escalationEventDefinition/>"))),
    "computed-code": diagram(PLAIN, shared='<error id="fout" errorCode="=code"/>'),
    "error-not-caught": diagram(
        f'{s.START}<endEvent id="einde">{s.ON_ERROR}</endEvent>' + chain("begin", "einde"),
        shared=s.ERROR,
    ),
    "escalation-not-caught": diagram(around(throw(s.ON_ESCALATION)), shared=s.ESCALATION),
    "boundary-same-trigger": diagram(
        PLAIN + s.boundary(s.ON_MESSAGE) + s.boundary(s.ON_MESSAGE, key="rand2"),
        shared=s.MESSAGE,
    ),
    # activities
    "service-task-without-type": diagram(around('<serviceTask id="stap"/>')),
    "script-without-expression": diagram(around('<scriptTask id="stap"/>')),
    "rule-task-without-decision": diagram(around('<businessRuleTask id="stap"/>')),
    "call-without-process": diagram(around('<callActivity id="stap"/>')),
    "user-task-without-form": diagram(around(s.user(settings=""))),
    "retries": settings("serviceTask", '<zeebe:taskDefinition type="registreren" retries="-1"/>'),
    "task-without-name": diagram(around(s.user().replace('name="Stap doen"', ""))),
    # loops
    "loop-without-collection": loop(),
    "loop-half-output": loop(LOOP.replace("/>", ' outputCollection="reacties"/>')),
    "loop-twice": diagram(
        around(
            s.user(
                inner=(
                    "<multiInstanceLoopCharacteristics>"
                    f"{extra(LOOP)}</multiInstanceLoopCharacteristics>"
                )
                * 2
            )
        )
    ),
    "loop-two-sources": loop(LOOP, inner="<loopCardinality>=3</loopCardinality>"),
    "loop-endless": diagram(around(s.user(inner="<standardLoopCharacteristics/>"))),
    "loop-maximum": diagram(around(s.user(inner='<standardLoopCharacteristics loopMaximum="0"/>'))),
    # assignment
    "task-without-role": diagram(around(s.user(settings='<zeebe:formDefinition formId="stap"/>'))),
    "empty-assignment": diagram(
        around(s.user(settings='<zeebe:assignmentDefinition candidateGroups=" "/>'))
    ),
    "unknown-role": (
        diagram(around(s.user(settings='<zeebe:assignmentDefinition candidateGroups="af_zorg"/>'))),
        EVERYTHING,
    ),
    "lane-without-role": (
        diagram(lanes(lane("zorg", "stap")) + around(s.user(settings=""))),
        EVERYTHING,
    ),
    # data
    "variable-name": mapping('<zeebe:output source="=1" target="1 ding"/>'),
    "read-only-variable": mapping('<zeebe:output source="=1" target="gemeente.naam"/>'),
    "mapping-empty": mapping(""),
    "mapping-direction": diagram(
        around(
            catch(
                extra('<zeebe:ioMapping><zeebe:input source="=1" target="x"/></zeebe:ioMapping>')
                + s.TIMER
            )
        )
    ),
    "four-eyes-target": diagram(around(s.user(settings=OTHER_EYES))),
    "process-property": diagram(around(s.user(inner='<property id="p" name="kleur"/>'))),
    # expressions
    "expression-without-equals": diagram(s.choice("${x > 1}")),
    "feel-syntax": diagram(s.choice("=(x")),
    "unknown-function": diagram(s.choice('=na_normtjid("a(b)", x) > y')),
    "feel-fault": diagram(s.choice('=x &gt; date("2026-02-31")')),
    "too-much-feel": diagram(
        PLAIN
        + "".join(
            f'<scriptTask id="reken{n}" name="Reken">'
            + extra(f'<zeebe:script expression="={n} {"+ 1" * 2000}" resultVariable="x"/>')
            + "</scriptTask>"
            for n in range(60)
        )
    ),
    # outside references
    "unknown-form": (diagram(around(s.user("nieuw"), "nieuw")), EVERYTHING),
    "unknown-decision": (
        settings(
            "businessRuleTask", '<zeebe:calledDecision decisionId="route" resultVariable="r"/>'
        ),
        EVERYTHING,
    ),
    "unknown-process": (diagram(around(s.call(process="weg"))), EVERYTHING),
    "unknown-job-type": (
        settings("serviceTask", '<zeebe:taskDefinition type="vliegen"/>'),
        EVERYTHING,
    ),
    "computed-reference": diagram(around(s.call(process="=welk"))),
    "called-process-without-start": diagram(
        around(s.call(process="ander")),
        shared=s.MESSAGE
        + '<process id="ander" isExecutable="true"><startEvent id="a_begin">'
        + s.ON_MESSAGE
        + '</startEvent><endEvent id="a_einde"/>'
        + chain("a_begin", "a_einde")
        + "</process>",
    ),
    "called-process-not-executable": diagram(
        around(s.call(process="getekend")),
        shared='<process id="getekend" isExecutable="false"/>',
    ),
    # drawing
    "coordinates": diagram(PLAIN).replace(b'x="10"', b'x="tien"'),
    "not-drawn": diagram(PLAIN, drawn=False),
    "drawn-nothing": diagram(PLAIN).replace(b'bpmnElement="stap"', b'bpmnElement="weg"'),
}


CASES |= {code: event(tag, kind) for code, (tag, kind) in REFUSED_TRIGGERS.items()}
CASES |= {refusal.code: with_element(tag) for tag, refusal in REFUSED.items()}
CASES |= {
    refusal.code: REFUSED_SETTINGS[name]
    for name, refusal in REFUSED_ATTRIBUTES.items()
    if refusal.code not in CASES
}
CASES |= REFUSED_ZEEBE | TOKEN_FLOW | DATA
