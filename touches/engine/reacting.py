"""What leads did since the last look: purchases and other activities stop policies and start others."""

from collections.abc import Sequence
from datetime import timedelta

from touches.engine.enrolling import enroll_by_trigger
from touches.engine.office import Office
from touches.engine.stopping import stop
from touches.model.cadence import Enrollment
from touches.model.care import Activity
from touches.store.units import Unit

BATCH = 500
FRESH = timedelta(days=7)  # an imported history must not greet the buyers of last year
KINDS = ("purchase", "visit", "reply", "opt_out", "complaint")


def react_to_activities(office: Office) -> int:
    """Look at each activity once: first it ends what it ends, then it starts what it starts. How many were seen."""
    seen = 0
    while True:
        with office.store.write() as unit:
            office.library.refresh(unit)
            found = unit.activities.unseen(KINDS, limit=BATCH)
            if not found:
                return seen
            _react(unit, office, [activity for _, activity in found])
            unit.activities.mark_seen([activity_id for activity_id, _ in found])
            seen += len(found)


def _react(unit: Unit, office: Office, activities: Sequence[Activity]) -> None:
    lead_ids = sorted({activity.lead_id for activity in activities})
    running = unit.enrollments.of_leads(lead_ids, running=True)
    now = office.clock.now()
    stopped: set[int] = set()
    for activity in activities:
        ending = [
            enrollment
            for enrollment in running[activity.lead_id]
            if enrollment.id not in stopped and _ends(unit, office, enrollment, activity)
        ]
        stopped |= {enrollment.id for enrollment in ending}
        stop(unit, ending, because=f"{activity.kind} on {activity.at:%Y-%m-%d}", actor="engine", at=now)
    buyers = sorted(
        {activity.lead_id for activity in activities if activity.kind == "purchase" and now - activity.at <= FRESH}
    )
    enroll_by_trigger(unit, office, "purchase", buyers)


def _ends(unit: Unit, office: Office, enrollment: Enrollment, activity: Activity) -> bool:
    """A purchase ends what was running when it was made, not what it started itself."""
    policy, _ = office.library.policy(unit, enrollment.policy, enrollment.version)
    return activity.kind in policy.stop_on and activity.at >= enrollment.entered_at
