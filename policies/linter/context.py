"""What the rules may know beside the file, and how they point at a place in it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final, Protocol, TypeAlias

from policies.findings import Finding, Severity
from policies.loader import LoadedPolicy
from policies.news import NewsItem, NewsPool
from policies.reading import Place
from policies.schema import Policy

STARTER_KINDS: Final = frozenset({"schedule", "structure", "case-study", "price", "event", "education", "product"})


Offers: TypeAlias = tuple[frozenset[str], tuple[NewsItem, ...]]


class Likeness(Protocol):
    """Two items, by id, that seem to say the same; what speaks for it and against it."""

    @property
    def a(self) -> str: ...
    @property
    def b(self) -> str: ...
    @property
    def score(self) -> float: ...
    @property
    def for_(self) -> Sequence[str]: ...
    @property
    def against(self) -> Sequence[str]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadFacts:
    """Counts of leads. `variables` counts for each `lead.…` name the leads that have a value for it."""

    total: int = 0
    variables: Mapping[str, int] = field(default_factory=dict)
    segments: Mapping[str, int] = field(default_factory=dict)
    over_50: Mapping[str, int] = field(default_factory=dict)  # by segment
    languages: Mapping[str, int] = field(default_factory=dict)
    countries: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class LintContext:
    """What is known of the workspace. A rule whose knowledge is missing (None) says nothing."""

    kinds: frozenset[str] | None = STARTER_KINDS
    published: Mapping[str, Policy] = field(default_factory=dict)  # the newest version by policy name
    today: date | None = None
    leads: LeadFacts | None = None
    pool: NewsPool | None = None
    channels: frozenset[str] | None = None  # those that are set up
    similar: Callable[[Sequence[NewsItem]], Iterable[Likeness]] | None = None
    calendar_ends: Mapping[str, date] = field(default_factory=dict)  # last day with known holidays, by country
    settings_file: str = "touches.toml"
    namespaces: frozenset[str] = frozenset({"lead", "owner"})  # what templates see


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One policy under the rules, with the places of its file."""

    policy: Policy
    loaded: LoadedPolicy
    context: LintContext
    classes: Mapping[str, str] = field(default_factory=dict)  # of the pool's items
    offers: dict[str, Offers] = field(default_factory=dict)  # by step, kept by `audience.candidates`

    def error(self, code: str, message: str, *names: str) -> Finding:
        """An error at the first of these places that the file has."""
        return at(self.loaded.path, self.loaded.place(*names), Severity.ERROR, code, message)

    def warning(self, code: str, message: str, *names: str) -> Finding:
        """A warning at the first of these places that the file has."""
        return at(self.loaded.path, self.loaded.place(*names), Severity.WARNING, code, message)

    def step_place(self, index: int, key: str = "") -> tuple[str, ...]:
        """Names of the place of a step's key, else of the step; the index after the last is `then`."""
        where = "then" if index == len(self.policy.touches) else f"touches[{index}]"
        return (f"{where}.{key}", where) if key else (where,)


def at(path: Path | str, place: Place, severity: Severity, code: str, message: str) -> Finding:
    """A finding at a place."""
    return Finding(str(path), place[0], place[1], severity, code, message)
