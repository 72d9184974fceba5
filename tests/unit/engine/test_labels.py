"""Elements of one name are told apart, each by what is nearest to how people speak of it."""

from service import engine
from tests.unit.engine.diagrams import (
    END,
    START,
    boundary,
    bpmn,
    chain,
    end,
    flow,
    gateway,
    timer,
    unguarded,
    user,
)


def labels(body: str) -> dict[str, str]:
    process: engine.ProcessInfo = unguarded({"proces.bpmn": bpmn(body)}).processes["proces"]
    return {step.element_id: step.label for step in process.steps}


def named(element: str, name: str) -> str:
    """The same element under another name."""
    before, _, rest = element.partition('name="')
    return f'{before}name="{name}{rest[rest.index(chr(34)) :]}'


def sub(key: str, inner: str) -> str:
    """A subprocess around one step."""
    step = f"{key}_stap"
    return (
        f'<subProcess id="{key}" name="Deel {key}"><startEvent id="{key}_begin" name="B"/>{inner}'
        f'<endEvent id="{key}_eind" name="E"/>{chain(f"{key}_begin", step, f"{key}_eind")}'
        "</subProcess>"
    )


def test_what_is_alone_keeps_its_name_and_what_has_none_its_id() -> None:
    body = START + user("een") + '<userTask id="twee"/>' + END
    found = labels(body + chain("begin", "een", "twee", "einde"))
    assert found == {"begin": "Begin", "een": "Taak een", "twee": "twee", "einde": "Einde"}


def test_a_step_and_an_event_may_have_one_name() -> None:
    body = START + named(user("een"), "Klaar") + named(END, "Klaar")
    assert labels(body + chain("begin", "een", "einde"))["een"] == "Klaar"


def test_first_comes_the_lane() -> None:
    lanes = "".join(
        f'<lane id="{key}" name="{name}"><flowNodeRef>{step}</flowNodeRef></lane>'
        for key, name, step in (("zorg", "Zorg", "een"), ("oov", "Openbare orde", "twee"))
    )
    steps = "".join(named(user(key), "Lezen") for key in ("een", "twee"))
    body = f'<laneSet id="banen">{lanes}</laneSet>{START}{steps}{END}'
    found = labels(body + chain("begin", "een", "twee", "einde"))
    assert (found["een"], found["twee"]) == ("Lezen (Zorg)", "Lezen (Openbare orde)")


def test_then_the_part_of_the_process_that_it_lies_in() -> None:
    parts = "".join(sub(key, named(user(f"{key}_stap"), "Lezen")) for key in ("a", "b"))
    found = labels(START + parts + END + chain("begin", "a", "b", "einde"))
    assert (found["a_stap"], found["b_stap"]) == ("Lezen (in Deel a)", "Lezen (in Deel b)")


def test_of_an_event_on_an_edge_the_step_that_it_watches() -> None:
    edges = "".join(
        named(boundary(f"na_{key}", key, timer("P2D")), "Na twee dagen")
        + end(f"einde_{key}", "")
        + flow(f"na_{key}", f"einde_{key}")
        for key in ("een", "twee")
    )
    body = START + user("een") + user("twee") + edges + END
    found = labels(body + chain("begin", "een", "twee", "einde"))
    assert found["na_een"] == "Na twee dagen (bij Taak een)"
    assert found["na_twee"] == "Na twee dagen (bij Taak twee)"


def test_then_what_comes_before_a_question_with_its_answer() -> None:
    body = (
        START
        + gateway("exclusive", "spoed", default="nee")
        + "".join(named(user(key), "Bellen") for key in ("een", "twee"))
        + user("lezen")
        + '<exclusiveGateway id="samen"/>'
        + END
        + named(flow("spoed", "een", when="=true", key="ja"), "Ja")
        + named(flow("spoed", "lezen", key="nee"), "Nee")
        + chain("begin", "spoed")
        + chain("lezen", "twee", "samen", "einde")
        + flow("een", "samen")
    )
    found = labels(body)
    assert found["een"] == "Bellen (na Vraag spoed? Ja)"
    assert found["twee"] == "Bellen (na Taak lezen)"
    assert found["samen"] == "samenvoeging"


def test_what_comes_before_may_be_alike_too() -> None:
    body = (
        START
        + gateway("exclusive", "spoed", default="nee")
        + "".join(named(user(key), "Bellen") for key in ("een", "twee"))
        + "".join(named(end(f"klaar_{key}", ""), "Klaar") for key in ("een", "twee"))
        + named(flow("spoed", "een", when="=true", key="ja"), "Ja")
        + named(flow("spoed", "twee", key="nee"), "Nee")
        + chain("begin", "spoed")
        + chain("een", "klaar_een")
        + chain("twee", "klaar_twee")
    )
    found = labels(body)
    assert found["klaar_een"] == "Klaar (na Vraag spoed? Ja)"
    assert found["klaar_twee"] == "Klaar (na Vraag spoed? Nee)"


def test_else_a_number() -> None:
    body = START + gateway("parallel", "alles") + END
    for key in ("een", "twee"):
        body += named(user(key), "Bellen") + flow("alles", key) + flow(key, "einde")
    found = labels(body + chain("begin", "alles"))
    assert (found["een"], found["twee"]) == ("Bellen (1)", "Bellen (2)")


def test_two_that_follow_each_other_have_different_things_before_them() -> None:
    steps = "".join(named(user(key), "Bellen") for key in ("een", "twee"))
    body = START + steps + user("lezen") + END
    found = labels(body + chain("begin", "een", "lezen", "twee", "einde"))
    assert (found["een"], found["twee"]) == ("Bellen (na Begin)", "Bellen (na Taak lezen)")
