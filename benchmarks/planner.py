"""Planning decisions a second on one core: zone, open hours and holidays, by tables and by the plain
reference.

python benchmarks/planner.py [--json FILE] [--cases N] [--rounds N]

A decision is one of: day N after enrollment at the opening hour, N days or working days after the hand-over
before, or the next open instant; over 8 zones (two of them with several candidates) and 6 calendars, both
clock changes included. All ways must give equal answers, or nothing is printed. `plain loop` is what a
careful programmer writes first: datetime and zoneinfo, day by day, one zone, no repeated hours. Rounds
alternate; the figure is the median."""

import argparse
import json
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.figures import Figure
from policies.durations import Duration, Unit
from touches.time import due
from touches.time.closed import HolidayCalendar, closed_days
from touches.time.hours import Hours
from touches.time.instants import at_second
from touches.time.plan_tables import due_table

ZONES = (
    ("Europe/Helsinki",), ("America/New_York",), ("Asia/Kolkata",), ("Australia/Lord_Howe",),
    ("America/Sao_Paulo",), ("Asia/Kathmandu",), ("America/New_York", "America/Chicago"),
    ("Europe/Madrid", "Atlantic/Canary"),
)  # fmt: skip
OWN = closed_days(["2026-12-24..2026-12-26"])
CALENDARS = tuple(HolidayCalendar(country=each, own=OWN) for each in ("FI", "US", "DE", "BR", "SA", "AU"))
OFFICE = Hours(days=frozenset(range(5)), start=9 * 60, end=18 * 60)
MAIL = Hours(days=frozenset(range(5)), start=8 * 60, end=20 * 60)
Case = tuple[int, tuple[str, ...], Hours, HolidayCalendar, int, Duration | None]


def cases(count: int) -> list[Case]:
    dice = random.Random(7)
    first = int(datetime(2026, 1, 1, tzinfo=UTC).timestamp())
    found: list[Case] = []
    for _ in range(count):
        wait = dice.choice([None, None, Duration(dice.randint(1, 9), Unit.DAYS), Duration(2, Unit.WORKING_DAYS)])
        second = first + dice.randrange(3 * 365 * 86_400)
        where = (dice.choice(ZONES), dice.choice([OFFICE, MAIL]), dice.choice(CALENDARS))
        found.append((second, *where, dice.randint(0, 30), wait))
    return found


def by_tables(every: list[Case]) -> list[int | None]:
    answers = []
    for second, zones, hours, closed, day, wait in every:
        table = due_table(zones, hours, closed)
        answers.append(table.on_day(second, day) if wait is None else table.after(second, wait))
    return answers


def by_kept_tables(every: list[Case]) -> Callable[[], list[int | None]]:
    kept = [(due_table(*each[1:4]), each[0], *each[4:]) for each in every]

    def run() -> list[int | None]:
        return [
            table.on_day(second, day) if wait is None else table.after(second, wait)
            for table, second, day, wait in kept
        ]

    return run


def by_reference(every: list[Case]) -> list[int | None]:
    answers = []
    for second, zones, hours, closed, day, wait in every:
        start = at_second(second)
        if wait is None:
            found = due.due_on_day(start, day, zones, hours, closed)
        else:
            found = due.due_after(start, wait, zones, hours, closed)
        answers.append(found and int(found.timestamp()))
    return answers


def by_plain_loop(every: list[Case]) -> list[int | None]:
    return [_plain(each) for each in every]


def _plain(case: Case) -> int:
    second, zones, hours, closed, day, wait = case
    zone = ZoneInfo(zones[0])
    local = datetime.fromtimestamp(second, zone)
    if wait is not None and wait.unit is Unit.WORKING_DAYS:
        for _ in range(wait.amount):
            local = _next_working_day(local, closed)
    elif wait is not None:
        local += timedelta(days=wait.amount)
    elif day:
        local = _at(local.date() + timedelta(days=day), hours.start, zone)
    while not (_works(local.date(), closed) and local.hour * 60 + local.minute < hours.end):
        local = _at(local.date() + timedelta(days=1), hours.start, zone)
    if local.hour * 60 + local.minute < hours.start:
        local = _at(local.date(), hours.start, zone)
    return int(local.astimezone(UTC).timestamp())


def _at(day: date, minute: int, zone: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=zone)


def _works(day: date, closed: HolidayCalendar) -> bool:
    return day.weekday() < 5 and day.weekday() not in closed.weekend and not closed.is_closed(day)


def _next_working_day(local: datetime, closed: HolidayCalendar) -> datetime:
    local += timedelta(days=1)
    while local.weekday() in closed.weekend or closed.is_closed(local.date()):
        local += timedelta(days=1)
    return local


def rate(run: Callable[[], object], count: int) -> float:
    started = time.perf_counter()
    run()
    return count / (time.perf_counter() - started)


def alternating(count: int, rounds: int) -> list[dict[str, float]]:
    """Decisions a second of each way, round by round; SystemExit where their answers differ."""
    every = cases(count)
    few = every[: max(1, count // 10)]
    if by_tables(every)[: len(few)] != by_reference(few):
        raise SystemExit("the tables and the reference differ")
    by_plain_loop(every)
    ways: dict[str, tuple[Callable[[], object], int]] = {
        "tables": (lambda: by_tables(every), len(every)),
        "tables, kept": (by_kept_tables(every), len(every)),
        "plain loop": (lambda: by_plain_loop(every), len(every)),
        "reference": (lambda: by_reference(few), len(few)),
    }
    return [{name: rate(*way) for name, way in ways.items()} for _ in range(rounds)]


def measure(scale: float) -> Iterator[Figure]:
    """Tables against the loop that one writes first."""
    count = 200_000 if scale >= 1 else 20_000
    rounds = alternating(count, 5)
    median = round(statistics.median(each["tables"] for each in rounds))
    how = f"{count} cases over 8 zones and 6 calendars, equal to the reference's answers"
    yield Figure(name="planning decisions, one core", value=median, floor=100_000, unit="a second", how=how)
    yield Figure(name="planning by tables, of a plain loop", value=_ratio(rounds, "tables", "plain loop"), how=how)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", metavar="FILE", type=Path)
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    rounds = alternating(options.cases, options.rounds)
    medians = {name: round(statistics.median(each[name] for each in rounds)) for name in rounds[0]}
    figures: dict[str, object] = {
        "cases": options.cases,
        "decisions_per_second": medians,
        "tables_to_reference": _ratio(rounds, "tables", "reference"),
        "tables_to_plain_loop": _ratio(rounds, "tables", "plain loop"),
        "kept_tables_to_plain_loop": _ratio(rounds, "tables, kept", "plain loop"),
    }
    print(json.dumps(figures, indent=2))
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    return 0


def _ratio(rounds: list[dict[str, float]], one: str, other: str) -> float:
    return round(statistics.median(each[one] / each[other] for each in rounds), 2)


if __name__ == "__main__":
    raise SystemExit(main())
