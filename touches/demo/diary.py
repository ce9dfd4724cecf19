"""What happened, noted as it happens: the numbers of the table at the end."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta


@dataclass(slots=True)
class Diary:
    """Counts by day and by what happened; days are those of UTC."""

    counts: Counter[tuple[date, str]] = field(default_factory=Counter)

    def note(self, at: datetime, what: str, number: int = 1) -> None:
        """Something happened."""
        self.counts[at.date(), what] += number

    def total(self, what: str) -> int:
        """How often it happened."""
        return sum(number for (_, name), number in self.counts.items() if name == what)

    def days(self) -> dict[str, dict[str, int]]:
        """Each day with what happened on it."""
        found: dict[str, dict[str, int]] = {}
        for (day, what), number in sorted(self.counts.items()):
            found.setdefault(day.isoformat(), {})[what] = number
        return found

    def weeks(self) -> list[tuple[date, Counter[str]]]:
        """Each week by its Monday with what happened in it."""
        found: dict[date, Counter[str]] = {}
        for (day, what), number in sorted(self.counts.items()):
            found.setdefault(day - timedelta(days=day.weekday()), Counter())[what] += number
        return sorted(found.items())
