"""A lead says stop, or start again; what is leaving at that very moment is said to be too late."""

from touches.care.record import Words, note, write_down
from touches.engine.office import Office
from touches.inbound.acts import CloseNumber, OpenNumber, OptIn, OptOut
from touches.inbound.values import Incoming
from touches.model.people import PointKind
from touches.model.states import TouchState
from touches.people.opt_out import opt_in, opt_out
from touches.store.units import Unit


def close_or_open(
    unit: Unit, office: Office, act: OptOut | OptIn | CloseNumber | OpenNumber, incoming: Incoming
) -> str:
    """Do it in the caller's transaction; what was done."""
    match act:
        case OptOut():
            return _opt_out(unit, office, act, incoming)
        case OptIn():
            opened = opt_in(unit, office.signer, act.lead_id, act.channel, act.because, at=office.clock.now())
            return f"{act.channel} is open again" if opened else f"{act.channel} was not closed"
        case CloseNumber():
            return _close_number(unit, office, act)
        case OpenNumber():
            return _open_number(unit, office, act)


def _opt_out(unit: Unit, office: Office, act: OptOut, incoming: Incoming) -> str:
    """Closed in this transaction. What has its marker already cannot be called back: that is said, not hidden."""
    now = office.clock.now()
    lead = unit.leads.get(act.lead_id)
    if lead is None:
        return "the lead is gone: nothing to close"
    if incoming.text and not incoming.machine:
        words = Words(said=incoming.text)
        write_down(
            unit,
            office,
            lead,
            words,
            channel=incoming.channel,
            direction="in",
            outcome="opt-out",
            actor="engine",
            at=now,
        )
    opt_out(unit, office.signer, lead.id, act.channel, act.because, at=now)
    leaving = unit.touches.of_leads([lead.id], states=(TouchState.COMMITTING,))[lead.id]
    for touch in leaving:
        because = "the opt-out came too late: the touch was being handed over"
        note(unit, action="too_late", because=because, actor="engine", at=now, lead_id=lead.id, touch_id=touch.id)
    return f"opted out of {act.channel}" + (", one touch too late" if leaving else "")


def _close_number(unit: Unit, office: Office, act: CloseNumber) -> str:
    hashed = office.signer.address_hash(PointKind.PHONE, act.number)
    now = office.clock.now()
    unit.suppressions.add([hashed], channel=act.channel, reason="opt_out", source=act.because, since=now)
    return f"the number is closed for {act.channel}"


def _open_number(unit: Unit, office: Office, act: OpenNumber) -> str:
    """Only what the number itself closed: erasure and other reasons stand."""
    hashed = office.signer.address_hash(PointKind.PHONE, act.number)
    removed = unit.suppressions.take_back([hashed], channel=act.channel)
    return f"the number is open for {act.channel} again" if removed else "nobody has this number, and it was not closed"
