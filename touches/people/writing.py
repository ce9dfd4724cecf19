"""Writes leads as they are to be, many in one statement."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Final

from touches.people.applying import Pending
from touches.people.draft import LeadDraft, Point
from touches.store.import_lookups import LEAD_NAMES
from touches.store.imports import Imports, stored_instant, stored_json
from touches.tokens import Signer

_NO_CONSENT: Final = ("", "", "", None)
_copied: Final = itemgetter(*LEAD_NAMES[: LEAD_NAMES.index("attributes")])


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """One known lead, to be laid over and written back."""

    pending: Pending
    addresses: list[Point]

    @classmethod
    def of(cls, imports: Imports, lead_id: int) -> "Written":
        """The lead as it is now."""
        row = imports.raw_leads([lead_id])[lead_id]
        pending = Pending(id=lead_id, row=row, new=False, digest=row["digest"])
        return cls(pending=pending, addresses=imports.addresses_of([lead_id]).get(lead_id, []))

    def write(self, imports: Imports, signer: Signer, now: datetime, source: str) -> None:
        """Write it back."""
        write_pending(imports, [self.pending], signer, now, source)


def write_pending(imports: Imports, leads: Collection[Pending], signer: Signer, now: datetime, source: str) -> None:
    """Write leads as they are to be; `source` is the evidence of consent."""
    gone = [(pending.id, *point) for pending in leads for point in pending.replaced]
    imports.replace_points(gone, at=now)
    imports.put_leads(_lead_rows(leads, stored_instant(now)))
    imports.put_points(_point_rows(leads, signer, source))


def _lead_rows(leads: Iterable[Pending], now: int | None) -> Iterator[Sequence[object]]:
    for pending in leads:
        row = pending.row
        created = now if pending.new else stored_instant(row["created_at"])
        yield (*_copied(row), stored_json(row["attributes"]), pending.digest, created, now)


def _point_rows(leads: Iterable[Pending], signer: Signer, source: str) -> Iterator[Sequence[object]]:
    hashed = signer.address_hash
    for pending in leads:
        lead_id = pending.id
        for (kind, address), draft in pending.points.items():
            yield (lead_id, kind, address, hashed(kind, address), *_consent(draft, source))


def _consent(draft: LeadDraft, source: str) -> Sequence[object]:
    if not draft.consent:
        return _NO_CONSENT
    return (draft.consent, draft.consent_source, _evidence(source, draft), stored_instant(draft.consent_at))


def _evidence(source: str, draft: LeadDraft) -> str:
    return f"{source}, line {draft.line}" if draft.line else source
