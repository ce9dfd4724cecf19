"""The closed set of a touch's states and the one table of moves between them."""

from enum import StrEnum


class TouchState(StrEnum):
    """Where a touch is in its life. The comment says how a row gets in and what takes it out."""

    PLANNED = "planned"  # in: the planner, a shift, a cap; out: its time comes
    READY = "ready"  # in: due, or given back by a refusal or a dead owner; out: a claim; a call goes on a list
    CLAIMED = "claimed"  # in: one owner took it under a lease; out: prepared, or given back
    PREPARED = "prepared"  # in: composed, its news reserved; out: offered
    OFFERING = "offering"  # in: the other side is being asked, nothing irrevocable; a call stands on somebody's list
    COMMITTING = "committing"  # in: the durable marker, right before the irrevocable byte; out: an answer, or doubt
    SENT = "sent"  # handed over: told
    DELIVERED = "delivered"  # proof of arrival
    BOUNCED = "bounced"  # came back from the address: its news is new again
    RETURNED = "returned"  # a letter came back by post
    IN_DOUBT = "in_doubt"  # the irrevocable byte may have left, no answer is known: a person or a proof decides
    FAILED = "failed"  # refused for good, tries used up, wrong number
    HELD = "held"  # no date known: no news, no channel, a complaint; out: the reason goes away
    EXPIRED = "expired"  # past its lateness with `late: drop`
    CANCELLED = "cancelled"  # a stop came first
    QUARANTINED = "quarantined"  # it broke three times; a person looks at it


S = TouchState

MOVES: dict[TouchState, frozenset[TouchState]] = {
    S.PLANNED: frozenset({S.PLANNED, S.READY, S.CLAIMED, S.OFFERING, S.HELD, S.EXPIRED, S.CANCELLED, S.QUARANTINED}),
    S.READY: frozenset({S.PLANNED, S.CLAIMED, S.OFFERING, S.HELD, S.EXPIRED, S.CANCELLED, S.QUARANTINED}),
    S.CLAIMED: frozenset(
        {S.PLANNED, S.READY, S.PREPARED, S.OFFERING, S.HELD, S.EXPIRED, S.CANCELLED, S.FAILED, S.QUARANTINED}
    ),
    S.PREPARED: frozenset(
        {
            S.PLANNED,
            S.READY,
            S.OFFERING,
            S.COMMITTING,
            S.HELD,
            S.EXPIRED,
            S.CANCELLED,
            S.FAILED,
            S.QUARANTINED,
        }
    ),
    S.OFFERING: frozenset(
        {S.PLANNED, S.READY, S.COMMITTING, S.SENT, S.HELD, S.EXPIRED, S.CANCELLED, S.FAILED, S.QUARANTINED}
    ),
    S.COMMITTING: frozenset({S.SENT, S.READY, S.PLANNED, S.FAILED, S.IN_DOUBT}),
    S.IN_DOUBT: frozenset({S.SENT, S.READY, S.FAILED, S.DELIVERED, S.BOUNCED}),
    S.SENT: frozenset({S.DELIVERED, S.BOUNCED, S.RETURNED, S.OFFERING}),  # OFFERING: an undone call result
    S.DELIVERED: frozenset({S.BOUNCED, S.RETURNED}),
    S.HELD: frozenset({S.PLANNED, S.READY, S.EXPIRED, S.CANCELLED}),
    S.FAILED: frozenset({S.OFFERING}),  # an undone wrong number
    S.QUARANTINED: frozenset({S.READY, S.CANCELLED}),
    S.BOUNCED: frozenset(),
    S.RETURNED: frozenset(),
    S.EXPIRED: frozenset(),
    S.CANCELLED: frozenset(),
}

PENDING = frozenset({S.PLANNED, S.READY, S.HELD})  # waiting: a stop cancels them at once
IN_HAND = frozenset({S.CLAIMED, S.PREPARED, S.OFFERING})  # owned, nothing irrevocable: given back when the owner dies
HANDED_OVER = frozenset({S.SENT, S.DELIVERED})
COUNTS_AS_SENT = HANDED_OVER | {S.COMMITTING, S.IN_DOUBT}  # for caps: what may have reached the lead
FINAL = frozenset({S.SENT, S.DELIVERED, S.BOUNCED, S.RETURNED, S.FAILED, S.EXPIRED, S.CANCELLED})
OPEN = frozenset(TouchState) - FINAL


def may_move(old: TouchState, new: TouchState) -> bool:
    """Whether the table has this move."""
    return new in MOVES[old]


class EnrollmentState(StrEnum):
    """Whether an enrollment goes on."""

    ACTIVE = "active"
    PAUSED = "paused"  # by a conversation, a complaint, a broken promise, an auto-reply, or a person; see its reason
    FINISHED = "finished"  # nothing left to do
    STOPPED = "stopped"  # purchase, opt-out, death, unreachable, or a person


RUNNING = frozenset({EnrollmentState.ACTIVE, EnrollmentState.PAUSED})


class Phase(StrEnum):
    """Which part of a policy an enrollment is in."""

    STEPS = "steps"
    THEN = "then"  # the repeated nurture after the window, until a stop


class LedgerStatus(StrEnum):
    """What the ledger says of a lead and a news class."""

    RESERVED = "reserved"  # a touch in hand carries it
    TOLD = "told"
    RELEASED = "released"  # given back by a bounce, a refusal, a returned letter, a call that reached nobody
