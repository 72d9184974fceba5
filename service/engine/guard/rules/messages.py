"""Messages: every message event names one, every message has a plain name and a key."""

from service.engine.guard.known import Known
from service.engine.guard.model import Diagram
from service.engine.guard.panel import box, field
from service.engine.guard.registry import Remarks, rule, says, warning
from service.engine.guard.words import quoted
from service.engine.guard.xmlnames import bpmn_children, zeebe_child


@rule({"message-without-ref": "a message event that names no message"})
def message_reference(diagram: Diagram, _known: Known) -> Remarks:
    """Without a message the case would pass straight through."""
    for node, definition in diagram.events("messageEventDefinition"):
        if not definition.get("messageRef"):
            yield says(
                "message-without-ref",
                node.xml,
                "noemt geen bericht.",
                f"Kies bij {field('messageRef')} een bericht, of maak een nieuw.",
                at="messageRef",
            )


@rule(
    {
        "message-without-name": "a message without a name",
        "message-name-expression": "a message whose name is computed",
        "message-name-twice": "two messages with the same name",
    }
)
def message_names(diagram: Diagram, _known: Known) -> Remarks:
    """A message arrives by its name."""
    seen: dict[str, str] = {}
    used = {
        definition.get("messageRef") for _, definition in diagram.events("messageEventDefinition")
    } | {node.xml.get("messageRef") for node in diagram.tagged("sendTask", "receiveTask")}
    for message in bpmn_children(diagram.root, "message"):
        name, key = message.get("name", "").strip(), message.get("id", "")
        if not name and key not in used:
            continue
        if not name:
            yield says(
                "message-without-name",
                message,
                "heeft geen naam.",
                f"Vul bij {box('message name')} de naam in waarmee het binnenkomt.",
                at="message name",
            )
        elif name.startswith("="):
            yield says(
                "message-name-expression",
                message,
                "heeft een berekende naam; een bericht komt binnen op een vaste naam.",
                f"Vul bij {box('message name')} een vaste naam in. Het kenmerk van de zaak hoort "
                f"bij {field('subscription correlationKey')}.",
                at="message name",
            )
        elif name in seen:
            yield says(
                "message-name-twice",
                message,
                f"heeft dezelfde naam als bericht {quoted(seen[name])}.",
                f"Kies in beide gebeurtenissen hetzelfde bij {field('messageRef')}.",
                at="messageRef",
            )
        seen.setdefault(name, key)


@warning({"message-without-key": "a message that a case waits for, without correlation key"})
def message_keys(diagram: Diagram, _known: Known) -> Remarks:
    """The key says which of the waiting cases a message is for."""
    tasks = [(node, node.xml) for node in diagram.tagged("receiveTask")]
    for node, holder in [*diagram.events("messageEventDefinition"), *tasks]:
        waits = node.tag in ("intermediateCatchEvent", "boundaryEvent", "receiveTask")
        begins = node.instantiates or any(
            flow.source is not None and flow.source.instantiates for flow in node.incoming
        )
        if begins or not (waits or node.scope.by_event):
            continue
        message = diagram.one(holder.get("messageRef"), "message")
        if message is not None and zeebe_child(message, "subscription") is None:
            yield says(
                "message-without-key",
                node.xml,
                f"wacht op bericht {quoted(message.get('name', ''))}, maar niets zegt voor "
                "welke zaak het is.",
                f"Vul {field('subscription correlationKey')} in, zoals =registratie.kenmerk.",
                at="subscription correlationKey",
            )
