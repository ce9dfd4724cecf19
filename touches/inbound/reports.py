"""What a provider reports of an SMS. Reports come twice, late, too early and out of order; a status only rises."""

from datetime import timedelta

from channels.inbound.webhooks.values import DeliveryReport, Status
from touches.care.record import note
from touches.engine.office import Office
from touches.inbound.acts import Act, OptOut, ProveArrival, Remember, TakeBack
from touches.inbound.cleaning import clean_line
from touches.inbound.doing import Taken, arrival_of, carry_out
from touches.inbound.forgotten import is_forgotten, without_names
from touches.inbound.values import By, Incoming, Match
from touches.model.cadence import Touch
from touches.model.states import LedgerStatus, TouchState
from touches.store.inbound import WAITS, Arrival
from touches.store.units import Unit
from touches.tokens import Purpose

KIND = "sms_report"
JOINED_WITHIN = timedelta(days=3)
REPORTED_WITHIN = timedelta(days=14)
ARRIVED = frozenset({Status.DELIVERED, Status.READ})
GIVEN_UP = frozenset({Status.FAILED, Status.UNDELIVERED})
ON_ITS_WAY = frozenset({Status.QUEUED, Status.SENT})
OPTED_OUT_THERE = "21610"  # Twilio: the person sent STOP to this number of ours
BATCH = 200


def handle_report(office: Office, report: DeliveryReport) -> Taken:
    """Write the report down and let its touch follow, in one transaction; one that comes before its touch is noted
    waits for it. Idempotent by (source, event id). The caller has checked the signature. Raises DatabaseError."""
    with office.store.write() as unit:
        touch_id = _touch_of(unit, office, report)
        touch = unit.touches.by_ids([touch_id]).get(touch_id) if touch_id is not None else None
        found = _match(touch)
        incoming = _incoming(report, office)
        if is_forgotten(unit, found):
            incoming = without_names(office, incoming)
        inbound_id = unit.inbound.add(arrival_of(incoming, found, (), office))
        if inbound_id is None:
            return Taken(kind=KIND, again=True, handled="it was here before")
        handled = _follow(unit, office, incoming, report.status, touch, found, inbound_id)
        unit.inbound.update(inbound_id, handled=handled)
    return Taken(kind=KIND, inbound_id=inbound_id, lead_id=found.lead_id, touch_id=found.touch_id, handled=handled)


def join_reports(office: Office) -> int:
    """Look again at reports that came too early; how many found their touch. After three days nobody waits."""
    joined = 0
    with office.store.read() as unit:
        if not unit.inbound.waiting(limit=1):
            return 0
    with office.store.write() as unit:
        for waiting in unit.inbound.waiting(limit=BATCH):
            handled = _join(unit, office, waiting)
            joined += handled != WAITS
            if handled != WAITS:
                unit.inbound.update(waiting.id, handled=handled)
    return joined


def report_reaction(status: Status, touch: Touch, *, text: str = "") -> tuple[Act, ...] | None:
    """What follows for its touch; None: too early, the answer to the hand-over is not noted yet. Pure.

    Proof of arrival outranks a failure, whichever came first.
    """
    if touch.channel != "sms":
        return (Remember(because=f"a report of an SMS for a touch by {touch.channel}"),)
    if touch.state is TouchState.COMMITTING:
        return None
    because = f"reported {status}" + (f": {text}" if text and text != status else "")
    if status in ARRIVED:
        return (ProveArrival(touch_id=touch.id, because=because, delivered=True),)
    if status in ON_ITS_WAY:
        return (ProveArrival(touch_id=touch.id, because=because),)
    if status not in GIVEN_UP:
        return (Remember(because=f"an unknown status: {text}"),)
    acts: tuple[Act, ...] = ()
    if touch.state in (TouchState.SENT, TouchState.IN_DOUBT):
        acts = (TakeBack(touch_id=touch.id, because=because),)
    if text.startswith(OPTED_OUT_THERE) and touch.lead_id is not None:
        acts = (*acts, OptOut(lead_id=touch.lead_id, channel="sms", because="the provider knows an opt-out"))
    return acts or (Remember(because=f"{status}, but the touch is {touch.state}"),)


def _follow(
    unit: Unit, office: Office, incoming: Incoming, status: Status, touch: Touch | None, found: Match, inbound_id: int
) -> str:
    if touch is None:
        return WAITS
    acts = report_reaction(status, touch, text=incoming.text)
    if acts is None:
        return WAITS
    if status in ARRIVED and touch.state is TouchState.BOUNCED:
        return _tell_after_all(unit, office, touch)
    return carry_out(unit, office, incoming, found, acts, inbound_id) or "known already"


def _tell_after_all(unit: Unit, office: Office, touch: Touch) -> str:
    """It was given up and arrived: the touch stays as it is, but the lead has heard its news."""
    now = office.clock.now()
    if touch.lead_id is not None and touch.news:
        unit.ledger.reserve(
            lead_id=touch.lead_id,
            news_class=touch.news_class,
            news=touch.news,
            touch_id=touch.id,
            at=now,
            status=LedgerStatus.TOLD,
        )
    because = "reported as failed first and as delivered then: its news was told"
    note(unit, action="arrived", because=because, actor="engine", at=now, lead_id=touch.lead_id, touch_id=touch.id)
    return because


def _join(unit: Unit, office: Office, waiting: Arrival) -> str:
    status = Status(waiting.because.partition(";")[0].removeprefix("status "))
    report = DeliveryReport(
        source=waiting.source,
        event_id=waiting.source_id,
        key=waiting.sender,
        reference=waiting.subject,
        status=status,
        at=waiting.at,
        text=waiting.body,
    )
    touch_id = waiting.touch_id or _touch_of(unit, office, report)
    touch = unit.touches.by_ids([touch_id]).get(touch_id) if touch_id is not None else None
    handled = _follow(unit, office, _incoming(report, office), status, touch, _match(touch), waiting.id)
    if touch is not None:
        unit.inbound.update(waiting.id, touch_id=touch.id, lead_id=touch.lead_id)
    expired = office.clock.now() - waiting.received_at > JOINED_WITHIN
    return "no touch was found for it" if handled == WAITS and expired else handled


def _touch_of(unit: Unit, office: Office, report: DeliveryReport) -> int | None:
    """By our own signed key, else by the provider's name for the message."""
    number = office.signer.read(report.key, Purpose.TOUCH) if report.key else None
    if number is not None or not report.reference:
        return number
    since = office.clock.now() - REPORTED_WITHIN
    return unit.inbound.touch_by_reference("sms", report.reference, since=since)


def _match(touch: Touch | None) -> Match:
    if touch is None:
        return Match(by=By.NOBODY, because="no touch of this name yet")
    return Match(by=By.TOKEN, because="our key or the provider's name", lead_id=touch.lead_id, touch_id=touch.id)


def _incoming(report: DeliveryReport, office: Office) -> Incoming:
    """Of a report the columns for sender and subject keep the two names by which it finds its touch."""
    return Incoming(
        source=report.source,
        source_id=clean_line(report.event_id),
        channel="sms",
        kind=KIND,
        because=f"status {report.status.value}",
        sender=clean_line(report.key, at_most=80),
        subject=clean_line(report.reference, at_most=80),
        text=clean_line(report.text, at_most=500),
        at=min(report.at, office.clock.now()),
        machine=True,
    )
