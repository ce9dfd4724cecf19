"""Which leads a file has spoken of already: a bit for each, so that a million of them cost nothing."""

from collections.abc import Sequence
from typing import Final

MOST_DIGESTS: Final = 20  # rows of one lead in one file that are recognised when it comes again


class SeenLeads:
    """Grows with the highest lead id, by an eighth of a byte. Remembers digests only where a lead has several rows."""

    def __init__(self, bits: bytes = bytes(1024), digests: dict[int, list[str]] | None = None) -> None:
        self._bits = bytearray(bits)
        self._digests = digests if digests is not None else {}

    def copy(self) -> "SeenLeads":
        """For a transaction that may have to be tried again."""
        return SeenLeads(bytes(self._bits), {lead_id: list(noted) for lead_id, noted in self._digests.items()})

    def __contains__(self, lead_id: int) -> bool:
        byte = lead_id >> 3
        return byte < len(self._bits) and bool(self._bits[byte] & (1 << (lead_id & 7)))

    def add(self, lead_id: int) -> None:
        """The file has a row about this lead."""
        byte = lead_id >> 3
        if byte >= len(self._bits):
            self._bits.extend(bytes(byte + 1024 - len(self._bits)))
        self._bits[byte] |= 1 << (lead_id & 7)

    def add_all(self, lead_ids: Sequence[int]) -> None:
        """The file has a row about each of these."""
        if lead_ids:
            self.add(max(lead_ids))
        bits = self._bits
        for lead_id in lead_ids:
            bits[lead_id >> 3] |= 1 << (lead_id & 7)

    def note(self, lead_id: int, digest: str) -> None:
        """A row of a lead that had several when the file came last is as it was."""
        self._digests.setdefault(lead_id, []).append(digest)

    def chain(self, lead_id: int, *, told: Sequence[str], digest: str) -> str:
        """What to remember of a lead that a row has changed: the digests of all its rows in this run, the latest last.

        `told` is what was remembered so far. So every row of a lead with several is known when the file comes again."""
        kept: Sequence[str] = ()
        if lead_id in self:
            kept = self._digests.get(lead_id) or (told if len(told) == 1 else ())
        digests = [*kept, digest][-MOST_DIGESTS:]
        if len(digests) > 1:
            self._digests[lead_id] = digests
        self.add(lead_id)
        return " ".join(digests)
