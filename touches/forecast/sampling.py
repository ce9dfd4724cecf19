"""A sample of the leads in which every group of them is found, for questions that need no exact count. Pure."""

from array import array
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

PLAYED_WHOLE = 10_000
"""So many leads are played all; of more, about so many."""

_LEAST = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Which leads are looked at, and for how many each of them stands."""

    weights: Mapping[int, int]
    is_whole: bool


def sample_of(leads: Iterable[tuple[int, Hashable]], *, most: int = PLAYED_WHOLE) -> Sample:
    """Of leads (id, group) all where there are at most so many; else of each group one in so many, in the order given,
    but of none fewer than fifty, so that no group is overlooked. The same leads, the same sample."""
    groups: dict[Hashable, array[int]] = defaultdict(lambda: array("q"))  # eight bytes a lead: there may be millions
    for lead_id, group in leads:
        groups[group].append(lead_id)
    total = sum(map(len, groups.values()))
    if total <= most:
        return Sample(weights={lead_id: 1 for ids in groups.values() for lead_id in ids}, is_whole=True)
    weights: dict[int, int] = {}
    for ids in groups.values():
        share = max(_LEAST, most * len(ids) // total)
        step = max(1, -(-len(ids) // share))
        weights.update(dict.fromkeys(ids[::step], step))
    return Sample(weights=weights, is_whole=False)
