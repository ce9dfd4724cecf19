"""Brings a list of what leads did into the database: streams, in chunks, the same file again changes nothing."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from touches.people.deeds import Deed, DeedColumns, DeedRules, check_deed, deed_columns
from touches.people.draft import EMAIL, PHONE, ImportReport, Point, Rejection
from touches.people.importing import collection_paused, in_chunks
from touches.people.opt_out import carry_over
from touches.people.reading import SourceRow, open_table
from touches.people.rejects import RejectedFile
from touches.people.wishes import ALL, OPT_OUT
from touches.store.activity_imports import ActivityImports, Done
from touches.store.events import Event
from touches.store.import_lookups import ImportLookups, KnownLead
from touches.store.planned_imports import PlannedActivityImports
from touches.store.units import Store, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class DeedOrder:
    """What is to be imported. With `dry_run` nothing is written anywhere."""

    file: Path
    rules: DeedRules
    actor: str
    encoding: str = ""
    dry_run: bool = False


@dataclass(slots=True, kw_only=True)
class _Chunk:
    taken: list[Done] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)


def import_deeds(store: Store, order: DeedOrder, advance: Callable[[int], None] = lambda _count: None) -> ImportReport:
    """Import a list of activities; what became of it. Raises FileError when the list as a whole cannot be read."""
    report, planned = ImportReport(), set[int]()
    with open_table(order.file, encoding=order.encoding) as table:
        report.encoding, report.guessed = table.encoding, table.guessed
        columns = deed_columns(table.header, file=order.file.name, kind=order.rules.kind)
        with RejectedFile(order.file, table.header, write=not order.dry_run) as refused, collection_paused():
            for rows in in_chunks(table.rows):
                with store.read() if order.dry_run else store.write() as unit:
                    chunk = _take(unit, rows, columns, order)
                    new = _imports(unit, order, planned).put(chunk.taken)
                    if not order.dry_run:
                        keep_closed(unit, chunk.taken, at=order.rules.now)
                report.read += len(rows)
                report.new += new
                report.unchanged += len(chunk.taken) - new
                for rejection in chunk.rejections:
                    report.reject(rejection)
                refused.add(chunk.rejections)
                advance(len(rows))
            report.rejected_file = refused.path
    _record(store, order, report)
    return report


def _imports(unit: Unit, order: DeedOrder, planned: set[int]) -> ActivityImports:
    return PlannedActivityImports(unit.connection, planned) if order.dry_run else ActivityImports(unit.connection)


def _take(unit: Unit, rows: Sequence[SourceRow], columns: DeedColumns, order: DeedOrder) -> _Chunk:
    chunk, deeds = _Chunk(), list[Deed]()
    for row in rows:
        if row.problem:
            chunk.rejections.append(Rejection(line=row.line, reason=row.problem, values=tuple(row.values)))
            continue
        checked = check_deed(row.line, row.values, columns, order.rules)
        if isinstance(checked, Rejection):
            chunk.rejections.append(checked)
        else:
            deeds.append(checked)
    people = People(unit, deeds)
    for deed in deeds:
        found = people.of(deed)
        if isinstance(found, Rejection):
            chunk.rejections.append(found)
        else:
            chunk.taken.append(done(found, deed.kind, deed.at, deed.amount, order.file.name))
    chunk.rejections.sort(key=lambda rejection: rejection.line)
    return chunk


def done(lead_id: int, kind: str, at: datetime, amount: Decimal | None, source: str) -> Done:
    """An activity as it is written down; an opt-out speaks of every channel."""
    return Done(lead_id, kind, at, amount, f"{ALL}: {source}" if kind == OPT_OUT else source)


def keep_closed(unit: Unit, activities: Sequence[Done], *, at: datetime) -> None:
    """Whoever said stop is closed in the same transaction, but for what they took back since; what runs for them ends
    with the next pass."""
    carry_over(unit, sorted({each.lead_id for each in activities if each.kind == OPT_OUT}), at=at)


class People:
    """The leads that a chunk of activities names, found with three queries."""

    def __init__(self, unit: Unit, deeds: Iterable[Deed]) -> None:
        deeds = list(deeds)
        imports = ImportLookups(unit.connection)
        self._by_key = imports.by_external_ids(key for deed in deeds for key in deed.keys)
        unknown = [deed for deed in deeds if not any(key in self._by_key for key in deed.keys)]
        self._by_point: dict[Point, list[KnownLead]] = {}
        for kind in (EMAIL, PHONE):
            addresses = [address for deed in unknown for found, address in deed.points if found == kind]
            for address, leads in imports.at_addresses(kind, addresses).items():
                self._by_point[kind, address] = leads

    def of(self, deed: Deed) -> int | Rejection:
        """The lead of a deed, or why it is not known whose it is."""
        for key in deed.keys:
            if key in self._by_key:
                return self._by_key[key].survivor_id
        for point in deed.points:
            found = self._by_point.get(point, [])
            if len(found) == 1:
                return found[0].id
            if found:
                ids = ", ".join(each.external_id or f"#{each.id}" for each in found[:5])
                reason = f'"{point[1]}" is the address of {len(found)} leads ({ids}): name one by its id'
                return Rejection(line=deed.line, reason=reason, values=deed.values)
        named = (*deed.keys, *(address for _, address in deed.points))
        return Rejection(line=deed.line, reason=f'there is no lead "{named[0][:80]}"', values=deed.values)


def _record(store: Store, order: DeedOrder, report: ImportReport) -> None:
    if order.dry_run or not report.new:
        return
    because = f"{order.file.name}: {report.new} new activities, {report.rejected} refused"
    with store.write() as unit:
        unit.events.add([Event(at=order.rules.now, action="imported", because=because, actor=order.actor)])
