"""Figures over a period: counted on facts, tasks and cases, and shown only as D17 allows."""
