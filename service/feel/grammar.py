"""What the parser and the printer both know: how tightly each construct binds."""

from typing import Final

LOOSE: Final = 0
OR: Final = 1
AND: Final = 2
COMPARISON: Final = 3
SUM: Final = 4
PRODUCT: Final = 5
POWER: Final = 6
NEGATION: Final = 7
INSTANCE: Final = 8
POSTFIX: Final = 9

COMPARISONS: Final = frozenset({"=", "!=", "<", "<=", ">", ">="})
ARITHMETIC: Final = {"+": SUM, "-": SUM, "*": PRODUCT, "/": PRODUCT, "**": POWER}
LOGIC: Final = {"or": OR, "and": AND}
