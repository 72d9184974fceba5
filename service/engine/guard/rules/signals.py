"""Signals: every signal event names one, every signal has a fixed name of its own."""

from service.engine.guard.known import Known
from service.engine.guard.model import Diagram
from service.engine.guard.panel import box, field
from service.engine.guard.registry import Remarks, rule, says
from service.engine.guard.words import quoted
from service.engine.guard.xmlnames import bpmn_children


@rule({"signal-without-ref": "a signal event that names no signal"})
def signal_reference(diagram: Diagram, _known: Known) -> Remarks:
    """Without a signal the case would pass straight through."""
    for node, definition in diagram.events("signalEventDefinition"):
        if not definition.get("signalRef"):
            yield says(
                "signal-without-ref",
                node.xml,
                "noemt geen signaal.",
                f"Kies bij {field('signalRef')} een signaal, of maak een nieuw.",
                at="signalRef",
            )


@rule(
    {
        "signal-without-name": "a signal without a name",
        "signal-name-expression": "a signal whose name is computed",
        "signal-name-twice": "two signals with the same name",
    }
)
def signal_names(diagram: Diagram, _known: Known) -> Remarks:
    """A signal is heard by its name, in every case."""
    seen: dict[str, str] = {}
    used = {
        definition.get("signalRef") for _, definition in diagram.events("signalEventDefinition")
    }
    for signal in bpmn_children(diagram.root, "signal"):
        name, key = signal.get("name", "").strip(), signal.get("id", "")
        if not name and key in used:
            yield says(
                "signal-without-name",
                signal,
                "heeft geen naam.",
                f"Vul bij {box('signal name')} de naam in waarop andere zaken het horen.",
                at="signal name",
            )
        elif name.startswith("="):
            yield says(
                "signal-name-expression",
                signal,
                "heeft een berekende naam; een signaal wordt gehoord op een vaste naam.",
                f"Vul bij {box('signal name')} een vaste naam in.",
                at="signal name",
            )
        elif name and name in seen:
            yield says(
                "signal-name-twice",
                signal,
                f"heeft dezelfde naam als signaal {quoted(seen[name])}.",
                f"Kies in beide gebeurtenissen hetzelfde bij {field('signalRef')}.",
                at="signalRef",
            )
        seen.setdefault(name, key)
