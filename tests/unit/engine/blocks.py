"""Random processes built of blocks; what each promises is counted: its way out, so many times.

A block has one way in and one way out. Every block ends in a manual task that is passed exactly
as often as the block is gone through, whatever happens inside; only inside something that can be
interrupted it may be less often.
"""

from tests.unit.engine import diagrams as d
from tests.unit.engine.block_drawing import Drawing, Ends, Maker, event, named_message


def block(into: Drawing, times: int, depth: int) -> Ends:
    """One block of any kind, and its way out."""
    into.budget -= 1
    kinds = into.compound if depth < 4 and into.budget > 0 else into.leaves
    first, last = into.random.choice(kinds)(into, times, depth)
    out = into.way_out(times)
    into.add(d.flow(last, out))
    return first, out


def scope(
    into: Drawing, times: int, depth: int, *, more: str = "", end: str = "", soft: bool = False
) -> str:
    """The inside of a subprocess: start, a block, end; ``soft`` when it can be interrupted."""
    outer, into.body, before = into.body, [], into.interruptible
    into.interruptible = before or soft
    begin, stop = into.key("begin"), into.key("einde")
    first, last = block(into, times, depth + 1)
    inside = f'<startEvent id="{begin}" name="B"/>' + "".join(into.body)
    inside += d.end(stop, end) + d.chain(begin, first) + d.chain(last, stop) + more
    into.body, into.interruptible = outer, before
    return inside


def user(into: Drawing, times: int, _depth: int) -> Ends:
    key = into.key("taak")
    into.add(d.user(key))
    into.promise(key, times)
    return key, key


def job(into: Drawing, _times: int, _depth: int) -> Ends:
    key = into.key("werk")
    into.add(d.job(key))
    return key, key


def catch(into: Drawing, _times: int, _depth: int) -> Ends:
    key = into.key("wacht")
    into.add(d.catch(key, event(into)))
    return key, key


def receive(into: Drawing, _times: int, _depth: int) -> Ends:
    key = into.key("ontvang")
    into.add(f'<receiveTask id="{key}" name="O" messageRef="{named_message(into)}"/>')
    return key, key


def send(into: Drawing, _times: int, _depth: int) -> Ends:
    key = into.key("stuur")
    into.add(f'<sendTask id="{key}" name="S" messageRef="{named_message(into)}"/>')
    return key, key


def link(into: Drawing, _times: int, _depth: int) -> Ends:
    away, back = into.key("weg"), into.key("terug")
    jump = f'<linkEventDefinition name="{away}"/>'
    into.add(d.throw(away, jump), d.catch(back, jump))
    return away, back


def row(into: Drawing, times: int, depth: int) -> Ends:
    first, middle = block(into, times, depth + 1)
    then, last = block(into, times, depth + 1)
    into.add(d.flow(middle, then))
    return first, last


def split(into: Drawing, times: int, depth: int) -> Ends:
    kind = into.random.choice(["parallel", "inclusive", "exclusive"])
    key, join, default = into.key("splits"), into.key("samen"), into.key("anders")
    wanted = [False, *(into.random.random() < 0.5 for _ in range(into.random.randint(1, 2)))]
    if kind == "parallel":
        wanted = [True] * len(wanted)
    elif not any(wanted):
        wanted[0] = True
    elif kind == "exclusive":
        only = wanted.index(True)
        wanted = [n == only for n in range(len(wanted))]
    into.add(d.gateway(kind, key, "" if kind == "parallel" else default), d.gateway(kind, join))
    for number, taken in enumerate(wanted):
        first, last = block(into, times if taken else 0, depth + 1)
        when = "" if kind == "parallel" or not number else f"={str(taken).lower()}"
        into.add(d.flow(key, first, when, "" if number else default), d.flow(last, join))
    return key, join


def conditional_flows(into: Drawing, times: int, depth: int) -> Ends:
    key, join, default = into.key("kies"), into.key("samen"), into.key("anders")
    into.add(f'<manualTask id="{key}" name="K" default="{default}"/>', d.gateway("inclusive", join))
    taken = into.random.random() < 0.5
    for number, wanted in enumerate([not taken, taken]):
        first, last = block(into, times if wanted else 0, depth + 1)
        into.add(
            d.flow(
                key, first, f"={str(taken).lower()}" if number else "", "" if number else default
            ),
            d.flow(last, join),
        )
    return key, join


