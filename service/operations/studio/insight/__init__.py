"""How a process runs: counted per element of its diagram, over a period, from the history."""
