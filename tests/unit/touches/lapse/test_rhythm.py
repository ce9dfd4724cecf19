"""When a silence becomes a lapse: fixed spans, the own rhythm, warnings, and who counts as a regular."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.schema import Fading, Lapsed
from policies.times import DateRange
from touches.lapse.rhythm import limit_of, usually
from touches.store.types import to_micros
from touches.time.closed import HolidayCalendar

ZONE = "Europe/Helsinki"
MONDAY = datetime(2026, 11, 2, 8, tzinfo=UTC)


def lapsed(**keys: object) -> Lapsed:
    return Lapsed.model_validate(keys)


def weekdays(weeks: int, *, skip: tuple[int, ...] = ()) -> list[datetime]:
    """A coffee every working day."""
    days = [MONDAY + timedelta(days=7 * week + day) for week in range(weeks) for day in range(5)]
    return [day for number, day in enumerate(days) if number not in skip]


def at(rule: Lapsed | Fading, purchases: list[datetime], **more: HolidayCalendar) -> datetime | None:
    limit = limit_of(rule, purchases, ZONE, **more)
    return limit.at if limit is not None else None


def test_five_a_week_and_three_days_of_silence_is_a_lapse() -> None:
    bought = weekdays(3)
    assert at(lapsed(usual="5 per week", silent_for="3 days"), bought) == bought[-1] + timedelta(days=3)


def test_a_bank_holiday_does_not_end_a_habit() -> None:
    assert at(lapsed(usual="5 per week", silent_for="3 days"), weekdays(4, skip=(7,))) is not None


def test_three_a_week_is_not_five_a_week() -> None:
    bought = [day for day in weekdays(4) if day.weekday() in (0, 2, 4)]
    assert at(lapsed(usual="5 per week", silent_for="3 days"), bought) is None


def test_days_on_which_the_business_is_closed_do_not_count() -> None:
    bought = weekdays(2)
    closed = HolidayCalendar(own=(DateRange(date(2026, 11, 15), date(2026, 11, 16)),))
    found = at(lapsed(usual="5 per week", silent_for="3 days"), bought, closed=closed)
    assert found == bought[-1] + timedelta(days=5)


def test_eighteen_months_are_calendar_months_and_one_purchase_is_enough() -> None:
    bought = [datetime(2025, 1, 31, 12, tzinfo=UTC)]
    assert at(lapsed(silent_for="18 months"), bought) == datetime(2026, 7, 31, 11, tzinfo=UTC)  # summer time


def test_the_own_rhythm_is_the_median_gap_with_floor_and_ceiling() -> None:
    bought = [MONDAY + timedelta(days=day) for day in (0, 10, 20, 60, 70)]
    assert at(lapsed(own_rhythm="3x"), bought) == bought[-1] + timedelta(days=30)
    assert at(lapsed(own_rhythm="3x", at_least="45 days"), bought) == bought[-1] + timedelta(days=45)
    assert at(lapsed(own_rhythm="3x", at_most="14 days"), bought) == bought[-1] + timedelta(days=14)


def test_two_purchases_on_one_day_are_one_visit() -> None:
    bought = [MONDAY, MONDAY + timedelta(minutes=5), MONDAY + timedelta(days=4), MONDAY + timedelta(days=4, hours=1)]
    assert at(lapsed(own_rhythm="2x"), bought) == bought[-1] + timedelta(days=8)


@pytest.mark.parametrize(("warn_at", "hours"), [("2 days", 48), ("50 %", 36)])
def test_the_warning_comes_before_the_limit(warn_at: str, hours: int) -> None:
    bought = weekdays(3)
    limit = limit_of(lapsed(usual="5 per week", silent_for="3 days", warn_at=warn_at), bought, ZONE)
    assert limit is not None
    assert limit.warn_at == bought[-1] + timedelta(hours=hours)


def test_too_few_purchases_are_no_customer_yet() -> None:
    assert at(lapsed(silent_for="3 days", purchases_at_least=3), weekdays(1)[:2]) is None


def test_who_buys_half_as_often_as_before_fades() -> None:
    bought = [MONDAY + timedelta(days=10 * number) for number in range(8)]
    fading = Fading.model_validate({"below": "50 %"})
    assert at(fading, bought) == bought[-2] + timedelta(days=40)


@given(gaps=st.lists(st.integers(1, 60), min_size=3, max_size=30))
def test_a_limit_never_lies_before_the_last_purchase(gaps: list[int]) -> None:
    bought = [MONDAY]
    for gap in gaps:
        bought.append(bought[-1] + timedelta(days=gap))
    for rule in (lapsed(own_rhythm="1x"), lapsed(silent_for="1 day"), Fading.model_validate({"below": "75 %"})):
        limit = limit_of(rule, bought, ZONE)
        assert limit is None or limit.at >= bought[-1]


def test_usual_looks_at_what_there_is_of_a_short_history() -> None:
    assert usually(lapsed(usual="5 per week", silent_for="3 days").usual, [to_micros(at) for at in weekdays(1)])  # type: ignore[arg-type]
