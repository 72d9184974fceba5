"""What calls and decision tables tell about the rest of a publication."""

from service.engine.guard import inputs_by_calls, inputs_of_decisions
from tests.unit.engine.guard import snippets as s

MAPPED = '<zeebe:ioMapping><zeebe:input source="=x" target="vraag.tekst"/></zeebe:ioMapping>'
TABLE = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="t" name="T"
  namespace="n"><inputData id="i" name="gegeven"/><decision id="urgentie" name="Urgentie">
  <decisionTable id="tabel"><input id="a"><inputExpression><text>signaal.wanneer</text>
  </inputExpression></input><input id="b"><inputExpression><text>gegeven.x</text></inputExpression>
  </input><output id="u"/></decisionTable></decision></definitions>"""


def test_a_call_hands_on_its_input_mappings_when_it_does_not_hand_on_everything() -> None:
    narrow = s.call().replace("</extensionElements>", f"{MAPPED}</extensionElements>")
    narrow = narrow.replace(
        "<zeebe:calledElement", '<zeebe:calledElement propagateAllParentVariables="false"'
    )
    content = s.diagram(s.around(narrow))
    assert inputs_by_calls(content, file="p") == {"ander": frozenset({"vraag"})}


def test_one_call_that_hands_on_everything_is_enough_to_know_nothing() -> None:
    assert inputs_by_calls(s.diagram(s.around(s.call())), file="p") == {"ander": None}


def test_a_decision_reads_what_its_columns_read_but_for_what_the_file_gives() -> None:
    found = inputs_of_decisions(TABLE.encode(), file="t")
    assert found == {"urgentie": frozenset({"signaal.wanneer"})}


def test_a_file_that_cannot_be_read_tells_nothing() -> None:
    for content in (b"geen xml", b"<a/>", s.diagram(s.around(s.user()))):
        assert inputs_by_calls(content, file="p") == {}
        assert inputs_of_decisions(content, file="p") == {}
