from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.durations import PATTERN, Duration, Unit, parse_duration
from policies.errors import Refused


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("2 working days", Duration(2, Unit.WORKING_DAYS)),
        ("1 working day", Duration(1, Unit.WORKING_DAYS)),
        ("1 week", Duration(1, Unit.WEEKS)),
        ("72 hours", Duration(72, Unit.HOURS)),
        ("18 months", Duration(18, Unit.MONTHS)),
        ("20 hours", Duration(20, Unit.HOURS)),
        ("0 hours", Duration(0, Unit.HOURS)),
        ("3 d", Duration(3, Unit.DAYS)),
        ("12h", Duration(12, Unit.HOURS)),
        ("2 weeks", Duration(2, Unit.WEEKS)),
        ("30 min", Duration(30, Unit.MINUTES)),
        ("10 years", Duration(10, Unit.YEARS)),
        ("  2   Working\tDays ", Duration(2, Unit.WORKING_DAYS)),
    ],
)
def test_a_duration_is_read_as_people_write_it(text: str, duration: Duration) -> None:
    assert parse_duration(text) == duration


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("3", "write e.g. 3 days, 12 hours, 2 working days"),
        ("1.5", "has no unit"),
        ("", "is not a duration"),
        ("3 dayz", 'did you mean "day"?'),
        ("-1 days", "is negative"),
        ("5 m", "minutes or months"),
        ("1.5 days", "is not a duration"),
        ("one week", "is not a duration"),
        ("2 business days", "working days"),
        ("11 years", "longer than ten years"),
        ("9" * 5000 + " days", "longer than ten years"),
        ("1000000 days", "longer than ten years"),
        ("3 days 4 hours", "is not a duration"),
        ("٣ days", "is not a duration"),
        ("3 days\n4", "is not a duration"),
    ],
)
def test_what_is_no_duration_is_refused_with_a_sentence(text: str, part: str) -> None:
    with pytest.raises(Refused) as refused:
        parse_duration(text)
    assert part in str(refused.value)


@given(st.integers(0, 10), st.sampled_from(Unit))
def test_a_printed_duration_is_read_back(amount: int, unit: Unit) -> None:
    import re

    duration = Duration(amount, unit)
    assert parse_duration(str(duration)) == duration
    assert re.fullmatch(PATTERN, str(duration))


@given(st.text(max_size=40) | st.from_regex(r"\A-?[0-9]{1,12} ?[a-z]{0,8}( [a-z]{1,5})?\Z"))
def test_any_text_is_a_duration_of_at_most_ten_years_or_refused(text: str) -> None:
    try:
        duration = parse_duration(text)
    except Refused:
        return
    assert timedelta(0) <= duration.roughly <= timedelta(days=3_660)


def test_only_minutes_and_hours_have_an_exact_length() -> None:
    assert parse_duration("90 minutes").elapsed == timedelta(minutes=90)
    assert parse_duration("72 hours").elapsed == timedelta(hours=72)
    assert all(Duration(1, unit).elapsed is None for unit in Unit if unit not in {Unit.MINUTES, Unit.HOURS})
