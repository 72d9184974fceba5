"""One small diagram for each construct that runs: ``CLEAN`` maps its English name to a file."""

from tests.unit.engine.guard import snippets as s
from tests.unit.engine.guard.snippets import around, boundary, chain, diagram, extra, flow

_SCRIPT = extra('<zeebe:script expression="=1 + 1" resultVariable="som"/>')
_DECISION = extra('<zeebe:calledDecision decisionId="urgentie" resultVariable="voorstel"/>')
_CATCH = '<intermediateCatchEvent id="stap" name="Wacht">{}</intermediateCatchEvent>'
_THROW = '<intermediateThrowEvent id="stap" name="Meld">{}</intermediateThrowEvent>'
_LOOP = (
    "<multiInstanceLoopCharacteristics {}>"
    + extra(
        '<zeebe:loopCharacteristics inputCollection="=partners" inputElement="partner" '
        'outputCollection="reacties" outputElement="=reactie"/>'
    )
    + "{}</multiInstanceLoopCharacteristics>"
)
_MAPPING = (
    '<zeebe:ioMapping><zeebe:input source="=signaal.omschrijving" target="advies.vraag"/>'
    '<zeebe:output source="=advies" target="advies"/></zeebe:ioMapping>'
)
_OTHER_EYES = (
    '<zeebe:formDefinition formId="tweede"/>'
    '<zeebe:assignmentDefinition candidateGroups="af-zorg"/>'
    '<zeebe:properties><zeebe:property name="vierOgenMet" value="eerst"/></zeebe:properties>'
)
_OUTSIDE = (
    '<collaboration id="samen"><participant id="wij" name="Wij" processRef="proces"/>'
    '<participant id="zij" name="Zij"/>{}</collaboration>'
)


def _timer(tag: str, time: str) -> str:
    return f"<timerEventDefinition><{tag}>{time}</{tag}></timerEventDefinition>"


def _end(definition: str, *, inside: bool = False) -> str:
    body = (
        f'<startEvent id="s_begin"/><endEvent id="s_einde" name="Mis">{definition}</endEvent>'
        + chain("s_begin", "s_einde")
    )
    if inside:
        return s.sub(body)
    return body


def _split(tag: str) -> str:
    condition = "" if tag == "parallelGateway" else "=x = 1"
    default = "" if tag == "parallelGateway" else 'default="anders"'
    return (
        s.START
        + f'<{tag} id="uit" {default}/><{tag} id="in"/>'
        + s.user("links")
        + s.user("rechts")
        + s.END
        + chain("begin", "uit")
        + flow("uit", "links", when=condition)
        + flow("uit", "rechts", key="anders")
        + chain("links", "in", "einde")
        + chain("rechts", "in")
    )


