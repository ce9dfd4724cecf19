"""Writes leads as they are to be, many in one statement."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Final

from touches.people.address_hashes import address_hash
from touches.people.applying import Pending
from touches.people.draft import LeadDraft
from touches.store.import_lookups import LEAD_NAMES, ImportLookups
from touches.store.imports import Imports, stored_instant, stored_json
from touches.tokens import Signer

_NO_CONSENT: Final = ("", "", "", None)
_copied: Final = itemgetter(*LEAD_NAMES[: LEAD_NAMES.index("attributes")])


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """One known lead, to be laid over and written back."""

    pending: Pending

    @classmethod
    def of(cls, imports: Imports, lead_id: int) -> "Written":
        """The lead as it is now."""
        return cls(pending=known_leads(imports, [lead_id])[lead_id])

    def write(self, imports: Imports, signer: Signer, now: datetime, source: str) -> None:
        """Write it back."""
        write_pending(imports, [self.pending], signer, now, source)


def known_leads(imports: ImportLookups, lead_ids: Sequence[int]) -> dict[int, Pending]:
    """Leads as they are now, whole, by id."""
    addresses = imports.addresses_of(lead_ids)
    return {
        lead_id: Pending(id=lead_id, row=row, new=False, digest=row["digest"], addresses=addresses.get(lead_id, {}))
        for lead_id, row in imports.raw_leads(lead_ids).items()
    }


def write_pending(imports: Imports, leads: Collection[Pending], signer: Signer, now: datetime, source: str) -> None:
    """Write leads as they are to be; `source` is the evidence of consent."""
    imports.put_leads(_lead_rows(leads, stored_instant(now)))
    imports.put_points(_point_rows(leads, signer, source))
    imports.replace_points(list(_gone(leads)), at=now)


def _lead_rows(leads: Iterable[Pending], now: int | None) -> Iterator[Sequence[object]]:
    for pending in leads:
        row = pending.row
        created = now if pending.new else stored_instant(row["created_at"])
        yield (*_copied(row), stored_json(row["attributes"]), pending.digest, created, now)


def _point_rows(leads: Iterable[Pending], signer: Signer, source: str) -> Iterator[Sequence[object]]:
    for pending in leads:
        lead_id, name = pending.id, pending.full_name
        for (kind, address), draft in pending.points:
            hashed = address_hash(signer, kind, address, name)
            yield (lead_id, kind, address, hashed, *_consent(draft, source))


def _gone(leads: Iterable[Pending]) -> Iterator[tuple[int, str, str]]:
    for pending in leads:
        for point in dict.fromkeys(pending.replaced):
            if not pending.addresses[point]:
                yield (pending.id, *point)


def _consent(draft: LeadDraft, source: str) -> Sequence[object]:
    if not draft.consent:
        return _NO_CONSENT
    return (draft.consent, draft.consent_source, _evidence(source, draft), stored_instant(draft.consent_at))


def _evidence(source: str, draft: LeadDraft) -> str:
    return f"{source}, line {draft.line}" if draft.line else source
