"""Lines of `[schedule]`: what they mean, and when they fire across clock changes."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touches.settings.schedule import Every, Weekly, next_fire, parse_schedule_line

HELSINKI = ZoneInfo("Europe/Helsinki")
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("every 5 seconds", Every(timedelta(seconds=5))),
        ("every minute", Every(timedelta(minutes=1))),
        ("Every  2 hours", Every(timedelta(hours=2))),
        ("daily 03:00", Weekly(frozenset(range(7)), time(3))),
        ("mon 07:30", Weekly(frozenset({0}), time(7, 30))),
        ("mon-fri 14:00", Weekly(frozenset(range(5)), time(14))),
        ("sat-mon 9:00", Weekly(frozenset({5, 6, 0}), time(9))),
        ("mon,wed-thu 09:00", Weekly(frozenset({0, 2, 3}), time(9))),
    ],
)
def test_a_line_is_read(text: str, line: Every | Weekly) -> None:
    assert parse_schedule_line(text) == line
    assert parse_schedule_line(str(line)) == line


@pytest.mark.parametrize(
    "text",
    [
        "",
        "every",
        "every 0 seconds",
        "every 5 sec",
        "every -1 minutes",
        "daily",
        "daily 24:00",
        "daily 3",
        "mon-fri",
        "foo 07:00",
        "mon-wed-fri 07:00",
        "* * * * *",
        "daily 03:60",
        "every 999999 hours",
    ],
)
def test_a_line_that_means_nothing_is_quoted_in_the_error(text: str) -> None:
    with pytest.raises(ValueError, match="expected") as caught:
        parse_schedule_line(text)
    assert f'"{text}"' in str(caught.value)


def test_a_time_that_is_skipped_fires_at_the_end_of_the_gap() -> None:
    """Berlin, 2026-03-29: 02:00 to 03:00 does not exist."""
    after = datetime(2026, 3, 29, 0, 0, tzinfo=UTC)
    assert next_fire(parse_schedule_line("daily 02:30"), after, BERLIN) == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)


def test_a_time_that_comes_twice_fires_at_the_first_only() -> None:
    """Berlin, 2026-10-25: 02:00 to 03:00 comes twice."""
    line = parse_schedule_line("daily 02:30")
    first = next_fire(line, datetime(2026, 10, 24, 22, 0, tzinfo=UTC), BERLIN)
    assert first == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert next_fire(line, first, BERLIN) == datetime(2026, 10, 26, 1, 30, tzinfo=UTC)


def test_a_day_that_a_zone_left_out_fires_at_its_end() -> None:
    """Samoa had no 2011-12-30."""
    after = datetime(2011, 12, 30, 0, 0, tzinfo=UTC)
    fired = next_fire(parse_schedule_line("fri 09:00"), after, ZoneInfo("Pacific/Apia"))
    assert fired == datetime(2011, 12, 30, 10, 0, tzinfo=UTC)


def test_working_days_skip_the_weekend() -> None:
    friday = datetime(2026, 11, 6, 12, 0, tzinfo=UTC)  # 14:00 in Helsinki
    line = parse_schedule_line("mon-fri 14:00")
    assert next_fire(line, friday - timedelta(seconds=1), HELSINKI) == friday
    assert next_fire(line, friday, HELSINKI) == friday + timedelta(days=3)


@given(
    days=st.frozensets(st.integers(0, 6), min_size=1),
    at=st.times().map(lambda found: found.replace(second=0, microsecond=0)),
    after=st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)),
    zone=st.sampled_from(["Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"]),
)
def test_the_next_fire_is_later_and_within_a_week_and_a_day(
    days: frozenset[int], at: time, after: datetime, zone: str
) -> None:
    fired = next_fire(Weekly(days, at), after, ZoneInfo(zone))
    assert after < fired <= after + timedelta(days=8)
    local = fired.astimezone(ZoneInfo(zone))
    assert local.weekday() in days
    assert local.time() >= at
    assert local.fold == 0
