"""What a piece of news achieves: of those who were told it, the share that answered or bought. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

ENOUGH = 20  # tellings below which nothing is said of an item
PRIOR = 30  # tellings that the typical share weighs as much as: few figures stay near it


@dataclass(frozen=True, slots=True, kw_only=True)
class Achieved:
    """Of `told` leads so many `followed`: answered, or bought without having bought in the time before."""

    told: int
    followed: int

    def __str__(self) -> str:
        return f"{self.followed} of {self.told} answered or bought"


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """What is known of all news, by class. Without figures every class is worth the same, so nothing is preferred."""

    achieved: Mapping[str, Achieved] = field(default_factory=dict)

    @property
    def typical(self) -> float:
        """The share over all news; 0 without figures."""
        told = sum(each.told for each in self.achieved.values())
        return sum(each.followed for each in self.achieved.values()) / told if told else 0.0

    def record(self, news_class: str) -> Achieved | None:
        """The figures of a class; None where there are not enough to go by."""
        found = self.achieved.get(news_class)
        return found if found is not None and found.told >= ENOUGH else None

    def of(self, news_class: str) -> float:
        """The share to expect, in whole percents (0.12): its own drawn towards the typical one, the less it was told
        the more; the typical one where too few were told."""
        found = self.record(news_class)
        if found is None:
            return round(self.typical, 2)
        return round((found.followed + PRIOR * self.typical) / (found.told + PRIOR), 2)
