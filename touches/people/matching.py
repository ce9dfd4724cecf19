"""Which known lead a row is about. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice
from typing import Final, Protocol

from touches.people.draft import EMAIL, FAX, PHONE, LeadDraft, Point

CROWD: Final = 20  # leads; an address that more of them have tells nobody from the others
MOST_SHARED: Final = 2  # of those who share an address, so many are named
_ALIKE: Final = 0.6  # "Anna" and "Anne", "Jon" and "John"; not "Anna" and "Bert"


class Known(Protocol):
    """A lead that there is."""

    @property
    def id(self) -> int: ...
    @property
    def survivor_id(self) -> int: ...
    @property
    def digest(self) -> str: ...
    @property
    def external_id(self) -> str: ...


class Named(Known, Protocol):
    """A lead with its names."""

    @property
    def first_name(self) -> str: ...
    @property
    def last_name(self) -> str: ...
    @property
    def name(self) -> str: ...


class Person(Named, Protocol):
    """A lead as matching by address sees it."""

    @property
    def has_email(self) -> bool: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """`known` is the lead that the row is about, None for a new one. `shared` are the first (address, other lead)
    pairs."""

    known: Known | None
    shared: tuple[tuple[str, Known], ...] = ()


Holders = Mapping[Point, Sequence[Person]]


def match(
    draft: LeadDraft, by_external_id: Mapping[str, Known], holders: Holders, *, told: Known | None = None
) -> Match:
    """By external id; a row without one is about whom it was `told` of before, else by email, then phone. A mailbox or
    phone that people share merges nobody."""
    known = by_external_id.get(draft.external_id) if draft.external_id else told or _by_address(draft, holders)
    own = known.survivor_id if known is not None else 0
    shared = (
        (point[1], other)
        for point in draft.points
        for other in holders.get(point, ())
        if other.id != own and point[0] != FAX
    )
    return Match(known=known, shared=tuple(islice(shared, MOST_SHARED)))


def _by_address(draft: LeadDraft, holders: Holders) -> Person | None:
    emails = [point for point in draft.points if point[0] == EMAIL]
    phones = [point for point in draft.points if point[0] == PHONE]
    for point in emails:
        found = _best(draft, holders.get(point, ()))
        if found is not None:
            return found
    for point in phones:
        found = _best(draft, holders.get(point, ()), tells=lambda each: _phone_tells(draft, each, bool(emails)))
        if found is not None:
            return found
    return None


def _best(
    draft: LeadDraft, holders: Sequence[Person], *, tells: Callable[[Person], bool] = lambda _each: True
) -> Person | None:
    """The one of the same name, else the oldest that may be the same person. In a crowd only the name tells."""
    name = name_of(draft)
    if len(holders) > CROWD:
        return next((each for each in holders if name == full_name(each) and tells(each)), None)
    possible = [each for each in holders if tells(each) and may_be_same(draft, each)]
    exact = [each for each in possible if name and name == full_name(each)]
    return next(iter(exact or possible), None)


def _phone_tells(draft: LeadDraft, known: Person, has_email: bool) -> bool:
    """Two people with two mailboxes and one phone are a household, unless the names say they are one."""
    if not has_email or not known.has_email:
        return True
    name = name_of(draft)
    return bool(name) and name == full_name(known)


def may_be_same(draft: LeadDraft, known: Person) -> bool:
    """Whether nothing speaks against it: first names (lacking those, last names) that plainly differ do."""
    theirs = _getter(known)
    for part in (_first_name, _last_name):
        one, other = part(draft.fields.get), part(theirs)
        if one and other:
            return _alike(one, other)
    return True


def _alike(one: str, other: str) -> bool:
    if one.startswith(other) or other.startswith(one):
        return True
    return SequenceMatcher(None, one, other).ratio() >= _ALIKE


class _Get(Protocol):
    def __call__(self, name: str, default: str, /) -> str: ...


def name_of(draft: LeadDraft) -> str:
    """The full name that a row says; empty where it says none."""
    return _full_name(draft.fields.get)


def full_name(known: Named) -> str:
    """The full name of a lead, for comparison."""
    return _full_name(_getter(known))


def _getter(known: Named) -> _Get:
    return lambda name, default: str(getattr(known, name, default))


def _first_name(get: _Get) -> str:
    return (get("first_name", "") or get("name", "").partition(" ")[0]).casefold()


def _last_name(get: _Get) -> str:
    return (get("last_name", "") or get("name", "").rpartition(" ")[2]).casefold()


def _full_name(get: _Get) -> str:
    parts = (get("first_name", ""), get("last_name", ""))
    return (get("name", "") or " ".join(part for part in parts if part)).casefold()