CLEAN: dict[str, bytes] = {
    "none start and end event": diagram(s.START + s.END + chain("begin", "einde")),
    "message start event": diagram(
        f'<startEvent id="begin" name="Begin">{s.ON_MESSAGE}</startEvent>'
        + s.END
        + chain("begin", "einde"),
        shared=s.MESSAGE,
    ),
    "none and message start event": diagram(
        around(s.user())
        + f'<startEvent id="ook" name="Ook">{s.ON_MESSAGE}</startEvent>'
        + chain("ook", "stap"),
        shared=s.MESSAGE,
    ),
    "user task": diagram(around(s.user())),
    "user task in a lane": diagram(
        '<laneSet id="banen"><lane id="af-zorg" name="Zorg"><flowNodeRef>stap</flowNodeRef>'
        "</lane></laneSet>"
        + around(s.user(settings='<zeebe:userTask/><zeebe:formDefinition formId="stap"/>'))
    ),
    "user task in a lane inside a lane": diagram(
        '<laneSet id="banen"><lane id="zorg" name="Zorg"><flowNodeRef>stap</flowNodeRef>'
        '<childLaneSet id="binnen"><lane id="af-zorg" name="AF"><flowNodeRef>stap</flowNodeRef>'
        "</lane></childLaneSet></lane></laneSet>"
        + around(s.user(settings='<zeebe:formDefinition formId="stap"/>'))
    ),
    "user task with assignee, computed groups and due date": diagram(
        around(
            s.user(
                settings='<zeebe:formDefinition formId="stap"/><zeebe:assignmentDefinition '
                'assignee="=behandelaar" candidateGroups="=routering.groepen"/>'
                '<zeebe:taskSchedule dueDate="=na_normtijd(now(), gemeente.normtijden.triage)"/>'
            )
        )
    ),
    "plain task": diagram(around('<task id="stap" name="Stap"/>')),
    "manual task": diagram(around('<manualTask id="stap" name="Stap"/>')),
    "script task": diagram(around(f'<scriptTask id="stap" name="Reken">{_SCRIPT}</scriptTask>')),
    "service task": diagram(around(s.service())),
    "business rule task": diagram(
        around(f'<businessRuleTask id="stap" name="Beslis">{_DECISION}</businessRuleTask>')
    ),
    "call activity": diagram(around(s.call())),
    "input and output mapping": diagram(
        around(s.service().replace("</extensionElements>", f"{_MAPPING}</extensionElements>"))
    ),
    "embedded subprocess": diagram(around(s.sub())),
    "exclusive gateway": diagram(s.choice()),
    "parallel gateway": diagram(_split("parallelGateway")),
    "inclusive gateway": diagram(_split("inclusiveGateway")),
    "event-based gateway": diagram(s.race(s.TIMER, s.ON_MESSAGE), shared=s.MESSAGE),
    "signal start event": diagram(
        f'<startEvent id="begin" name="Begin">{s.ON_SIGNAL}</startEvent>'
        + s.END
        + chain("begin", "einde"),
        shared=s.SIGNAL,
    ),
    "signal catch event": diagram(around(_CATCH.format(s.ON_SIGNAL)), shared=s.SIGNAL),
    "signal throw event": diagram(around(_THROW.format(s.ON_SIGNAL)), shared=s.SIGNAL),
    "signal end event": diagram(
        around(s.user()).replace("/><sequenceFlow", f">{s.ON_SIGNAL}</endEvent><sequenceFlow", 1),
        shared=s.SIGNAL,
    ),
    "interrupting boundary signal": diagram(
        around(s.user()) + boundary(s.ON_SIGNAL), shared=s.SIGNAL
    ),
    "non-interrupting boundary signal": diagram(
        around(s.user()) + boundary(s.ON_SIGNAL, more='cancelActivity="false"'),
        shared=s.SIGNAL,
    ),
    "event-based gateway with a signal": diagram(
        s.race(s.ON_SIGNAL, s.ON_MESSAGE), shared=s.MESSAGE + s.SIGNAL
    ),
    "conditional catch event": diagram(around(_CATCH.format(s.CONDITION))),
    "interrupting boundary condition": diagram(around(s.user()) + boundary(s.CONDITION)),
    "non-interrupting boundary condition": diagram(
        around(s.user()) + boundary(s.CONDITION, more='cancelActivity="false"')
    ),
    **{
        f"event subprocess: {name}, {how}": diagram(
            around(s.user()) + s.handler(event, more=more),
            shared=s.MESSAGE + s.SIGNAL + s.ESCALATION,
        )
        for name, event in {
            "message": s.ON_MESSAGE,
            "signal": s.ON_SIGNAL,
            "timer": s.TIMER,
            "condition": s.CONDITION,
            "escalation": s.ON_ESCALATION,
        }.items()
        for how, more in {
            "interrupting": "",
            "not interrupting": 'isInterrupting="false"',
        }.items()
    },
    "event subprocess: error": diagram(
        s.START
        + f'<endEvent id="einde" name="Mis">{s.ON_ERROR}</endEvent>'
        + chain("begin", "einde")
        + s.handler(s.ON_ERROR),
        shared=s.ERROR,
    ),
    "event subprocess in a subprocess": diagram(
        around(
            s.sub(
                '<startEvent id="s_begin"/>'
                + s.user("s_taak")
                + '<endEvent id="s_einde"/>'
                + chain("s_begin", "s_taak", "s_einde")
                + s.handler(s.TIMER)
            )
        )
    ),
    "compensation end event, boundary and handler": diagram(
        s.undoable(f'<endEvent id="einde" name="Terug">{s.UNDO}</endEvent>')
    ),
    "compensation throw event for one step": diagram(
        s.undoable().replace(chain("begin", "stap", "einde"), "")
        + '<intermediateThrowEvent id="draai"><compensateEventDefinition activityRef="stap"/>'
        "</intermediateThrowEvent>" + chain("begin", "stap", "draai", "einde")
    ),
    "transaction": diagram(around(s.sub().replace("subProcess", "transaction"))),
    "transaction with cancel end and boundary": diagram(
        around(s.transaction()) + boundary(s.CANCEL)
    ),
    "timer start event": diagram(
        f'<startEvent id="begin" name="Begin">{s.REMINDER}</startEvent>'
        + s.END
        + chain("begin", "einde")
    ),
    "multi-instance a number of times": diagram(
        around(
            s.user(
                inner="<multiInstanceLoopCharacteristics><loopCardinality>=2</loopCardinality>"
                "</multiInstanceLoopCharacteristics>"
            )
        )
    ),
    "standard loop": diagram(
        around(
            s.user(
                inner='<standardLoopCharacteristics testBefore="true" loopMaximum="2">'
                "<loopCondition>=x = 1</loopCondition></standardLoopCharacteristics>"
            )
        )
    ),
    "data object of a subprocess": diagram(
        around(
            s.sub(
                before='<dataObject id="gegeven"/>'
                '<dataObjectReference id="blad" name="blad" dataObjectRef="gegeven"/>'
            )
        )
    ),
    "link events": diagram(s.linked()),
    "receive task": diagram(
        around('<receiveTask id="stap" name="Wacht" messageRef="bericht"/>'), shared=s.MESSAGE
    ),
    "send task with a message": diagram(
        around('<sendTask id="stap" name="Stuur" messageRef="bericht"/>'), shared=s.MESSAGE
    ),
    "send task with a job": diagram(around(s.service().replace("serviceTask", "sendTask"))),
    "receive task that begins a case": diagram(
        '<receiveTask id="stap" name="Ontvang" instantiate="true" messageRef="bericht"/>'
        + s.END
        + chain("stap", "einde"),
        shared=s.MESSAGE,
    ),
    "event-based gateway that begins a case": diagram(
        s.race(s.ON_MESSAGE, s.ON_MESSAGE.replace("bericht", "ander_bericht"))
        .replace("Gateway id", 'Gateway instantiate="true" id')
        .replace(s.START, "")
        .replace(flow("begin", "keuze"), ""),
        shared=s.MESSAGE + s.MESSAGE.replace("bericht", "ander_bericht").replace("reactie", "ook"),
    ),
    "event-based gateway with several timers": diagram(s.race(s.TIMER, s.TIMER)),
    "event-based gateway with a receive task": diagram(
        s.race(s.TIMER, "").replace(
            '<intermediateCatchEvent id="rechts"></intermediateCatchEvent>',
            '<receiveTask id="rechts" name="Wacht" messageRef="bericht"/>',
        ),
        shared=s.MESSAGE,
    ),
    "intermediate timer": diagram(around(_CATCH.format(s.TIMER))),
    "computed timer": diagram(around(_CATCH.format(_timer("timeDate", "=signaal.wanneer")))),
    "date timer": diagram(around(_CATCH.format(_timer("timeDate", "2026-03-01T09:00:00+01:00")))),
    "intermediate message catch": diagram(around(_CATCH.format(s.ON_MESSAGE)), shared=s.MESSAGE),
    "intermediate message throw": diagram(around(_THROW.format(s.ON_MESSAGE)), shared=s.MESSAGE),
    "message end event": diagram(
        around(s.user()).replace("/><sequenceFlow", f">{s.ON_MESSAGE}</endEvent><sequenceFlow", 1),
        shared=s.MESSAGE,
    ),
    "terminate end event": diagram(
        around(s.user()).replace(
            "/><sequenceFlow", "><terminateEventDefinition/></endEvent><sequenceFlow", 1
        )
    ),
    "interrupting boundary timer": diagram(around(s.user()) + boundary(s.TIMER)),
    "non-interrupting boundary timer": diagram(
        around(s.user()) + boundary(s.TIMER, more='cancelActivity="false"')
    ),
    "repeating boundary timer": diagram(
        around(s.user()) + boundary(s.REMINDER, more='cancelActivity="false"')
    ),
    "interrupting boundary message": diagram(
        around(s.user()) + boundary(s.ON_MESSAGE), shared=s.MESSAGE
    ),
    "non-interrupting boundary message": diagram(
        around(s.user()) + boundary(s.ON_MESSAGE, more='cancelActivity="false"'),
        shared=s.MESSAGE,
    ),
    "non-interrupting boundary escalation": diagram(
        around(_end(s.ON_ESCALATION, inside=True))
        + boundary(s.ON_ESCALATION, more='cancelActivity="false"'),
        shared=s.ESCALATION,
    ),
    "milestone (throw event without trigger)": diagram(around(_THROW.format(""))),
    "error end and boundary": diagram(
        around(_end(s.ON_ERROR, inside=True)) + boundary(s.ON_ERROR), shared=s.ERROR
    ),
    "boundary for any error": diagram(around(s.service()) + boundary("<errorEventDefinition/>")),
    "escalation end and boundary": diagram(
        around(_end(s.ON_ESCALATION, inside=True)) + boundary(s.ON_ESCALATION),
        shared=s.ESCALATION,
    ),
    "escalation throw": diagram(
        around(
            s.sub(
                '<startEvent id="s_begin"/>'
                f'<intermediateThrowEvent id="roep">{s.ON_ESCALATION}</intermediateThrowEvent>'
                '<endEvent id="s_einde"/>' + chain("s_begin", "roep", "s_einde")
            )
        )
        + boundary(s.ON_ESCALATION),
        shared=s.ESCALATION,
    ),
    "parallel multi-instance": diagram(around(s.user(inner=_LOOP.format("", "")))),
    "sequential multi-instance": diagram(
        around(s.user(inner=_LOOP.format('isSequential="true"', "")))
    ),
    "multi-instance with completion condition": diagram(
        around(s.user(inner=_LOOP.format("", "<completionCondition>=klaar</completionCondition>")))
    ),
    "multi-instance subprocess": diagram(around(s.sub(before=_LOOP.format("", "")))),
    "loop back to an earlier step": diagram(
        s.START
        + s.user()
        + '<exclusiveGateway id="opnieuw" name="Opnieuw?" default="nee"/>'
        + s.END
        + chain("begin", "stap", "opnieuw")
        + flow("opnieuw", "stap", when="=opnieuw")
        + flow("opnieuw", "einde", key="nee", name="nee")
    ),
    "several flows leaving a task and a start event": diagram(
        s.START
        + s.user()
        + s.user("twee")
        + s.END
        + chain("begin", "stap", "einde")
        + chain("begin", "twee", "einde")
    ),
    "conditional and default flows leaving a task": diagram(
        s.START
        + s.user(more='default="anders"')
        + s.user("twee")
        + s.END
        + chain("begin", "stap")
        + flow("stap", "twee", when="=x = 2")
        + flow("stap", "einde", key="anders")
        + chain("twee", "einde")
    ),
    "collaboration with an outside party": diagram(
        around(s.user()),
        shared=_OUTSIDE.format('<messageFlow id="post" sourceRef="zij" targetRef="stap"/>'),
    ),
    "two executable processes": diagram(
        around(s.call()),
        shared='<process id="ander" isExecutable="true"><startEvent id="a_begin"/>'
        '<endEvent id="a_einde"/>' + chain("a_begin", "a_einde") + "</process>",
    ),
    "a process that is only drawn": diagram(
        around(s.user()),
        shared='<process id="ander" isExecutable="false"><sendTask id="getekend"/></process>',
    ),
    "documentation, annotation, association, group": diagram(
        around(s.user(inner="<documentation>Uitleg.</documentation>"))
        + '<textAnnotation id="noot"><text>Let op</text></textAnnotation>'
        '<association id="lijn" sourceRef="stap" targetRef="noot"/>'
        '<group id="groep" categoryValueRef="waarde"/>',
        shared='<category id="soort"><categoryValue id="waarde" value="Zorg"/></category>',
    ),
    "data objects and stores as annotation": diagram(
        '<dataObject id="gegeven"/><dataObjectReference id="blad" dataObjectRef="gegeven"/>'
        '<dataStoreReference id="kast" name="Archief"/>'
        + around(
            s.user(
                inner='<property id="plek" name="__targetRef_placeholder"/>'
                '<dataInputAssociation id="lees"><sourceRef>blad</sourceRef>'
                "<targetRef>plek</targetRef></dataInputAssociation>"
            )
        )
    ),
    "user task for other eyes": diagram(
        s.START
        + s.user("eerst")
        + s.user("tweede", settings=_OTHER_EYES)
        + s.END
        + chain("begin", "eerst", "tweede", "einde")
    ),
    "notes of an editor": diagram(
        around(s.user(more='color:background-color="#fff"')),
        head='modeler:executionPlatform="Camunda Cloud" exporter="editor" exporterVersion="1"',
    ),
}
