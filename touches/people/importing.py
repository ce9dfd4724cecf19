"""Brings a list of people into the database: streams, in chunks of one transaction each; the same file again changes
nothing."""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import count, islice
from pathlib import Path
from typing import Final

from touches.people.ahead import Prepared, Preparing, one_ahead
from touches.people.checking import RowChecker
from touches.people.draft import Defaults, ImportReport
from touches.people.headers import Columns, columns_of
from touches.people.import_chunk import ChunkImport
from touches.people.overlay import Overlay
from touches.people.reading import SourceRow, open_table
from touches.people.rejects import RejectedFile
from touches.people.run import ChunkResult, Context
from touches.people.seen import SeenLeads
from touches.people.wholesale import Wholesale
from touches.store.events import Event
from touches.store.imports import Imports, settle
from touches.store.planned_imports import Plan, PlannedImports
from touches.store.units import Conflict, Store, Unit
from touches.tokens import Signer

CHUNK: Final = 12_000  # rows in a transaction: each commit writes a page of every index, so there should be few
_FIRST: Final = 8  # the part of them that is taken first
_SWEPT: Final = 4  # transactions, after which the little garbage in cycles that they leave is collected
TRIES: Final = 5  # another import may bring in the same people at the same time (PostgreSQL)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOrder:
    """What is to be imported, and what holds for it. With `dry_run` nothing is written anywhere. Without `wholesale`
    each row is checked by itself: the same leads come of it, later. `rehoused` hears, in the transaction, of known
    leads that work for another company now."""

    file: Path
    defaults: Defaults
    now: datetime
    actor: str
    encoding: str = ""
    dry_run: bool = False
    wholesale: bool = True
    rehoused: Callable[[Unit, Sequence[int]], object] = lambda _unit, _lead_ids: None


def import_leads(
    store: Store, signer: Signer, order: ImportOrder, advance: Callable[[int], None] = lambda _count: None
) -> ImportReport:
    """Import a list; what became of it. Raises FileError when the list as a whole cannot be read."""
    report = ImportReport()
    with open_table(order.file, encoding=order.encoding) as table:
        report.encoding, report.guessed = table.encoding, table.guessed
        columns = columns_of(table.header, file=order.file.name)
        run = _Run(store, order, _context(signer, order, columns))
        with (
            RejectedFile(order.file, table.header, write=not order.dry_run) as refused,
            closing(run),
            collection_paused(),
        ):
            with one_ahead(map(run.preparing, in_chunks(table.rows))) as chunks:
                for prepared in chunks:
                    chunk = run.take(prepared)
                    _count(report, prepared.rows, chunk)
                    refused.add(chunk.rejections)
                    advance(len(prepared.rows))
            report.rejected_file = refused.path
    run.record(report)
    if not order.dry_run:
        settle(store.engine)
    return report


@contextmanager
def collection_paused() -> Iterator[None]:
    """No search for cyclic garbage while tens of thousands of short-lived values are made: it takes a third of the time
    and finds nothing."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _context(signer: Signer, order: ImportOrder, columns: Columns) -> Context:
    checker = RowChecker(columns, order.defaults)
    return Context(
        checker=checker,
        wholesale=None if order.dry_run or not order.wholesale else Wholesale(columns, order.defaults, checker),
        signer=signer,
        now=order.now,
        actor=order.actor,
        file=order.file.name,
        country=order.defaults.country,
        owners=frozenset(order.defaults.owners.values()),
    )


def in_chunks(rows: Iterator[SourceRow]) -> Iterator[list[SourceRow]]:
    """The rows, so many at a time as one transaction takes; the first are few and then more, so that writing soon
    begins and always has company."""
    size = max(1, CHUNK // _FIRST)
    for number in count(1):
        chunk = list(islice(rows, size))
        if not chunk:
            return
        yield chunk
        del chunk
        size = min(CHUNK, 2 * size)
        if number % _SWEPT == 0:
            gc.collect(0)


def _count(report: ImportReport, rows: Sequence[SourceRow], chunk: ChunkResult) -> None:
    report.read += len(rows)
    report.new += chunk.new
    report.changed += chunk.changed
    report.unchanged += chunk.unchanged
    for rejection in chunk.rejections:
        report.reject(rejection)
    for remark in chunk.remarks:
        report.remark(remark)


class _Run:
    """One run over one file."""

    def __init__(self, store: Store, order: ImportOrder, context: Context) -> None:
        self._store = store
        self._order = order
        self._context = context
        self.preparing = Preparing(context.checker, context.wholesale, context.signer)
        self._seen = SeenLeads()
        self._planned = Plan() if order.dry_run else None

    def take(self, rows: Prepared) -> ChunkResult:
        """Import some rows in one transaction."""
        result = self._write_surely(rows) if self._planned is None else self._plan(rows, self._planned)
        self.preparing.expects_new = result.new > len(rows.rows) // 2
        return result

    def _write_surely(self, rows: Prepared) -> ChunkResult:
        for _ in range(TRIES - 1):
            try:
                return self._write(rows)
            except Conflict:
                continue  # another import was quicker: look again
        return self._write(rows)

    def _write(self, rows: Prepared) -> ChunkResult:
        seen = self._seen.copy()
        with self._store.write() as unit:
            chunk = ChunkImport(unit, self._context, seen, Overlay())
            result = chunk.take(rows)
            chunk.write()
            if chunk.rehoused:
                self._order.rehoused(unit, chunk.rehoused)
        self._seen = seen
        return result

    def _plan(self, rows: Prepared, planned: Plan) -> ChunkResult:
        with self._store.read() as unit:
            imports = PlannedImports(unit.connection, planned)
            chunk = ChunkImport(unit, self._context, self._seen, Overlay(), imports=imports)
            result = chunk.take(rows)
            chunk.write_leads()
        return result

    def close(self) -> None:
        """Forget what a dry run would have written."""
        if self._planned is not None:
            self._planned.close()

    def record(self, report: ImportReport) -> None:
        """Note the import itself: who, what, how many."""
        if self._order.dry_run:
            return
        counts = f"{report.new} new, {report.changed} changed, {report.unchanged} unchanged, {report.rejected} refused"
        event = Event(
            at=self._order.now,
            action="imported",
            because=f"{self._order.file.name}: {counts}",
            actor=self._order.actor,
        )
        with self._store.write() as unit:
            Imports(unit.connection).expect_few()
            unit.events.add([event] if report.new + report.changed else [])
