"""One chunk of a list, in one transaction: look up, match, lay over, write."""

from collections.abc import Collection, Iterable, Sequence

from touches.people.ahead import Prepared
from touches.people.applying import Pending, lay_over, new_lead
from touches.people.batch import Batch
from touches.people.company_names import named_companies
from touches.people.draft import EMAIL, PHONE, POSTAL, LeadDraft, Rejection, Remark
from touches.people.forgotten import forgotten
from touches.people.matching import Known, match
from touches.people.opt_out import carry_over, take_from_list
from touches.people.plain_rows import lead_columns, point_columns
from touches.people.reading import SourceRow
from touches.people.recognising import Recognising
from touches.people.run import ChunkResult, Context, Overlay
from touches.people.seen import SeenLeads
from touches.people.wholesale import Wholesale
from touches.people.writing import write_pending
from touches.store.events import Event
from touches.store.imports import Imports
from touches.store.types import to_micros
from touches.store.units import Unit


class ChunkImport:
    """Use once: `take`, then, in the same transaction, `write`."""

    def __init__(
        self, unit: Unit, context: Context, seen: SeenLeads, overlay: Overlay, *, imports: Imports | None = None
    ) -> None:
        self._unit = unit
        self._imports = imports or Imports(unit.connection)
        self._context = context
        self._seen = seen
        self._overlay = overlay
        self._touched: dict[int, Pending] = {}
        self._noted: dict[int, str] = {}  # digests of leads whose data did not change, or went elsewhere
        self._wishes: dict[int, tuple[str, ...]] = {}  # of leads: the channels to close
        self._companies: dict[str, int] = {}
        self._result = ChunkResult()
        self._recognising = Recognising(context.checker, seen, overlay, self._result)

    def take(self, prepared: Prepared) -> ChunkResult:
        """Decide about every row, in order; what is plainly new is written at once."""
        rows = prepared.rows
        for external_id, known in self._imports.by_external_ids(filter(None, prepared.external_ids)).items():
            self._overlay.by_external_id.setdefault(external_id, known)
        drafts = self._take_plain(prepared)
        self._look_up(drafts)
        ids = iter(self._reserve(len(drafts)))
        erased = forgotten(drafts, self._imports, self._context.signer)
        for draft in drafts:
            if draft.line in erased:
                reason = f"{erased[draft.line]} belongs to somebody who was erased on request; it is not taken in again"
                values = next(tuple(row.values) for row in rows if row.line == draft.line)
                self._result.rejections.append(Rejection(line=draft.line, reason=reason, values=values))
            else:
                self._place(draft, ids)
        self._result.rejections.sort(key=lambda rejection: rejection.line)
        return self._result

    def _take_plain(self, prepared: Prepared) -> list[LeadDraft]:
        """Take what is plainly new a column at a time; the drafts of all other rows."""
        rows, external_ids = prepared.rows, prepared.external_ids
        wholesale = self._context.wholesale
        if wholesale is None or self._imports.any_erased():
            drafts = self._recognising.drafts(rows, external_ids)
            self._make_companies(drafts, Batch(positions=(), columns={}))
            return drafts
        batch = self._batch(prepared, wholesale)
        asked = [(kind, addresses) for kind, addresses in batch.addresses() if kind != POSTAL]
        batch.keep_all_of(_absent(each, self._imports.holders(kind, filter(None, each))) for kind, each in asked)
        drafts = self._other_drafts(rows, external_ids, batch, without=())
        before = batch.positions
        told = {address for draft in drafts for _, address in draft.points}
        batch.keep_all_of(_absent(addresses, told) for _, addresses in batch.addresses())
        if len(batch.positions) < len(before):
            drafts += self._other_drafts(rows, external_ids, batch, without=set(range(len(rows))) - set(before))
            drafts.sort(key=lambda draft: draft.line)
        self._make_companies(drafts, batch)
        self._write_plain(batch)
        return drafts

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

    def _other_drafts(
        self, rows: Sequence[SourceRow], external_ids: Sequence[str], batch: Batch, *, without: Collection[int]
    ) -> list[LeadDraft]:
        if len(batch.positions) == len(rows):
            return []
        taken = {*batch.positions, *without}
        others = [at for at in range(len(rows)) if at not in taken]
        return self._recognising.drafts([rows[at] for at in others], [external_ids[at] for at in others])

    def _write_plain(self, batch: Batch) -> None:
        if not batch.positions:
            return
        imports, context, columns = self._imports, self._context, batch.columns
        imports.expect_many()
        ids = list(imports.reserve_ids(len(batch.positions)))
        companies = list(map(self._companies.get, columns.get("company") or [""] * len(ids)))
        imports.put_new_leads(lead_columns(batch, ids, companies, to_micros(context.now)))
        for points in point_columns(batch, ids, context.file):
            imports.put_new_points(points)
        self._seen.add_all(ids)
        for owner in dict.fromkeys(columns.get("owner", ())):
            self._look_at_owner(owner, columns["line"][columns["owner"].index(owner)])
        self._result.new += len(ids)

    def write(self) -> None:
        """Write what was decided."""
        imports, context = self._imports, self._context
        imports.expect_many()
        write_pending(imports, self._touched.values(), context.signer, context.now, context.file)
        carry_over(self._unit, [one.id for one in self._touched.values() if not one.new], at=context.now)
        imports.remember_digests((digest, lead_id) for lead_id, digest in self._noted.items())
        take_from_list(self._unit, self._wishes, f"import of {context.file}", at=context.now, actor=context.actor)
        self._unit.events.add(self._events())

    @property
    def touched_id(self) -> int | None:
        """The first lead that rows were about, new or known."""
        found = next(iter(self._touched), None) or next(iter(self._overlay.pending), None)
        known = next(iter(self._overlay.by_external_id.values()), None)
        return found if found is not None or known is None else known.id

    def _look_up(self, drafts: Sequence[LeadDraft]) -> None:
        holders = self._overlay.holders
        pending = self._overlay.pending
        for kind in (EMAIL, PHONE):
            addresses = [address for draft in drafts for each, address in draft.points if each == kind]
            for address, leads in self._imports.at_addresses(kind, addresses).items():
                found = [each for each in leads if each.id not in pending]
                holders[kind, address] = [*found, *holders.get((kind, address), ())]
        self._load(drafts)

    def _make_companies(self, drafts: Sequence[LeadDraft], batch: Batch) -> None:
        self._companies = self._imports.companies(named_companies(drafts, batch))

    def _load(self, drafts: Sequence[LeadDraft]) -> None:
        """The leads that rows are about, whole."""
        overlay = self._overlay
        ids = sorted(
            {known.survivor_id for draft in drafts for known in self._candidates(draft)} - set(overlay.pending)
        )
        overlay.known.update(self._imports.addresses_of(ids))
        for lead_id, row in self._imports.raw_leads(ids).items():
            overlay.pending[lead_id] = Pending(id=lead_id, row=row, new=False, digest=row["digest"])

    def _candidates(self, draft: LeadDraft) -> Iterable[Known]:
        overlay = self._overlay
        if draft.external_id:
            known = overlay.by_external_id.get(draft.external_id)
            return () if known is None else (known,)
        return [known for point in draft.points for known in overlay.holders.get(point, ())]

    def _reserve(self, count: int) -> Iterable[int]:
        ids = self._imports.reserve_ids(count + self._overlay.reserved)
        return ids[self._overlay.reserved :]

    def _place(self, draft: LeadDraft, ids: Iterable[int]) -> None:
        overlay = self._overlay
        unheard = draft.external_id and draft.external_id not in overlay.by_external_id
        if unheard and not any(point in overlay.holders for point in draft.points):
            self._place_new(draft, next(iter(ids)))  # most rows: nobody like this is known
            return
        told = None if draft.external_id else self._recognising.told_of(draft, overlay.holders)
        found = match(draft, overlay.by_external_id, overlay.holders, told=told)
        self._remark(draft, found.shared)
        known = found.known
        if known is None:
            self._place_new(draft, next(iter(ids)))
            return
        if draft.external_id or not self._recognising.is_known(known, draft.digest):
            self._place_known(draft, known)

    def _place_new(self, draft: LeadDraft, lead_id: int) -> None:
        company = self._company(draft)
        pending = new_lead(draft, lead_id=lead_id, company_id=company, country=self._context.country)
        overlay = self._overlay
        if draft.external_id:
            overlay.by_external_id[draft.external_id] = pending
        for point in draft.points:
            overlay.holders.setdefault(point, []).append(pending)
        overlay.pending[lead_id] = self._touched[lead_id] = pending
        self._seen.add(lead_id)
        self._result.new += 1
        self._finish(draft, lead_id)

    def _place_known(self, draft: LeadDraft, known: Known) -> None:
        overlay, target = self._overlay, known.survivor_id
        pending = overlay.pending[target]
        merged = target != known.id
        before = len(pending.changes) + len(pending.points)
        again = known.id in self._seen
        if again:
            self._result.remarks.append(
                Remark(line=draft.line, text=f"{_name(draft)} is in this list more than once; the later row counts")
            )
        lay_over(
            pending,
            draft,
            known=overlay.known.get(target, ()),
            company_id=self._company(draft),
            country=self._context.country,
            only_gaps=merged,
        )
        digest = self._seen.chain(known.id, told=self._recognising.told(known), digest=draft.digest)
        overlay.digests[known.id] = digest
        if not merged:
            pending.digest = digest
        changed = len(pending.changes) + len(pending.points) > before
        if merged or not changed:
            self._noted[known.id] = digest
        self._result.changed += changed
        self._result.unchanged += not changed
        if changed:
            self._touched[target] = pending
            self._hold(draft, known)
        self._finish(draft, target)

    def _hold(self, draft: LeadDraft, known: Known) -> None:
        """Later rows find the lead by its new addresses too."""
        for point in draft.points:
            holders = self._overlay.holders.setdefault(point, [])
            if all(each.id != known.id for each in holders):
                holders.append(known)

    def _finish(self, draft: LeadDraft, lead_id: int) -> None:
        if draft.opted_out:
            self._wishes[lead_id] = tuple(dict.fromkeys((*self._wishes.get(lead_id, ()), *draft.opted_out)))
        self._look_at_owner(draft.fields.get("owner", ""), draft.line)

    def _look_at_owner(self, owner: str, line: int) -> None:
        context = self._context
        if owner and context.owners and owner not in context.owners and owner not in context.strange_owners:
            context.strange_owners.add(owner)
            text = f'owner "{owner}" is none of the [owners] in touches.toml; tasks would reach nobody'
            self._result.remarks.append(Remark(line=line, text=text))

    def _remark(self, draft: LeadDraft, shared: Sequence[tuple[str, Known]]) -> None:
        for address, other in shared[:2]:
            text = f"{address} is also the address of {other.external_id or f'#{other.id}'}"
            self._result.remarks.append(Remark(line=draft.line, text=text))

    def _company(self, draft: LeadDraft) -> int | None:
        return self._companies[draft.company] if draft.company else None

    def _events(self) -> Iterable[Event]:
        context = self._context
        for pending in self._touched.values():
            if not pending.new:
                changes = ", ".join(dict.fromkeys(pending.changes)) or "consent"
                yield Event(
                    at=context.now,
                    action="lead_changed",
                    because=f"{context.file} says otherwise: {changes}",
                    actor=context.actor,
                    lead_id=pending.id,
                )


def _name(draft: LeadDraft) -> str:
    return draft.external_id or (draft.points[0][1] if draft.points else "this lead")


def _absent(column: Sequence[str], others: Collection[str]) -> Sequence[bool]:
    """For each value whether it is none of the others; empty where that is so of all."""
    return [value not in others or not value for value in column] if others else ()
