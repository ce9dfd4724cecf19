"""What templates may ask for: `lead.…`, `owner.…` and `variant`."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import cached_property

from touches.engine.office import Office
from touches.model.people import Lead, PointKind
from touches.planning.facts import facts_of


def values_of(lead: Lead, arm: str, office: Office, now: datetime) -> Mapping[str, object]:
    """`lead.…` with None for what is not known of this lead (a text that prints it is never sent with a gap),
    `owner.…` and `variant`."""
    return {"lead": Known(lead, now), "owner": owner_values(lead, office), "variant": arm}


class Known(Mapping[str, object]):
    """What is known of a lead by name. Nearly every text asks for a name alone: the rest is gathered when it is asked
    for."""

    def __init__(self, lead: Lead, now: datetime) -> None:
        self._lead = lead
        self._now = now

    @cached_property
    def _all(self) -> Mapping[str, object]:
        lead = self._lead
        known = {
            **{name: read(lead) for name, read in _USUAL.items()},
            "company": None,
            "company_size": None,
            "segment": lead.segment,
            "owner": lead.owner,
            "language": lead.language,
            "email": _point(lead, PointKind.EMAIL),
            "phone": _point(lead, PointKind.PHONE),
            "external_id": lead.external_id,
            "street": lead.street,
            "postal_code": lead.postal_code,
            "region": lead.region,
            "timezone": lead.timezone,
        }
        return {name: None if value == "" else value for name, value in {**known, **facts_of(lead, self._now)}.items()}

    def __contains__(self, name: object) -> bool:
        return name in _USUAL or name in self._all

    def __getitem__(self, name: str) -> object:
        read = _USUAL.get(name)
        if read is None or name in self._lead.attributes:  # a column of the same name in somebody's list
            return self._all[name]
        return read(self._lead) or None

    def __iter__(self) -> Iterator[str]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)


_USUAL: Mapping[str, Callable[[Lead], str]] = {
    "first_name": lambda lead: lead.first_name,
    "last_name": lambda lead: lead.last_name,
    "name": lambda lead: lead.full_name,
    "city": lambda lead: lead.city,
    "country": lambda lead: lead.country,
}


def _point(lead: Lead, kind: PointKind) -> str:
    return next((point.address for point in lead.points if point.kind is kind), "")


def owner_values(lead: Lead, office: Office) -> Mapping[str, str]:
    """What templates may ask for as `owner.…`: who looks after the lead; else the sender."""
    owner = office.colleagues.get(lead.owner)
    if owner is None:
        return {"name": office.sender.name, "email": office.sender.email, "phone": office.sender.phone}
    return {"name": owner.name, "email": owner.email, "phone": owner.phone or office.sender.phone}
