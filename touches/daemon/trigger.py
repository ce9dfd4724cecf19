"""A line of `[schedule]` as an APScheduler trigger: the times are computed by us, in UTC, clock changes defined."""

from datetime import datetime
from zoneinfo import ZoneInfo

from apscheduler.triggers.base import BaseTrigger

from touches.settings.schedule import ScheduleLine, next_fire


class LineTrigger(BaseTrigger):  # type: ignore[misc]  # APScheduler 3 ships no types
    """Fires as the line says, in the workspace's zone."""

    def __init__(self, line: ScheduleLine, zone: ZoneInfo) -> None:
        self._line = line
        self._zone = zone

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:
        """The next instant after the later of the last fire and the present."""
        after = now if previous_fire_time is None else max(previous_fire_time, now)
        return next_fire(self._line, after, self._zone)

    def __str__(self) -> str:
        return str(self._line)
