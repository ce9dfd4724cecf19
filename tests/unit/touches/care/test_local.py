"""Times as people write them, on the lead's wall."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.errors import Refused
from touches.care.local import LocalClock, clock_of, instant_of
from touches.model.people import Lead
from touches.planning.house import House

NOW = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)  # Monday, 10:00 in Helsinki
HELSINKI = LocalClock(zone="Europe/Helsinki")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("22:00", "2026-11-02 22:00"),
        ("9:30", "2026-11-03 09:30"),
        ("10:00", "2026-11-03 10:00"),
        ("today 12:00", "2026-11-02 12:00"),
        ("tomorrow 12:00", "2026-11-03 12:00"),
        ("Tomorrow at 9:30", "2026-11-03 09:30"),
        ("tomorrow", "2026-11-03 18:00"),
        ("friday", "2026-11-06 18:00"),
        ("Mon 12:00", "2026-11-09 12:00"),
        ("2 working days", "2026-11-04 10:00"),
        ("in 3 hours", "2026-11-02 13:00"),
        ("2027-03-01", "2027-03-01 18:00"),
        ("2027-03-01 10:00", "2027-03-01 10:00"),
        ("2027-03-01T10:00", "2027-03-01 10:00"),
        ("2027-03-01T10:00+01:00", "2027-03-01 11:00"),
        ("2027-03-01 10:00Z", "2027-03-01 12:00"),
        ("2027-03-28 03:30", "2027-03-28 04:00"),
    ],
)
def test_a_time_is_read_on_the_leads_wall(text: str, expected: str) -> None:
    assert HELSINKI.shown(instant_of(text, now=NOW, clock=HELSINKI)) == expected


@pytest.mark.parametrize("text", ["", "noon", "25:00", "24:00", "2", "2027-02-30", "fr", "mondey", "-3 days", "1" * 99])
def test_what_is_no_time_is_refused_with_what_was_written(text: str) -> None:
    with pytest.raises(Refused):
        instant_of(text, now=NOW, clock=HELSINKI)


@given(st.text(max_size=40))
def test_any_text_is_a_time_or_is_refused(text: str) -> None:
    try:
        found = instant_of(text, now=NOW, clock=HELSINKI)
    except Refused:
        return
    assert found.tzinfo is not None


def test_working_days_skip_the_holidays_of_the_leads_country() -> None:
    house = House(timezone="Europe/Helsinki", country="FI")
    german = clock_of(Lead(id=1, country="DE", region="BY", timezone="Europe/Berlin"), house)
    christmas = datetime(2026, 12, 24, 9, 0, tzinfo=UTC)
    assert german.shown(instant_of("1 working day", now=christmas, clock=german)) == "2026-12-28 10:00"
