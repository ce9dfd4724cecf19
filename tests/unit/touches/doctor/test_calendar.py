"""The calendar is asked before it ends."""

from datetime import UTC, date, datetime

from touches.doctor.answer import Health
from touches.doctor.calendar import calendar, calendars_of_leads
from touches.settings.model import Settings


def settings(country: str = "FI", closed: tuple[date, ...] = ()) -> Settings:
    workspace = {"name": "Cafe", "timezone": "Europe/Helsinki", "country": country}
    sender = {"name": "Aino", "email": "aino@cafe.test", "postal_address": "Street 1, Helsinki"}
    days = [day.isoformat() for day in closed]
    return Settings.model_validate({"workspace": workspace, "sender": sender, "calendar": {"closed": days}})


def test_a_country_whose_holidays_are_known_for_long_is_well() -> None:
    assert calendar(settings(), datetime(2026, 11, 22, tzinfo=UTC)).health is Health.OK


def test_it_warns_before_the_calendar_ends() -> None:
    said = calendar(settings(), datetime(2150, 1, 1, tzinfo=UTC))

    assert said.health is Health.WARN
    assert "are known until" in said.found


def test_own_days_that_have_all_passed_want_to_be_continued() -> None:
    said = calendar(settings(closed=(date(2025, 12, 24),)), datetime(2026, 11, 22, tzinfo=UTC))

    assert "continue [calendar] closed" in said.found


def test_the_countries_of_leads_are_asked_as_well() -> None:
    asked = ["FI", "SE", "ZZ"]

    today = calendars_of_leads(settings(), asked, datetime(2026, 11, 22, tzinfo=UTC))
    late = calendars_of_leads(settings(), asked, datetime(2150, 1, 1, tzinfo=UTC))

    assert [said.found for said in today] == ['of leads: no public holidays are known for country "ZZ"']
    assert ["holidays of SE are known until" in said.found for said in late] == [True, False]
