"""Which leads a file has spoken of already: a bit for each, so that a million of them cost nothing."""


class SeenLeads:
    """Grows with the highest lead id, by an eighth of a byte. Remembers digests only where a lead has several rows."""

    def __init__(self) -> None:
        self._bits = bytearray(1024)
        self._digests: dict[int, list[str]] = {}

    def __contains__(self, lead_id: int) -> bool:
        byte = lead_id >> 3
        return byte < len(self._bits) and bool(self._bits[byte] & (1 << (lead_id & 7)))

    def add(self, lead_id: int) -> None:
        """The file has a row about this lead."""
        byte = lead_id >> 3
        if byte >= len(self._bits):
            self._bits.extend(bytes(byte + 1024 - len(self._bits)))
        self._bits[byte] |= 1 << (lead_id & 7)

    def note(self, lead_id: int, digest: str) -> None:
        """Remember which rows of a lead with several were seen in this run."""
        self._digests.setdefault(lead_id, []).append(digest)

    def noted(self, lead_id: int) -> list[str]:
        """The digests noted in this run."""
        return self._digests.get(lead_id, [])
