"""Carries out what follows from one message, all of it in one transaction with the row that says it was here."""

from collections.abc import Sequence
from dataclasses import dataclass

from touches.care.record import note
from touches.engine.office import Office
from touches.inbound import asking, closing, colleagues, talking, undelivered, watching
from touches.inbound.acts import (
    Act,
    AskPerson,
    BreakAddress,
    CloseNumber,
    Converse,
    CountFailure,
    CountOurAnswer,
    MakePromise,
    OpenCase,
    OpenNumber,
    OptIn,
    OptOut,
    PauseUntil,
    ProveArrival,
    Remember,
    RestChannel,
    TakeBack,
    TellColleague,
    WatchComplaints,
    WatchPoison,
)
from touches.inbound.forgotten import forgetting, is_forgotten
from touches.inbound.values import Incoming, Match
from touches.store.inbound import Arrival
from touches.store.units import Unit

UNMATCHED = "unmatched"
KEPT = ("poison", "complaint_feedback")  # these keep their class on the list


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of one message. `again`: it was here before, and nothing was done; `later`: it comes too early (its
    touch is just being handed over), so it has to be offered again."""

    kind: str = ""
    inbound_id: int | None = None
    lead_id: int | None = None
    touch_id: int | None = None
    handled: str = ""
    again: bool = False
    later: bool = False


def take(unit: Unit, office: Office, incoming: Incoming, match: Match, acts: Sequence[Act]) -> Taken:
    """Write the message down and do everything that follows; the same message a second time does nothing."""
    if is_forgotten(unit, match):
        incoming, match, acts = forgetting(office, incoming, match, acts)
    inbound_id = unit.inbound.add(arrival_of(incoming, match, acts, office))
    if inbound_id is None:
        return Taken(kind=incoming.kind, again=True, handled="it was here before")
    handled = carry_out(unit, office, incoming, match, acts, inbound_id)
    unit.inbound.update(inbound_id, handled=handled)
    return Taken(
        kind=kind_of(incoming, acts),
        inbound_id=inbound_id,
        lead_id=match.lead_id,
        touch_id=match.touch_id,
        handled=handled,
    )


def arrival_of(incoming: Incoming, match: Match, acts: Sequence[Act], office: Office) -> Arrival:
    """The row of a message."""
    return Arrival(
        source=incoming.source,
        source_id=incoming.source_id,
        kind=kind_of(incoming, acts),
        because=f"{incoming.because}; {match.by}: {match.because}"[:500],
        sender=incoming.sender,
        subject=incoming.subject,
        body=incoming.text,
        at=incoming.at,
        received_at=office.clock.now(),
        lead_id=match.lead_id,
        touch_id=match.touch_id,
    )


def kind_of(incoming: Incoming, acts: Sequence[Act]) -> str:
    """A message that a person has to place is unmatched, whatever else it is; what nobody can read stays poison."""
    asked = any(isinstance(act, AskPerson) for act in acts)
    return UNMATCHED if asked and incoming.kind not in KEPT else incoming.kind


def carry_out(
    unit: Unit, office: Office, incoming: Incoming, match: Match, acts: Sequence[Act], inbound_id: int
) -> str:
    """Do all acts in order; a sentence of what was done. What waits for a person is said first."""
    office.library.refresh(unit)
    said = [_do(unit, office, act, incoming, match, inbound_id) for act in acts]
    said.sort(key=lambda words: not words.startswith("to review"))
    return "; ".join(words for words in said if words)[:1000]


def _do(unit: Unit, office: Office, act: Act, incoming: Incoming, match: Match, inbound_id: int) -> str:
    match act:
        case Remember():
            return _remember(unit, office, act, incoming, match)
        case Converse() | CountOurAnswer() | PauseUntil():
            return talking.talk(unit, office, act, incoming, inbound_id)
        case ProveArrival() | TakeBack() | BreakAddress() | CountFailure() | RestChannel():
            return undelivered.settle(unit, office, act, incoming)
        case OptOut() | OptIn() | CloseNumber() | OpenNumber():
            return closing.close_or_open(unit, office, act, incoming)
        case AskPerson():
            return asking.ask(unit, office, act, incoming, inbound_id)
        case MakePromise() | OpenCase() | TellColleague():
            return colleagues.carry_out_for(unit, office, act, inbound_id)
        case WatchComplaints():
            return watching.watch_complaints(unit, office)
        case WatchPoison():
            return watching.watch_poison(unit, office)


def _remember(unit: Unit, office: Office, act: Remember, incoming: Incoming, match: Match) -> str:
    if match.lead_id is not None:
        now = office.clock.now()
        note(
            unit,
            action=incoming.kind,
            because=act.because,
            actor="engine",
            at=now,
            lead_id=match.lead_id,
            touch_id=match.touch_id,
        )
    return f"nothing to do: {act.because}"
