"""The Procrastinate app; each job is one call of an operation."""

from service.jobs.worker import run_worker

__all__ = ["run_worker"]
