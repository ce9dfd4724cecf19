"""The engine in numbers, in Prometheus' text format."""

from datetime import timedelta

from touches.engine.allowing import free_space
from touches.engine.office import Office
from touches.model.people import CHANNELS
from touches.store.indexed import OPEN

HOUR = timedelta(hours=1)


def metrics_text(office: Office) -> str:
    """What `/metrics` serves: gauges read from the database at this moment, and no person's data."""
    from prometheus_client import CollectorRegistry, Gauge, generate_latest

    registry = CollectorRegistry()

    def gauge(name: str, text: str, *labels: str) -> Gauge:
        return Gauge(f"touches_{name}", text, labels, registry=registry)

    now = office.clock.now()
    with office.store.read() as unit:
        due, states, oldest = unit.vitals.due(now), unit.vitals.open(), unit.vitals.oldest_doubt()
        stopped, beats = unit.switches.stopped(), unit.switches.heartbeats()
        left = {channel: unit.vitals.handed_over_since(channel, now - HOUR) for channel in CHANNELS}
    waiting = gauge("due", "Touches that are due now.", "channel")
    age = gauge("due_oldest_seconds", "For how long the oldest due touch has waited.", "channel")
    for channel in CHANNELS:  # none is a number too: a series that ends tells nobody that all is well
        count, since = due.get(channel, (0, now))
        waiting.labels(channel).set(count)
        age.labels(channel).set((now - since).total_seconds())
    by_state = gauge("open", "Touches in hand, in doubt, held or quarantined.", "state")
    for state in sorted(OPEN):
        by_state.labels(state.value).set(states.get(state, 0))
    last_hour = gauge("handed_over_last_hour", "Touches that left within the last hour.", "channel")
    for channel, count in left.items():
        last_hour.labels(channel).set(count)
    gauge("doubt_oldest_seconds", "Age of the oldest touch in doubt.").set(
        (now - oldest).total_seconds() if oldest else 0
    )
    gauge("stopped", "1 while everything is paused or in hold.").set(bool(stopped))
    alive = gauge("daemon_beat_seconds", "Seconds since a daemon's last sign of life.", "daemon")
    for beat in beats:
        if beat.stopped_at is None:
            alive.labels(beat.name).set((now - beat.beat_at).total_seconds())
    gauge("free_bytes", "Free space on the disk of the database.").set(free_space(office.desk.free_space_at))
    return generate_latest(registry).decode()
