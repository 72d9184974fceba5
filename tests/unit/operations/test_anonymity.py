"""What is told by the hour stays told by the hour."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from service.operations.anonymity import no_sharper, to_the_hour

MOMENTS = st.datetimes(
    min_value=datetime(2020, 1, 1),  # noqa: DTZ001 - the strategy adds the zone
    max_value=datetime(2040, 1, 1),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, ZoneInfo("Europe/Amsterdam"), ZoneInfo("Asia/Kolkata")]),
)


@given(moment=MOMENTS)
def test_an_hour_holds_no_minute_and_is_never_later(moment: datetime) -> None:
    hour = to_the_hour(moment)
    assert (hour.minute, hour.second, hour.microsecond) == (0, 0, 0)
    assert timedelta(0) <= moment - hour < timedelta(hours=1)
    assert to_the_hour(hour) == hour


@given(cause=MOMENTS, moment=MOMENTS)
def test_what_follows_is_as_sharp_as_its_cause(cause: datetime, moment: datetime) -> None:
    assert no_sharper(to_the_hour(cause), moment) == to_the_hour(moment)
    if cause != to_the_hour(cause):
        assert no_sharper(cause, moment) == moment
