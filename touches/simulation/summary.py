"""What a play amounts to: touches by day and channel, calls against capacity, letters, what starved, hours kept."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from touches.model.people import CHANNELS, PERSONAL_CHANNELS
from touches.planning.capacity import Hands
from touches.simulation.played import EXPIRED, SENT, Played
from touches.simulation.timetable import MICRO, MINUTE, Timetable
from touches.time.hours import Hours
from touches.time.spans import DAY
from touches.time.tables import local_clock

DAY_0 = date(1970, 1, 1)


class Summary:
    """Add what was played, then read the tables. Days are those of the workspace's zone."""

    def __init__(self, zone: str, hands: Mapping[str, Hands], default: Hands, *, letter_cost: float = 0.0) -> None:
        self._clock = local_clock(zone)
        self._hands = hands
        self._default = default
        self._letter_cost = letter_cost
        self._days: dict[int, int] = {}
        self._kept: dict[tuple[Timetable, int], bool] = {}
        self._by_day: Counter[tuple[int, str]] = Counter()
        self._calls: Counter[tuple[str, int]] = Counter()
        self._starved: Counter[tuple[str, str]] = Counter()
        self.sent = self.expired = self.held = self.outside_hours = 0

    def add(self, played: Played) -> None:
        """Count one."""
        if played.state != SENT:
            self._not_sent(played)
            return
        self.sent += 1
        day = self._day(played.at)
        self._by_day[day, played.channel] += 1
        if played.channel in PERSONAL_CHANNELS:
            self._calls[played.lead.owner, day] += 1
        if not self._is_within(played.table, played.at):
            self.outside_hours += 1

    def _day(self, at: int) -> int:
        """The local day; remembered for whole minutes, at which most touches leave."""
        known = self._days.get(at)
        if known is None:
            known = self._clock.local(at // MICRO) // DAY
            if not at % MINUTE:
                self._days[at] = known
        return known

    def _is_within(self, table: Timetable, at: int) -> bool:
        known = self._kept.get((table, at))
        if known is None:
            known = _within(table.hours, table.zones, at // MICRO)
            if not at % MINUTE:
                self._kept[table, at] = known
        return known

    def _not_sent(self, played: Played) -> None:
        if played.state == EXPIRED:
            self.expired += 1
            return
        self.held += 1
        if played.reason == "no news":
            self._starved[played.enrollment.cadence.name, played.step] += 1

    @property
    def starved(self) -> int:
        """Touches that had nothing new to tell."""
        return self._starved.total()

    def by_day(self) -> list[dict[str, Any]]:
        """A row for each day on which something left, a column for each channel."""
        days = sorted({day for day, _ in self._by_day})
        used = [channel for channel in CHANNELS if any(key[1] == channel for key in self._by_day)]
        return [
            {
                "day": _date(day),
                **{channel: self._by_day[day, channel] for channel in used},
                "total": sum(self._by_day[day, channel] for channel in used),
            }
            for day in days
        ]

    def over_time(self, start: int, end: int, *, step: int) -> tuple[list[date], dict[str, list[int]]]:
        """Touches of each channel in every `step` days from the day of the instant `start` until that of `end`, days
        without a touch included: the first day of each part, and the counts."""
        first, last = self._day(start), self._day(end)
        parts = range(first, last + 1, step)
        counts = {channel: [0] * len(parts) for channel in CHANNELS}
        for (day, channel), number in self._by_day.items():
            counts[channel][(day - first) // step] += number
        return [_date(day) for day in parts], {name: values for name, values in counts.items() if any(values)}

    def by_owner(self) -> list[dict[str, Any]]:
        """A row for each owner: calls, the fullest day, and how many fit in a day."""
        owners = sorted({owner for owner, _ in self._calls})
        rows = []
        for owner in owners:
            days = {day: number for (name, day), number in self._calls.items() if name == owner}
            fullest = max(days, key=lambda day: (days[day], -day))
            hands = self._hands.get(owner, self._default)
            rows.append(
                {
                    "owner": owner or "(nobody)",
                    "calls": sum(days.values()),
                    "days": len(days),
                    "most_in_a_day": days[fullest],
                    "on": _date(fullest),
                    "capacity": hands.per_day,
                }
            )
        return rows

    def starving(self) -> list[dict[str, Any]]:
        """A row for each step that had nothing to tell."""
        ordered = sorted(self._starved.items())
        return [{"policy": policy, "step": step, "touches": number} for (policy, step), number in ordered]

    def totals(self) -> dict[str, Any]:
        """One number each."""
        letters = sum(number for (_, channel), number in self._by_day.items() if channel == "letter")
        calls = self._calls.total()
        return {
            "touches": self.sent,
            "letters": letters,
            "letters_cost": round(letters * self._letter_cost, 2) if self._letter_cost else None,
            "calls": calls,
            "held": self.held,
            "starved": self.starved,
            "expired": self.expired,
            "outside_hours": self.outside_hours,
        }


def _date(day: int) -> date:
    return DAY_0 + timedelta(days=day)


def _within(hours: Hours, zones: tuple[str, ...], second: int) -> bool:
    """Whether clocks on the wall show open hours in every zone: looked at anew, not taken from the plan."""
    for zone in zones:
        local = local_clock(zone).local(second)
        minute, weekday = local % DAY // 60, (local // DAY + 3) % 7
        if not _open(hours, weekday, minute):
            return False
    return True


def _open(hours: Hours, weekday: int, minute: int) -> bool:
    if not hours.wraps:
        return weekday in hours.days and hours.start <= minute < hours.end
    return (weekday in hours.days and minute >= hours.start) or ((weekday - 1) % 7 in hours.days and minute < hours.end)
