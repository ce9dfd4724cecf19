"""The rows of a chunk that are plainly new leads: found, and written at once, a column at a time."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TypeAlias

from touches.people.ahead import Prepared
from touches.people.batch import Batch
from touches.people.draft import POSTAL, LeadDraft
from touches.people.noticing import Noticing
from touches.people.overlay import Overlay
from touches.people.plain_rows import lead_columns, point_columns
from touches.people.reading import SourceRow
from touches.people.run import Context
from touches.people.wholesale import Wholesale
from touches.store.imports import Imports
from touches.store.types import to_micros

Drafts: TypeAlias = Callable[[Sequence[SourceRow], Sequence[str]], list[LeadDraft]]


class Newcomers:
    """For one chunk: `parted`, then `write`."""

    def __init__(self, imports: Imports, context: Context, overlay: Overlay) -> None:
        self._imports = imports
        self._context = context
        self._overlay = overlay

    def parted(self, prepared: Prepared, drafts_of: Drafts) -> tuple[Batch, list[LeadDraft]]:
        """The rows that are plainly new, and what `drafts_of` makes of the others. No row of the one kind has an
        address of the other kind, or one that anybody has or had."""
        rows, external_ids = prepared.rows, prepared.external_ids
        wholesale = self._context.wholesale
        if wholesale is None or self._imports.any_erased():
            return Batch(positions=(), columns={}), drafts_of(rows, external_ids)
        batch = self._batch(prepared, wholesale)
        asked = [(kind, addresses) for kind, addresses in batch.addresses() if kind != POSTAL]
        batch.keep_all_of(_absent(each, self._imports.holders(kind, filter(None, each))) for kind, each in asked)
        drafts = _others(prepared, drafts_of, taken=batch.positions)
        before = batch.positions
        told = {address for draft in drafts for _, address in draft.points}
        batch.keep_all_of(_absent(addresses, told) for _, addresses in batch.addresses())
        if len(batch.positions) < len(before):
            without = {*range(len(rows))} - set(before)
            drafts += _others(prepared, drafts_of, taken=without.union(batch.positions))
        return batch, drafts

    def write(
        self, batch: Batch, ids_by_line: Mapping[int, int], companies: Mapping[str, int], noticing: Noticing
    ) -> None:
        """Write them."""
        if not batch.positions:
            return
        imports, context, columns = self._imports, self._context, batch.columns
        imports.expect_many()
        ids = [ids_by_line[line] for line in columns["line"]]
        firms = list(map(companies.get, columns.get("company") or [""] * len(ids)))
        imports.put_new_leads(lead_columns(batch, ids, firms, to_micros(context.now)))
        for points in point_columns(batch, ids, context.file):
            imports.put_new_points(points)
        for owner in dict.fromkeys(columns.get("owner", ())):
            noticing.owner(owner, columns["line"][columns["owner"].index(owner)])

    def _batch(self, prepared: Prepared, wholesale: Wholesale) -> Batch:
        """The plain rows whose ids nobody has."""
        known = self._overlay.by_external_id
        if prepared.batch is not None:
            batch = prepared.batch.copy()
            batch.keep(_absent(batch.columns.get("external_id", ()), known))
            return batch
        batch = wholesale.batch(prepared.rows, prepared.external_ids, known)
        wholesale.finish(batch, self._context.signer.address_hashes)
        return batch


def _others(prepared: Prepared, drafts_of: Drafts, *, taken: Collection[int]) -> list[LeadDraft]:
    """The drafts of the rows that stand at other positions."""
    if len(taken) == len(prepared.rows):
        return []
    taken = set(taken)
    others = [at for at in range(len(prepared.rows)) if at not in taken]
    return drafts_of([prepared.rows[at] for at in others], [prepared.external_ids[at] for at in others])


def _absent(column: Sequence[str], others: Collection[str]) -> Sequence[bool]:
    """For each value whether it is none of the others; empty where that is so of all."""
    return [value not in others or not value for value in column] if others else ()
