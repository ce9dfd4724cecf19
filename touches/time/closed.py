"""Days without business: public holidays of a country and region, and a business's own closed days."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Protocol

from policies.times import DateRange, parse_date, parse_date_range

WEEKEND = frozenset({5, 6})  # Monday is 0
_LAST_LISTED = 2100  # beyond it the library answers with silence, not with "no holiday"


class Closed(Protocol):
    """A calendar of days without business. Values of it are hashable: tables are kept for each."""

    @property
    def weekend(self) -> frozenset[int]:
        """Weekdays without work, Monday is 0."""

    def is_closed(self, day: date, /) -> bool:
        """Whether nothing is sent and nobody works on `day` although its weekday is a working day."""

    def __hash__(self) -> int: ...


def closed_days(texts: Iterable[str]) -> tuple[DateRange, ...]:
    """The entries of `[calendar] closed` or of an owner's `absent`: "2026-12-24" or "2026-12-24..2026-12-26",
    both ends inclusive, either end of a range may be left out. Raises policies.errors.Refused for anything
    else."""
    return tuple(_closed_range(each) for each in texts)


def _closed_range(text: str) -> DateRange:
    if ".." in text:
        return parse_date_range(text)
    day = parse_date(text)
    return DateRange(day, day)


@dataclass(frozen=True, slots=True, kw_only=True)
class HolidayCalendar:
    """Public holidays of `country` (ISO 3166-1 alpha-2) and `region` (ISO 3166-2 without the country), and
    `own` days.

    An unknown country has own days only, an unknown region its country's holidays; `gaps` says so."""

    country: str = ""
    region: str = ""
    own: tuple[DateRange, ...] = ()

    def is_closed(self, day: date, /) -> bool:
        """Whether `day` is a public holiday or an own day; weekends do not count."""
        return day in _holidays(self.country, self.region, day.year).names or self._is_own(day)

    def why_closed(self, day: date) -> str:
        """The holiday's name, "own closed day", or empty for a day of business."""
        name = _holidays(self.country, self.region, day.year).names.get(day, "")
        return name or ("own closed day" if self._is_own(day) else "")

    def _is_own(self, day: date) -> bool:
        return any(each.holds(day) for each in self.own)

    @property
    def weekend(self) -> frozenset[int]:
        """Weekdays without work in that country as of 2026; Saturday and Sunday where it is not known."""
        return _holidays(self.country, self.region, 2026).weekend

    @property
    def ends_on(self) -> date | None:
        """The last date for which public holidays are known; None when none are known at all."""
        return _holidays(self.country, self.region, 2026).ends_on

    @property
    def own_end_on(self) -> date | None:
        """The last own closed day: the list wants to be continued before. None without own days."""
        return max((each.last for each in self.own if each.last), default=None)

    @property
    def gaps(self) -> str:
        """What this calendar does not know, as a sentence; empty when nothing is missing."""
        return _holidays(self.country, self.region, 2026).gap


@dataclass(frozen=True, slots=True, kw_only=True)
class _Year:
    names: Mapping[date, str]
    weekend: frozenset[int]
    ends_on: date | None
    gap: str


@lru_cache(maxsize=4096)
def _holidays(country: str, region: str, year: int) -> _Year:
    if not country:
        gap = "no public holidays: the country is not known"
        return _Year(names={}, weekend=WEEKEND, ends_on=None, gap=gap)
    import holidays

    country, region = country.upper(), region.upper().removeprefix(f"{country.upper()}-")
    known = holidays.list_supported_countries(include_aliases=True)
    if country not in known:
        gap = f'no public holidays are known for country "{country}"'
        return _Year(names={}, weekend=WEEKEND, ends_on=None, gap=gap)
    named = not region or region in known[country]
    gap = "" if named else f'holidays of {country} without those of its region "{region}"'
    days = holidays.country_holidays(country, subdiv=region if region and named else None, years=year)
    return _Year(
        names=dict(days.items()),
        weekend=frozenset(days.weekend),
        ends_on=date(min(days.end_year, _LAST_LISTED), 12, 31),
        gap=gap,
    )


def calendar_warning(calendar: HolidayCalendar, today: date, ahead: timedelta) -> str:
    """A sentence when the public holidays end within `ahead` of `today`, or the own days ended in the past
    year and were not continued; else empty."""
    if calendar.ends_on and calendar.ends_on < today + ahead:
        where = "-".join(each for each in (calendar.country, calendar.region) if each)
        return f"public holidays of {where} are known until {calendar.ends_on} only: update the holidays package"
    own_end = calendar.own_end_on
    if own_end and today > own_end:
        return f"the last own closed day was {own_end}: continue [calendar] closed"
    return ""
