"""Keeping and destroying: which ended cases are due, what holds them back, what is wiped."""
