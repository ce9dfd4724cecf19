"""What rules may ask of a lead, by the names that policies and news use."""

from collections.abc import Mapping
from datetime import datetime

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
