"""What waited while nobody was there: each channel drains it at no more than twice its normal hourly rate."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from touches.engine.office import Office
from touches.planning.limits import LOOKS_BACK, OUTAGE, backlog_pace, is_outage
from touches.store.units import Unit

BACKLOG = "backlog:"  # key of the switch that paces a channel after an outage
LAST_TICK = "last tick"  # key of the switch with the instant of the last `tick`
LONGEST_BREAK = timedelta(days=2)  # between passes of cron, which may run once a day: longer is an outage


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How a channel drains: so many an hour (0: as it can), until nothing is left that was due before `since`.
    `evenly`: an hour's share is spread over its minutes, which only a daemon can."""

    per_hour: int = 0
    since: str = ""
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
            channel: pace
            for channel, (count, _) in unit.vitals.due(now).items()
            if (pace := backlog_pace(overdue=count, by_hour=_before(unit, channel, last)))
        }
        for channel, per_hour in paces.items():
            value = asdict(Pace(per_hour=per_hour, since=now.isoformat(), evenly=evenly))
            unit.switches.set(BACKLOG + channel, json.dumps(value), at=now)
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
    with office.store.read() as unit:
        if not unit.switches.under(BACKLOG):
            return
    now = office.clock.now()
    with office.store.write() as unit:
        oldest = unit.vitals.oldest_due(now)
        for key, value in unit.switches.under(BACKLOG).items():
            since = datetime.fromisoformat(Pace(**json.loads(value)).since)
            if oldest.get(key.removeprefix(BACKLOG), now) >= since:
                unit.switches.set(key, "", at=now)
