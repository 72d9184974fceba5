"""Token flow: no case waits for ever at a join, goes on twice, or never comes to an end."""

from weakref import WeakKeyDictionary

from service.engine.guard.known import Known
from service.engine.guard.model import Diagram, Node, Scope
from service.engine.guard.registry import Remark, Remarks, rule, says, warning
from service.engine.guard.soundness.explore import Budget
from service.engine.guard.soundness.judge import Deadlock, Doubled, Story, Verdict, judge
from service.engine.guard.soundness.stories import choices, last_split, listed, named, sources, way

_JOIN_AS_SPLIT = (
    "Voeg wegen samen zoals ze uit elkaar gingen: na een exclusieve splitsing exclusief, na een "
    "parallelle splitsing parallel."
)


@rule(
    {
        "deadlock": "a parallel join that no case ever gets through",
        "never-ends": "a way from which no case comes to an end, though each arrow leads to one",
    }
)
def certain(diagram: Diagram, _known: Known) -> Remarks:
    """What goes wrong whatever anybody chooses."""
    for _, verdict in _verdicts(diagram):
        for deadlock in verdict.deadlocks:
            if deadlock.certain:
                yield _deadlock(deadlock)
        if verdict.endless is not None:
            yield _endless(verdict.endless)


@warning(
    {
        "possible-deadlock": "a parallel join that some choices never get through",
        "lack-of-synchronisation": "a step that two parallel ways reach, so that it goes on twice",
        "sent-twice": "an end with an effect that two parallel ways reach",
        "soundness-not-checked": "more parallel ways than are looked at",
    }
)
def possible(diagram: Diagram, _known: Known) -> Remarks:
    """What goes wrong for some choices; the conditions may happen to rule it out."""
    for scope, verdict in _verdicts(diagram):
        yield from map(_possible_deadlock, (d for d in verdict.deadlocks if not d.certain))
        yield from map(_doubled, verdict.doubled)
        yield from (_sent_twice(node, story) for node, story in verdict.sent_twice)
        if not verdict.checked:
            yield says(
                "soundness-not-checked",
                scope.xml,
                "heeft zoveel wegen naast elkaar dat ze niet allemaal zijn nagelopen; een zaak "
                "kan ergens vastlopen zonder dat de controle het ziet.",
                "Zet een deel van de stappen in een deelproces, of teken minder wegen naast "
                "elkaar.",
            )


_JUDGED: WeakKeyDictionary[Diagram, list[tuple[Scope, Verdict]]] = WeakKeyDictionary()
"""Both rules ask for the same verdicts; they live as long as the diagram."""


def _verdicts(diagram: Diagram) -> list[tuple[Scope, Verdict]]:
    known = _JUDGED.get(diagram)
    if known is None:
        budget = Budget()
        judged = [(scope, judge(scope, budget)) for scope in diagram.scopes]
        known = [(scope, verdict) for scope, verdict in judged if verdict is not None]
        _JUDGED[diagram] = known
    return known


def _deadlock(found: Deadlock) -> Remark:
    behind = [node for node in found.unreached if node is not found.join]
    lost = f" Wat erachter ligt, wordt nooit bereikt: {listed(behind)}." if behind else ""
    return says(
        "deadlock",
        found.join.xml,
        "wacht tot alle wegen ernaartoe klaar zijn, maar dat gebeurt nooit: komt de zaak van "
        f"{sources(found.arrived)}, dan komt er niets van {sources(found.missing)}. "
        f"{_told(found.story)} Elke zaak die hier komt, blijft staan.{lost}",
        _JOIN_AS_SPLIT,
    )


def _possible_deadlock(found: Deadlock) -> Remark:
    return says(
        "possible-deadlock",
        found.join.xml,
        "wacht tot alle wegen ernaartoe klaar zijn, maar dat kan uitblijven: de zaak komt dan wel "
        f"van {sources(found.arrived)}, maar niet van {sources(found.missing)}. "
        f"{_told(found.story)} De zaak blijft dan staan.",
        f"{_JOIN_AS_SPLIT} Laat ook een weg die eerder stopt langs de samenvoeging lopen.",
    )


def _doubled(found: Doubled) -> Remark:
    split = last_split(found.story)
    after = f" na {named(split)}" if split is not None else ""
    reason = (
        f"wordt langs meer dan één weg bereikt: die wegen lopen{after} naast elkaar, en hier "
        "wacht de ene niet op de andere."
        if found.joins
        else f"kan opnieuw worden bereikt terwijl een eerdere ronde{after} nog loopt."
    )
    return says(
        "lack-of-synchronisation",
        found.node.xml,
        f"{reason} Alles wat volgt, gebeurt dan twee keer. {_told(found.story)}",
        "Wacht op elkaar met een parallelle splitsing (of een inclusieve, als niet elke weg "
        "altijd loopt), of kies met een exclusieve splitsing één weg.",
    )


def _sent_twice(node: Node, story: Story) -> Remark:
    return says(
        "sent-twice",
        node.xml,
        f"wordt langs meer dan één weg tegelijk bereikt en gaat dan twee keer uit. {_told(story)}",
        "Voeg de wegen eerst samen met een parallelle splitsing.",
    )


def _endless(story: Story) -> Remark:
    element = story.moves[-1].node if story.moves else story.begin
    return says(
        "never-ends",
        element.xml,
        f"brengt een zaak op een weg waarop altijd iets blijft lopen. {_told(story)} De zaak "
        "komt daarna nooit klaar.",
        "Geef de lus een uitgang voor alle wegen die erin naast elkaar lopen.",
    )


def _told(story: Story) -> str:
    return " ".join(part for part in (way(story), choices(story)) if part)
