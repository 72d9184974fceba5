"""One small diagram for each code about tokens."""

from tests.unit.engine.guard import snippets as s
from tests.unit.engine.guard.snippets import chain, diagram, flow


def met(split: str, join: str, *, behind: str = "") -> bytes:
    """A split into two tasks that come together again; gateways by the first half of their tag."""
    when = {
        "parallel": ("", ""),
        "exclusive": ("=x = 1", ""),
        "inclusive": ("=x &lt; 2", "=x &gt; 0"),
    }[split]
    default = 'default="anders"' if split == "exclusive" else ""
    return diagram(
        s.START
        + f'<{split}Gateway id="uit" name="Uit elkaar" {default}/>'
        + f'<{join}Gateway id="samen" name="Samen"/>'
        + s.user("links")
        + s.user("rechts")
        + s.END
        + chain("begin", "uit")
        + flow("uit", "links", when=when[0], name="links")
        + flow("uit", "rechts", when=when[1], key="anders", name="rechts")
        + chain("links", "samen")
        + chain("rechts", "samen")
        + (behind or chain("samen", "einde"))
    )


def crowd(size: int) -> bytes:
    """Many steps side by side, each with a timer that goes another way, before an inclusive join.

    Three states for each step: more markings than are looked at.
    """
    keys = [f"stap{number}" for number in range(size)]
    return diagram(
        s.START
        + '<parallelGateway id="uit"/><inclusiveGateway id="samen"/>'
        + s.END
        + chain("begin", "uit")
        + chain("samen", "einde")
        + "".join(
            s.user(key)
            + chain("uit", key, "samen")
            + s.boundary(s.TIMER, host=key, key=f"{key}_op")
            for key in keys
        )
    )


ENDLESS = diagram(
    s.START
    + '<exclusiveGateway id="terug"/><parallelGateway id="uit"/>'
    + s.user("links")
    + s.user("rechts")
    + s.END
    + chain("begin", "terug", "uit", "links", "terug")
    + chain("uit", "rechts", "einde")
)
SENT = diagram(
    s.START
    + '<parallelGateway id="uit"/>'
    + s.user("links")
    + s.user("rechts")
    + f'<endEvent id="einde">{s.ON_MESSAGE}</endEvent>'
    + chain("begin", "uit", "links", "einde")
    + chain("uit", "rechts", "einde"),
    shared=s.MESSAGE,
)

CASES: dict[str, bytes] = {
    "deadlock": met("exclusive", "parallel"),
    "possible-deadlock": met("inclusive", "parallel"),
    "lack-of-synchronisation": met("parallel", "exclusive"),
    "never-ends": ENDLESS,
    "sent-twice": SENT,
    "soundness-not-checked": crowd(12),
}
