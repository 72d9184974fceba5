"""Blocks around events that the process brings about itself: who hears them, and how often."""

from tests.unit.engine import diagrams as d
from tests.unit.engine.block_drawing import Drawing, Ends, Maker, named_signal
from tests.unit.engine.blocks import block, edge_of, scope


def _inside(into: Drawing, times: int, depth: int, first: str, xml: str, *, soft: bool) -> str:
    """The inside of a subprocess that begins with ``first``, then goes through a block."""
    outer, into.body, before = into.body, [], into.interruptible
    into.interruptible = before or soft
    begin, stop = into.key("begin"), into.key("einde")
    then, last = block(into, times, depth + 1)
    into.add(f'<startEvent id="{begin}" name="B"/><endEvent id="{stop}" name="E"/>', xml)
    into.add(d.chain(begin, first, then), d.flow(last, stop))
    inside = "".join(into.body)
    into.body, into.interruptible = outer, before
    return inside


def _answer(into: Drawing, event: str, times: int, depth: int, *, interrupting: bool) -> str:
    """An event subprocess with a block in it."""
    key = into.key("opvang")
    begin, flag = into.key("begin"), "" if interrupting else ' isInterrupting="false"'
    outer, into.body = into.body, []
    stop = into.key("einde")
    first, last = block(into, times, depth + 1)
    into.add(f'<startEvent id="{begin}" name="B"{flag}>{event}</startEvent>')
    into.add(f'<endEvent id="{stop}" name="E"/>', d.chain(begin, first), d.flow(last, stop))
    inside, into.body = "".join(into.body), outer
    into.promise(begin, times)
    return f'<subProcess id="{key}" name="Opvang" triggeredByEvent="true">{inside}</subProcess>'


def answered(into: Drawing, times: int, depth: int) -> Ends:
    """What is thrown inside begins an event subprocess beside it, once; it may end the rest."""
    key, asks, interrupting = into.key("deel"), into.key("roept"), into.random.random() < 0.5
    if into.repeated or into.random.random() < 0.5:
        code = into.key("hulp")
        into.extra.append(d.escalation(code, code))
        what = d.thrown("escalation", code)
    else:  # All instances of a repetition, and whoever sends it, would make it heard.
        what, interrupting = d.on_signal(named_signal(into)), True
    inside = _inside(into, times, depth, asks, d.throw(asks, what), soft=interrupting)
    answer = _answer(into, what, times, depth, interrupting=interrupting)
    into.add(d.sub(key, inside + answer))
    return key, key


def noticed(into: Drawing, times: int, depth: int) -> Ends:
    """What is written inside a subprocess makes the condition on its edge true, once."""
    key, writes = into.key("deel"), into.key("schrijft")
    wanted, interrupting = d.condition(f"=v_{writes} = 1"), into.random.random() < 0.5
    xml = d.script(writes, "1", f"v_{writes}")
    inside = _inside(into, times, depth, writes, xml, soft=interrupting)
    into.add(d.sub(key, inside))
    if interrupting:
        return edge_of(into, key, wanted, times, depth)
    edge, extra, stop = (into.key(w) for w in ("rand", "extra", "klaar"))
    into.add(d.boundary(edge, key, wanted, interrupting=False), d.user(extra))
    into.add(f'<endEvent id="{stop}"/>', d.chain(edge, extra, stop))
    into.promise(edge, times)
    return key, key


def called_and_failed(into: Drawing, times: int, depth: int) -> Ends:
    """A called process ends by an error; the edge of the call catches it."""
    key, name, code = into.key("roep"), into.key("proces"), into.key("fout")
    into.extra.append(d.error(code, code))
    fails = d.thrown("error", code)
    into.extra.append(d.process(name, scope(into, times, depth, end=fails)))
    into.add(d.call(key, name))
    return edge_of(into, key, into.random.choice([fails, d.thrown("error")]), times, depth)


def told(into: Drawing, times: int, depth: int) -> Ends:
    """One branch waits for a signal that the other sends at its end."""
    key, join, hears, says = (into.key(w) for w in ("splits", "samen", "hoort", "zegt"))
    what = d.on_signal(named_signal(into))
    first, last = block(into, times, depth + 1)
    into.add(d.gateway("parallel", key), d.gateway("parallel", join))
    into.add(d.catch(hears, what), d.throw(says, what))
    into.add(d.chain(key, hears, join), d.chain(key, first), d.chain(last, says, join))
    into.promise(hears, times)
    return key, join


COMPOUND: list[Maker] = [answered, noticed, called_and_failed, told]
