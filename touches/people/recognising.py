"""Which rows of a list say something new: others are refused, or known word for word."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from touches.people.checking import RowChecker
from touches.people.draft import LeadDraft, Rejection
from touches.people.matching import Known
from touches.people.overlay import Overlay
from touches.people.reading import SourceRow
from touches.people.run import ChunkResult
from touches.people.seen import SeenLeads
from touches.people.told import BEFORE, Told

_LookUp = Callable[[Sequence[LeadDraft]], None]


# A row with an id that stands among those that made its lead what it is: lead, place, line, values, digest.
_Again = tuple[Known, int, int, list[str], str]


class Recognising:
    """For one chunk; what it finds is counted in `result`.

    A row is settled when it is one of those that made its lead what it is, and the list has said nothing else of that
    lead so far. So the same list again changes nothing, whatever its rows would mean to matching.
    """

    def __init__(self, checker: RowChecker, seen: SeenLeads, overlay: Overlay, result: ChunkResult) -> None:
        self._checker = checker
        self._seen = seen
        self._overlay = overlay
        self._result = result
        self._again: list[_Again] = []
        self._places: dict[int, Mapping[str, int]] = {}

    def drafts(self, rows: Sequence[SourceRow], external_ids: Sequence[str]) -> list[LeadDraft]:
        """The rows that may say something new, checked."""
        checker, result = self._checker, self._result
        by_external_id = self._overlay.by_external_id
        drafts = []
        for row, external_id in zip(rows, external_ids, strict=True):
            values = row.problem or checker.fitted(row.values)
            if isinstance(values, str) or values is None:
                reason = values or f"it has {len(row.values)} cells, more than the first line has names"
                result.rejections.append(Rejection(line=row.line, reason=reason, values=tuple(row.values)))
                continue
            digest = checker.digests.of(values)
            known = by_external_id.get(external_id) if external_id else None
            if known is not None and (place := self._place(known, digest)) > BEFORE:
                self._again.append((known, place, row.line, values, digest))
                continue
            draft = checker.check(row.line, values, digest)
            if isinstance(draft, LeadDraft):
                drafts.append(draft)
            else:
                result.rejections.append(draft)
        return drafts

    def in_turn(self, drafts: Sequence[LeadDraft], look_up: _LookUp) -> list[LeadDraft]:
        """Those that have to be decided about one after the other, in the order of the list: what is not settled, and
        whatever else is about a lead that this may change. All others are settled by this."""
        look_up(drafts)
        asked = [(draft, self._settling(draft)) for draft in drafts]
        fresh = [draft for draft, known in asked if known is None]
        moved = {known.id for draft in fresh for known in self._overlay.candidates(draft)}
        for draft, known in asked:
            if known is not None and (known.id in moved or not self.settled(known, draft.digest)):
                fresh.append(draft)
        drawn_in = [one for one in self._again if one[0].id in moved] if moved else []
        self._settle([one for one in self._again if one[0].id not in moved] if moved else self._again)
        if drawn_in:
            others = self._checked(drawn_in)
            look_up(others)
            fresh += others
        return sorted(fresh, key=_line)

    def whom(self, draft: LeadDraft) -> Known | None:
        """Whom this very row, which has no id, was about before."""
        return self._settling(draft) or next(iter(self._overlay.speaking_of(draft.digest)), None)

    def settled(self, known: Known, digest: str) -> bool:
        """Whether the row says nothing that the lead was not told already; then it is counted as unchanged."""
        if self._seen.stirred(known.id):
            if self._overlay.last_row(known) != digest:
                return False
        else:
            place = self._place(known, digest)
            if place == BEFORE:
                return False
            self._seen.settle(known.id, place)
        self._result.unchanged += 1
        self._result.about = self._result.about or known.survivor_id
        return True

    def _settle(self, rows: Sequence[_Again]) -> None:
        self._seen.add_known([known.id for known, *_ in rows])
        for known, place, *_ in rows:
            if place:
                self._seen.settle(known.id, place)
        self._result.unchanged += len(rows)
        if rows:
            self._result.about = self._result.about or rows[0][0].survivor_id

    def _checked(self, rows: Sequence[_Again]) -> list[LeadDraft]:
        drafts = []
        for _, _, line, values, digest in rows:
            draft = self._checker.check(line, values, digest)
            if isinstance(draft, LeadDraft):
                drafts.append(draft)
            else:
                self._result.rejections.append(draft)
        return drafts

    def _settling(self, draft: LeadDraft) -> Known | None:
        """The lead, of those that this row was about, with which it is settled."""
        if draft.external_id:
            return None
        leads: Iterable[Known] = self._overlay.speaking_of(draft.digest)
        return next((known for known in leads if self._place(known, draft.digest) > BEFORE), None)

    def _place(self, known: Known, digest: str) -> int:
        """Where the row stands among those that made the lead what it is; BEFORE where it does not."""
        if self._seen.stirred(known.id):
            return BEFORE
        if known.digest == digest:
            return 0
        if len(known.digest) <= len(digest):
            return BEFORE
        places = self._places.get(known.id)
        if places is None:
            places = self._places[known.id] = Told.of(known.digest).places()
        return places.get(digest, BEFORE)


def _line(draft: LeadDraft) -> int:
    return draft.line
