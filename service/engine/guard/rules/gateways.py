"""Gateways: a choice is complete and readable, an event gateway waits for events only."""

from service.engine.guard.known import Known
from service.engine.guard.model import (
    ACTIVITIES,
    CHOICES,
    GATEWAYS,
    Diagram,
    Flow,
    Node,
    condition_text,
)
from service.engine.guard.panel import box, field
from service.engine.guard.registry import Remarks, rule, says, warning
from service.engine.guard.words import quoted

_DEFAULT = "maak er met ‘Soort wijzigen’ de standaardpijl van."


def _splits(diagram: Diagram) -> list[Node]:
    return [node for node in diagram.tagged(*CHOICES) if len(node.outgoing) > 1]


@rule(
    {
        "branch-without-condition": "a branch, not the default, without a condition",
        "empty-condition": "a condition element without text",
        "default-with-condition": "the default branch has a condition too",
    }
)
def branches(diagram: Diagram, _known: Known) -> Remarks:
    """Every branch of a choice says when it is taken; from an activity, one may always be."""
    for node in diagram.tagged(*CHOICES, *ACTIVITIES):
        for flow in node.outgoing:
            yield from _branch(node, flow)


def _branch(node: Node, flow: Flow) -> Remarks:
    if flow.condition is not None and not condition_text(flow):
        yield says(
            "empty-condition",
            flow.xml,
            "heeft een lege voorwaarde.",
            f"Vul {field('conditionExpression')} in.",
            at="conditionExpression",
        )
    elif flow.is_default and flow.condition is not None:
        yield says(
            "default-with-condition",
            flow.xml,
            "is de standaardpijl en heeft toch een voorwaarde; die zou nooit gelden.",
            f"Maak {field('conditionExpression')} leeg, of kies een andere standaardpijl.",
            at="conditionExpression",
        )
    elif (
        node.tag in CHOICES
        and flow.condition is None
        and not flow.is_default
        and len(node.outgoing) > 1
    ):
        yield says(
            "branch-without-condition",
            flow.xml,
            f"vertrekt bij de splitsing {quoted(node.id)} zonder voorwaarde.",
            f"Vul {field('conditionExpression')} in, of {_DEFAULT}",
            at="conditionExpression",
        )


@rule({"default-elsewhere": "a default flow that does not leave this node"})
def default_flow(diagram: Diagram, _known: Known) -> Remarks:
    """The default is one of the node's own branches."""
    for gateway in diagram.tagged(*CHOICES, *ACTIVITIES):
        named = gateway.xml.get("default")
        if named is not None and not any(flow.is_default for flow in gateway.outgoing):
            yield says(
                "default-elsewhere",
                gateway.xml,
                f"noemt {quoted(named)} als standaardpijl, maar die vertrekt hier niet.",
                f"Kies een pijl die hier vertrekt, en {_DEFAULT}",
            )


@warning({"no-default": "a choice without a default branch"})
def no_default(diagram: Diagram, _known: Known) -> Remarks:
    """When no condition holds, the case stops with an incident."""
    conditional = [
        node
        for node in diagram.tagged(*ACTIVITIES)
        if node.outgoing and all(flow.condition is not None for flow in node.outgoing)
    ]
    for node in [*_splits(diagram), *conditional]:
        if node.xml.get("default") is None:
            yield says(
                "no-default",
                node.xml,
                "heeft geen standaardpijl; als geen voorwaarde klopt, blijft de zaak hier staan.",
                f"Kies de pijl die dan geldt, en {_DEFAULT}",
            )


@warning({"unnamed-branch": "a branch of an exclusive choice without a name"})
def unnamed_branch(diagram: Diagram, _known: Known) -> Remarks:
    """A reader follows the words on the arrows."""
    for gateway in _splits(diagram):
        if gateway.tag != "exclusiveGateway":
            continue
        for flow in gateway.outgoing:
            if not flow.xml.get("name", "").strip():
                yield says(
                    "unnamed-branch",
                    flow.xml,
                    f"vertrekt bij de splitsing {quoted(gateway.id)} zonder opschrift.",
                    f"Zet bij {box('name')} het antwoord, zoals “ja” of “nee”.",
                    at="name",
                )


@warning({"splits-and-joins": "one gateway that both joins and splits"})
def splits_and_joins(diagram: Diagram, _known: Known) -> Remarks:
    """It runs, but readers mistake it."""
    for gateway in diagram.tagged(*GATEWAYS):
        if len(gateway.incoming) > 1 and len(gateway.outgoing) > 1:
            yield says(
                "splits-and-joins",
                gateway.xml,
                "voegt wegen samen en splitst ze meteen weer; dat leest lastig.",
                "Maak er twee van: eerst samenvoegen, dan splitsen.",
            )


@rule(
    {
        "event-gateway-target": "an event gateway leads to something that does not wait",
        "event-gateway-shared-target": "an event after an event gateway has a second way in",
        "event-gateway-one-way": "an event gateway with fewer than two ways",
    }
)
def event_gateways(diagram: Diagram, _known: Known) -> Remarks:
    """The first event decides, so each way begins with one event of its own."""
    for gateway in diagram.tagged("eventBasedGateway"):
        targets = [flow.target for flow in gateway.outgoing if flow.target is not None]
        if len(gateway.outgoing) < 2:
            yield says(
                "event-gateway-one-way",
                gateway.xml,
                "heeft minder dan twee wegen; er valt niets af te wachten.",
                "Voeg een wachtgebeurtenis toe, of verwijder de splitsing.",
            )
        for target in targets:
            yield from _event_target(gateway, target)


def _event_target(gateway: Node, target: Node) -> Remarks:
    receives = target.tag == "receiveTask" and not target.boundaries
    if not receives and (target.tag != "intermediateCatchEvent" or target.link is not None):
        yield says(
            "event-gateway-target",
            target.xml,
            f"staat direct na gebeurtenissplitsing {quoted(gateway.id)}, maar wacht nergens op.",
            "Zet er een wachtgebeurtenis met een bericht of timer tussen.",
        )
    elif len(target.incoming) > 1:
        yield says(
            "event-gateway-shared-target",
            target.xml,
            f"hoort bij gebeurtenissplitsing {quoted(gateway.id)} en heeft nog een andere "
            "inkomende pijl.",
            "Geef elke weg een eigen wachtgebeurtenis.",
        )
