"""A lead's clock and calendar outside any policy, and the times that people write."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from policies.durations import Duration, parse_duration
from policies.errors import Refused
from policies.times import WEEKDAYS, parse_clock_time
from touches.model.people import Lead
from touches.planning.house import House, zones_of
from touches.time.closed import HolidayCalendar
from touches.time.local import later, local_date, local_instant
from touches.time.zones import zone

END_OF_DAY = time(18)  # a day alone, as a deadline: customers are not called or written to after it
EXAMPLES = 'write e.g. "22:00", "tomorrow 12:00", "2 working days" or "2027-03-01 10:00"'
_DAY_AND_TIME = re.compile(r"(?:(\S+?)(?:[ T]|$))?\s*(?:at )?([0-9]{1,2}:[0-9]{2})?")

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T| [0-9:.]+(Z|[+-]))")


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalClock:
    """Where a lead lives: the zone that arithmetic uses, and days without business."""

    zone: str
    closed: HolidayCalendar | None = None

    def later(self, instant: datetime, wait: Duration) -> datetime:
        """`instant` plus `wait` by the lead's calendar."""
        return later(instant, wait, self.zone, self.closed)

    def shown(self, instant: datetime) -> str:
        """As the lead's wall shows it."""
        return instant.astimezone(zone(self.zone)).strftime("%Y-%m-%d %H:%M")

    def named(self, instant: datetime) -> str:
        """The same with its zone, for readers who live elsewhere."""
        return f"{self.shown(instant)} ({self.zone})"


def clock_of(lead: Lead, house: House) -> LocalClock:
    """The lead's clock, with the holidays of the lead's country (ours for a lead without one) and own closed days."""
    country, region = (lead.country, lead.region) if lead.country else (house.country, "")
    closed = HolidayCalendar(country=country, region=region, own=house.closed)
    return LocalClock(zone=zones_of(lead, None, house).main, closed=closed)


def our_clock(house: House) -> LocalClock:
    """The workspace's own, by which colleagues work."""
    return LocalClock(zone=house.timezone)


def instant_of(text: str, *, now: datetime, clock: LocalClock) -> datetime:
    """Read when something is to be done, in the lead's zone: a time of day (its next occurrence), a day or weekday
    with or without a time (without: 18:00), a duration from now, or an ISO date and time, with its own offset if it
    has one. Raises `Refused`."""
    plain = " ".join(text.split()).removeprefix("in ")
    if not plain or len(plain) > 60:
        raise Refused(found=text, expected=f"is no time ({EXAMPLES})")
    if plain[0].isdigit() and ":" not in plain and "-" not in plain:
        return clock.later(now, parse_duration(plain))
    if _ISO.match(plain):
        return _iso(text, plain, clock)
    return _on_a_day(text, plain, now, clock)


def _iso(text: str, plain: str, clock: LocalClock) -> datetime:
    try:
        found = datetime.fromisoformat(plain)
    except ValueError:
        raise Refused(found=text, expected=f"is no time ({EXAMPLES})") from None
    if found.tzinfo is not None:
        return found.astimezone(UTC)
    return local_instant(found.date(), found.time(), clock.zone)


def _on_a_day(text: str, plain: str, now: datetime, clock: LocalClock) -> datetime:
    shape = _DAY_AND_TIME.fullmatch(plain)
    if shape is None:
        raise Refused(found=text, expected=f"is no time ({EXAMPLES})")
    word, hours = shape[1], shape[2]
    if word and hours is None and ":" in word:
        word, hours = None, word
    at = _time(text, hours) if hours else END_OF_DAY
    today = local_date(now, clock.zone)
    if word is None:
        instant = local_instant(today, at, clock.zone)
        return instant if instant > now else local_instant(today + timedelta(days=1), at, clock.zone)
    return local_instant(_day(text, word.casefold(), today), at, clock.zone)


def _time(text: str, hours: str) -> time:
    minutes = parse_clock_time(hours.rjust(5, "0")).minutes
    if minutes == 24 * 60:
        raise Refused(found=text, expected="ends a day: write 00:00 of the next one, or 23:59")
    return time(minutes // 60, minutes % 60)


def _day(text: str, word: str, today: date) -> date:
    named = {"today": 0, "tomorrow": 1}
    if word in named:
        return today + timedelta(days=named[word])
    if len(word) >= 3 and word[:3] in WEEKDAYS and any(day.startswith(word) for day in _FULL):
        ahead = (WEEKDAYS.index(word[:3]) - today.weekday() - 1) % 7 + 1
        return today + timedelta(days=ahead)
    try:
        return date.fromisoformat(word)
    except ValueError:
        raise Refused(found=text, expected=f"is no time ({EXAMPLES})") from None


_FULL = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
