"""Whether what a diagram reads is ever written, and can be of the right kind.

Imports the guard's own model, register and graphs, and the syntax of FEEL.
"""
