"""Detection of silences: from cold over everybody, then incremental, on SQLite.

python -m benchmarks.lapse [--json FILE] [--leads N] [--each N]

Two rules (five a week and silent for three days; three times the own rhythm) over leads who bought `--each` times in
the past half year. By default a hundredth of the goal's million leads; the time for all is in proportion.
"""

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.figures import Figure
from channels.protocol import Sender
from policies.linter import LintContext
from touches.clock import VirtualClock
from touches.engine.library import Library
from touches.engine.office import Desk, Office
from touches.lapse.watching import detect_lapses
from touches.planning.house import House
from touches.publishing import publish, read_drafts
from touches.store.schema import upgrade
from touches.store.types import to_micros
from touches.store.units import Store
from touches.tokens import Signer

NOW = datetime(2026, 11, 2, 8, tzinfo=UTC)
GOAL_LEADS, GOAL_COLD, GOAL_INCREMENTAL = 1_000_000, 60.0, 2.0
POLICIES = {
    "cafe": "lapsed: {segment: cafe, usual: 5 per week, silent_for: 3 days}",
    "shop": "lapsed: {segment: shop, own_rhythm: 3x, at_least: 14 days}",
}
POLICY = """
policy: {name}
enroll_when:
  - {rule}
touches:
  - {{id: hello, day: 0, channel: email, news: any, ask: Reply.}}
"""


def office_in(folder: Path) -> Office:
    """A workspace with the two rules published."""
    url = f"sqlite:///{folder}/bench.db"
    upgrade(url)
    for name, rule in POLICIES.items():
        (folder / "policies").mkdir(exist_ok=True)
        (folder / "policies" / f"{name}.yaml").write_text(POLICY.format(name=name, rule=rule), encoding="utf-8")
    (folder / "news").mkdir()
    text = "---\nkind: education\nheadline: Hello\n---\nHello again.\n"
    (folder / "news" / "hello.md").write_text(text, encoding="utf-8")
    office = Office(
        store=Store(url),
        library=Library(),
        house=House(timezone="Europe/Helsinki", country="FI"),
        signer=Signer(b"k" * 32),
        clock=VirtualClock(NOW),
        desk=Desk(name="Bench", mail_domain="x.test"),
        sender=Sender(name="Bench", email="b@x.test", postal_address="Street 1"),
    )
    drafts = read_drafts(folder / "policies", folder / "news", LintContext(), similar=lambda _items: ())
    with office.store.write() as unit:
        publish(unit, drafts, author="bench", at=NOW)
    return office


def fill(office: Office, leads: int, each: int) -> None:
    """Leads with purchases; one in a hundred is silent for good."""
    dice = random.Random(5)
    now = to_micros(NOW)
    day = 86_400_000_000
    with office.store.write() as unit:
        raw = unit.connection.connection
        people = ((n + 1, f"l{n}", "cafe" if n % 2 else "shop", "Europe/Helsinki", now, now) for n in range(leads))
        raw.executemany(
            "INSERT INTO lead (id, external_id, segment, timezone, created_at, updated_at) VALUES (?,?,?,?,?,?)", people
        )
        raw.executemany(
            "INSERT INTO activity (lead_id, kind, at, apart) VALUES (?, 'purchase', ?, '')",
            (
                (
                    n + 1,
                    now - (40 * day if n % 100 == 0 else 0) - back * day * (1 if n % 2 else 7) - dice.randrange(day),
                )
                for n in range(leads)
                for back in range(each)
            ),
        )


def timed(office: Office) -> tuple[float, int]:
    started = time.process_time()
    found = detect_lapses(office)
    return time.process_time() - started, found


def detected(leads: int, each: int) -> tuple[float, float, int]:
    """Seconds from cold and for a thousandth that bought since, and how many enrollments came of it."""
    with tempfile.TemporaryDirectory() as folder:
        office = office_in(Path(folder))
        fill(office, leads, each)
        cold, found = timed(office)
        with office.store.write() as unit:
            raw = unit.connection.connection
            bought = ((n + 1, to_micros(NOW + timedelta(minutes=n % 60))) for n in range(max(1, leads // 1000)))
            raw.executemany("INSERT INTO activity (lead_id, kind, at, apart) VALUES (?, 'purchase', ?, '')", bought)
        again, _ = timed(office)
        office.store.close()
    return cold, again, found


def measure(scale: float) -> Iterator[Figure]:
    """Seconds, of the goals for a million leads."""
    leads = max(1000, int(GOAL_LEADS * scale))
    detected(100, 20)  # libraries and tables are loaded once
    cold, again, found = detected(leads, 20)
    times = GOAL_LEADS / leads
    how = f"{leads} leads with 20 purchases each, {found} enrolled, SQLite, in proportion"
    for name, seconds, goal in (("from cold", cold, GOAL_COLD), ("incremental", again, GOAL_INCREMENTAL)):
        title = f"lapse of a million leads, {name}"
        yield Figure(name=title, value=round(seconds * times, 1), floor=goal, at_most=True, unit="s", how=how)


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", metavar="FILE", type=Path)
    parser.add_argument("--leads", type=int, default=GOAL_LEADS // 100)
    parser.add_argument("--each", type=int, default=20)
    options = parser.parse_args(argv)
    detected(100, options.each)  # libraries and tables are loaded once
    cold, again, found = detected(options.leads, options.each)
    scale = GOAL_LEADS / options.leads
    figures: dict[str, object] = {
        "leads": options.leads,
        "activities": options.leads * options.each,
        "enrolled": found,
        "cold_seconds": round(cold, 2),
        "incremental_seconds": round(again, 3),
        "cold_seconds_for_a_million": round(cold * scale, 1),
        "incremental_seconds_for_a_million": round(again * scale, 2),
        "share_of_goal": round(cold * scale / GOAL_COLD, 2),
    }
    print(json.dumps(figures, indent=2))
    if options.json:
        options.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
