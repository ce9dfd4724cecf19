"""People who were erased on request are not taken in again."""

from collections.abc import Sequence

from touches.people.address_hashes import address_hash
from touches.people.draft import EMAIL, PHONE, POSTAL, LeadDraft
from touches.people.matching import name_of
from touches.people.postal import postal_lines
from touches.store.import_lookups import ImportLookups
from touches.tokens import Signer


def forgotten(drafts: Sequence[LeadDraft], imports: ImportLookups, signer: Signer, *, country: str) -> dict[int, str]:
    """The drafts of erased people, by line: the id or address that tells. `country` is where those without one are."""
    if not drafts or not imports.any_erased():
        return {}
    told = {draft.line: _hashes(draft, signer, country) for draft in drafts}
    erased = imports.erased(value for hashes in told.values() for value in hashes)
    return {line: hashes[value] for line, hashes in told.items() for value in hashes if value in erased}


def _hashes(draft: LeadDraft, signer: Signer, country: str) -> dict[str, str]:
    """What tells who this is, by its hash: the id, and the mailbox; without one the phone, without both name and
    street."""
    kinds = {kind for kind, _ in draft.points}
    telling = EMAIL if EMAIL in kinds else PHONE
    found = {signer.address_hash(kind, address): address for kind, address in draft.points if kind == telling}
    if draft.external_id:
        found[signer.address_hash("external_id", draft.external_id)] = draft.external_id
    street = postal_lines(draft.fields, draft.fields.get("country") or country)
    if street and name_of(draft) and not draft.points_identify:
        found[address_hash(signer, POSTAL, street, name_of(draft))] = street.replace("\n", ", ")
    return found
