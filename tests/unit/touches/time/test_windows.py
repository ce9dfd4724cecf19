"""The decision window, its touches, letters and lateness."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.amounts import DayRange
from policies.durations import Duration, Unit
from touches.time.closed import HolidayCalendar
from touches.time.errors import WindowTooShort
from touches.time.lateness import SAME_WORKING_DAY, OnTime, TooLate, lateness
from touches.time.windows import Spread, arrival_day, posting_day, spread, window, window_days
from touches.time.workdays import next_working_day
from touches.time.zones import zone

THE_WINDOW = DayRange(21, 30)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone("Europe/Helsinki"))


def test_the_window_is_21_to_30_days_and_twice_that_for_a_complex_product():
    found = window(date(2026, 11, 1), THE_WINDOW)
    assert (found.first, found.last) == (date(2026, 11, 22), date(2026, 12, 1))
    assert window_days(THE_WINDOW, 2) == DayRange(42, 60)
    assert window_days(THE_WINDOW, 1.5) == DayRange(32, 45)
    with pytest.raises(ValueError, match="complexity"):
        window_days(THE_WINDOW, 0)


def test_seven_touches_are_denser_at_the_start():
    assert spread(7, THE_WINDOW) == [0, 2, 5, 9, 14, 20, 26]
    assert spread(7, THE_WINDOW, Spread.EVEN) == [0, 4, 9, 13, 17, 22, 26]


def test_none_and_one_touch_need_no_window():
    assert spread(0, THE_WINDOW) == []
    assert spread(1, DayRange(0, 1)) == [0]


def test_more_touches_than_days_are_refused():
    assert spread(31, THE_WINDOW) == list(range(31))
    with pytest.raises(WindowTooShort):
        spread(32, THE_WINDOW)


@given(
    st.integers(2, 40),
    st.tuples(st.integers(0, 200), st.integers(1, 200)).map(sorted),
    st.sampled_from(list(Spread)),
)
def test_touches_lie_inside_the_window_one_a_day_at_most(touches, days, how):
    if touches - 1 > days[1]:
        return
    placed = spread(touches, DayRange(*days), how)
    gaps = [later - earlier for earlier, later in pairwise(placed)]
    assert len(placed) == touches
    assert placed[0] == 0
    assert min(gaps) >= 1
    assert placed[-1] <= days[1]
    assert placed[-1] >= days[0]
    if how is Spread.FRONT_LOADED:
        assert gaps == sorted(gaps)
    else:
        assert max(gaps) - min(gaps) <= 1


def test_a_letter_leaves_before_its_day_and_never_before_enrollment():
    arrival = date(2026, 11, 23)  # a Monday
    assert posting_day(arrival, 2, date(2026, 11, 1)) == date(2026, 11, 21)
    assert posting_day(arrival, 2, date(2026, 11, 1), working=True) == date(2026, 11, 19)
    assert posting_day(arrival, 2, date(2026, 11, 22)) == date(2026, 11, 22)
    assert arrival_day(date(2026, 11, 22), 2) == date(2026, 11, 24)
    assert arrival_day(date(2026, 11, 19), 2, working=True) == arrival


@given(st.dates(date(2026, 1, 1), date(2028, 1, 1)), st.integers(0, 10), st.booleans())
def test_a_letter_arrives_on_the_day_it_was_meant_for_when_it_could(day, post_days, working):
    finland = HolidayCalendar(country="FI")
    leaves = posting_day(day, post_days, date(2025, 1, 1), finland, working=working)
    arrives = arrival_day(leaves, post_days, finland, working=working)
    assert arrives == (next_working_day(day, finland) if working and post_days else day)


def test_within_a_duration_the_last_instant_counts():
    due = at("2026-11-20 10:00")
    day = Duration(24, Unit.HOURS)
    assert isinstance(lateness(due, due + timedelta(hours=24), day, "Europe/Helsinki"), OnTime)
    late = lateness(due, due + timedelta(hours=24, microseconds=1), day, "Europe/Helsinki")
    assert isinstance(late, TooLate)
    assert late.by == timedelta(microseconds=1)
    assert "24 hours" in late.because


def test_a_call_is_late_when_its_working_day_is_over():
    due = at("2026-11-20 10:00")
    assert isinstance(lateness(due, at("2026-11-20 23:59:59"), SAME_WORKING_DAY, "Europe/Helsinki"), OnTime)
    assert isinstance(lateness(due, at("2026-11-21 00:00"), SAME_WORKING_DAY, "Europe/Helsinki"), TooLate)


def test_a_call_due_on_a_free_day_may_go_on_the_working_day_after():
    saturday = at("2026-11-21 10:00")
    assert isinstance(lateness(saturday, at("2026-11-23 17:00"), SAME_WORKING_DAY, "Europe/Helsinki"), OnTime)
    assert isinstance(lateness(saturday, at("2026-11-24 00:00"), SAME_WORKING_DAY, "Europe/Helsinki"), TooLate)


def test_without_a_limit_nothing_is_late():
    due = datetime(2026, 1, 1, tzinfo=UTC)
    assert lateness(due, due + timedelta(days=3000), None, "Europe/Helsinki") == OnTime(until=None)


def test_nothing_is_late_before_it_is_due():
    due = at("2026-11-20 10:00")
    assert isinstance(lateness(due, due - timedelta(days=1), Duration(0, Unit.HOURS), "Europe/Helsinki"), OnTime)
    assert isinstance(lateness(due, due, Duration(0, Unit.HOURS), "Europe/Helsinki"), OnTime)
