"""Claiming and recording a batch of 500 where few and where many touches wait, on both databases; and no plan scans.

Once each due touch lies by itself among those that are not, the worst there is; once they come in runs of neighbours,
as leads do who were imported and enrolled together. Timed are the transactions of a batch: claim with everything its
decisions read, reservation of news, marker, record with the next touch; not deciding and composing between them.
"""

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from benchmarks.campaigns import COPIED, Campaign, campaign
from benchmarks.databases import postgresql
from benchmarks.figures import Figure
from channels.protocol import Accepted
from touches.engine.deciding import decide
from touches.engine.marking import mark_allowed
from touches.engine.offered import Offered
from touches.engine.preparing import claim, write_decided
from touches.engine.recording import record

FEW = 10_000
BATCH = 500
ROUNDS = 12
WARM = 5  # batches until the upper pages of all trees are in memory, as in a daemon at work
DUE = BATCH * (WARM + ROUNDS + 1)
PART = 500_000  # in a transaction
RUN = 25  # neighbours whose touches are due together: a small part of a list of leads
BIG = frozenset(COPIED) | {"ledger", "attempt", "event"}
T = TypeVar("T")


def measure(scale: float) -> Iterator[Figure]:
    """Time with many pending, of the time with few."""
    many = max(10 * FEW, int(10_000_000 * scale))
    for database, floor in (("SQLite", 1.3), ("PostgreSQL", 2.0)):
        yield from _compared(database, floor, many, runs_of=1)
        yield from _compared(database, floor, many, runs_of=RUN)


def _compared(database: str, floor: float, many: int, *, runs_of: int) -> Iterator[Figure]:
    with _filled(database, FEW, runs_of) as small, _filled(database, many, runs_of) as large:
        pairs = [(_batch(small), _batch(large)) for _ in range(WARM + ROUNDS)][WARM:]
        with _statements(large) as seen:
            _batch(large)
        scans = _scans(large, seen)
    few, lots = (statistics.median(column) for column in zip(*pairs, strict=True))
    how = f"{lots * 1000:.0f} ms with {many} pending, {few * 1000:.0f} ms with {FEW}; medians of {ROUNDS} batches"
    layout = f", in runs of {runs_of}" if runs_of > 1 else ""
    title = f"claim and record {BATCH}, many of few{layout}, {database}"
    yield Figure(name=title, value=round(lots / few, 2), floor=floor, at_most=True, how=how)
    how = "; ".join(scans) or f"{len(seen)} statements of a batch, all of them through an index"
    title = f"scans in a batch's plans{layout}, {database}"
    yield Figure(name=title, value=len(scans), floor=0, at_most=True, unit="", how=how)


@contextmanager
def _filled(database: str, count: int, runs_of: int) -> Iterator[Campaign]:
    """So many pending touches; those that are due lie evenly among them, so many neighbours at a time."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        url = stack.enter_context(postgresql()) if database == "PostgreSQL" else ""
        ours = stack.enter_context(campaign(folder / "workspace", 25, url=url))
        for start in range(0, count, PART):
            part = min(PART, count - start)
            ours.add(part, due_in=-(DUE * part / count), runs_of=runs_of)
        ours.settle()
        yield ours


def _batch(ours: Campaign) -> float:
    """Seconds that one batch spends in its transactions."""
    office = replace(ours.office, desk=replace(ours.office.desk, batch=BATCH))
    channel = ours.channels()["email"]
    watch = _Watch()
    _, claimed = watch(lambda: claim(office, "email", up_to_id=2**62, number=1))
    if claimed is None:
        raise SystemExit("the run is void: nothing was due")
    with office.store.read() as unit:
        decided = decide(claimed, channel, office, unit)
    taken = watch(lambda: ours.write(lambda unit: write_decided(unit, office, claimed, decided)))
    marked = watch(lambda: ours.write(lambda unit: mark_allowed(unit, office, taken)).done())
    now = office.clock.now()
    answer = Accepted(reference="1", detail="250 Ok")
    offered = [Offered(each=each, result=answer, marked=True, began_at=now, ended_at=now) for each in taken]
    done = watch(lambda: ours.write(lambda unit: record(unit, office, offered)))
    if not len(claimed.touches) == len(marked.allowed) == done.sent == BATCH:
        raise SystemExit(f"the run is void: {len(claimed.touches)} claimed, {done.sent} sent, expected {BATCH}")
    return watch.seconds


@dataclass(slots=True)
class _Watch:
    """Sums what several pieces of work take."""

    seconds: float = 0.0

    def __call__(self, work: Callable[[], T]) -> T:
        started = time.perf_counter()
        done = work()
        self.seconds += time.perf_counter() - started
        return done


@contextmanager
def _statements(ours: Campaign) -> Iterator[dict[str, Any]]:
    """Every statement that runs in the block, with parameters of its own."""
    from sqlalchemy import event

    seen: dict[str, Any] = {}

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "UPDATE", "DELETE", "INSERT")):
            seen.setdefault(statement, parameters[0] if many else parameters)

    event.listen(ours.store.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(ours.store.engine, "before_cursor_execute", note)


def _scans(ours: Campaign, seen: dict[str, Any]) -> list[str]:
    """The steps of plans that read a whole table that grows."""
    sqlite = ours.store.is_sqlite
    asking, word = ("EXPLAIN QUERY PLAN ", "SCAN ") if sqlite else ("EXPLAIN ", "Seq Scan on ")
    found = []
    with ours.store.read() as unit:
        cursor = unit.connection.connection.cursor()  # the driver's own: its statements have their parameters' form
        for statement, parameters in seen.items():
            cursor.execute(asking + statement, parameters or ())
            for row in cursor.fetchall():
                step = str(row[-1])
                place = step.find(word)
                if place >= 0 and step[place + len(word) :].split(maxsplit=1)[0] in BIG and "INDEX" not in step:
                    found.append(step.strip())
    return found
