"""Blocks around one step: its repetition, its results, what is undone, what splits from it.

A block that looks at a value goes over ``goed`` when it is right; nothing may come over ``fout``.
"""

from tests.unit.engine import diagrams as d
from tests.unit.engine.block_drawing import Drawing, Ends, Maker, event
from tests.unit.engine.blocks import block, edge_of, scope, undoable


def checked(into: Drawing, times: int, holds: str) -> Ends:
    """A choice that must hold."""
    key, good, bad, join, default = (into.key(w) for w in ("klopt", "goed", "fout", "samen", "p"))
    into.add(d.gateway("exclusive", key, default), d.gateway("exclusive", join))
    into.add(*(f'<manualTask id="{task}" name="M"/>' for task in (good, bad)))
    into.add(d.flow(key, good, holds), d.flow(key, bad, key=default))
    into.add(d.flow(good, join), d.flow(bad, join))
    into.promise(good, times)
    into.at_most[bad] += 0
    return key, join


def counted(into: Drawing, times: int, _depth: int) -> Ends:
    """A task for each item; the results stand in the order of the items, whoever is first."""
    key, rounds = into.key("taak"), into.random.randint(1, 3)
    marker = d.many(
        f'inputCollection="={list(range(rounds))}" inputElement="x" '
        f'outputCollection="lijst_{key}" outputElement="=if x = 0 then null else x"',
        sequential=into.random.random() < 0.5,
    )
    into.add(d.user(key, inner=marker))
    into.promise(key, times * rounds + times)  # The repetition as a whole is told, too.
    wanted = ", ".join("null" if not n else str(n) for n in range(rounds))
    first, last = checked(into, times, f"=lijst_{key} = [{wanted}]")
    into.add(d.flow(key, first))
    return key, last


def enough(into: Drawing, times: int, _depth: int) -> Ends:
    """A task for each of three; one is enough."""
    key = into.key("taak")
    marker = d.many(
        'inputCollection="=[1, 2, 3]"',
        sequential=into.random.random() < 0.5,
        enough="=numberOfCompletedInstances &gt;= 1",
    )
    into.add(d.user(key, inner=marker))
    into.promise(key, 2 * times)
    return key, key


def hasty(into: Drawing, times: int, depth: int) -> Ends:
    """A task, alone or for each item, that an event may interrupt."""
    key = into.key("taak")
    marker = d.many('inputCollection="=[1, 2]"') if into.random.random() < 0.5 else ""
    into.add(d.user(key, inner=marker))
    return edge_of(into, key, event(into), times, depth)


def broken(into: Drawing, times: int, depth: int) -> Ends:
    """A job that may report an error, for the event on its edge."""
    key, code = into.key("werk"), into.key("fout")
    into.extra.append(d.error(code, "mislukt"))
    into.add(d.job(key))
    return edge_of(into, key, d.thrown("error", code), times, depth)


def fork(into: Drawing, times: int, depth: int) -> Ends:
    """Two flows without a condition leave a task; each gets a token."""
    key, join = into.key("vork"), into.key("samen")
    into.add(f'<manualTask id="{key}" name="V"/>', d.gateway("parallel", join))
    for _ in range(2):
        first, last = block(into, times, depth + 1)
        into.add(d.flow(key, first), d.flow(last, join))
    return key, join


def apart(into: Drawing, times: int, depth: int) -> Ends:
    """A subprocess that is done when each of two ways has come to an end of its own."""
    key, begin = into.key("deel"), into.key("begin")
    outer, into.body = into.body, []
    inside = f'<startEvent id="{begin}" name="B"/>'
    for _ in range(2):
        stop = into.key("einde")
        first, last = block(into, times, depth + 1)
        inside += f'<endEvent id="{stop}" name="E"/>' + d.flow(begin, first) + d.flow(last, stop)
    inside += "".join(into.body)
    into.body = [*outer, d.sub(key, inside)]
    return key, key


def sheet(into: Drawing, times: int, depth: int) -> Ends:
    """A data object is empty whenever its subprocess begins, and gone when it has ended."""
    key, sub = into.key("blad"), into.key("deel")
    outer, into.body = into.body, []
    begin, stop, writes = into.key("begin"), into.key("einde"), into.key("schrijft")
    first, last = checked(into, times, f"={key} = null")
    then, done = block(into, times, depth + 1)
    into.add(f'<startEvent id="{begin}"/><endEvent id="{stop}"/>', d.script(writes, "1", key))
    into.add(f'<dataObject id="{key}_o"/>')
    into.add(f'<dataObjectReference id="{key}_r" name="{key}" dataObjectRef="{key}_o"/>')
    into.add(d.chain(begin, first), d.chain(last, writes, then), d.flow(done, stop))
    into.body = [*outer, d.sub(sub, "".join(into.body))]
    return sub, sub


def undone_one(into: Drawing, times: int, depth: int) -> Ends:
    """Two steps can be undone; the throw event asks for one."""
    a, a_xml = undoable(into, times)
    b, b_xml = undoable(into, times, surely=False)
    key, asks = into.key("deel"), into.key("vraagt")
    what = f'<compensateEventDefinition activityRef="{a}"/>'
    return _around(into, key, (a_xml, b_xml), (a, b), d.throw(asks, what), asks, times, depth)


def undone_call(into: Drawing, times: int, depth: int) -> Ends:
    """A called process, and a repetition, are undone by the handler of their step."""
    key, asks, again = into.key("deel"), into.key("vraagt"), into.key("terug")
    called, name, edge = into.key("roep"), into.key("proces"), into.key("rand")
    into.extra.append(d.process(name, scope(into, times, depth)))
    step = d.call(called, name) + d.boundary(edge, called, "<compensateEventDefinition/>")
    step += d.user(again).replace("<userTask", '<userTask isForCompensation="true"')
    step += f'<association id="l_{edge}" sourceRef="{edge}" targetRef="{again}"/>'
    into.promise(again, times)
    each, each_xml = _undoable_each(into, times)
    asked = d.throw(asks, "<compensateEventDefinition/>")
    return _around(into, key, (step, each_xml), (called, each), asked, asks, times, depth)


def _undoable_each(into: Drawing, times: int) -> tuple[str, str]:
    """A subprocess, once for each of some items, in which a step can be undone."""
    key, begin, stop, rounds = (
        into.key("elk"),
        into.key("b"),
        into.key("e"),
        into.random.randint(1, 3),
    )
    step, xml = undoable(into, times * rounds)
    inside = f'<startEvent id="{begin}"/><endEvent id="{stop}"/>' + xml
    marker = d.many(f'inputCollection="={list(range(rounds))}"')
    return key, d.sub(key, inside + d.chain(begin, step, stop), marker)


def _around(
    into: Drawing,
    key: str,
    parts: tuple[str, ...],
    steps: tuple[str, ...],
    asked: str,
    asks: str,
    times: int,
    depth: int,
) -> Ends:
    """A subprocess: the steps, what asks to undo them, and then a block."""
    outer, into.body = into.body, []
    begin, stop = into.key("begin"), into.key("einde")
    first, last = block(into, times, depth + 1)
    into.add(f'<startEvent id="{begin}"/><endEvent id="{stop}"/>', *parts, asked)
    into.add(d.chain(begin, *steps, asks, first), d.flow(last, stop))
    into.body = [*outer, d.sub(key, "".join(into.body))]
    return key, key


LEAVES: list[Maker] = [counted, enough]
COMPOUND: list[Maker] = [
    counted,
    enough,
    hasty,
    broken,
    fork,
    apart,
    sheet,
    undone_one,
    undone_call,
]
