"""Leads imported a second, beside a raw executemany of the same file in the same run.

python benchmarks/imports.py [--json FILE] [--rows N] [--rounds N] [--url URL]

The file has 19 columns and is made anew: ids, mailboxes, phones of four countries as people write them, addresses,
companies, consent. `raw` is what a script does: csv.reader into one executemany of a table of texts with a primary
key, one transaction, the same pragmas. `import` is the product: every row checked (phones by their country's plan),
matched, its addresses hashed, three contact points and a company written, in transactions of 12,000 rows. `again`
imports the same file once more: nothing changes. Rounds alternate; the figure is the median of the ratios pair by
pair."""

import argparse
import csv
import json
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.figures import Figure
from touches.people.draft import Defaults
from touches.people.importing import ImportOrder, import_leads
from touches.store import schema
from touches.store.units import Store
from touches.tokens import Signer

HEADER = (
    "external_id", "email", "phone", "first_name", "last_name", "company", "company_size", "birth_year", "country",
    "timezone", "language", "segment", "owner", "street", "postal_code", "city", "consent", "source", "colour",
)  # fmt: skip
PLACES = (
    ("FI", "Europe/Helsinki", "fi", "040 {:07d}"),
    ("DE", "Europe/Berlin", "de", "+49 151 {:08d}"),
    ("US", "America/New_York", "en", "(212) {:03d}-{:04d}"),
    ("FR", "Europe/Paris", "fr", "+336{:08d}"),
)
NAMES = (("Aino", "Virtanen"), ("Jürgen", "Müller"), ("Zoë", "Smith"), ("小龙", "李"), ("Ama", "O'Neill"))


def write_list(file: Path, rows: int) -> None:
    dice = random.Random(11)
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(HEADER)
        writer.writerows(row(number, dice) for number in range(rows))


def row(number: int, dice: random.Random) -> list[object]:
    country, zone, language, phone = PLACES[number % len(PLACES)]
    first, last = NAMES[number % len(NAMES)]
    digits = (
        (dice.randrange(200, 999), dice.randrange(10_000)) if country == "US" else (dice.randrange(2 * 10**6, 10**7),)
    )
    firm = number % 997
    return [
        f"c{number}", f"person{number}@firm{firm}.example", phone.format(*digits), first, last, f"Firm {firm}",
        dice.choice((10, 250, 1000)), 1950 + number % 50, country, zone, language, "cafe", "aino",
        f"Street {number % 200}", f"{number % 90_000 + 10_000}", "Town", "express", "fair",
        dice.choice(("red", "blue")),
    ]  # fmt: skip


def raw(file: Path, folder: Path) -> None:
    connection = sqlite3.connect(folder / "raw.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    columns = ", ".join(f"{name} TEXT" for name in HEADER)
    connection.execute(f"CREATE TABLE lead ({columns}, PRIMARY KEY (external_id))")
    with file.open(encoding="utf-8", newline="") as opened:
        rows = csv.reader(opened)
        next(rows)
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(f"INSERT INTO lead VALUES ({', '.join('?' * len(HEADER))})", rows)
        connection.execute("COMMIT")
    connection.close()


def product(file: Path, store: Store, *, expected: dict[str, int]) -> None:
    now = datetime(2026, 11, 22, tzinfo=UTC)
    order = ImportOrder(file=file, defaults=Defaults(country="FI", year=2026), now=now, actor="benchmark")
    report = import_leads(store, Signer(b"k" * 32), order)
    found = {name: getattr(report, name) for name in expected}
    if found != expected:
        sys.exit(f"the run is void: {found}, expected {expected}")


def timed(work: Callable[[], None]) -> tuple[float, float]:
    """Seconds by the clock on the wall, and seconds of this process's processor time."""
    wall, own = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - own


def one_round(file: Path, rows: int, url: str) -> dict[str, tuple[float, float]]:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        address = url or f"sqlite:///{folder / 'touches.db'}"
        schema.upgrade(address)
        store = Store(address)
        try:
            return {
                "raw": timed(lambda: raw(file, folder)),
                "import": timed(lambda: product(file, store, expected={"new": rows, "rejected": 0})),
                "again": timed(lambda: product(file, store, expected={"unchanged": rows})),
            }
        finally:
            store.close()
            if url:
                schema.downgrade(url, "base")


def alternating(rows: int, rounds: int, url: str = "") -> dict[str, float]:
    """The summary of some rounds over one list."""
    with tempfile.TemporaryDirectory() as made:
        file = Path(made) / "leads.csv"
        write_list(file, 500)
        one_round(file, 500, url)  # what is loaded once
        write_list(file, rows)
        return summary([one_round(file, rows, url) for _ in range(rounds)], rows)


def measure(scale: float) -> Iterator[Figure]:
    """The import of a list, of a raw executemany of it."""
    rows = 50_000 if scale >= 1 else 10_000
    found = alternating(rows, 3)
    how = f"{rows} rows of 19 columns, {found['import rows a second']:.0f} a second"
    name = "import of leads, of a raw executemany"
    yield Figure(name=name, value=found["import to raw, wall"], floor=0.15, how=how)
    yield Figure(name="importing the same file again", value=found["again to raw, wall"], how=how)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--json", type=Path)
    options.add_argument("--rows", type=int, default=50_000)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--url", default="", help="a PostgreSQL database that may be emptied")
    chosen = options.parse_args()
    result = alternating(chosen.rows, chosen.rounds, chosen.url)
    for name, value in result.items():
        print(f"{name:28} {value}")
    if chosen.json:
        chosen.json.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")


def summary(rounds: list[dict[str, tuple[float, float]]], rows: int) -> dict[str, float]:
    def median(values: list[float], digits: int) -> float:
        return round(statistics.median(values), digits)

    found: dict[str, float] = {"rows": rows, "rounds": len(rounds)}
    for name in ("raw", "import", "again"):
        found[f"{name} rows a second"] = median([rows / each[name][0] for each in rounds], 0)
        found[f"{name} rows a cpu second"] = median([rows / each[name][1] for each in rounds], 0)
    for name in ("import", "again"):
        found[f"{name} to raw, wall"] = median([each["raw"][0] / each[name][0] for each in rounds], 3)
        found[f"{name} to raw, cpu"] = median([each["raw"][1] / each[name][1] for each in rounds], 3)
    return found


if __name__ == "__main__":
    main()
