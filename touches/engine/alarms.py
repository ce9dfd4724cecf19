"""Tells the people of `[alerts] to` what needs them, once for each cause and hour, by mail through the engine."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from touches.engine.allowing import free_space
from touches.engine.backlog import BACKLOG
from touches.engine.office import Office
from touches.engine.recording import OWED_ONLY
from touches.engine.resting import resting
from touches.model.states import TouchState
from touches.planning.limits import disk_is_low
from touches.store.notices import Notice
from touches.store.units import Unit

MACHINES = frozenset({"email", "sms", "fax"})  # channels that leave by themselves, at any hour that a policy opens


def raise_alarms(office: Office, alarms: Sequence[str]) -> None:
    """Make a notice of each alarm for everybody who is to be told."""
    if not alarms:
        return
    with office.store.write() as unit:
        for text in dict.fromkeys(alarms):
            alarm(unit, office, subject=text[:120], body=text)


def alarm(unit: Unit, office: Office, *, subject: str, body: str) -> int:
    """One alarm to everybody of `[alerts] to`, the same subject once an hour; how many go out."""
    now = office.clock.now()
    return sum(
        unit.notices.add(
            Notice(
                key=f"alert/{now:%Y%m%d%H}/{recipient}/{subject}",
                purpose="alert",
                recipient=recipient,
                subject=f"[{office.desk.name}] {subject}",
                body=body,
            ),
            at=now,
        )
        for recipient in office.desk.alerts
    )


DUE_FOR = timedelta(minutes=15)
DOUBT_FOR = timedelta(hours=24)


def watch(office: Office) -> list[str]:
    """Look at what may need a person: what is due and does not leave, doubts that age, a disk that fills, a transport
    that rests. The subjects of the alarms; each goes out once an hour."""
    now = office.clock.now()
    with office.store.read() as unit:
        found = [*_stuck(unit, now), *_old_doubt(unit, now), *_resting(unit, now)]
        low = disk_is_low(free=free_space(office.desk.free_space_at), floor=office.desk.free_space)
        found += [("the disk is nearly full", f"{low}. Nothing is claimed; opt-outs are still stored.")] if low else []
    if found:
        with office.store.write() as unit:
            for subject, body in found:
                alarm(unit, office, subject=subject, body=body)
    return [subject for subject, _ in found]


def _stuck(unit: Unit, now: datetime) -> list[tuple[str, str]]:
    """Due for long, and nothing has left since, on whatever channel."""
    last = unit.vitals.last_handed_over()
    if unit.switches.stopped() or unit.switches.under(BACKLOG) or (last is not None and now - last < DUE_FOR):
        return []
    oldest = {channel: at for channel, at in unit.vitals.oldest_due(now).items() if now - at >= DUE_FOR}
    return [
        (f"{channel}: touches are due and nothing leaves", f"The oldest is due since {at:%Y-%m-%d %H:%M}Z.")
        for channel, at in oldest.items()
        if channel in MACHINES
    ]


def _old_doubt(unit: Unit, now: datetime) -> list[tuple[str, str]]:
    oldest = unit.vitals.oldest_doubt()
    if oldest is None or now - oldest < DOUBT_FOR:
        return []
    count = unit.vitals.open().get(TouchState.IN_DOUBT, 0)
    since = f"the oldest since {oldest:%Y-%m-%d %H:%M}Z"
    body = f"{count} touches may or may not have arrived, {since}: touches outbox --state in_doubt"
    return [("touches in doubt wait for a decision", body)]


def _resting(unit: Unit, now: datetime) -> list[tuple[str, str]]:
    found = [
        (f"{channel} rests", f"Until {until}: {because}\n\nOnce the cause is mended, end it: touches outbox release")
        for channel, (until, because) in resting(unit, now=now).items()
    ]
    for key, reason in unit.switches.under(OWED_ONLY).items():
        if reason:
            channel = key.removeprefix(OWED_ONLY)
            found.append((f"{channel}: only notices leave", f"{reason}. End it: touches outbox release"))
    return found
