"""One chunk of a list, in one transaction: look up, match, lay over, write."""

from collections.abc import Iterable, Mapping, Sequence

from touches.people.address_hashes import follow_names
from touches.people.ahead import Prepared
from touches.people.applying import Pending
from touches.people.company_names import named_companies
from touches.people.draft import EMAIL, PHONE, LeadDraft, Rejection
from touches.people.forgotten import forgotten
from touches.people.newcomers import Newcomers
from touches.people.noticing import Noticing
from touches.people.opt_out import carry_over, take_from_list
from touches.people.overlay import Overlay
from touches.people.placing import Placing
from touches.people.recognising import Recognising
from touches.people.run import ChunkResult, Context
from touches.people.seen import SeenLeads
from touches.people.writing import known_leads, write_pending
from touches.store.events import Event
from touches.store.imports import Imports
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
        self._result = ChunkResult()
        self._changed: dict[int, Pending] = {}
        self._wishes: dict[int, tuple[str, ...]] = {}  # of leads: the channels to close

    def take(self, prepared: Prepared) -> ChunkResult:
        """Decide about every row, in order; what is plainly new is written at once."""
        imports, overlay, result = self._imports, self._overlay, self._result
        for external_id, known in imports.by_external_ids(filter(None, prepared.external_ids)).items():
            overlay.by_external_id.setdefault(external_id, known)
        recognising = Recognising(self._context.checker, self._seen, overlay, result)
        newcomers = Newcomers(imports, self._context, overlay)
        batch, drafts = newcomers.parted(prepared, recognising.drafts)
        drafts = self._without_forgotten(recognising.in_turn(drafts, self._look_up), prepared)
        companies = imports.companies(named_companies(drafts, batch))
        lines = [*batch.columns.get("line", ()), *(draft.line for draft in drafts)]
        ids = dict(zip(sorted(lines), self._reserve(len(lines)), strict=True))
        newcomers.write(batch, ids, companies, Noticing(self._context, result))
        self._seen.add_new([ids[line] for line in batch.columns.get("line", ())])
        result.new += len(batch.positions)
        self._place(drafts, ids, companies, recognising)
        result.rejections.sort(key=_line)
        return result

    def write(self) -> None:
        """Write what was decided."""
        context, changed = self._context, self._changed
        self.write_leads()
        follow_names(self._unit, context.signer, [one.id for one in changed.values() if one.renamed])
        carry_over(self._unit, [one.id for one in changed.values() if not one.new], at=context.now)
        take_from_list(self._unit, self._wishes, f"import of {context.file}", at=context.now, actor=context.actor)
        self._unit.events.add(self._events())

    @property
    def rehoused(self) -> list[int]:
        """The known leads of whom a row says another company."""
        return [one.id for one in self._changed.values() if not one.new and "company_id" in one.changes]

    def write_leads(self) -> None:
        """Write no more than what later rows are matched against."""
        imports, context, changed = self._imports, self._context, self._changed
        imports.expect_many()
        told = self._overlay.told.items()
        for lead_id, each in told:
            if lead_id in changed:
                changed[lead_id].digest = each.text
        write_pending(imports, changed.values(), context.signer, context.now, context.file)
        imports.remember_digests((each.text, lead_id) for lead_id, each in told if lead_id not in changed)

    def _without_forgotten(self, drafts: Sequence[LeadDraft], prepared: Prepared) -> list[LeadDraft]:
        """People who were erased are refused."""
        erased = forgotten(drafts, self._imports, self._context.signer, country=self._context.country)
        for row in prepared.rows if erased else ():
            if row.line in erased:
                reason = f"{erased[row.line]} belongs to somebody who was erased on request; it is not taken in again"
                self._result.rejections.append(Rejection(line=row.line, reason=reason, values=tuple(row.values)))
        return [draft for draft in drafts if draft.line not in erased]

    def _look_up(self, drafts: Sequence[LeadDraft]) -> None:
        """Who has the addresses of rows now, and who had them."""
        overlay, imports = self._overlay, self._imports
        for kind in (EMAIL, PHONE):
            addresses = [address for draft in drafts for each, address in draft.points if each == kind]
            if not addresses:
                continue
            for address, leads in imports.at_addresses(kind, addresses).items():
                overlay.hold((kind, address), leads)
                for known in leads:
                    overlay.remember(known)
            for leads in imports.at_addresses(kind, addresses, once=True).values():
                for known in leads:
                    overlay.remember(known)

    def _place(
        self,
        drafts: Sequence[LeadDraft],
        ids: Mapping[int, int],
        companies: Mapping[str, int],
        recognising: Recognising,
    ) -> None:
        placing = Placing(
            self._context,
            self._overlay,
            self._seen,
            self._result,
            recognising,
            load=self._load,
            new_ids=ids,
            companies=companies,
        )
        self._load(drafts)
        for draft in drafts:
            placing.place(draft)
        self._changed, self._wishes = placing.changed, placing.wishes

    def _load(self, drafts: Sequence[LeadDraft]) -> None:
        """Have those whom rows concern whole."""
        missing = self._overlay.missing(drafts)
        if missing:
            self._overlay.pending.update(known_leads(self._imports, sorted(missing)))

    def _reserve(self, count: int) -> Sequence[int]:
        """Ascending ids, so that of two new leads the one whose row came first has the lower one."""
        return self._imports.reserve_ids(count)

    def _events(self) -> Iterable[Event]:
        context = self._context
        for pending in self._changed.values():
            if not pending.new:
                changes = ", ".join(dict.fromkeys(pending.changes)) or "consent"
                yield Event(
                    at=context.now,
                    action="lead_changed",
                    because=f"{context.file} says otherwise: {changes}",
                    actor=context.actor,
                    lead_id=pending.id,
                )


def _line(rejection: Rejection) -> int:
    return rejection.line
