from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.errors import Refused
from policies.times import (
    ClockTime,
    DateRange,
    days_text,
    parse_clock_time,
    parse_date,
    parse_date_range,
    parse_days,
)


@given(st.integers(0, 1_440))
def test_every_minute_of_a_day_is_read_back(minutes: int) -> None:
    assert parse_clock_time(str(ClockTime(minutes))) == ClockTime(minutes)


@pytest.mark.parametrize("text", ["24:01", "25:00", "8:00", "08:60", "0800", "8", "08:00:00", "noon", ""])
def test_what_is_no_time_of_day_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="time of day"):
        parse_clock_time(text)


@given(st.sets(st.integers(0, 6), min_size=1))
def test_every_set_of_days_is_read_back(days: set[int]) -> None:
    wanted = tuple(sorted(days))
    assert parse_days(days_text(wanted)) == wanted


@pytest.mark.parametrize(
    ("text", "days"),
    [("mon-fri", (0, 1, 2, 3, 4)), ("sat-mon", (0, 5, 6)), ("Monday, wed", (0, 2)), ("any", tuple(range(7)))],
)
def test_days_are_read_as_people_write_them(text: str, days: tuple[int, ...]) -> None:
    assert parse_days(text) == days


@pytest.mark.parametrize("text", ["mon-fry", "", "mo", "monster", "mon--fri", "mon-fri-sun"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="list of days"):
        parse_days(text)


def test_a_date_that_does_not_exist_is_refused() -> None:
    with pytest.raises(Refused, match="does not exist"):
        parse_date("2026-02-30")
    assert parse_date("2028-02-29") == date(2028, 2, 29)


@given(st.dates(), st.dates())
def test_a_range_of_dates_holds_both_ends(one: date, other: date) -> None:
    first, last = sorted((one, other))
    dates = parse_date_range(str(DateRange(first, last)))
    assert dates.holds(first)
    assert dates.holds(last)
    assert not dates.is_before(last)


def test_a_range_of_dates_may_be_open_at_one_end() -> None:
    assert parse_date_range("2026-11-01..").holds(date(2100, 1, 1))
    assert parse_date_range("..2026-11-01").is_before(date(2026, 11, 2))


@pytest.mark.parametrize("text", ["..", "2026-11-01", "2026-11-02..2026-11-01", "2026-13-01..", "a..b", ""])
def test_what_is_no_range_of_dates_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        parse_date_range(text)
