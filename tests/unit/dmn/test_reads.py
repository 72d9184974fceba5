"""What a decision reads from outside its file."""

from service.dmn import names_read

MODEL = b"""<?xml version="1.0"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="n">
  <inputData id="leeftijd_in" name="leeftijd"/>
  <decision id="groep" name="groep">
    <decisionTable id="t" hitPolicy="FIRST">
      <input><inputExpression><text>leeftijd</text></inputExpression></input>
      <output name="groep"/>
      <rule>
        <inputEntry><text>&lt; grens.kind</text></inputEntry>
        <outputEntry><text>namen.kind</text></outputEntry>
      </rule>
    </decisionTable>
  </decision>
  <decision id="prijs" name="prijs">
    <literalExpression><text>if groep = "kind" then basis else 2 *</text></literalExpression>
  </decision>
  <decision id="korting" name="korting">
    <literalExpression><text>for x in lijst return x * prijs</text></literalExpression>
  </decision>
</definitions>"""


def test_cells_columns_and_formulas_are_read_and_other_decisions_are_not() -> None:
    assert names_read(MODEL) == {
        "groep": {"leeftijd", "grens", "namen"},
        "prijs": frozenset(),  # no FEEL
        "korting": {"lijst"},
    }


def test_what_is_no_model_reads_nothing() -> None:
    assert names_read(b"<a>") == {}
