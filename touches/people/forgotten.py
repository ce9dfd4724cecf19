"""People who were erased on request are not taken in again."""

from collections.abc import Sequence

from touches.people.draft import EMAIL, PHONE, LeadDraft
from touches.store.import_lookups import ImportLookups
from touches.tokens import Signer


def forgotten(drafts: Sequence[LeadDraft], imports: ImportLookups, signer: Signer) -> dict[int, str]:
    """The drafts of erased people, by line: the id or address that tells."""
    if not drafts or not imports.any_erased():
        return {}
    told = {draft.line: _hashes(draft, signer) for draft in drafts}
    erased = imports.erased(value for hashes in told.values() for value in hashes)
    return {line: hashes[value] for line, hashes in told.items() for value in hashes if value in erased}


def _hashes(draft: LeadDraft, signer: Signer) -> dict[str, str]:
    """What tells who this is, by its hash: the id, and the mailbox, or without one the phone."""
    by_email = any(kind == EMAIL for kind, _ in draft.points)
    telling = EMAIL if by_email else PHONE
    found = {signer.address_hash(kind, address): address for kind, address in draft.points if kind == telling}
    if draft.external_id:
        found[signer.address_hash("external_id", draft.external_id)] = draft.external_id
    return found
