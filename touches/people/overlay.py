"""Leads as they will be once what was decided about a list's rows is written: what later rows are matched against."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from operator import attrgetter

from touches.people.applying import Pending
from touches.people.draft import LeadDraft, Point
from touches.people.matching import Known
from touches.people.told import Told

_id = attrgetter("id")


@dataclass(slots=True, kw_only=True)
class Overlay:
    """`pending` are leads that rows may change, as they will be; all others are as the database has them. A dry run
    keeps one for the whole list, else each transaction has its own."""

    by_external_id: dict[str, Known] = field(default_factory=dict)
    pending: dict[int, Pending] = field(default_factory=dict)
    told: dict[int, Told] = field(default_factory=dict)  # of leads that rows were laid over
    companies: dict[str, int] = field(default_factory=dict)  # that a dry run would make
    reserved: int = 0  # ids of leads that a dry run only plans
    _holders: dict[Point, list[Known]] = field(default_factory=dict)
    _by_row: dict[str, list[Known]] = field(default_factory=dict)
    _remembered: set[int] = field(default_factory=set)

    def now(self, known: Known) -> Known:
        """The lead as it will be."""
        return self.pending.get(known.id, known)

    def at(self, point: Point) -> list[Pending]:
        """Who will have an address, the oldest lead first. To be asked once those whom rows concern are pending."""
        leads = [self.pending[known.id] for known in self._holders.get(point, ())]
        return [pending for pending in leads if pending.addresses.get(point)]

    def hold(self, point: Point, leads: Iterable[Known]) -> None:
        """These leads have an address, or had it before rows of this list spoke of them."""
        holders = self._holders.setdefault(point, [])
        for known in leads:
            place = bisect_left(holders, known.id, key=_id)
            if place == len(holders) or holders[place].id != known.id:
                holders.insert(place, known)

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
        for point in draft.points:
            self.hold(point, (pending,))
        self.pending[pending.id] = pending
        self._by_row.setdefault(draft.digest, []).append(pending)

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
        return [*self.speaking_of(draft.digest), *self.neighbours(draft)]

    def neighbours(self, draft: LeadDraft) -> Iterator[Known]:
        """Who has, or had before this list, an address of a row."""
        return (known for point in draft.points for known in self._holders.get(point, ()))
