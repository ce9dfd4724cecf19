"""What templates may ask of a lead."""

from datetime import UTC, datetime

from tests.factories import make_lead
from touches.engine.known import Known
from touches.model.people import Company, Lead
from touches.planning.facts import facts_of

NOW = datetime(2026, 11, 4, tzinfo=UTC)
LEADS = (
    make_lead(first_name="Ann", city="Oulu", birth_year=1960),
    make_lead(name="Ann Berg", first_name="A", attributes={"city": "Espoo", "name": "a column", "nick": "An"}),
    make_lead(company=Company(id=1, name="Firm", size=3), country="", owner="bo"),
)


def known_of(lead: Lead) -> dict[str, object]:
    """As it stands in the description: the columns, and over them what rules may ask."""
    columns = ("first_name", "last_name", "city", "country", "segment", "owner", "language", "external_id", "street")
    plain = {name: getattr(lead, name) or None for name in (*columns, "postal_code", "region", "timezone")}
    points = {"email": lead.points[0].address, "phone": None}
    return {**plain, **points, "name": lead.full_name or None, "company": None, "company_size": None} | dict(
        facts_of(lead, NOW)
    )


def test_each_name_says_what_is_known_whoever_asks_first() -> None:
    for lead in LEADS:
        wanted = known_of(lead)
        assert {name: Known(lead, NOW)[name] for name in wanted} == wanted
        assert dict(Known(lead, NOW)) == wanted


def test_a_name_that_nobody_knows_is_absent() -> None:
    known = Known(LEADS[0], NOW)

    assert "nick" not in known
    assert "nick" in Known(LEADS[1], NOW)
    assert "first_name" in known
    assert known["last_name"] is None