def loop(into: Drawing, times: int, depth: int) -> Ends:
    if into.repeated:  # Its counter is a variable of the process.
        return row(into, times, depth)
    rounds = into.random.randint(1, 3)
    reset, back, count, more, done = (into.key(w) for w in ("nul", "weer", "tel", "meer", "klaar"))
    out = into.key("verder")
    first, last = block(into, times * rounds, depth + 1)
    into.add(
        d.script(reset, "0", f"n_{count}"),
        d.gateway("exclusive", back),
        d.script(count, f"n_{count} + 1", f"n_{count}"),
        d.gateway("exclusive", more, done),
        f'<manualTask id="{out}" name="Verder"/>',
        d.chain(reset, back, first),
        d.chain(last, count, more),
        d.flow(more, back, f"=n_{count} &lt; {rounds}"),
        d.flow(more, out, key=done),
    )
    return reset, out


def plain_sub(into: Drawing, times: int, depth: int) -> Ends:
    key = into.key("deel")
    into.add(d.sub(key, scope(into, times, depth)))
    return key, key


def repeated(into: Drawing, times: int, depth: int) -> Ends:
    key, rounds, before = into.key("elk"), into.random.randint(1, 3), into.repeated
    into.repeated = True
    inside = scope(into, times * rounds, depth)
    into.repeated = before
    marker = into.random.choice(
        [
            d.many(f'inputCollection="={list(range(rounds))}" inputElement="x"'),
            d.many(f'inputCollection="={list(range(rounds))}"', sequential=True),
            f'<standardLoopCharacteristics loopMaximum="{rounds}"/>',
            (
                f'<standardLoopCharacteristics loopMaximum="{rounds}" testBefore="true">'
                "<loopCondition>=true</loopCondition></standardLoopCharacteristics>"
            ),
        ]
    )
    into.add(d.sub(key, inside, marker))
    return key, key


def called(into: Drawing, times: int, depth: int) -> Ends:
    key, name = into.key("roep"), into.key("proces")
    into.extra.append(d.process(name, scope(into, times, depth)))
    into.add(d.call(key, name))
    return key, key


def race(into: Drawing, times: int, depth: int) -> Ends:
    key, join = into.key("race"), into.key("samen")
    into.add(f'<eventBasedGateway id="{key}" name="R"/>', d.gateway("exclusive", join))
    before, into.interruptible = into.interruptible, True
    for _ in range(2):
        way = into.key("wacht")
        if into.random.random() < 0.25:
            into.add(f'<receiveTask id="{way}" name="O" messageRef="{named_message(into)}"/>')
        else:
            into.add(d.catch(way, event(into)))
        first, last = block(into, times, depth + 1)
        into.add(d.chain(key, way, first), d.flow(last, join))
    into.interruptible = before
    return key, join


def edge_of(into: Drawing, key: str, what: str, times: int, depth: int) -> Ends:
    """An interrupting event on the edge of ``key``; both ways meet again."""
    edge, join = into.key("rand"), into.key("samen")
    before, into.interruptible = into.interruptible, True
    first, last = block(into, times, depth + 1)
    into.interruptible = before
    into.add(d.boundary(edge, key, what), d.gateway("exclusive", join))
    into.add(d.chain(edge, first), d.flow(last, join), d.flow(key, join))
    return key, join


def interrupted(into: Drawing, times: int, depth: int) -> Ends:
    key = into.key("deel")
    into.add(d.sub(key, scope(into, times, depth, soft=True)))
    return edge_of(into, key, event(into), times, depth)


def failing(into: Drawing, times: int, depth: int) -> Ends:
    key, code = into.key("deel"), into.key("fout")
    into.extra.append(d.error(code, code))
    what = d.thrown("error", into.random.choice([code, ""]))
    inside = scope(into, times, depth, end=d.thrown("error", code))
    if into.random.random() < 0.5:
        handler = into.key("opvang")
        into.add(d.sub(key, inside + d.handler(handler, what)))
        into.promise(handler, times)
        return key, key
    into.add(d.sub(key, inside))
    return edge_of(into, key, what, times, depth)


def beside(into: Drawing, times: int, depth: int) -> Ends:
    """A non-interrupting event on an edge, or an escalation, with a way of its own."""
    key, edge, extra, stop = (into.key(w) for w in ("deel", "rand", "extra", "klaar"))
    if into.random.random() < 0.5:
        into.add(d.sub(key, scope(into, times, depth)))
        what = into.random.choice([event(into), d.timer("R2/PT1H", "timeCycle")])
    else:
        code = into.key("hulp")
        into.extra.append(d.escalation(code, code))
        what = d.thrown("escalation", code)
        into.add(d.sub(key, scope(into, times, depth, end=what)))
        into.at_most[extra] += times  # Its scope may end before it is done.
    into.add(d.boundary(edge, key, what, interrupting=False), d.user(extra))
    into.add(f'<endEvent id="{stop}"/>', d.chain(edge, extra, stop))
    return key, key


