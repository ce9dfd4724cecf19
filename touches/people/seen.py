"""Which leads a file has spoken of already: a bit or two for each, so that a million of them cost nothing."""

from collections.abc import Sequence


class _Bits:
    """Grows with the highest lead id, by an eighth of a byte."""

    def __init__(self, bits: bytes | bytearray = bytes(1024)) -> None:
        self.bits = bytearray(bits)

    def __contains__(self, lead_id: int) -> bool:
        byte = lead_id >> 3
        return byte < len(self.bits) and bool(self.bits[byte] & (1 << (lead_id & 7)))

    def add(self, lead_id: int) -> None:
        byte = lead_id >> 3
        if byte >= len(self.bits):
            self.bits.extend(bytes(byte + 1024 - len(self.bits)))
        self.bits[byte] |= 1 << (lead_id & 7)

    def add_all(self, lead_ids: Sequence[int]) -> None:
        if lead_ids:
            self.add(max(lead_ids))
        bits = self.bits
        for lead_id in lead_ids:
            bits[lead_id >> 3] |= 1 << (lead_id & 7)


class SeenLeads:
    """A lead is `in` it once the file has spoken of it, and `stirred` once a row of the file was laid over it: from
    then on the file's order counts, and each row is laid over the one before."""

    def __init__(self) -> None:
        self._seen = _Bits()
        self._stirred = _Bits()
        self._reached: dict[int, int] = {}  # only of leads that several rows made what they are

    def copy(self) -> "SeenLeads":
        """For a transaction that may have to be tried again."""
        other = SeenLeads()
        other._seen, other._stirred = _Bits(self._seen.bits), _Bits(self._stirred.bits)
        other._reached = dict(self._reached)
        return other

    def __contains__(self, lead_id: int) -> bool:
        return lead_id in self._seen

    def stirred(self, lead_id: int) -> bool:
        """Whether the file has made it, or laid a row over it."""
        return lead_id in self._stirred

    def add_new(self, lead_ids: Sequence[int]) -> None:
        """The file has made these leads."""
        self._seen.add_all(lead_ids)
        self._stirred.add_all(lead_ids)

    def add_known(self, lead_ids: Sequence[int]) -> None:
        """The file says again of these leads what they were told first."""
        self._seen.add_all(lead_ids)

    def settle(self, lead_id: int, place: int) -> None:
        """The file says again what stands at this place among the rows that made the lead what it is."""
        self._seen.add(lead_id)
        if place > 0:
            self._reached[lead_id] = max(place + 1, self._reached.get(lead_id, 0))

    def stir(self, lead_id: int) -> int | None:
        """A row is laid over the lead; how many of the rows that made it what it is the file has said so far, None
        where they all are of this file."""
        if lead_id in self._stirred:
            return None
        reached = self._reached.pop(lead_id, 1 if lead_id in self._seen else 0)
        self._seen.add(lead_id)
        self._stirred.add(lead_id)
        return reached
