"""What follows an outcome of a call."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touches.care.outcomes import (
    MOST_TRIES,
    SPOKE,
    UNREACHED,
    GiveUp,
    NotThen,
    Outcome,
    Told,
    TryAgain,
    another_time,
    outcome_of,
)
from touches.planning.due import Slot
from touches.time.hours import ALWAYS, Hours
from touches.time.tables import next_open
from touches.time.zones import zone

HELSINKI = "Europe/Helsinki"
OFFICE_HOURS = Slot(zones=(HELSINKI,), hours=Hours(days=frozenset(range(5)), start=9 * 60, end=18 * 60), closed=None)
MONDAY_10 = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
FRIDAY_10 = datetime(2026, 11, 6, 8, 0, tzinfo=UTC)


def there(instant: datetime) -> str:
    return instant.astimezone(zone(HELSINKI)).strftime("%a %H:%M")


@pytest.mark.parametrize("outcome", sorted(SPOKE))
def test_whoever_spoke_to_the_lead_has_told_the_news(outcome: Outcome) -> None:
    following = outcome_of(outcome, tries=1, slot=OFFICE_HOURS, now=MONDAY_10)
    assert isinstance(following, Told)
    assert following.bought == (outcome is Outcome.BOUGHT)
    assert following.lost == (outcome is Outcome.NOT_INTERESTED)


def test_every_outcome_speaks_reaches_nobody_or_is_a_case_of_its_own() -> None:
    assert set(Outcome) - SPOKE - UNREACHED == {Outcome.WRONG_NUMBER, Outcome.CALL_BACK}


@pytest.mark.parametrize(
    ("outcome", "tries", "expected"),
    [
        (Outcome.BUSY, 1, "Mon 10:30"),
        (Outcome.BUSY, 2, "Mon 10:30"),
        (Outcome.NO_ANSWER, 1, "Tue 16:45"),
        (Outcome.VOICEMAIL, 2, "Tue 16:45"),
    ],
)
def test_nobody_reached_is_tried_again(outcome: Outcome, tries: int, expected: str) -> None:
    following = outcome_of(outcome, tries=tries, slot=OFFICE_HOURS, now=MONDAY_10)
    assert isinstance(following, TryAgain)
    assert there(following.at) == expected
    assert not following.agreed


@pytest.mark.parametrize("outcome", sorted(UNREACHED))
def test_after_three_tries_in_a_row_it_is_given_up(outcome: Outcome) -> None:
    following = outcome_of(outcome, tries=MOST_TRIES, slot=OFFICE_HOURS, now=MONDAY_10)
    assert following == GiveUp(because="nobody reached in 3 tries")


def test_busy_shortly_before_the_end_of_the_hours_is_tried_in_the_next_open_hour() -> None:
    late = datetime(2026, 11, 2, 15, 50, tzinfo=UTC)
    following = outcome_of(Outcome.BUSY, tries=1, slot=OFFICE_HOURS, now=late)
    assert isinstance(following, TryAgain)
    assert there(following.at) == "Tue 09:00"


def test_a_wrong_number_must_not_be_called_any_more() -> None:
    following = outcome_of(Outcome.WRONG_NUMBER, tries=1, slot=OFFICE_HOURS, now=MONDAY_10)
    assert following == GiveUp(because="wrong number", breaks_point=True)


@pytest.mark.parametrize(
    ("at", "wished", "because"),
    [
        (None, False, "needs a time"),
        (MONDAY_10 - timedelta(minutes=1), True, "has passed"),
        (MONDAY_10 + timedelta(hours=10), False, "outside the hours"),
        (datetime(2026, 11, 7, 10, 0, tzinfo=UTC), False, "outside the hours"),
    ],
)
def test_a_call_back_that_cannot_be_is_refused_with_a_sentence(at: datetime | None, wished: bool, because: str) -> None:
    following = outcome_of(Outcome.CALL_BACK, tries=1, slot=OFFICE_HOURS, now=MONDAY_10, call_back=at, wished=wished)
    assert isinstance(following, NotThen)
    assert because in following.because


@pytest.mark.parametrize(("hours", "wished"), [(3, False), (10, True)])
def test_a_call_back_is_agreed_to_the_minute(hours: int, wished: bool) -> None:
    at = MONDAY_10 + timedelta(hours=hours, minutes=7)
    following = outcome_of(Outcome.CALL_BACK, tries=1, slot=OFFICE_HOURS, now=MONDAY_10, call_back=at, wished=wished)
    assert isinstance(following, TryAgain)
    assert (following.at, following.agreed) == (at, True)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (MONDAY_10, "Tue 16:45"),
        (datetime(2026, 11, 2, 14, 30, tzinfo=UTC), "Tue 10:00"),
        (FRIDAY_10, "Mon 16:45"),
    ],
)
def test_the_next_try_is_on_the_next_open_day_at_another_time_of_day(now: datetime, expected: str) -> None:
    assert there(another_time(OFFICE_HOURS, now)) == expected


def test_hours_without_an_end_do_not_mean_a_call_at_night() -> None:
    always = Slot(zones=(HELSINKI,), hours=ALWAYS, closed=None)
    assert there(another_time(always, MONDAY_10)) == "Tue 18:30"


@given(st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC)))
def test_the_next_try_is_always_in_open_hours_and_never_today(now: datetime) -> None:
    at = another_time(OFFICE_HOURS, now)
    assert next_open(at, OFFICE_HOURS.zones, OFFICE_HOURS.hours) == at
    assert at.astimezone(zone(HELSINKI)).date() > now.astimezone(zone(HELSINKI)).date()
