import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.amounts import (
    DayRange,
    Multiple,
    Percent,
    Rate,
    parse_day_range,
    parse_multiple,
    parse_percent,
    parse_rate,
)
from policies.durations import Unit
from policies.errors import Refused


def test_zero_and_unlimited_are_different_rates() -> None:
    assert parse_rate("0") == Rate(0, None)
    assert parse_rate("unlimited").unlimited
    assert not parse_rate("0").unlimited


def test_a_day_is_a_calendar_day_and_a_week_rolls_unless_it_says_calendar() -> None:
    assert parse_rate("1 per day") == Rate(1, Unit.DAYS, calendar=True)
    assert parse_rate("2 per week") == Rate(2, Unit.WEEKS)
    assert parse_rate("2 per calendar week") == Rate(2, Unit.WEEKS, calendar=True)


@given(st.integers(0, 999_999), st.sampled_from(["hour", "day", "week", "month", "year"]), st.booleans())
def test_a_printed_rate_is_read_back(count: int, period: str, calendar: bool) -> None:
    rate = parse_rate(f"{count} per {'calendar ' if calendar else ''}{period}")
    assert parse_rate(str(rate)) == rate


@given(st.integers(0, 3_653), st.integers(0, 3_653))
def test_a_range_of_days_is_read_back_or_refused_when_it_ends_first(first: int, last: int) -> None:
    text = f"{first}-{last} days"
    if first > last or last == 0:
        with pytest.raises(Refused):
            parse_day_range(text)
    else:
        assert parse_day_range(str(parse_day_range(text))) == DayRange(first, last)


def test_weeks_are_counted_as_days_and_a_long_dash_is_fine() -> None:
    assert parse_day_range("3-4 weeks") == DayRange(21, 28)
    assert parse_day_range("21–30 days") == DayRange(21, 30)


@pytest.mark.parametrize(("text", "value"), [("50 %", 50.0), ("12.5%", 12.5), ("0 %", 0.0), ("100 %", 100.0)])
def test_a_share_is_read_and_printed(text: str, value: float) -> None:
    assert parse_percent(text) == Percent(value)
    assert parse_percent(str(Percent(value))).fraction == value / 100


def test_a_multiple_is_read_and_printed() -> None:
    assert parse_multiple("3x") == Multiple(3.0)
    assert str(parse_multiple("1.5 x")) == "1.5x"


@pytest.mark.parametrize("text", ["2 a week", "2", "-1 per day", "1.5 per week", "2 per fortnight", "", "2 per weeks"])
def test_what_is_no_rate_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="is not a rate"):
        parse_rate(text)


@pytest.mark.parametrize("text", ["101 %", "50", "-1 %", "half"])
def test_what_is_no_share_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="is not a share"):
        parse_percent(text)


@pytest.mark.parametrize("text", ["0.5x", "3", "x", "-3x"])
def test_what_is_no_multiple_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="is not a multiple"):
        parse_multiple(text)


@pytest.mark.parametrize("text", ["30 days", "21..30 days", "9000-9999 weeks", "0-0 days"])
def test_what_is_no_range_of_days_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        parse_day_range(text)
