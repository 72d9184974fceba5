"""Wipes the reporter of a case who takes leave."""

from collections.abc import Mapping
from typing import Any

from service.operations.reporter_contact import forget_reporter
from service.operations.service_tasks.handler import Work


def forget(work: Work) -> Mapping[str, Any]:
    """Leaves nothing that says who reported or how to reach them; sets nothing."""
    forget_reporter(work.session, work.case.instance)
    return {}
