"""The shapes of the rules that the country files hold. A rule has a scope and says one thing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from policies.durations import Duration
from touches.law.values import Audience, Basis, Severity
from touches.time.hours import Hours

UNKNOWN_REGION = "unknown"  # in `regions`: applies when nobody knows the region


class Verified(StrEnum):
    """How we know: the text of the law or its authority, somebody's account of it, or hearsay."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What every rule has: whom and what it is about, since when, and how we know."""

    code: str
    country: str
    text: str
    source: str
    verified: Verified
    channels: frozenset[str]
    audiences: frozenset[Audience]
    regions: frozenset[str]  # empty: the whole country
    since: date | None
    severity: Severity
    unless: frozenset[str]  # bases of consent, or "contract", that lift the rule


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursRule:
    """Contact is lawful inside one of `windows` (local time), and never on a public holiday if
    `holidays_closed`."""

    scope: Scope
    windows: tuple[Hours, ...]
    holidays_closed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptsRule:
    """At most `at_most` attempts in any period of that length."""

    scope: Scope
    at_most: int
    per: Duration


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalRule:
    """After a refusal in a conversation nobody asks again for `pause`."""

    scope: Scope
    pause: Duration


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentRule:
    """One of `needs` must be on record and not expired; `ends` says when implied consent ends by itself."""

    scope: Scope
    needs: frozenset[Basis]
    evidence: bool
    after_purchase: Duration | None
    after_inquiry: Duration | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterRule:
    """The number must have been looked up in `register`, in a copy no older than `max_age`, and not be
    listed."""

    scope: Scope
    register: str
    max_age: Duration


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyRule:
    """A duty that no gate can check for a single touch; it stands in the reference for people to read."""

    scope: Scope


Rule: TypeAlias = HoursRule | AttemptsRule | RefusalRule | ConsentRule | RegisterRule | DutyRule


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """One country's rules as we knew them on `checked_on`."""

    country: str
    name: str
    checked_on: date
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Laws:
    """The countries that a workspace goes by. Each is equal to itself alone, so that it is a quick key."""

    presets: Mapping[str, Preset]
