"""Which rows of a list say something new: others are refused, or known word for word."""

from collections.abc import Sequence

from touches.people.checking import RowChecker
from touches.people.draft import LeadDraft, Rejection
from touches.people.matching import Holders, Known
from touches.people.reading import SourceRow
from touches.people.run import ChunkResult, Overlay
from touches.people.seen import SeenLeads


class Recognising:
    """For one chunk; what it finds is counted in `result`."""

    def __init__(self, checker: RowChecker, seen: SeenLeads, overlay: Overlay, result: ChunkResult) -> None:
        self._checker = checker
        self._seen = seen
        self._overlay = overlay
        self._result = result

    def drafts(self, rows: Sequence[SourceRow], external_ids: Sequence[str]) -> list[LeadDraft]:
        """The rows that say something new, checked."""
        checker, result = self._checker, self._result
        overlay = self._overlay.by_external_id
        drafts = []
        for row, external_id in zip(rows, external_ids, strict=True):
            values = row.problem or checker.fitted(row.values)
            if isinstance(values, str) or values is None:
                reason = values or f"it has {len(row.values)} cells, more than the first line has names"
                result.rejections.append(Rejection(line=row.line, reason=reason, values=tuple(row.values)))
                continue
            digest = checker.digests.of(values)
            known_lead = overlay.get(external_id) if external_id else None
            if known_lead is not None and self.is_known(known_lead, digest):
                continue
            draft = checker.check(row.line, values, digest)
            if isinstance(draft, LeadDraft):
                drafts.append(draft)
            else:
                result.rejections.append(draft)
        return drafts

    def told_of(self, draft: LeadDraft, holders: Holders) -> Known | None:
        """Whom this very row was about when the list came last, where its address is that of several."""
        sharing = (known for point in draft.points for known in holders.get(point, ()))
        return next((known for known in sharing if draft.digest in self.told(known)), None)

    def told(self, known: Known) -> list[str]:
        """The digests of the rows that made the lead what it is."""
        return self._overlay.digests.get(known.id, known.digest).split()

    def is_known(self, known: Known, digest: str) -> bool:
        """Whether the lead was brought in by this very row; then it costs nothing and changes nothing."""
        told = self.told(known)
        if digest not in told:
            return False
        if len(told) > 1:
            self._seen.note(known.id, digest)
        self._seen.add(known.id)
        self._result.unchanged += 1
        return True
