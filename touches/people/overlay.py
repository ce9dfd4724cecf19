"""Leads as they will be once what was decided about a list's rows is written: what later rows are matched against."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from touches.people.applying import Pending
from touches.people.draft import LeadDraft, Point
from touches.people.holders import Holders
from touches.people.matching import Known, Named, full_name, name_of
from touches.people.told import Told


@dataclass(slots=True, kw_only=True)
class Overlay:
    """`pending` are leads that rows may change, as they will be; all others are as the database has them. Each
    transaction has its own."""

    by_external_id: dict[str, Known] = field(default_factory=dict)
    pending: dict[int, Pending] = field(default_factory=dict)
    told: dict[int, Told] = field(default_factory=dict)  # of leads that rows were laid over
    _holders: Holders = field(default_factory=Holders)
    _by_row: dict[str, list[Known]] = field(default_factory=dict)
    _remembered: set[int] = field(default_factory=set)

    def now(self, known: Known) -> Known:
        """The lead as it will be."""
        return self.pending.get(known.id, known)

    def at(self, draft: LeadDraft) -> dict[Point, list[Pending]]:
        """Who will have the addresses of a row. To be asked when nobody is `missing`."""
        name = name_of(draft)
        return {point: [self.pending[one.id] for one in self._holders.near(point, name)] for point in draft.points}

    def hold(self, point: Point, leads: Iterable[Named]) -> None:
        """These leads have an address, unless rows of this list took it from them."""
        for known in leads:
            pending = self.pending.get(known.id)
            if pending is None or pending.addresses.get(point):
                self._holders.add(point, pending or known)

    def remember(self, known: Known) -> None:
        """Later rows are recognised that were about this lead when the list came last."""
        if known.id not in self._remembered:
            self._remembered.add(known.id)
            for digest in Told.of(known.digest).places():
                self._by_row.setdefault(digest, []).append(known)

    def add_new(self, pending: Pending, draft: LeadDraft) -> None:
        """A lead that nobody knew."""
        if draft.external_id:
            self.by_external_id[draft.external_id] = pending
        self.pending[pending.id] = pending
        for point in draft.points:
            self._holders.add(point, pending)
        self._by_row.setdefault(draft.digest, []).append(pending)

    def move(self, pending: Pending, draft: LeadDraft, *, name: str) -> None:
        """A lead, which had this name, took what a row says."""
        for point in pending.replaced:
            if not pending.addresses[point]:
                self._holders.remove(point, pending, name)
        if full_name(pending) != name:
            for point, used in pending.addresses.items():
                if used:
                    self._holders.rename(point, pending, name)
        for point in draft.points:
            self.hold(point, (pending,))

    def lay(self, known: Known, digest: str, *, reached: int | None) -> None:
        """A row was laid over a lead; `reached` as `Told.lay` takes it."""
        self.told.setdefault(known.id, Told.of(known.digest)).lay(digest, reached=reached)
        same = self._by_row.setdefault(digest, [])
        if all(each.id != known.id for each in same):
            same.append(known)

    def last_row(self, known: Known) -> str:
        """The latest row that was laid over a lead."""
        told = self.told.get(known.id) or Told.of(known.digest)
        return told.rows[-1] if told.rows else ""

    def speaking_of(self, digest: str) -> list[Known]:
        """Whom this very row was about before."""
        return self._by_row.get(digest, [])

    def candidates(self, draft: LeadDraft) -> list[Known]:
        """Whom a row may be about."""
        if draft.external_id:
            known = self.by_external_id.get(draft.external_id)
            return [] if known is None else [known]
        return [*self.speaking_of(draft.digest), *self._neighbours(draft)]

    def missing(self, drafts: Sequence[LeadDraft]) -> set[int]:
        """The leads that rows concern and that are not pending."""
        found: set[int] = set()
        for draft in drafts:
            concerned = self.candidates(draft)
            if draft.external_id:
                concerned += self._neighbours(draft)
            found.update(known.survivor_id for known in concerned if known.survivor_id not in self.pending)
        return found

    def is_unheard(self, draft: LeadDraft) -> bool:
        """Whether nothing in a row tells of anybody who is known, as it is with most rows."""
        key, known = (draft.external_id, self.by_external_id) if draft.external_id else (draft.digest, self._by_row)
        return key not in known and not any(point in self._holders for point in draft.points)

    def _neighbours(self, draft: LeadDraft) -> list[Known]:
        """Who has an address of a row."""
        held = [point for point in draft.points if point in self._holders]
        if not held:
            return []
        name = name_of(draft)
        return [known for point in held for known in self._holders.near(point, name)]
