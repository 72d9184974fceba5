"""Pages by place; parse, authorise, call one operation, render."""
