"""Meldroute: a BPMN orchestrator for municipalities that act on human trafficking."""
