"""How a process runs, over a period."""

from datetime import date, timedelta
from typing import Any

from flask.views import MethodView

from service.api import request as asked
from service.api.schemas.insight import INSIGHT, InsightQuerySchema, InsightSchema
from service.api.v1.processes import processes
from service.domain.errors import InvalidInput
from service.operations.figures.period import Period
from service.operations.studio.insight.figures import Insight
from service.operations.studio.insight.show import show_insight


@processes.route("/<process_id>/insight")
class ProcessInsight(MethodView):
    """One process."""

    @processes.operation(InsightSchema, example=INSIGHT, query=InsightQuerySchema, errors=(404,))
    def get(self, query: dict[str, Any], process_id: str) -> Insight:
        """Who waits where now, and over a period how long steps took and which paths were taken.

        For who publishes, exact; for who coordinates, without small counts.
        """
        period = _period(query["first"], query["last"])
        with asked.transaction() as session:
            return show_insight(
                session,
                asked.application().collaborators,
                process_id=process_id,
                period=period,
                publication=query["publication"],
                actor=asked.caller(session),
                now=asked.now(),
            )


def _period(first: date, last: date) -> Period:
    if not (date(2000, 1, 1) <= first <= last < date(2200, 1, 1)):
        raise InvalidInput(
            "Deze periode kan niet; kies dagen tussen 2000 en 2200, de eerste niet na de laatste.",
            {"from": ["Kies een dag die niet na de laatste ligt."]},
        )
    return Period(first=first, until=last + timedelta(days=1))
