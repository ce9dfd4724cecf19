"""When somebody is asked about a touch in doubt, and what an answer is worth. Pure."""

from datetime import datetime, timedelta

from touches.model.doubts import Doubt

SETTLED = timedelta(minutes=15)  # longer than any lease, any hand-over and the delay of any log
SOONEST = timedelta(seconds=30)
PATIENCE = 4  # asked again after a quarter of its age: often at first, every few hours later


def may_ask(doubt: Doubt, now: datetime) -> bool:
    """Whether it is time to ask (again)."""
    return doubt.asked_at is None or now - doubt.asked_at >= max(SOONEST, (now - doubt.since) / PATIENCE)


def is_settled(doubt: Doubt, now: datetime) -> bool:
    """Whether "it is not there" proves something: whoever held the touch may have been frozen, not dead."""
    return now - doubt.since >= SETTLED


def is_unproven(doubt: Doubt) -> bool:
    """Whether who may know was asked in vain after everything had time to settle: then the settings decide."""
    return doubt.asked_at is not None and doubt.asked_at - doubt.since >= SETTLED
