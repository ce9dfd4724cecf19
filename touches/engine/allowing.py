"""How many touches a channel may claim now: switches, limits, disk and backlog, read where they stand."""

import os
from datetime import datetime

from touches.engine.backlog import pace_of
from touches.engine.office import Office
from touches.engine.resting import PAUSED_TRANSPORT
from touches.planning.limits import Allowance, Rates, allowance, disk_is_low, smallest
from touches.store.locks import hold
from touches.store.units import Unit


def may_claim(unit: Unit, office: Office, channel: str) -> Allowance:
    """How many touches may be claimed in this transaction; whoever claims where a rate is set has it to himself."""
    rates = _rates(unit, office, channel)
    if rates.ceilings():
        hold(unit.connection, f"rates/{channel}")
    return allowance(
        stopped=unit.gatekeeping.stopped(),
        rested=unit.switches.get(PAUSED_TRANSPORT + channel),
        sent=unit.vitals.may_have_left_since,
        channel=channel,
        rates=rates,
        batch=office.desk.batch,
        now=office.clock.now(),
    )


def forbidden(office: Office) -> str:
    """What of the machine forbids every claim; empty when nothing does. Reads no database."""
    if office.store.is_replaced():
        return "another file has taken the place of the database: stop, look, and start again"
    return disk_is_low(free=free_space(office.desk.free_space_at), floor=office.desk.free_space)


def free_space(folder: str) -> int:
    """Bytes that we may still write on the disk of a folder; plenty where nobody said which."""
    if not folder:
        return 2**63
    found = os.statvfs(folder)
    return found.f_bavail * found.f_frsize


def _rates(unit: Unit, office: Office, channel: str) -> Rates:
    desk, pace = office.desk, pace_of(unit, channel)
    return Rates(
        per_minute=desk.per_minute.get(channel, 0),
        per_day=smallest(desk.per_day.get(channel, 0), _ramp(office, unit, channel, office.clock.now())),
        per_hour=pace.per_hour,
        evenly=pace.evenly,
    )


def _ramp(office: Office, unit: Unit, channel: str, now: datetime) -> int:
    ramp = office.desk.warm_up
    if ramp is None or channel != "email":
        return 0
    started = unit.vitals.first_handed_over(channel) or now
    return ramp.ceiling(max(0, (now - started).days))
