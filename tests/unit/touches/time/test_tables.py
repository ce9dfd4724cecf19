"""The fast tables and the plain reference give the same answers, in every zone and on every hard day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.times import DateRange
from touches.time import hours, local, tables
from touches.time.closed import HolidayCalendar, closed_days
from touches.time.hours import ALWAYS, Hours
from touches.time.instants import at_second, utc_second
from touches.time.workdays import add_working_days
from touches.time.zones import clock, zone, zone_names

FIRST, LAST = datetime(2026, 1, 1, tzinfo=UTC), datetime(2029, 1, 1, tzinfo=UTC)
ZONES = sorted(zone_names())
CLOCKS = sorted({clock(name): name for name in ZONES}.values())
CALENDARS = (
    None,
    HolidayCalendar(country="FI", own=closed_days(["2026-12-24..2027-01-03"])),
    HolidayCalendar(country="SA"),
    HolidayCalendar(own=(DateRange(date(2027, 2, 1), date(2027, 3, 29)),)),
)

instants = st.integers(int(FIRST.timestamp()), int(LAST.timestamp())).map(at_second)
zone_sets = st.lists(st.sampled_from(ZONES), min_size=1, max_size=3).map(tuple)
open_hours = st.builds(
    Hours,
    days=st.frozensets(st.integers(0, 6)),
    start=st.integers(0, 1440),
    end=st.integers(0, 1440),
)
calendars = st.sampled_from(CALENDARS)


def changes_of(name: str) -> list[datetime]:
    from touches.time.zones import offset_changes

    return [at_second(each.at) for each in offset_changes(zone(name), FIRST, LAST)]


@settings(max_examples=300, deadline=None)
@given(instants, zone_sets, open_hours, calendars, st.integers(0, 40))
def test_tables_open_and_shut_when_the_reference_does(instant, zones, shop, closed, days):
    asked = (instant, zones, shop, closed)
    assert tables.is_open(*asked) == hours.is_open(*asked)
    assert tables.next_open(*asked, within_days=days) == hours.next_open(*asked, within_days=days)
    assert tables.open_until(*asked, within_days=days) == hours.open_until(*asked, within_days=days)


@pytest.mark.parametrize("shop", [
    Hours(days=frozenset(range(7)), start=90, end=150),
    Hours(days=frozenset(range(7)), start=0, end=61),
    Hours(days=frozenset(range(7)), start=22 * 60, end=150),
    Hours(days=frozenset(range(5)), start=540, end=1080),
    ALWAYS,
], ids=["in-the-change", "after-midnight", "over-midnight", "office", "always"])  # fmt: skip
def test_tables_agree_around_every_change_of_every_clock(shop):
    for name in CLOCKS:
        for change in changes_of(name):
            for minutes in (-181, -91, -61, -31, -1, 0, 1, 29, 59, 61, 119):
                asked = (change + timedelta(minutes=minutes), (name,), shop, None)
                assert tables.is_open(*asked) == hours.is_open(*asked), (name, change, minutes)
                assert tables.next_open(*asked, 9) == hours.next_open(*asked, 9), (name, change, minutes)
                assert tables.open_until(*asked, 9) == hours.open_until(*asked, 9), (name, change, minutes)


@settings(max_examples=500, deadline=None)
@given(st.sampled_from(ZONES), instants)
def test_the_clock_table_reads_and_sets_clocks_like_the_reference(name, instant):
    second, table = utc_second(instant), tables.local_clock(name)
    wall = instant.astimezone(zone(name)).replace(tzinfo=UTC)
    assert table.local(second) == utc_second(wall)
    assert table.utc(utc_second(wall)) == utc_second(local.local_instant(wall.date(), wall.time(), name))


def test_the_clock_table_agrees_around_every_change_of_every_clock():
    for name in CLOCKS:
        for change in changes_of(name):
            for minutes in range(-180, 181, 15):
                wall = (change + timedelta(minutes=minutes)).astimezone(zone(name)).replace(tzinfo=UTC, fold=0)
                for shown in (wall, wall + timedelta(minutes=60), wall - timedelta(minutes=60)):
                    expected = local.local_instant(shown.date(), shown.time(), name)
                    found = tables.local_clock(name).utc(utc_second(shown))
                    assert at_second(found) == expected, (name, shown)


@settings(max_examples=200, deadline=None)
@given(st.dates(date(2026, 1, 1), date(2028, 12, 31)), st.integers(0, 300), calendars)
def test_working_days_by_table_are_those_of_the_reference(day, count, closed):
    epoch = date(1970, 1, 1)
    found = tables.working_days(closed).add((day - epoch).days, count)
    assert epoch + timedelta(days=found) == add_working_days(day, count, closed)


def test_an_open_instant_keeps_its_fraction_of_a_second():
    shop = Hours(days=frozenset(range(7)), start=480, end=1260)
    instant = datetime(2026, 6, 1, 20, 59, 59, 999_999, tzinfo=UTC)
    assert tables.next_open(instant, ("UTC",), shop) == hours.next_open(instant, ("UTC",), shop) == instant
    early = datetime(2026, 6, 1, 7, 59, 59, 999_999, tzinfo=UTC)
    assert tables.next_open(early, ("UTC",), shop) == datetime(2026, 6, 1, 8, tzinfo=UTC)
