"""What a played day brings forth."""

from typing import NamedTuple

from touches.simulation.people import SimEnrollment, SimLead
from touches.simulation.timetable import Timetable

SENT = "sent"
HELD = "held"
EXPIRED = "expired"


class Played(NamedTuple):
    """A touch that left (`state` sent), was held, or expired. `due` is when it was due, `at` when it happened; both in
    microseconds UTC. `table` are the hours that bound it. Made by the million, so a tuple."""

    lead: SimLead
    enrollment: SimEnrollment
    step: str
    round: int
    number: int
    channel: str
    news: str
    due: int
    at: int
    reason: str
    state: str
    told_before: int  # bits of what the lead knew before
    bit: int
    table: Timetable
