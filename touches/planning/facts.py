"""What rules may ask of a lead, by the names that policies and news use."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cached_property

from touches.model.people import Lead


def facts_of(lead: Lead, now: datetime) -> Mapping[str, object]:
    """Facts for conditions such as `{age: "> 50", company_size: ">= 250"}`; unknown ones are absent.

    `age` is by the calendar year of `now`: only the year of birth is known.
    """
    company = lead.company
    known: dict[str, object] = {
        "segment": lead.segment,
        "country": lead.country,
        "region": lead.region,
        "language": lead.language,
        "owner": lead.owner,
        "source": lead.source,
        "city": lead.city,
        "preferred_channel": lead.preferred_channel,
        "company": company.name if company else "",
        "company_size": company.size if company else None,
        "birth_year": lead.birth_year,
        "age": now.year - lead.birth_year if lead.birth_year else None,
        "customer": "yes" if lead.bought_at else "no",
        "lead": lead.key,
        "lead_id": str(lead.id),
    }
    return {**lead.attributes, **{name: value for name, value in known.items() if value not in ("", None)}}


class FactsOnDemand(Mapping[str, object]):
    """The same facts, gathered when the first of them is asked for: most rules ask for none."""

    def __init__(self, lead: Lead, now: datetime) -> None:
        self._lead = lead
        self._now = now

    @cached_property
    def _facts(self) -> Mapping[str, object]:
        return facts_of(self._lead, self._now)

    def __getitem__(self, name: str) -> object:
        return self._facts[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._facts)

    def __len__(self) -> int:
        return len(self._facts)
