"""Leads, their companies and the addresses at which they can be reached."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class PointKind(StrEnum):
    """What an address is; a phone serves SMS and calls."""

    EMAIL = "email"
    PHONE = "phone"
    POSTAL = "postal"
    FAX = "fax"


KIND_FOR_CHANNEL: Mapping[str, tuple[PointKind, ...]] = {
    "email": (PointKind.EMAIL,),
    "sms": (PointKind.PHONE,),
    "call": (PointKind.PHONE,),
    "letter": (PointKind.POSTAL,),
    "fax": (PointKind.FAX, PointKind.PHONE),
    "meeting": (PointKind.PHONE, PointKind.EMAIL, PointKind.POSTAL),
}

PERSONAL_CHANNELS = frozenset({"call", "meeting"})  # a person carries them out
PAPER_CHANNELS = frozenset({"letter", "fax"})
CHANNELS = tuple(KIND_FOR_CHANNEL)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactPoint:
    """One address of a lead. `broken` says why it must not be used (a bounce, a wrong number); empty: it may."""

    id: int
    kind: PointKind
    address: str  # mailbox with a lower-case ASCII domain, E.164, or postal lines joined by \n
    address_hash: str
    timezone: str = ""
    broken: str = ""
    opted_out: frozenset[str] = frozenset()  # channels, or "all"
    consent: str = ""  # a basis, see touches.law
    consent_source: str = ""
    consent_evidence: str = ""
    consent_at: datetime | None = None
    consent_until: datetime | None = None

    def usable_for(self, channel: str) -> bool:
        """Neither broken nor opted out for this channel."""
        return not self.broken and channel not in self.opted_out and "all" not in self.opted_out


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """The organisation leads work for. `size` is a head count."""

    id: int
    name: str
    size: int | None = None
    timezone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """A person we follow up. Everything a decision may ask of a person, in one value."""

    id: int
    external_id: str = ""
    first_name: str = ""
    last_name: str = ""
    name: str = ""
    company: Company | None = None
    birth_year: int | None = None
    country: str = ""
    region: str = ""
    street: str = ""
    postal_code: str = ""
    city: str = ""
    timezone: str = ""
    language: str = ""
    segment: str = ""
    owner: str = ""
    preferred_channel: str = ""
    source: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)
    points: tuple[ContactPoint, ...] = ()
    created_at: datetime | None = None
    lost_at: datetime | None = None
    dead: str = ""  # why nothing goes to this person any more: died, erased, merged into another
    bought_at: datetime | None = None  # the latest purchase
    paused_until: datetime | None = None
    concerns: tuple[str, ...] = ()  # what the lead worries about, as voiced to a person

    @property
    def key(self) -> str:
        """How people name the lead: external id, else email, else phone."""
        return self.external_id or self._first(PointKind.EMAIL) or self._first(PointKind.PHONE) or f"#{self.id}"

    @property
    def full_name(self) -> str:
        """The name to print; empty when none is known."""
        first, last = self.first_name, self.last_name
        return self.name or (f"{first} {last}" if first and last else first or last)

    def _first(self, kind: PointKind) -> str:
        return next((point.address for point in self.points if point.kind is kind), "")

    def points_for(self, channel: str) -> tuple[ContactPoint, ...]:
        """The lead's addresses that fit a channel and may be used, best kind first."""
        kinds = KIND_FOR_CHANNEL[channel]
        fitting = [point for point in self.points if point.kind in kinds and point.usable_for(channel)]
        return tuple(sorted(fitting, key=lambda point: (kinds.index(point.kind), point.id)))
