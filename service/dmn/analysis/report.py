"""From the boxes of a table to findings for who keeps it, with an example of the input."""

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Final

from service.dmn import model
from service.dmn.analysis.boxes import Box, Budget, TooMany, common, is_empty, left_over
from service.dmn.analysis.cells import ANYTHING
from service.dmn.analysis.columns import Space, space_of
from service.dmn.analysis.kinds import check_kinds
from service.dmn.analysis.outcomes import differ, order_of_priority
from service.dmn.compiling import Compiling
from service.domain.findings import Severity

_ONE_OUTCOME: Final = frozenset({"UNIQUE", "ANY", "PRIORITY", "FIRST"})
"""Hit policies with which a table should always have exactly one outcome."""
_MOST_PAIRS: Final = 20
_MOST_EXAMPLES: Final = 3
_MOST_RULES: Final = 1_000


def analyse(table: model.TableBox, node: model.Node, compiling: Compiling) -> None:
    """Add what the rules of ``table`` leave open, hold twice or never reach to the findings."""
    cells = [column.expression for column in table.inputs]
    for rule in table.rules:
        if len(rule.tests) != len(table.inputs):
            return
        cells += rule.tests
    if not table.rules or any(cell.language is not None for cell in cells):
        return  # that has findings of its own
    _Analysis(table, node, compiling).run()


