"""The calendar: whether public holidays of the workspace's country are known, and for how long."""

from datetime import datetime, timedelta

from policies.times import DateRange
from touches.doctor.answer import Answer, ok, warn
from touches.settings.model import Settings
from touches.time.closed import HolidayCalendar, calendar_warning
from touches.time.local import local_date

AHEAD = timedelta(days=400)  # plans reach over a year: "after 1 year", "silent for 18 months"


def calendar(settings: Settings, now: datetime) -> Answer:
    """Warns before the calendar ends: what lies behind its end would be planned on holidays."""
    own = tuple(DateRange(day, day) for day in settings.calendar.closed)
    days = HolidayCalendar(country=settings.workspace.country, region="", own=own)
    said = calendar_warning(days, local_date(now, settings.workspace.timezone), AHEAD) or days.gaps
    if said:
        return warn("calendar", said, "Touches after that day count as on working days.")
    return ok("calendar", f"public holidays of {settings.workspace.country} are known until {days.ends_on}")
