"""Local times become instants, and durations keep what people mean by them."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.durations import Duration, Unit
from touches.time.closed import HolidayCalendar
from touches.time.errors import BeyondCalendar, NaiveInstant, UnknownZone
from touches.time.local import add_months, later, local_date, local_instant
from touches.time.zones import offset_changes, zone, zone_names

FIRST, LAST = datetime(2026, 1, 1, tzinfo=UTC), datetime(2029, 1, 1, tzinfo=UTC)


def at(text: str, zone_name: str = "Europe/Helsinki") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone(zone_name))


def test_a_time_in_the_gap_becomes_the_first_instant_after_it():
    found = local_instant(date(2026, 3, 29), time(2, 30), "Europe/Berlin")
    assert found == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    assert found.astimezone(zone("Europe/Berlin")).time() == time(3)


def test_a_time_that_occurs_twice_is_the_first():
    found = local_instant(date(2026, 10, 25), time(2, 30), "Europe/Berlin")
    assert found == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_every_clock_change_of_every_zone_until_2029_follows_the_rule():
    """Just before, inside and just after each gap and each repeated time, in steps of ten minutes."""
    changes = 0
    for name in sorted(zone_names()):
        here = zone(name)
        for change in offset_changes(here, FIRST, LAST):
            changes += 1
            instant = datetime.fromtimestamp(change.at, UTC)
            before, after = timedelta(seconds=change.before), timedelta(seconds=change.after)
            shown = (instant + min(before, after)).replace(tzinfo=None) - timedelta(minutes=20)
            while shown <= (instant + max(before, after)).replace(tzinfo=None) + timedelta(minutes=20):
                wall = shown.replace(tzinfo=UTC)
                earlier, following = wall - before, wall - after
                if earlier < instant:
                    expected = earlier  # shown before the change: the first occurrence
                elif following < instant:
                    expected = instant  # shown by no clock: the gap ends at the change
                else:
                    expected = following
                assert local_instant(shown.date(), shown.time(), name) == expected, (name, shown)
                shown += timedelta(minutes=10)
    assert changes > 1000


@settings(deadline=None)
@given(st.sampled_from(sorted(zone_names())), st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31)))
def test_a_local_time_is_shown_again_or_comes_after_a_gap(name, shown):
    instant = local_instant(shown.date(), shown.time(), name)
    back = instant.astimezone(zone(name)).replace(tzinfo=None)
    assert back >= shown
    assert back == shown or back - shown <= timedelta(hours=3)


def test_two_days_keep_the_clock_time_over_a_clock_change():
    found = later(at("2026-03-28 10:00"), Duration(2, Unit.DAYS), "Europe/Helsinki")
    assert found == at("2026-03-30 10:00")
    assert found - at("2026-03-28 10:00").astimezone(UTC) == timedelta(hours=47)


def test_hours_are_elapsed_time_over_a_clock_change():
    found = later(at("2026-03-28 10:00"), Duration(48, Unit.HOURS), "Europe/Helsinki")
    assert found == at("2026-03-30 11:00")


def test_two_days_into_a_gap_lead_to_its_end():
    start = at("2026-03-27 02:30", "Europe/Berlin")
    assert later(start, Duration(2, Unit.DAYS), "Europe/Berlin") == at("2026-03-29 03:00", "Europe/Berlin")


@pytest.mark.parametrize(("start", "wait", "expected"), [
    ("2027-01-31 09:00", Duration(1, Unit.MONTHS), "2027-02-28 09:00"),
    ("2028-01-31 09:00", Duration(1, Unit.MONTHS), "2028-02-29 09:00"),
    ("2028-02-29 09:00", Duration(1, Unit.YEARS), "2029-02-28 09:00"),
    ("2027-12-15 09:00", Duration(18, Unit.MONTHS), "2029-06-15 09:00"),
    ("2027-12-15 09:00", Duration(2, Unit.WEEKS), "2027-12-29 09:00"),
    ("2026-11-20 17:30", Duration(1, Unit.WORKING_DAYS), "2026-11-23 17:30"),
    ("2026-11-21 17:30", Duration(1, Unit.WORKING_DAYS), "2026-11-23 17:30"),
    ("2026-11-19 17:30", Duration(3, Unit.WORKING_DAYS), "2026-11-24 17:30"),
    ("2026-11-19 17:30", Duration(90, Unit.MINUTES), "2026-11-19 19:00"),
    ("2026-11-19 17:30", Duration(0, Unit.WORKING_DAYS), "2026-11-19 17:30"),
])  # fmt: skip
def test_durations_mean_what_people_mean(start, wait, expected):
    assert later(at(start), wait, "Europe/Helsinki") == at(expected)


def test_working_days_skip_the_holidays_of_the_country():
    finland = HolidayCalendar(country="FI")
    found = later(at("2026-04-02 09:00"), Duration(1, Unit.WORKING_DAYS), "Europe/Helsinki", finland)
    assert found == at("2026-04-07 09:00")  # Easter 2026: Friday 3 to Monday 6 April


def test_a_repeated_hour_keeps_its_second_pass_for_a_wait_of_nothing():
    second_pass = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert later(second_pass, Duration(0, Unit.DAYS), "Europe/Berlin") == second_pass


@given(st.dates(date(2000, 1, 31), date(2090, 1, 1)), st.integers(0, 120))
def test_months_end_in_the_month_they_name(day, months):
    found = add_months(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day == day.day or (found + timedelta(days=1)).day == 1


def test_what_no_calendar_holds_is_refused_by_name():
    for wait in (Duration(9000, Unit.YEARS), Duration(10**9, Unit.DAYS), Duration(10**9, Unit.HOURS)):
        with pytest.raises(BeyondCalendar) as caught:
            later(at("2026-01-01 00:00"), wait, "Europe/Helsinki")
        assert str(wait) in str(caught.value)


def test_a_naive_instant_and_an_unknown_zone_are_refused():
    with pytest.raises(NaiveInstant):
        later(datetime(2026, 1, 1), Duration(1, Unit.DAYS), "Europe/Helsinki")
    with pytest.raises(NaiveInstant):
        local_date(datetime(2026, 1, 1), "Europe/Helsinki")
    with pytest.raises(UnknownZone):
        local_instant(date(2026, 1, 1), time(9), "Europe/Atlantis")