class _Analysis:
    def __init__(self, table: model.TableBox, node: model.Node, compiling: Compiling) -> None:
        self.table = table
        self.name = node.name
        self.compiling = compiling
        self.element_id = table.element_id or node.id
        self.budget = Budget()
        self.empty: set[int] = set()

    def run(self) -> None:
        self._unused_inputs()
        if (
            check_kinds(self.table, self.name, self.compiling)
            or len(self.table.rules) > _MOST_RULES
        ):
            return
        space = space_of(self.table, self.compiling)
        try:
            self._impossible_rules(space)
            self._overlaps(space)
            self._unreachable_rules(space)
            self._gaps(space)
        except TooMany:
            self._note(
                "not-analysed",
                f"Tabel {self.name} is te groot om helemaal na te rekenen.",
                "Splits de tabel in kleinere tabellen.",
            )

    def _note(self, code: str, reason: str, way_out: str, *rules: model.Rule) -> None:
        """A finding of the first rule that is also about the others; of the table without any."""
        rule = rules[0] if rules else None
        self.compiling.finding(
            code,
            reason,
            way_out,
            element_id=rule.id if rule else self.element_id,
            line=rule.line if rule else self.table.line,
            severity=Severity.WARNING,
            others=tuple(other.id for other in rules[1:]),
        )

    def _unused_inputs(self) -> None:
        for place, column in enumerate(self.table.inputs):
            if all(rule.tests[place].text in ANYTHING for rule in self.table.rules):
                self.compiling.finding(
                    "unused-input",
                    f"Tabel {self.name}: kolom {column.label!r} maakt in geen enkele regel uit.",
                    "Vul cellen in of verwijder de kolom.",
                    element_id=column.element_id or self.element_id,
                    line=self.table.line,
                    severity=Severity.WARNING,
                )

    def _impossible_rules(self, space: Space) -> None:
        for number, (rule, box) in enumerate(zip(self.table.rules, space.rules, strict=True)):
            if not is_empty(box):
                continue
            self.empty.add(number)
            place = box.index(0)
            self._note(
                "unreachable-rule",
                f"Tabel {self.name}: regel {number + 1} geldt nooit, want geen enkele toegestane "
                f"waarde van {space.dimensions[place].name!r} past bij de cel.",
                "Verbeter de cel of verwijder de regel.",
                rule,
            )

    # -- rules that hold at the same time ------------------------------------------------------

    def _overlaps(self, space: Space) -> None:
        policy = self.table.hit_policy
        if policy not in ("UNIQUE", "ANY"):
            return
        found = 0
        for first, second in self._pairs(space):
            rules = self.table.rules[first], self.table.rules[second]
            if policy == "ANY" and not differ(*rules):
                continue
            found += 1
            if found > _MOST_PAIRS:
                break
            box = common(space.rules[first], space.rules[second])
            self._note(
                "overlapping-rules",
                f"Tabel {self.name}: regels {first + 1} en {second + 1} gelden allebei"
                f"{_when(space, box)}, {_WHY[policy]}.",
                "Maak een van beide regels preciezer, of kies een ander trefferbeleid.",
                rules[1],
                rules[0],
            )

    def _pairs(self, space: Space) -> Iterator[tuple[int, int]]:
        """The rules that surely can hold at the same time, and do not just say the same."""
        for first, second in combinations(range(len(self.table.rules)), 2):
            one, two = self.table.rules[first], self.table.rules[second]
            if self.table.hit_policy == "UNIQUE" and _conditions(one) == _conditions(two):
                continue  # that is an error of its own
            self.budget.spend(1 if first % 10 == 0 else 0)
            box = common(space.rules[first], space.rules[second])
            if not is_empty(box) and self._surely(space, first, second):
                yield first, second

    def _surely(self, space: Space, first: int, second: int) -> bool:
        """Whether no unknown condition of one can exclude the other."""
        one, two = self.table.rules[first], self.table.rules[second]
        for place, text in space.unknown[first] ^ space.unknown[second]:
            other = (two if (place, text) in space.unknown[first] else one).tests[place].text
            if other not in ANYTHING:
                return False
        return True

    # -- rules that never decide ---------------------------------------------------------------

    def _unreachable_rules(self, space: Space) -> None:
        order = self._order()
        for position, number in enumerate(order):
            box = space.rules[number]
            earlier = [space.rules[before] for before in order[:position]]
            if number in self.empty or left_over(box, earlier, self.budget):
                continue
            before = "daarboven" if self.table.hit_policy == "FIRST" else "met meer voorrang"
            self._note(
                "unreachable-rule",
                f"Tabel {self.name}: regel {number + 1} wordt nooit bereikt, want altijd "
                f"als zij geldt, geldt ook een regel {before}.",
                "Verplaats de regel naar boven of verwijder haar.",
                self.table.rules[number],
            )

    def _order(self) -> Sequence[int]:
        """The rules in the order in which one wins from another; none if nothing wins."""
        if self.table.hit_policy == "FIRST":
            return range(len(self.table.rules))
        return order_of_priority(self.table) if self.table.hit_policy == "PRIORITY" else ()

    # -- input for which there is no rule ------------------------------------------------------

    def _gaps(self, space: Space) -> None:
        defaults = any(output.default is not None for output in self.table.outputs)
        if defaults or self.table.hit_policy not in _ONE_OUTCOME:
            return
        gaps = left_over(space.whole, space.widest, self.budget)
        if gaps:
            examples = "; ".join(_input(space, box) for box in gaps[:_MOST_EXAMPLES])
            more = " (en meer)" if len(gaps) > _MOST_EXAMPLES else ""
            self._note(
                "gap",
                f"Tabel {self.name}: er is invoer waarvoor geen enkele regel geldt. "
                f"Bijvoorbeeld: {examples}{more}.",
                "Voeg een regel of een standaarduitkomst toe.",
            )
        elif self.table.hit_policy == "FIRST" and left_over(space.whole, space.rules, self.budget):
            self._note(
                "no-catch-all",
                f"Tabel {self.name} heeft geen laatste regel die altijd geldt.",
                "Voeg onderaan een regel toe met alleen streepjes, of een standaarduitkomst.",
            )


_WHY: Final = {
    "UNIQUE": "maar er mag er maar één tegelijk gelden",
    "ANY": "met verschillende uitkomsten",
}


def _conditions(rule: model.Rule) -> list[str]:
    return [cell.text or "-" for cell in rule.tests]


def _when(space: Space, box: Box) -> str:
    example = _input(space, box)
    return f", bijvoorbeeld bij {example}" if example != "elke invoer" else ""


def _input(space: Space, box: Box) -> str:
    """One input of a box, as far as it matters."""
    said = [
        f"{dimension.name} {dimension.pieces[_lowest(bits)].text}"
        for dimension, bits in zip(space.dimensions, box, strict=True)
        if dimension.name and bits != dimension.whole
    ]
    return " en ".join(said) or "elke invoer"


def _lowest(bits: int) -> int:
    return (bits & -bits).bit_length() - 1
