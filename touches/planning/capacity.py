"""Levels calls and meetings over the days: no owner gets more in a day than fits, nobody who is away gets any."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from policies.times import DateRange

SEARCH_DAYS = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Hands:
    """What one owner can do: so many a day, none on days of absence. `per_day` None: no limit."""

    per_day: int | None = None
    absent: tuple[DateRange, ...] = ()

    def is_away(self, day: date) -> bool:
        """Whether the owner is absent on a local date."""
        return any(span.holds(day) for span in self.absent)


@dataclass(slots=True, kw_only=True)
class Load:
    """Calls and meetings by owner and local date, as far as they are placed."""

    counts: dict[tuple[str, date], int] = field(default_factory=dict)

    def add(self, owner: str, day: date, number: int = 1) -> None:
        """Place some more."""
        self.counts[owner, day] = self.counts.get((owner, day), 0) + number

    def fits(self, owner: str, day: date, hands: Hands) -> bool:
        """Whether one more fits on that day."""
        if hands.is_away(day):
            return False
        return hands.per_day is None or self.counts.get((owner, day), 0) < hands.per_day


def first_day(owner: str, wanted: date, load: Load, hands: Hands, is_open: Callable[[date], bool]) -> date | None:
    """The first open day, the wanted one or later, on which the owner has room; None within a year and more."""
    for number in range(SEARCH_DAYS):
        day = wanted + timedelta(days=number)
        if is_open(day) and load.fits(owner, day, hands):
            return day
    return None


def load_of(days: Iterable[tuple[str, date, int]]) -> Load:
    """A load from (owner, day, count)."""
    load = Load()
    for owner, day, number in days:
        load.add(owner, day, number)
    return load
