"""The closed set of what may follow from something that came back. Each act carries its reason."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias


@dataclass(frozen=True, slots=True, kw_only=True)
class Remember:
    """Nothing but to know it."""

    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Converse:
    """A person answered: sending stops, a conversation opens, the owner gets the text and a clock."""

    lead_id: int
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CountOurAnswer:
    """One of us answered the lead, with a copy to us: the open conversation owes nothing any more."""

    lead_id: int
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProveArrival:
    """Nobody answers what did not arrive: a touch in doubt was sent. `delivered`: a report says so in words."""

    touch_id: int
    because: str
    delivered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseUntil:
    """The lead is away."""

    lead_id: int
    until: datetime
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBack:
    """The touch came back from the address: its news is new again, and the policy goes on."""

    touch_id: int
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakAddress:
    """The mailbox does not exist: nobody writes there any more. It says nothing of the person."""

    address: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CountFailure:
    """Given up, but the mailbox may be good: too many in a short time break it."""

    address: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RestChannel:
    """They refuse us, not the lead: the channel rests, an operator is told."""

    channel: str
    until: datetime
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OptOut:
    """The lead said stop, for a channel or for `all`."""

    lead_id: int
    channel: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OptIn:
    """The lead asked to be written to again."""

    lead_id: int
    channel: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseNumber:
    """A number that no lead has said stop: it stays closed if it is ever imported."""

    number: str
    channel: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskPerson:
    """Nobody can tell whose it is: it goes on the list, and those who may be meant wait. `urgent`: people are told even
    where nobody waits."""

    may_be: tuple[int, ...]
    because: str
    urgent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchComplaints:
    """One more "this is spam": see whether there are too many."""

    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchPoison:
    """One more message that nobody can read: see whether somebody floods us."""

    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenNumber:
    """A number that no lead has asked to be written to again: what it had closed itself is open."""

    number: str
    channel: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MakePromise:
    """One of us promised something, by mail."""

    lead_id: int
    owner: str
    text: str
    by: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCase:
    """One of us passes a complaint on, by mail."""

    lead_id: int
    owner: str
    text: str
    harm: str
    reaction: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TellColleague:
    """One of us asked for something by mail, and it lacks what it needs."""

    owner: str
    because: str


Act: TypeAlias = (
    Remember
    | Converse
    | CountOurAnswer
    | ProveArrival
    | PauseUntil
    | TakeBack
    | BreakAddress
    | CountFailure
    | RestChannel
    | OptOut
    | OptIn
    | CloseNumber
    | OpenNumber
    | MakePromise
    | OpenCase
    | TellColleague
    | AskPerson
    | WatchComplaints
    | WatchPoison
)
