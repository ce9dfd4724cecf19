"""What waited while nobody was there: each channel drains it at no more than twice its normal hourly rate."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from touches.engine.office import Office
from touches.planning.limits import LOOKS_BACK, OUTAGE, backlog_pace, is_outage
from touches.store.units import Unit

BACKLOG = "backlog:"  # key of the switch that paces a channel after an outage
LAST_TICK = "last tick"  # key of the switch with the instant of the last `tick`
LONGEST_PACE = timedelta(days=3)  # at least as long as we were away, up to this: what is late moves to days to come
LONGEST_BREAK = timedelta(days=2)  # between passes of cron, which may run once a day: longer is an outage


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How a channel drains: so many an hour (0: as it can), not before `until` and until nothing is due of what was
    planned before we came back, `up_to_id`. `evenly`: an hour's share is spread over its minutes, which only a daemon
    can."""

    per_hour: int = 0
    until: str = ""
    up_to_id: int = 0
    evenly: bool = True


def pace_of(unit: Unit, channel: str) -> Pace:
    """The pace that is set for a channel now."""
    value = unit.switches.get(BACKLOG + channel)
    return Pace(**json.loads(value)) if value else Pace()


def pace_backlog(office: Office, *, longest: timedelta = OUTAGE, evenly: bool = True) -> dict[str, int]:
    """At the start of a daemon or a pass: where nothing ran for longer than `longest`, channels with more than they
    can do in an hour are paced; the paces that were set."""
    now = office.clock.now()
    with office.store.write() as unit:
        last = last_sign_of_life(unit)
        if last is None or not is_outage(last_alive=last, now=now, longest=longest):
            return {}
        paces = {
            channel: per_hour
            for channel, (count, _) in unit.vitals.due(now).items()
            if (per_hour := backlog_pace(overdue=count, by_hour=_before(unit, channel, last)))
        }
        for channel, per_hour in paces.items():
            until = now + min(now - last, LONGEST_PACE)
            pace = Pace(per_hour=per_hour, until=until.isoformat(), up_to_id=unit.touches.newest_id(), evenly=evenly)
            unit.switches.set(BACKLOG + channel, json.dumps(asdict(pace)), at=now)
    return paces


def begin_pass(office: Office) -> dict[str, int]:
    """The same for a pass of cron, which leaves its own sign of life."""
    paces = pace_backlog(office, longest=LONGEST_BREAK, evenly=False)
    end_backlogs(office)
    now = office.clock.now()
    with office.store.write() as unit:
        unit.switches.set(LAST_TICK, now.isoformat(), at=now)
    return paces


def _before(unit: Unit, channel: str, last: datetime) -> dict[datetime, int]:
    return dict(unit.vitals.handed_over_by_hour(channel, since=last - LOOKS_BACK, until=last + timedelta(hours=1)))


def last_sign_of_life(unit: Unit) -> datetime | None:
    """When a daemon last ran, a pass was made, or anything last left."""
    signs = [beat.beat_at for beat in unit.switches.heartbeats() if beat.note != "serve"]
    passed, left = unit.switches.get(LAST_TICK), unit.vitals.last_handed_over()
    signs += [datetime.fromisoformat(passed)] if passed else []
    return max([*signs, *([left] if left is not None else [])], default=None)


def end_backlogs(office: Office) -> None:
    """A channel without anything left from before the outage goes at its own speed again. Looks before it writes."""
    now = office.clock.now()
    with office.store.read() as unit:
        ended = [key for key, value in unit.switches.under(BACKLOG).items() if _is_drained(unit, key, value, now)]
    if ended:
        with office.store.write() as unit:
            for key in ended:
                unit.switches.set(key, "", at=now)


def _is_drained(unit: Unit, key: str, value: str, now: datetime) -> bool:
    pace = Pace(**json.loads(value))
    if now < datetime.fromisoformat(pace.until):
        return False
    return not unit.vitals.is_due(key.removeprefix(BACKLOG), now, up_to_id=pace.up_to_id)
