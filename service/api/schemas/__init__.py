"""The shapes of version 1, one module a noun; an unknown field is refused, never ignored."""
