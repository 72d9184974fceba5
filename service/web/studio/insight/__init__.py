"""The page of insight in a process: words, heat on the diagram, tables, and a file to keep."""
