"""Holidays, own closed days and working days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.errors import Refused
from touches.time.closed import HolidayCalendar, calendar_warning, closed_days
from touches.time.errors import BeyondCalendar
from touches.time.workdays import (
    add_working_days,
    is_working_day,
    next_working_day,
    working_days_between,
)

FINLAND = HolidayCalendar(country="FI", own=closed_days(["2026-07-01..2026-07-05", "2026-12-31"]))


def test_public_holidays_and_own_days_are_closed():
    assert FINLAND.is_closed(date(2026, 12, 6))
    assert FINLAND.is_closed(date(2026, 7, 1))
    assert FINLAND.is_closed(date(2026, 7, 5))
    assert not FINLAND.is_closed(date(2026, 7, 6))
    assert FINLAND.is_closed(date(2026, 12, 31))
    assert FINLAND.why_closed(date(2026, 12, 31)) == "own closed day"
    assert FINLAND.why_closed(date(2026, 12, 6)) == "Independence Day"
    assert FINLAND.why_closed(date(2026, 12, 7)) == ""


def test_a_region_has_holidays_of_its_own():
    corpus_christi = date(2026, 6, 4)
    assert HolidayCalendar(country="DE", region="BY").is_closed(corpus_christi)
    assert HolidayCalendar(country="de", region="DE-BY").is_closed(corpus_christi)
    assert not HolidayCalendar(country="DE", region="BE").is_closed(corpus_christi)


def test_an_unknown_country_has_own_days_only_and_says_so():
    nowhere = HolidayCalendar(country="ZZ", own=closed_days(["2026-12-24"]))
    assert nowhere.is_closed(date(2026, 12, 24))
    assert not nowhere.is_closed(date(2026, 12, 25))
    assert '"ZZ"' in nowhere.gaps
    assert nowhere.ends_on is None
    assert "not known" in HolidayCalendar().gaps


def test_an_unknown_region_has_its_countrys_holidays_and_says_so():
    odd = HolidayCalendar(country="DE", region="XX")
    assert odd.is_closed(date(2026, 12, 25))
    assert '"XX"' in odd.gaps
    assert FINLAND.gaps == ""


def test_weekends_differ_by_country():
    assert FINLAND.weekend == {5, 6}
    assert HolidayCalendar(country="SA").weekend == {4, 5}
    thursday = date(2026, 11, 19)
    assert add_working_days(thursday, 1, HolidayCalendar(country="SA")) == date(2026, 11, 22)


def test_the_calendar_warns_before_it_ends():
    srilanka, year = HolidayCalendar(country="LK"), timedelta(days=60)
    assert srilanka.ends_on is not None
    assert calendar_warning(srilanka, srilanka.ends_on - timedelta(days=61), year) == ""
    assert str(srilanka.ends_on) in calendar_warning(srilanka, srilanka.ends_on - timedelta(days=59), year)
    assert calendar_warning(FINLAND, date(2026, 12, 31), year) == ""
    assert "2026-12-31" in calendar_warning(FINLAND, date(2027, 1, 1), year)


@pytest.mark.parametrize("text", [
    "", "24.12.2026", "2026-12-26..2026-12-24", "2026-02-30", "..", "2026-12-24..tomorrow", "christmas",
])  # fmt: skip
def test_a_closed_day_that_is_none_is_refused(text):
    with pytest.raises(Refused):
        closed_days([text])


def test_a_calendar_is_a_value():
    same = HolidayCalendar(country="FI", own=closed_days(["2026-07-01..2026-07-05", "2026-12-31"]))
    assert same == FINLAND
    assert hash(same) == hash(FINLAND)


@given(st.dates(date(2026, 1, 1), date(2028, 12, 31)), st.integers(0, 200))
def test_so_many_working_days_lie_between(day, count):
    end = add_working_days(day, count, FINLAND)
    assert working_days_between(day, end, FINLAND) == count
    assert count == 0 or is_working_day(end, FINLAND)
    assert working_days_between(end, day, FINLAND) == -count


@given(st.dates(date(2026, 1, 1), date(2028, 12, 31)), st.integers(1, 60))
def test_going_back_from_a_working_day_is_going_forth_reversed(day, count):
    start = next_working_day(day, FINLAND)
    assert add_working_days(add_working_days(start, count, FINLAND), -count, FINLAND) == start


def test_a_business_closed_for_good_has_no_next_working_day():
    closed_for_good = HolidayCalendar(own=closed_days(["2026-01-01.."]))
    with pytest.raises(BeyondCalendar):
        add_working_days(date(2026, 6, 1), 1, closed_for_good)
