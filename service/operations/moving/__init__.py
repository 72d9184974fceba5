"""Moves running cases to a newer publication: plan, preview, batch, undo."""
