"""Who has which address, as far as the rows of a list ask."""

from bisect import bisect_left
from operator import attrgetter
from typing import Final

from touches.people.draft import Point
from touches.people.matching import CROWD, Named, full_name

_id: Final = attrgetter("id")


class Holders:
    """Leads by their addresses, the oldest first. Of a crowd at one address only a few are ever shown, so that each row
    costs the same however many they are."""

    def __init__(self) -> None:
        self._leads: dict[Point, list[Named]] = {}
        self._by_name: dict[Point, dict[str, list[Named]]] = {}  # of crowds

    def __contains__(self, point: Point) -> bool:
        return bool(self._leads.get(point))

    def near(self, point: Point, name: str) -> list[Named]:
        """Who has an address. Of a crowd: the oldest ones, one more than make a crowd, and the oldest of a name."""
        leads = self._leads.get(point, [])
        if len(leads) <= CROWD:
            return leads
        if point not in self._by_name:
            by_name = self._by_name[point] = dict[str, list[Named]]()
            for lead in leads:
                by_name.setdefault(full_name(lead), []).append(lead)
        first = leads[: CROWD + 1]
        return first + [lead for lead in self._by_name[point].get(name, [])[:1] if lead.id > first[-1].id]

    def add(self, point: Point, lead: Named) -> None:
        """A lead has an address."""
        if _put(self._leads.setdefault(point, []), lead) and point in self._by_name:
            _put(self._by_name[point].setdefault(full_name(lead), []), lead)

    def remove(self, point: Point, lead: Named, name: str) -> None:
        """A lead, which had this name, has an address no longer."""
        _take(self._leads.get(point, []), lead)
        _take(self._by_name.get(point, {}).get(name, []), lead)

    def rename(self, point: Point, lead: Named, before: str) -> None:
        """A lead that has an address has another name than before."""
        by_name = self._by_name.get(point)
        if by_name is not None:
            _take(by_name.get(before, []), lead)
            _put(by_name.setdefault(full_name(lead), []), lead)


def _put(leads: list[Named], lead: Named) -> bool:
    place = bisect_left(leads, lead.id, key=_id)
    if place < len(leads) and leads[place].id == lead.id:
        return False
    leads.insert(place, lead)
    return True


def _take(leads: list[Named], lead: Named) -> None:
    place = bisect_left(leads, lead.id, key=_id)
    if place < len(leads) and leads[place].id == lead.id:
        del leads[place]
