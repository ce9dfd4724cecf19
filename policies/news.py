"""The pool of news, and which items are one news in other words. Pure values; files are read in `news_loader`."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from policies.reading import Place
from policies.schema.news import NewsItem, NewsText

__all__ = ["UNWRITTEN", "NewsItem", "NewsPool", "NewsText", "cycles_of_needs", "news_classes"]

UNWRITTEN = "Say here what is new, in two to four sentences."  # the text of a new file, until somebody writes


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsPool:
    """All items by id. `places` maps `ID:KEY` (`autumn-hours:kind`) to line and column in the original's file.

    `broken` are the ids of files that could not be taken.
    """

    items: Mapping[str, NewsItem] = field(default_factory=dict)
    broken: frozenset[str] = frozenset()
    places: Mapping[str, Place] = field(default_factory=dict)

    def __iter__(self) -> Iterator[NewsItem]:
        return iter(self.items.values())

    def __len__(self) -> int:
        return len(self.items)

    def place(self, item: str, key: str) -> Place:
        """Where the key of the item stands; (1, 1) when it does not."""
        return self.places.get(f"{item}:{key}", (1, 1))


def news_classes(items: Iterable[NewsItem]) -> dict[str, str]:
    """For each item the name of its class: the smallest id of all that `same_as` connects, in either direction."""
    roots: dict[str, str] = {}
    pairs = []
    for item in items:
        roots.setdefault(item.id, item.id)
        pairs += [(item.id, other) for other in item.same_as]
    for one, other in pairs:
        _join(roots, one, other)
    return {item: _root(roots, item) for item in roots}


def _root(roots: dict[str, str], item: str) -> str:
    while roots[item] != item:
        roots[item] = roots[roots[item]]
        item = roots[item]
    return item


def _join(roots: dict[str, str], one: str, other: str) -> None:
    if other not in roots:
        return
    smaller, larger = sorted((_root(roots, one), _root(roots, other)))
    roots[larger] = smaller


def cycles_of_needs(items: Mapping[str, NewsItem]) -> list[tuple[str, ...]]:
    """Each circle of `needs`, from its smallest item on: none of its items could ever be told."""
    finished: set[str] = set()
    cycles = [cycle for start in sorted(items) for cycle in _cycles_from(start, items, finished)]
    return sorted({_from_smallest(cycle) for cycle in cycles})


def _cycles_from(start: str, items: Mapping[str, NewsItem], finished: set[str]) -> Iterator[tuple[str, ...]]:
    trail: list[str] = []
    waiting = [(start, iter(_known_needs(start, items)))] if start not in finished else []
    trail += [start] if waiting else []
    while waiting:
        _, needs = waiting[-1]
        following = next(needs, None)
        if following is None:
            waiting.pop()
            finished.add(trail.pop())
        elif following in trail:
            yield tuple(trail[trail.index(following) :])
        elif following not in finished:
            trail.append(following)
            waiting.append((following, iter(_known_needs(following, items))))


def _known_needs(item: str, items: Mapping[str, NewsItem]) -> list[str]:
    return [need for need in items[item].needs if need in items]


def _from_smallest(cycle: tuple[str, ...]) -> tuple[str, ...]:
    start = cycle.index(min(cycle))
    return cycle[start:] + cycle[:start]