def handled(into: Drawing, times: int, depth: int) -> Ends:
    key, interrupting = into.key("deel"), into.random.random() < 0.5
    inside = scope(into, times, depth, soft=interrupting)
    handler = d.handler(into.key("opvang"), event(into), interrupting=interrupting)
    into.add(d.sub(key, inside + handler))
    return key, key


def ended(into: Drawing, times: int, depth: int) -> Ends:
    """Two branches, of which one ends the other."""
    key, begin, both, stop = (into.key(w) for w in ("deel", "begin", "splits", "stop"))
    outer, into.body = into.body, []
    before, into.interruptible = into.interruptible, True
    one, one_end = block(into, times, depth + 1)
    two, two_end = block(into, times, depth + 1)
    inside = "".join(into.body) + f'<startEvent id="{begin}"/>' + d.gateway("parallel", both)
    inside += d.end(stop, "<terminateEventDefinition/>") + d.chain(begin, both, one)
    inside += d.chain(both, two) + d.chain(one_end, stop) + d.flow(two_end, stop)
    into.body, into.interruptible = outer, before
    into.add(d.sub(key, inside))
    return key, key


def undoable(into: Drawing, times: int, *, surely: bool = True) -> tuple[str, str]:
    """A step with a handler; not ``surely`` when only a scope around it may ask to undo it."""
    key, edge, by = into.key("doe"), into.key("rand"), into.key("terug")
    xml = d.user(key) + d.boundary(edge, key, "<compensateEventDefinition/>")
    xml += d.user(by).replace("<userTask", '<userTask isForCompensation="true"')
    xml += f'<association id="l_{edge}" sourceRef="{edge}" targetRef="{by}"/>'
    if surely:
        into.promise(by, times)
    else:
        into.at_most[by] += times
    return key, xml


def undone(into: Drawing, times: int, depth: int) -> Ends:
    """Steps and a block, all undone at the end: by compensation, or as a cancelled transaction."""
    key, begin, stop, inner = (into.key(w) for w in ("deel", "begin", "einde", "binnen"))
    outer, into.body = into.body, []
    a, a_xml = undoable(into, times)
    b, b_xml = undoable(into, times)
    first, last = block(into, times, depth + 1)
    ends = f'<startEvent id="{inner}_b"/><endEvent id="{inner}_e"/>'
    nested = d.sub(inner, ends + b_xml + d.chain(f"{inner}_b", b, f"{inner}_e"))
    cancels = into.random.random() < 0.5
    what = "<cancelEventDefinition/>" if cancels else "<compensateEventDefinition/>"
    inside = f'<startEvent id="{begin}"/>' + a_xml + nested + "".join(into.body)
    inside += d.end(stop, what) + d.chain(begin, a, inner, first) + d.chain(last, stop)
    into.body = outer
    if not cancels:
        into.add(d.sub(key, inside))
        return key, key
    into.add(
        d.sub(key, inside).replace("<subProcess", "<transaction", 1)[: -len("</subProcess>")]
        + "</transaction>"
    )
    return edge_of(into, key, "<cancelEventDefinition/>", times, depth)


def aware(into: Drawing, times: int, depth: int) -> Ends:
    """One branch waits for what the other writes."""
    key, join, sees, writes = (into.key(w) for w in ("splits", "samen", "ziet", "schrijft"))
    into.add(d.gateway("parallel", key), d.gateway("parallel", join))
    first, last = block(into, times, depth + 1)
    into.add(d.catch(sees, d.condition(f"=v_{writes} = 1")), d.script(writes, "1", f"v_{writes}"))
    into.add(d.chain(key, sees, join), d.chain(key, first), d.chain(last, writes, join))
    into.promise(sees, times)
    return key, join


def alert(into: Drawing, times: int, depth: int) -> Ends:
    """What is written inside begins an event subprocess beside it, once."""
    key, begin, stop, writes, handler = (
        into.key(w) for w in ("deel", "begin", "einde", "schrijft", "opvang")
    )
    outer, into.body = into.body, []
    first, last = block(into, times, depth + 1)
    inside = "".join(into.body) + f'<startEvent id="{begin}"/><endEvent id="{stop}"/>'
    inside += d.script(writes, "1", f"v_{writes}") + d.chain(begin, writes, first)
    inside += d.flow(last, stop)
    what = d.condition(f"=v_{writes} = 1")
    into.body = [*outer, d.sub(key, inside + d.handler(handler, what, interrupting=False))]
    into.promise(handler, times)
    return key, key


LEAVES: list[Maker] = [user, user, job, catch, receive, send, link]
COMPOUND: list[Maker] = [
    row,
    row,
    split,
    split,
    conditional_flows,
    loop,
    plain_sub,
    repeated,
    called,
    race,
    interrupted,
    failing,
    beside,
    handled,
    ended,
    undone,
    aware,
    alert,
    user,
]
