"""Measures what a completion costs, as ratios within one run: ``python -m bench``."""
