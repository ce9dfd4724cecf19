"""The rules of the house: what the settings say that every plan depends on."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from policies.schema import Policy, Window
from policies.schema.words import Holidays
from policies.times import DateRange
from touches.law.rules import Laws
from touches.model.people import ContactPoint, Lead, PointKind
from touches.time.closed import HolidayCalendar
from touches.time.hours import Hours
from touches.time.resolve import Place, ZoneChoice, zone_of


@dataclass(frozen=True, slots=True, kw_only=True)
class DoNotCall:
    """A copy of a country's do-not-call register: E.164 numbers, and when it was taken."""

    country: str
    taken_at: datetime
    numbers: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """Settings that planning needs. `channels` are the ways out that are set up; `min_gap` is None when off."""

    timezone: str = "UTC"
    country: str = ""
    closed: tuple[DateRange, ...] = ()
    channels: frozenset[str] = frozenset({"email", "sms", "letter", "call", "meeting"})
    post_days: int = 0
    min_gap: timedelta | None = None
    enforce: frozenset[str] = frozenset()  # countries whose rules refuse, see touches.law
    laws: Laws | None = None  # with the workspace's own country files; None: ours
    dnc: tuple[DoNotCall, ...] = ()  # at most one for a country
    law_warnings: bool = True  # whether plans say what the law of a country that is not enforced has against them


def place_of(lead: Lead) -> Place:
    """Where the lead is, as far as it is known."""
    return Place(timezone=lead.timezone, country=lead.country, region=lead.region, postal_code=lead.postal_code)


def zones_of(lead: Lead, point: ContactPoint | None, house: House) -> ZoneChoice:
    """The zones in which an hour must suit, with the reason; the contact point is the one that will be used."""
    phone = point.address if point is not None and point.kind is PointKind.PHONE else _first_phone(lead)
    return _zones(
        house.timezone,
        place_of(lead),
        point.timezone if point is not None else "",
        phone,
        lead.company.timezone if lead.company is not None else "",
    )


def _first_phone(lead: Lead) -> str:
    return next((point.address for point in lead.points if point.kind is PointKind.PHONE), "")


@lru_cache(maxsize=100_000)
def _zones(workspace: str, lead: Place, contact: str, phone: str, company: str) -> ZoneChoice:
    return zone_of(
        workspace=workspace,
        lead=lead,
        contact_timezone=contact,
        phone=phone,
        company=Place(timezone=company),
    )


def hours_of(policy: Policy, channel: str) -> Hours:
    """The policy's open hours for a channel."""
    return _hours(policy.hours[channel])  # type: ignore[index]


@lru_cache(maxsize=1000)
def _hours(window: Window) -> Hours:
    return Hours(days=frozenset(window.days), start=window.from_.minutes, end=window.until.minutes)


def closed_for(policy: Policy, lead: Lead, house: House) -> HolidayCalendar | None:
    """The lead's holidays and our own closed days; None where the policy ignores them."""
    if policy.holidays is Holidays.IGNORE:
        return None
    return _calendar(lead.country or house.country, lead.region if lead.country else "", house.closed)


@lru_cache(maxsize=1000)
def _calendar(country: str, region: str, own: tuple[DateRange, ...]) -> HolidayCalendar:
    return HolidayCalendar(country=country, region=region, own=own)
