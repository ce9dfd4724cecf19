"""One row after the other finds its lead: a new one, or one that is known and takes what the row says."""

from collections.abc import Callable, Mapping, Sequence

from touches.people.applying import Pending, lay_over, new_lead
from touches.people.draft import LeadDraft
from touches.people.matching import Known, full_name, match
from touches.people.noticing import Noticing
from touches.people.overlay import Overlay
from touches.people.recognising import Recognising
from touches.people.run import ChunkResult, Context
from touches.people.seen import SeenLeads


class Placing:
    """For one chunk, in the order of the list. `changed` are the leads to be written, by id; what happened is counted
    in `result`. `load` has those pending whom rows concern. `new_ids` are for leads that nobody knew, by the line of
    their row; `companies` are by name."""

    def __init__(
        self,
        context: Context,
        overlay: Overlay,
        seen: SeenLeads,
        result: ChunkResult,
        recognising: Recognising,
        *,
        load: Callable[[Sequence[LeadDraft]], None],
        new_ids: Mapping[int, int],
        companies: Mapping[str, int],
    ) -> None:
        self._context = context
        self._overlay = overlay
        self._seen = seen
        self._result = result
        self._recognising = recognising
        self._noticing = Noticing(context, result)
        self._load = load
        self._new_ids = new_ids
        self._companies = companies
        self.changed: dict[int, Pending] = {}
        self.wishes: dict[int, tuple[str, ...]] = {}  # of leads: the channels to close

    def place(self, draft: LeadDraft) -> None:
        """Decide about a row."""
        if self._overlay.is_unheard(draft):
            self._place_new(draft)
        else:
            self._place_heard(draft)

    def _place_heard(self, draft: LeadDraft) -> None:
        overlay = self._overlay
        self._load((draft,))
        told = None if draft.external_id else self._recognising.whom(draft)
        found = match(draft, overlay.by_external_id, overlay.at(draft), told=told)
        known = None if found.known is None else overlay.now(found.known)
        if known is not None and self._recognising.settled(known, draft.digest):
            return
        self._noticing.shared(draft, found.shared)
        if known is None:
            self._place_new(draft)
        else:
            self._place_known(draft, known)

    def _place_new(self, draft: LeadDraft) -> None:
        lead_id = self._new_ids[draft.line]
        pending = new_lead(draft, lead_id=lead_id, company_id=self._company(draft), country=self._context.country)
        self._overlay.add_new(pending, draft)
        self._seen.add_new((lead_id,))
        self.changed[lead_id] = pending
        self._result.new += 1
        self._result.about = self._result.about or lead_id
        self._note(draft, lead_id)

    def _place_known(self, draft: LeadDraft, known: Known) -> None:
        pending = self._overlay.pending[known.survivor_id]
        if known.id in self._seen:
            self._noticing.again(draft)
        before, name = len(pending.changes) + len(pending.points), full_name(pending)
        lay_over(
            pending,
            draft,
            company_id=self._company(draft),
            country=self._context.country,
            only_gaps=pending.id != known.id,
        )
        self._overlay.lay(known, draft.digest, reached=self._seen.stir(known.id))
        self._result.about = self._result.about or pending.id
        self._note(draft, pending.id)
        if len(pending.changes) + len(pending.points) == before:
            self._result.unchanged += 1
            return
        self._result.changed += 1
        self.changed[pending.id] = pending
        self._overlay.move(pending, draft, name=name)

    def _note(self, draft: LeadDraft, lead_id: int) -> None:
        """What a row says besides."""
        self._noticing.owner(draft.fields.get("owner", ""), draft.line)
        if draft.opted_out:
            self.wishes[lead_id] = tuple(dict.fromkeys((*self.wishes.get(lead_id, ()), *draft.opted_out)))

    def _company(self, draft: LeadDraft) -> int | None:
        return self._companies[draft.company] if draft.company else None
