"""How long a mail is tried: a mail server may be down for a weekend."""

from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.jobs import Job

_LONGEST_WAIT = 3600
MAX_TRIES = 127
"""With the waits below: a little over five days."""


class Patience(BaseRetryStrategy):
    """Soon at first, then every hour, for five days."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """When to try again; ``None`` to give up."""
        del exception  # whatever it was, it may pass
        if job.attempts >= MAX_TRIES:
            return None
        wait = min(3 ** min(job.attempts + 1, 9), _LONGEST_WAIT)
        return RetryDecision(retry_in={"seconds": wait})
