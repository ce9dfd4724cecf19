"""Which zone a lead lives in, and why we think so."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from touches.time.regions import address_zones
from touches.time.zones import clock, distinct_clocks, zone, zone_names


class ZoneSource(StrEnum):
    """What told us the zone; the order here is the order of trust."""

    LEAD = "lead"
    CONTACT_POINT = "contact point"
    PHONE = "phone number"
    ADDRESS = "address"
    COMPANY = "company"
    WORKSPACE = "workspace"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where somebody is, as far as it is known. `country` is ISO 3166-1 alpha-2, `region` a code or (US) a
    name."""

    timezone: str = ""
    country: str = ""
    region: str = ""
    postal_code: str = ""

    def zones(self) -> tuple[str, ...]:
        """The zones of the address; empty when the country is unknown or not given. Ignores `timezone`."""
        return address_zones(self.country, self.region, self.postal_code) if self.country else ()

    def __str__(self) -> str:
        return " ".join(each for each in (self.country, self.region, self.postal_code) if each)


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneChoice:
    """`zones` are all the zones the lead may be in, never empty: what is sent must suit each. Arithmetic (2
    days at the same clock time) uses the first. `because` is a sentence for `lead show` and `why`."""

    zones: tuple[str, ...]
    because: str
    source: ZoneSource

    @property
    def main(self) -> str:
        """The zone that arithmetic uses."""
        return self.zones[0]


_NOWHERE = Place()


def zone_of(
    *,
    workspace: str,
    lead: Place = _NOWHERE,
    contact_timezone: str = "",
    phone: str = "",
    company: Place = _NOWHERE,
) -> ZoneChoice:
    """The first source that knows, in this order: the lead's own `timezone`, the contact point's, the phone
    number (E.164), the lead's address, the company (its timezone, then its address), the workspace.

    A phone number that may be in several zones is narrowed down by the lead's address where the two agree.
    Raises UnknownZone for a name that is no zone, whatever its source: a wrong name must not move a lead to
    another clock."""
    given = _stated(lead.timezone, ZoneSource.LEAD) or _stated(contact_timezone, ZoneSource.CONTACT_POINT)
    if given:
        return given
    found = _by_phone(phone, lead) or _by_address(lead, ZoneSource.ADDRESS)
    found = found or _stated(company.timezone, ZoneSource.COMPANY) or _by_address(company, ZoneSource.COMPANY)
    return found or ZoneChoice(
        zones=(zone(workspace).key,),
        because=f"{workspace}, the workspace's zone: nothing is known of the lead's",
        source=ZoneSource.WORKSPACE,
    )


def _stated(name: str, source: ZoneSource) -> ZoneChoice | None:
    if not name:
        return None
    return ZoneChoice(zones=(zone(name).key,), because=f"{name}, the {source}'s timezone", source=source)


def _by_phone(phone: str, lead: Place) -> ZoneChoice | None:
    zones = phone_zones(phone) if phone else ()
    if not zones:
        return None
    near = _agreeing(lead.zones(), zones) if len(zones) > 1 else ()
    if near:
        because = f"{_listed(near)}: phone number and address {lead} agree on it"
        return ZoneChoice(zones=near, because=because, source=ZoneSource.PHONE)
    return ZoneChoice(zones=zones, because=f"{_listed(zones)}, by the phone number", source=ZoneSource.PHONE)


def _by_address(place: Place, source: ZoneSource) -> ZoneChoice | None:
    zones = place.zones()
    if not zones:
        return None
    whose = "the company's address" if source is ZoneSource.COMPANY else "the address"
    return ZoneChoice(zones=zones, because=f"{_listed(zones)}, by {whose} {place}", source=source)


def _listed(zones: tuple[str, ...]) -> str:
    if len(zones) == 1:
        return zones[0]
    shown = ", ".join(zones[:4]) + (", …" if len(zones) > 4 else "")
    return f"any of {len(zones)} zones ({shown}), open when all are"


def _agreeing(wanted: tuple[str, ...], among: tuple[str, ...]) -> tuple[str, ...]:
    clocks = {clock(each) for each in among}
    return tuple(each for each in wanted if clock(each) in clocks)


@lru_cache(maxsize=65_536)
def phone_zones(phone: str) -> tuple[str, ...]:
    """The zones that a number in E.164 may be in, one name for each clock; empty when the number does not
    tell.

    A geographic number has its area's; a mobile one all of its country's, under the country's own names."""
    import phonenumbers
    from phonenumbers import timezone

    try:
        number = phonenumbers.parse(phone)
    except phonenumbers.NumberParseException:
        return ()
    names = distinct_clocks(_known(timezone.time_zones_for_number(number)))
    if len(names) == 1:
        return names
    country = address_zones(phonenumbers.region_code_for_number(number) or "")
    return _agreeing(country, names) or names


def _known(names: Iterable[str]) -> Iterator[str]:
    return (each for each in names if each in zone_names())
