"""Works out anew what is planned when the zone data changes: a touch keeps its local time."""

from touches.engine.office import Office
from touches.model.cadence import Touch
from touches.model.states import TouchState
from touches.planning.zone_shift import moved_by_zone_data
from touches.store.events import Event
from touches.store.touches import Move
from touches.store.units import Unit
from touches.time.zones import zone_data_version

ZONE_DATA = "zone_data"  # the switch with the version by which everything was planned
BATCH = 500
WAITING = (TouchState.PLANNED, TouchState.READY)


def follow_zone_data(office: Office, version: str = "") -> int:
    """Once for each version of the zone data; how many touches have moved. A touch whose local time lies in a new gap
    or repeats goes by the rule for both: the first instant after it, the first of the two."""
    version = version or zone_data_version()
    with office.store.read() as unit:
        known = unit.switches.get(ZONE_DATA)
    if known == version:
        return 0
    moved = after = 0
    while known:
        with office.store.write() as unit:
            touches = unit.touches.page(after=after, limit=BATCH, states=WAITING)
            if not touches:
                break
            moved += sum(_follow(unit, office, touch, version) for touch in touches)
            after = touches[-1].id
    with office.store.write() as unit:
        unit.switches.set(ZONE_DATA, version, at=office.clock.now())
    return moved


def _follow(unit: Unit, office: Office, touch: Touch, version: str) -> int:
    shift = moved_by_zone_data(touch)
    if not shift or touch.due_at is None:
        return 0
    latest = touch.latest_at + shift if touch.latest_at is not None else None
    meant = touch.local_time[:16].replace("T", " ")
    because = f"the clocks of {touch.zone} changed (zone data {version}): {meant} there is another instant now"
    values = {"due_at": touch.due_at + shift, "latest_at": latest, "reason": because}
    if not unit.touches.move([Move(touch_id=touch.id, old=touch.state, new=TouchState.PLANNED, values=values)]):
        return 0
    at = office.clock.now()
    event = Event(at=at, action="planned", because=because, lead_id=touch.lead_id, touch_id=touch.id)
    unit.events.add([event])
    return 1
