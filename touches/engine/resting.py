"""A channel that rests because we ourselves are refused: until an instant, or until a person has mended the cause."""

from datetime import datetime
from typing import NamedTuple

from touches.store.units import Unit

PAUSED_TRANSPORT = "transport:"  # key of the switch; its value is an instant and the reason


class Rest(NamedTuple):
    """Until when, in ISO 8601, and why."""

    until: str
    because: str


def rest(unit: Unit, channel: str, *, until: datetime, because: str, at: datetime) -> None:
    """Nothing is claimed for the channel until then."""
    unit.switches.set(PAUSED_TRANSPORT + channel, f"{until.isoformat()} {because}", at=at)


def resting(unit: Unit, *, now: datetime) -> dict[str, Rest]:
    """The channels that rest."""
    found = {}
    for key, value in unit.switches.under(PAUSED_TRANSPORT).items():
        until, _, because = value.partition(" ")
        if until and datetime.fromisoformat(until) > now:
            found[key.removeprefix(PAUSED_TRANSPORT)] = Rest(until, because)
    return found


def end_rests(unit: Unit, *, at: datetime, by: str) -> dict[str, str]:
    """Let them go on at once, by channel with the reason of its rest. What was refused keeps its own next try."""
    ended = {channel: found.because for channel, found in resting(unit, now=at).items()}
    for channel in ended:
        unit.switches.set(PAUSED_TRANSPORT + channel, "", at=at, by=by)
    return ended
