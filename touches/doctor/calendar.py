"""The calendar: whether public holidays of our country and the leads' are known, and for how long."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from policies.times import DateRange
from touches.doctor.answer import Answer, ok, warn
from touches.settings.model import Settings
from touches.time.closed import HolidayCalendar, calendar_warning
from touches.time.local import local_date

AHEAD = timedelta(days=400)  # plans reach over a year: "after 1 year", "silent for 18 months"
LATER = "Touches after that day count as on working days."


def calendar(settings: Settings, now: datetime) -> Answer:
    """Warns before the calendar ends: what lies behind its end would be planned on holidays."""
    said = _missing(settings.workspace.country, settings, now)
    if said:
        return warn("calendar", said, LATER)
    ends_on = HolidayCalendar(country=settings.workspace.country).ends_on
    return ok("calendar", f"public holidays of {settings.workspace.country} are known until {ends_on}")


def calendars_of_leads(settings: Settings, countries: Iterable[str], now: datetime) -> Iterable[Answer]:
    """The same for the other countries that leads live in; nothing where all is well."""
    for country in sorted({*countries} - {settings.workspace.country}):
        if said := _missing(country, settings, now):
            yield warn("calendar", f"of leads: {said}", LATER)


def _missing(country: str, settings: Settings, now: datetime) -> str:
    own = tuple(DateRange(day, day) for day in settings.calendar.closed)
    days = HolidayCalendar(country=country, own=own)
    return calendar_warning(days, local_date(now, settings.workspace.timezone), AHEAD) or days.gaps
