"""What is wrong with a model besides its expressions: references, cycles, shape of tables."""

import re
from collections.abc import Iterator, Mapping

from service.dmn import model
from service.dmn.analysis import analyse
from service.dmn.compiling import Compiling
from service.dmn.hit_policy import POLICIES
from service.dmn.names import all_boxes
from service.domain.findings import Severity

_BARE_WORDS = re.compile(r"[^\W\d][\w ]*")
_LITERALS = frozenset({"true", "false", "null"})


def check_model(compiling: Compiling, *, thorough: bool = True) -> None:
    """Add what is wrong to the findings of the compilation.

    ``thorough`` also takes tables apart, which only gives warnings.
    """
    nodes = compiling.model.nodes
    if not any(isinstance(node, model.DecisionNode) for node in nodes.values()):
        compiling.finding(
            "no-decision",
            "Dit bestand bevat geen beslissing.",
            "Voeg een beslissing toe.",
            element_id=None,
            severity=Severity.WARNING,
        )
    for node in nodes.values():
        _check_references(node, compiling)
        if isinstance(node, model.DecisionNode):
            _check_decision(node, compiling, thorough=thorough)
        elif isinstance(node, model.KnowledgeNode) and node.function is not None:
            _check_boxes(node.function, node, compiling, thorough=thorough)
    for node in _in_cycles(nodes):
        compiling.finding(
            "requirement-cycle",
            f"{node.name} heeft via zijn vereisten zichzelf nodig.",
            "Verwijder één van de pijlen van de kring.",
            element_id=node.id,
            line=node.line,
        )


def _check_decision(node: model.DecisionNode, compiling: Compiling, *, thorough: bool) -> None:
    if node.box is None:
        compiling.finding(
            "no-logic",
            f"Beslissing {node.name} heeft geen tabel of expressie.",
            "Vul de beslissing of verwijder haar.",
            element_id=node.id,
            line=node.line,
        )
        return
    _check_boxes(node.box, node, compiling, thorough=thorough)


def references_of(node: model.Node) -> tuple[str, ...]:
    """The hrefs of everything that ``node`` needs."""
    if isinstance(node, model.DecisionNode | model.KnowledgeNode):
        return node.requires
    if isinstance(node, model.DecisionServiceNode):
        return (*node.outputs, *node.input_decisions, *node.input_data)
    return ()


def _check_references(node: model.Node, compiling: Compiling) -> None:
    for href in references_of(node):
        namespace, _, _ = href.rpartition("#")
        imported = {item.namespace for item in compiling.model.imports}
        if href in compiling.model.nodes or namespace in imported:
            continue
        compiling.finding(
            "unknown-requirement",
            f"{node.name} verwijst naar {href!r}, en dat bestaat niet in dit bestand.",
            "Herstel de verwijzing of teken de pijl opnieuw.",
            element_id=node.id,
            line=node.line,
        )


def _in_cycles(nodes: Mapping[str, model.Node]) -> Iterator[model.Node]:
    """The elements that need themselves; a service that a member calls is no cycle in itself."""
    for start in nodes.values():
        seen: set[str] = set()
        waiting = [*_needs(start)]
        while waiting:
            here = waiting.pop()
            if here == start.id:
                yield start
                break
            if here in seen or here not in nodes:
                continue
            seen.add(here)
            waiting.extend(_needs(nodes[here]))


def _needs(node: model.Node) -> tuple[str, ...]:
    """What a decision needs before it has a value; knowledge may be recursive."""
    return node.requires if isinstance(node, model.DecisionNode) else ()


def _check_boxes(box: model.Box, node: model.Node, compiling: Compiling, *, thorough: bool) -> None:
    for inner in all_boxes(box):
        if isinstance(inner, model.TableBox):
            check_table(inner, node, compiling)
            if thorough:
                analyse(inner, node, compiling)


