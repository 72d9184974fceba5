"""Puts back what a worker was doing when it was killed: every job may safely run twice."""

import logging
from datetime import timedelta

from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job, Status
from procrastinate.manager import JobManager

_LOG = logging.getLogger("meldroute.jobs")
HEARTBEAT_SECONDS = 5.0
STALLED_AFTER = timedelta(seconds=3 * HEARTBEAT_SECONDS)
"""Without a sign of life for so long a worker is taken for dead. When it was only slow, its job
runs twice at the same time; the second finds the row locked, and then the work done."""
SWEEP = "sweep"
RETRY_STALLED = "retry_stalled"


async def put_back_stalled(manager: JobManager, *, after: timedelta = STALLED_AFTER) -> None:
    """Makes the jobs of dead workers wait again. Clockwork is dropped: it comes by itself."""
    stalled = await manager.get_stalled_jobs(seconds_since_heartbeat=after.total_seconds())
    for job in stalled:
        try:
            await _put_back(manager, job)
        except ConnectorException:  # another worker was first; else the next round has it
            _LOG.info("stalled job was not put back", extra={"job": job.id})
        else:
            _LOG.warning("stalled job put back", extra={"job": job.id})


async def _put_back(manager: JobManager, job: Job) -> None:
    if job.task_name in (SWEEP, RETRY_STALLED):
        # Its queueing lock would refuse it beside the next one, which may wait already.
        await manager.finish_job(job, status=Status.ABORTED, delete_job=True)
    else:
        await manager.retry_job(job)
