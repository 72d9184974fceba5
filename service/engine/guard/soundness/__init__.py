"""Whether tokens can get stuck or double: from a diagram to a net, and through all its states.

Imports the guard's own model and register only.
"""
