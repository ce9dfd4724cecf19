"""Tells the people of `[alerts] to` what needs them, once for each cause and hour, by mail through the engine."""

from collections.abc import Sequence

from touches.engine.office import Office
from touches.store.notices import Notice
from touches.store.units import Unit


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
