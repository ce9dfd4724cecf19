"""What goes wrong and what people do in one run, all of it by one seed. Each seed lets a part of it happen (a swarm):
faults that would hide each other meet in some runs and are apart in others."""

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum

from tests.simulation.loop import Killed


class Fault(StrEnum):
    """What machines do."""

    KILL = "kill"  # SIGKILL anywhere
    POWER = "power"  # the machine goes down: what was not synced is gone
    OUTAGE = "outage"  # nobody runs for hours or days
    BUSY = "busy"  # the database is locked for longer than anybody waits
    FULL = "full"  # the disk is full at the commit
    UNTOLD = "untold"  # committed, and the answer of the commit is lost
    SLOW_DISK = "slow disk"
    SLOW_NET = "slow net"
    FORWARD = "clock forward"
    BACK = "clock back"
    CONNECT = "connect"
    GREYLIST = "greylist"
    TEMPORARY = "temporary"
    BUSY_HOST = "busy host"
    THROTTLED = "throttled"
    BAD_ADDRESS = "bad address"
    REJECTED = "rejected"
    SENDER_REFUSED = "sender refused"
    OPTED_OUT_THERE = "opted out there"
    REFUSED_AT_END = "refused at the end"  # after the body, an answer all the same: certainly not taken
    ANSWER_LOST = "answer lost"  # taken, and nobody hears of it
    FROZEN = "frozen"  # the process stands still for minutes, its leases run out
    END_LOST = "end lost"  # cut right before it arrives: not taken, and nobody can know


class Deed(StrEnum):
    """What people do, beside the engine and in the middle of it."""

    OPT_OUT = "opt-out"
    UNSUBSCRIBE = "unsubscribe"  # by mail, one click
    STOP_SMS = "stop sms"
    OPT_IN = "opt-in"
    REPLY = "reply"
    ANSWER = "answer"  # we answer, the conversation closes
    AWAY = "away"
    PURCHASE = "purchase"
    BOUNCE = "bounce"
    SPAM = "spam complaint"
    COMPLAINT = "complaint"
    SOLVE = "solve"
    MERGE = "merge"
    ERASE = "erase"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"
    NEWS = "news"
    PAUSE_ALL = "pause all"
    GO_ON = "go on"
    PAUSE_ONE = "pause one"
    RESUME_ONE = "resume one"
    STOP_ONE = "stop one"
    RETURN = "letter returned"
    CALLS = "calls"
    RESOLVE = "resolve"
    PROMISE = "promise"
    NEWCOMER = "newcomer"
    TELL = "tell"
    RELEASE = "release"  # an operator lets go what was in hold or in quarantine


RATES = {
    Fault.KILL: 0.25,
    Fault.POWER: 0.08,
    Fault.OUTAGE: 0.02,
    Fault.BUSY: 0.004,
    Fault.FULL: 0.003,
    Fault.UNTOLD: 0.004,
    Fault.SLOW_DISK: 0.02,
    Fault.SLOW_NET: 0.1,
    Fault.FORWARD: 0.01,
    Fault.BACK: 0.01,
    Fault.CONNECT: 0.05,
    Fault.GREYLIST: 0.06,
    Fault.TEMPORARY: 0.04,
    Fault.BUSY_HOST: 0.02,
    Fault.THROTTLED: 0.25,  # of text messages only, which are few
    Fault.BAD_ADDRESS: 0.01,
    Fault.REJECTED: 0.01,
    Fault.SENDER_REFUSED: 0.01,
    Fault.OPTED_OUT_THERE: 0.15,
    Fault.REFUSED_AT_END: 0.04,
    Fault.ANSWER_LOST: 0.04,
    Fault.END_LOST: 0.03,
    Fault.FROZEN: 0.01,
}
USUAL = 0.03  # of a deed, at each of a day's looks
SELDOM = frozenset({Deed.MERGE, Deed.ERASE, Deed.PAUSE_ALL, Deed.STOP_ONE, Deed.SPAM, Deed.PUBLISH, Deed.WITHDRAW})
OFTEN = frozenset({Deed.CALLS, Deed.ANSWER, Deed.RESOLVE, Deed.GO_ON, Deed.RELEASE, Deed.RESUME_ONE, Deed.NEWS})
ALWAYS = frozenset({Deed.CALLS, Deed.GO_ON, Deed.RELEASE, Deed.RESUME_ONE})  # what was stopped must be let go


class Nature:
    """Dice of one run. `calm` is set at its end: nothing goes wrong any more, and everything must come to rest."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.hits: Counter[str] = Counter()
        self.calm = False
        self.possible = {fault for fault in Fault if self.dice.random() < 0.5}
        self.wanted = {deed for deed in Deed if self.dice.random() < 0.6} | ALWAYS
        self._left = 0  # points until the process dies; 0: it lives
        self.powerless = False  # whether the death that comes is the machine's

    def happens(self, fault: Fault) -> bool:
        """Whether it goes wrong here and now."""
        if self.calm or fault not in self.possible or self.dice.random() >= RATES[fault]:
            return False
        self.hits[fault] += 1
        return True

    def wants(self, deed: Deed) -> bool:
        """Whether somebody does this now."""
        rate = USUAL / 5 if deed in SELDOM else USUAL * 6 if deed in OFTEN else USUAL
        return deed in self.wanted and (not self.calm or deed in ALWAYS) and self.dice.random() < rate

    def did(self, deed: Deed) -> None:
        """It was done."""
        self.hits[deed] += 1

    def doom(self) -> None:
        """Decide whether the process that runs now dies, and how soon."""
        self._left = 0
        self.powerless = self.happens(Fault.POWER)
        if self.powerless or self.happens(Fault.KILL):
            self._left = self.dice.choice((3, 10, 30, 80))
            self._left = self.dice.randrange(1, self._left + 1)

    def doom_is_over(self) -> None:
        """Nothing runs that could die."""
        self._left = 0

    @contextmanager
    def sparing(self) -> Iterator[None]:
        """Whoever runs now does not die."""
        left, self._left = self._left, 0
        try:
            yield
        finally:
            self._left = left

    def point(self) -> None:
        """A place at which the process may die. Raises Killed."""
        if self._left:
            self._left -= 1
            if not self._left:
                raise Killed

    @property
    def slowness(self) -> float:
        """Seconds that a piece of work for a thread may take now."""
        return 3.0 if self.happens(Fault.SLOW_DISK) else 0.01
