"""What the rules of a decision table leave open, hold twice or never reach.

Exact for texts, numbers, booleans, dates, times and durations: each column is cut into the pieces
between the values that its cells name, on which no cell changes its answer; rules are boxes of
such pieces. The answers themselves come from the compiled cells, so that the analysis cannot
differ from what the table does. Conditions that are more than comparisons with fixed values are
taken as unknown: nothing is reported that might depend on them.
"""

from service.dmn.analysis.report import analyse

__all__ = ["analyse"]
