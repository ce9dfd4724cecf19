"""What becomes of a planned touch when a government moves its clocks: the local time stands, the instant moves."""

from datetime import UTC, datetime, timedelta

from touches.model.cadence import Touch
from touches.time.local import local_instant
from touches.time.zones import zone

MINUTE = timedelta(minutes=1)


def moved_by_zone_data(touch: Touch) -> timedelta:
    """How far the instant of a planned touch moves under today's zone data. Nothing where it was moved since it was
    planned: then its hour was not meant, and the open hours are looked at again before it leaves."""
    if touch.due_at is None or not touch.local_time or not touch.zone:
        return timedelta()
    meant = datetime.fromisoformat(touch.local_time)
    seconds = touch.due_at - meant.astimezone(UTC)
    if not timedelta() <= seconds < MINUTE:
        return timedelta()
    wall, name = meant.replace(tzinfo=None), touch.zone.partition(",")[0]
    if (touch.due_at - seconds).astimezone(zone(name)).replace(tzinfo=None) == wall:
        return timedelta()
    now_means = local_instant(wall.date(), wall.time(), name)
    return now_means + seconds - touch.due_at
