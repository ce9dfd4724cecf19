"""Reads what bears on one message: the touches it names, who has the sender's address, who is near to it."""

from collections.abc import Iterable
from datetime import datetime

from touches.engine.office import Office
from touches.inbound.matching import LATELY
from touches.inbound.values import Known, Mark
from touches.model.people import PointKind
from touches.store.units import Unit

COLLEAGUES_AT_MOST = 20  # more people at one domain work for nobody in particular: a mailbox provider


def known_of_mail(unit: Unit, office: Office, touch_ids: Iterable[int], sender: str, now: datetime) -> Known:
    """For a mail. Who else sits at the sender's domain is only asked where neither mark nor address tells. One of us
    who is a lead too, as people are who try things out, writes as that lead."""
    marks = marks_of(unit, touch_ids)
    if not sender:
        return Known(marks=marks)
    writers = unit.leads.at_address(PointKind.EMAIL, sender)
    if not writers and sender.casefold() in our_addresses(office):
        return Known(marks=marks, ours=True)
    if not writers and not any(mark.lead_id for mark in marks.values()):
        writers = unit.inbound.leads_alike(sender)
    colleagues = () if writers or marks else _at_domain(unit, sender)
    touched = unit.inbound.latest_touches([*writers, *colleagues], channel="email", since=now - LATELY)
    near = tuple(lead_id for lead_id in colleagues if lead_id in touched)
    return Known(marks=marks, writers=tuple(writers), colleagues=near, touched=touched)


def known_of_number(unit: Unit, number: str, now: datetime) -> Known:
    """For a text message."""
    writers = unit.leads.at_address(PointKind.PHONE, number) if number else []
    touched = unit.inbound.latest_touches(writers, channel="sms", since=now - LATELY)
    return Known(writers=tuple(writers), touched=touched)


def marks_of(unit: Unit, touch_ids: Iterable[int]) -> dict[int, Mark]:
    """The touches that signed marks name."""
    wanted = list(touch_ids)[:50]
    touches = unit.touches.by_ids(wanted).values() if wanted else ()
    return {
        touch.id: Mark(
            touch_id=touch.id,
            lead_id=touch.lead_id,
            channel=touch.channel,
            address=touch.address,
            notice=touch.kind == "notice",
        )
        for touch in touches
    }


def our_addresses(office: Office) -> frozenset[str]:
    """Everybody who works here, as far as the settings name them."""
    named = [office.sender.email, office.desk.inbound_address, *office.desk.alerts, *office.desk.digest_to]
    named += [one.email for one in office.colleagues.values()]
    return frozenset(address.casefold() for address in named if address)


def _at_domain(unit: Unit, sender: str) -> tuple[int, ...]:
    found = unit.inbound.leads_at_domain(sender.rpartition("@")[2].lower(), limit=COLLEAGUES_AT_MOST + 1)
    return tuple(found) if len(found) <= COLLEAGUES_AT_MOST else ()
