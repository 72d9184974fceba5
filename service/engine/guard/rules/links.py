"""Links: every jump lands on exactly one event of its own scope."""

from service.engine.guard.known import Known
from service.engine.guard.model import Diagram
from service.engine.guard.registry import Remarks, rule, says
from service.engine.guard.words import quoted

_NAME = "linkEventDefinition name"
_ANEW = "teken haar opnieuw: dan begint zij geen zaak (instantiate)."


@rule(
    {
        "link-without-name": "a link event without a name",
        "link-without-target": "a link to a name that no catch event in its scope has",
        "link-target-twice": "two link catch events with one name in one scope",
        "link-with-flow": "a flow out of a link throw event, or into a link catch event",
    }
)
def links(diagram: Diagram, _known: Known) -> Remarks:
    """A link is an arrow that is not drawn."""
    seen: set[tuple[int, str]] = set()
    for node in diagram.tagged("intermediateThrowEvent", "intermediateCatchEvent"):
        if node.link is None:
            continue
        throws = node.tag == "intermediateThrowEvent"
        if not node.link.strip():
            yield says(
                "link-without-name",
                node.xml,
                "heeft een koppeling zonder naam.",
                "Vul onder ‘Koppeling’ een naam in.",
                at=_NAME,
            )
            continue
        if throws and not any(one.link == node.link for one in node.following() if one.link):
            yield says(
                "link-without-target",
                node.xml,
                f"gaat verder bij koppeling {quoted(node.link)}; die is er niet in dit deel.",
                "Teken een wachtgebeurtenis met een koppeling van dezelfde naam.",
                at=_NAME,
            )
        if node.outgoing if throws else node.incoming:
            yield says(
                "link-with-flow",
                node.xml,
                "heeft een pijl waar de koppeling al de weg wijst.",
                "Verwijder de pijl, of de koppeling.",
            )
        if not throws and (id(node.scope), node.link) in seen:
            yield says(
                "link-target-twice",
                node.xml,
                f"is de tweede koppeling {quoted(node.link)} in dit deel.",
                "Geef elke koppeling een eigen naam.",
                at=_NAME,
            )
        if not throws:
            seen.add((id(node.scope), node.link))


@rule(
    {
        "instantiate-with-incoming": "something that begins a case, with a flow into it",
        "instantiate-inside": "something inside a subprocess that would begin a case",
        "instantiate-target": "a gateway that begins a case by something else than a message",
    }
)
def beginnings(diagram: Diagram, _known: Known) -> Remarks:
    """A case begins at the edge of its process, by a message."""
    for node in (node for node in diagram.nodes if node.instantiates):
        if node.incoming:
            yield says(
                "instantiate-with-incoming",
                node.xml,
                "begint een zaak en heeft toch een pijl die aankomt.",
                f"Verwijder de pijl, of {_ANEW}",
            )
        if node.scope.parent is not None:
            yield says(
                "instantiate-inside",
                node.xml,
                "staat in een deelproces; daar kan geen zaak beginnen.",
                f"Zet haar buiten het deelproces, of {_ANEW}",
            )
        for target in node.following() if node.tag == "eventBasedGateway" else ():
            if target.tag != "receiveTask" and target.kind != "messageEventDefinition":
                yield says(
                    "instantiate-target",
                    target.xml,
                    f"begint een zaak achter {quoted(node.id)}, maar wacht niet op een bericht.",
                    "Kies met ‘Soort wijzigen’ een wachtgebeurtenis met een bericht.",
                )
