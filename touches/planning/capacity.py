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
    """Calls and meetings by owner and local date. `counts` stand on that day's list or were made on it: they have had
    their place. `expected` are planned for a day to come: what is moved there from another day leaves room for them."""

    counts: dict[tuple[str, date], int] = field(default_factory=dict)
    expected: dict[tuple[str, date], int] = field(default_factory=dict)

    def add(self, owner: str, day: date, number: int = 1) -> None:
        """Place some more."""
        self.counts[owner, day] = self.counts.get((owner, day), 0) + number

    def expect(self, owner: str, day: date, number: int = 1) -> None:
        """Some more are planned for that day."""
        self.expected[owner, day] = self.expected.get((owner, day), 0) + number

    def fits(self, owner: str, day: date, hands: Hands, *, moved: bool = False) -> bool:
        """Whether one more fits on that day; `moved`: from another day."""
        if hands.is_away(day):
            return False
        if hands.per_day is None:
            return True
        taken = self.counts.get((owner, day), 0) + (self.expected.get((owner, day), 0) if moved else 0)
        return taken < hands.per_day


def first_day(owner: str, wanted: date, load: Load, hands: Hands, is_open: Callable[[date], bool]) -> date | None:
    """The first open day, the wanted one or later, on which the owner has room; None within a year and more."""
    for number in range(SEARCH_DAYS):
        day = wanted + timedelta(days=number)
        if is_open(day) and load.fits(owner, day, hands, moved=number > 0):
            return day
    return None


def why_moved(owner: str, wanted: date, hands: Hands) -> str:
    """Why a call does not stand on the list of the day on which it is due."""
    whose = owner or "nobody in particular"
    if hands.is_away(wanted):
        return f"{whose} is away on {wanted}"
    return f"the list of {whose} for {wanted} is full: {hands.per_day} calls a day"


def load_of(days: Iterable[tuple[str, date, int]], *, expected: Iterable[tuple[str, date, int]] = ()) -> Load:
    """A load from (owner, day, count)."""
    load = Load()
    for owner, day, number in days:
        load.add(owner, day, number)
    for owner, day, number in expected:
        load.expect(owner, day, number)
    return load
