"""Open hours: half-open, in the lead's zone, over midnight and over clock changes."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from touches.time.closed import HolidayCalendar, closed_days
from touches.time.errors import NaiveInstant
from touches.time.hours import ALWAYS, Hours, is_open, next_open, open_until
from touches.time.zones import zone

WEEKDAYS = frozenset(range(5))
CALLS = Hours(days=WEEKDAYS, start=540, end=1080)
NIGHTS = Hours(days=frozenset({4}), start=22 * 60, end=120)
HELSINKI = ("Europe/Helsinki",)


def at(text: str, zone_name: str = "Europe/Helsinki") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone(zone_name))


@pytest.mark.parametrize(("clock", "expected"), [
    ("08:59:59", False), ("09:00:00", True), ("17:59:59", True), ("17:59:59.999999", True), ("18:00:00", False),
])  # fmt: skip
def test_hours_are_half_open(clock, expected):
    assert is_open(at(f"2026-11-20 {clock}"), HELSINKI, CALLS) is expected


def test_what_comes_after_closing_on_friday_waits_until_monday():
    assert next_open(at("2026-11-20 18:00"), HELSINKI, CALLS) == at("2026-11-23 09:00")
    assert next_open(at("2026-11-20 17:59:59"), HELSINKI, CALLS) == at("2026-11-20 17:59:59")
    assert next_open(at("2026-11-20 08:00"), HELSINKI, CALLS) == at("2026-11-20 09:00")


def test_24_00_is_the_end_of_the_day():
    whole_monday = Hours(days=frozenset({0}), start=0, end=1440)
    assert is_open(at("2026-11-23 23:59:59"), HELSINKI, whole_monday)
    assert not is_open(at("2026-11-24 00:00"), HELSINKI, whole_monday)
    assert open_until(at("2026-11-23 12:00"), HELSINKI, whole_monday) == at("2026-11-24 00:00")


def test_hours_over_midnight_belong_to_the_day_they_opened_on():
    assert is_open(at("2026-11-20 23:00"), HELSINKI, NIGHTS)
    assert is_open(at("2026-11-21 01:59:59"), HELSINKI, NIGHTS)
    assert not is_open(at("2026-11-21 02:00"), HELSINKI, NIGHTS)
    assert not is_open(at("2026-11-20 01:00"), HELSINKI, NIGHTS)
    assert open_until(at("2026-11-20 23:00"), HELSINKI, NIGHTS) == at("2026-11-21 02:00")


def test_a_closed_date_cuts_hours_over_midnight():
    friday_closed = HolidayCalendar(own=closed_days(["2026-11-20"]))
    saturday_closed = HolidayCalendar(own=closed_days(["2026-11-21"]))
    assert not is_open(at("2026-11-21 01:00"), HELSINKI, NIGHTS, friday_closed)
    assert is_open(at("2026-11-20 23:00"), HELSINKI, NIGHTS, saturday_closed)
    assert open_until(at("2026-11-20 23:00"), HELSINKI, NIGHTS, saturday_closed) == at("2026-11-21 00:00")


def test_a_holiday_moves_to_the_next_open_day_and_never_back():
    finland = HolidayCalendar(country="FI")
    assert next_open(at("2026-12-24 10:00"), HELSINKI, CALLS, finland) == at("2026-12-28 09:00")
    assert next_open(at("2026-12-24 10:00"), HELSINKI, CALLS) == at("2026-12-24 10:00")


def test_several_zones_are_open_when_all_are():
    coasts = ("America/New_York", "America/Los_Angeles")
    assert next_open(at("2026-11-20 09:00", "America/New_York"), coasts, CALLS) == at(
        "2026-11-20 09:00", "America/Los_Angeles"
    )
    noon = at("2026-11-20 12:00", "America/New_York")
    assert open_until(noon, coasts, CALLS) == at("2026-11-20 18:00", "America/New_York")


def test_zones_whose_hours_never_meet_never_open():
    apart = ("Pacific/Auckland", "Europe/Lisbon")
    assert next_open(at("2026-11-20 09:00"), apart, CALLS) is None


def test_hours_that_never_open_say_so():
    for shut in (Hours(days=frozenset(), start=0, end=1440), Hours(days=WEEKDAYS, start=600, end=600)):
        assert next_open(at("2026-11-20 09:00"), HELSINKI, shut, within_days=30) is None


def test_what_is_always_open_has_no_end():
    assert open_until(at("2026-11-20 09:00"), HELSINKI, ALWAYS, within_days=30) is None
    assert open_until(at("2026-11-21 09:00"), HELSINKI, CALLS) == at("2026-11-21 09:00")


def test_hours_inside_the_gap_open_at_its_end_and_those_wholly_inside_do_not_open_that_day():
    berlin = ("Europe/Berlin",)
    sundays = frozenset({6})
    over = Hours(days=sundays, start=150, end=210)
    assert next_open(at("2026-03-28 12:00", "Europe/Berlin"), berlin, over) == at("2026-03-29 03:00", "Europe/Berlin")
    inside = Hours(days=sundays, start=135, end=165)
    assert next_open(at("2026-03-28 12:00", "Europe/Berlin"), berlin, inside) == at("2026-04-05 02:15", "Europe/Berlin")


@settings(deadline=None)
@given(st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)), st.integers(0, 1440))
def test_the_next_open_instant_is_open_never_earlier_and_the_first(instant, end):
    hours = Hours(days=WEEKDAYS, start=600, end=end)
    found = next_open(instant, HELSINKI, hours, within_days=10)
    if found is None:
        assert end == 600
        return
    assert found >= instant
    assert is_open(found, HELSINKI, hours)
    probe = instant
    while probe < found:
        assert not is_open(probe, HELSINKI, hours)
        probe += timedelta(minutes=37)


def test_wrong_weekdays_and_minutes_are_refused():
    with pytest.raises(ValueError, match="weekdays"):
        Hours(days=frozenset({7}), start=0, end=60)
    with pytest.raises(ValueError, match="minutes"):
        Hours(days=WEEKDAYS, start=0, end=1441)
    with pytest.raises(NaiveInstant):
        next_open(datetime(2026, 1, 1), HELSINKI, CALLS)