def check_table(table: model.TableBox, node: model.Node, compiling: Compiling) -> None:
    """Check one decision table of ``node``."""
    element_id = table.element_id or node.id
    kind = (table.hit_policy, table.aggregation if table.hit_policy == "COLLECT" else None)
    if kind not in POLICIES:
        written = " ".join(part for part in kind if part)
        compiling.finding(
            "unknown-hit-policy",
            f"Tabel {node.name} heeft een onbekend trefferbeleid {written!r}.",
            "Kies Uniek, Eerste, Prioriteit, Elke, Verzamel, Regelvolgorde of Uitkomstvolgorde.",
            element_id=element_id,
            line=table.line,
        )
    if kind[1] in {"SUM", "MIN", "MAX"} and len(table.outputs) > 1:
        compiling.finding(
            "aggregation-of-several-outputs",
            f"Tabel {node.name} telt op of vergelijkt, maar heeft {len(table.outputs)} uitkomsten.",
            "Houd één uitkomst over, of verzamel zonder berekening.",
            element_id=element_id,
            line=table.line,
        )
    if not table.outputs or not table.rules:
        compiling.finding(
            "empty-table",
            f"Tabel {node.name} heeft geen {'uitkomst' if not table.outputs else 'regels'}.",
            "Voeg ten minste één uitkomst en één regel toe.",
            element_id=element_id,
            line=table.line,
        )
    _check_shape(table, node, compiling)
    _check_output_names(table, node, compiling)
    _check_duplicates(table, node, compiling)
    _check_bare_words(table, node, compiling)


def _check_shape(table: model.TableBox, node: model.Node, compiling: Compiling) -> None:
    for number, rule in enumerate(table.rules, start=1):
        for code, what, have, need in (
            ("input-count", "voorwaarden", len(rule.tests), len(table.inputs)),
            ("output-count", "uitkomsten", len(rule.outputs), len(table.outputs)),
        ):
            if have != need:
                compiling.finding(
                    code,
                    f"Tabel {node.name}, regel {number}: {have} {what} bij {need} kolommen.",
                    "Geef elke kolom in de regel één cel; een streepje betekent: maakt niet uit.",
                    element_id=rule.id,
                    line=rule.line,
                )


def _check_output_names(table: model.TableBox, node: model.Node, compiling: Compiling) -> None:
    names = [output.name for output in table.outputs]
    if len(names) > 1 and (None in names or len(set(names)) < len(names)):
        compiling.finding(
            "output-names",
            f"Tabel {node.name} heeft uitkomsten zonder naam of met dezelfde naam.",
            "Geef elke uitkomst een eigen naam.",
            element_id=table.element_id or node.id,
            line=table.line,
        )


def _check_duplicates(table: model.TableBox, node: model.Node, compiling: Compiling) -> None:
    """Two rules with the same conditions contradict one another in a table of unique hits."""
    if table.hit_policy != "UNIQUE":
        return
    seen: dict[tuple[str, ...], str] = {}
    for rule in table.rules:
        key = tuple(cell.text or "-" for cell in rule.tests)
        if key in seen:
            compiling.finding(
                "duplicate-rule",
                f"Tabel {node.name}: regel {rule.id} heeft dezelfde voorwaarden als {seen[key]}, "
                "terwijl er maar één regel tegelijk mag gelden.",
                "Verwijder een van beide, of kies een ander trefferbeleid.",
                element_id=rule.id,
                line=rule.line,
            )
        seen.setdefault(key, rule.id)


def _check_bare_words(table: model.TableBox, node: model.Node, compiling: Compiling) -> None:
    """A cell of one unknown name is most likely a text of which the quotes were forgotten."""
    known = compiling.names.union(column.expression.text for column in table.inputs)
    for rule in table.rules:
        for cell in (*rule.tests, *rule.outputs):
            text = cell.text
            if _BARE_WORDS.fullmatch(text) and text not in known and text not in _LITERALS:
                compiling.finding(
                    "bare-word",
                    f"Tabel {node.name}, regel {rule.id}: {text} is geen tekst maar een naam, "
                    "en die naam komt verder niet voor.",
                    f'Schrijf "{text}" als u een tekst bedoelt.',
                    element_id=cell.element_id or rule.id,
                    line=cell.line,
                    severity=Severity.WARNING,
                )
