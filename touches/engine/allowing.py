"""How many touches a channel may claim now: switches, limits, disk and backlog, read where they stand."""

import json
import os
from datetime import datetime

from touches.engine.office import Office
from touches.engine.recording import PAUSED_TRANSPORT
from touches.planning.limits import LOOKS_BACK, Allowance, allowance, backlog_pace, disk_is_low, smallest
from touches.store.units import Unit

BACKLOG = "backlog:"  # key of the switch that paces a channel after an outage


def may_claim(office: Office, channel: str) -> Allowance:
    """Everything that may forbid a claim, or make it smaller."""
    desk, now = office.desk, office.clock.now()
    forbidden = _forbidden(office)
    if forbidden:
        return Allowance(count=0, stopped=forbidden)
    with office.store.read() as unit:
        return allowance(
            stopped=unit.gatekeeping.stopped(),
            rested=unit.switches.get(PAUSED_TRANSPORT + channel),
            sent=unit.touches.handed_over_since,
            channel=channel,
            per_minute=desk.per_minute.get(channel, 0),
            per_day=smallest(desk.per_day.get(channel, 0), _ramp(office, unit, channel, now)),
            per_hour=_pace(unit, channel),
            batch=desk.batch,
            now=now,
        )


def is_limited(office: Office, channel: str) -> bool:
    """Whether what was handed over is counted: then a claim waits until all that went before is recorded."""
    desk = office.desk
    if desk.per_minute.get(channel) or desk.per_day.get(channel) or (desk.warm_up is not None and channel == "email"):
        return True
    with office.store.read() as unit:
        return bool(_pace(unit, channel))


def _forbidden(office: Office) -> str:
    if office.store.is_replaced():
        return "another file has taken the place of the database: stop, look, and start again"
    return disk_is_low(free=free_space(office.desk.free_space_at), floor=office.desk.free_space)


def free_space(folder: str) -> int:
    """Bytes that we may still write on the disk of a folder; plenty where nobody said which."""
    if not folder:
        return 2**63
    found = os.statvfs(folder)
    return found.f_bavail * found.f_frsize


def _ramp(office: Office, unit: Unit, channel: str, now: datetime) -> int:
    ramp = office.desk.warm_up
    if ramp is None or channel != "email":
        return 0
    started = unit.vitals.first_handed_over(channel) or now
    return ramp.ceiling(max(0, (now - started).days))


def _pace(unit: Unit, channel: str) -> int:
    value = unit.switches.get(BACKLOG + channel)
    return int(json.loads(value)["per_hour"]) if value else 0


def pace_backlog(office: Office) -> dict[str, int]:
    """At the start of a daemon: after an outage each channel's backlog drains at twice its normal hourly rate; the
    paces that were set."""
    now = office.clock.now()
    with office.store.write() as unit:
        last = last_sign_of_life(unit)
        paces = {
            channel: pace
            for channel, (count, _) in unit.vitals.due(now).items()
            if last is not None and (pace := _pace_of(unit, channel, last, count, now))
        }
        for channel, pace in paces.items():
            value = json.dumps({"per_hour": pace, "since": now.isoformat()})
            unit.switches.set(BACKLOG + channel, value, at=now)
    return paces


def _pace_of(unit: Unit, channel: str, last: datetime, overdue: int, now: datetime) -> int:
    by_hour = unit.vitals.handed_over_by_hour(channel, since=last - LOOKS_BACK, until=last)
    return backlog_pace(last_alive=last, now=now, overdue=overdue, by_hour=by_hour)


def last_sign_of_life(unit: Unit) -> datetime | None:
    """When a daemon last ran, or anything last left."""
    signs = [beat.beat_at for beat in unit.switches.heartbeats() if beat.note != "serve"]
    last = unit.vitals.last_handed_over()
    return max([*signs, *([last] if last is not None else [])], default=None)


def end_backlogs(office: Office) -> None:
    """A channel without anything left from before the outage goes at its own speed again."""
    now = office.clock.now()
    with office.store.write() as unit:
        due = unit.vitals.due(now)
        for key, value in unit.switches.under(BACKLOG).items():
            oldest = due.get(key.removeprefix(BACKLOG), (0, now))[1]
            if oldest >= datetime.fromisoformat(json.loads(value)["since"]):
                unit.switches.set(key, "", at=now)
