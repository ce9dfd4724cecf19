"""The closed sets of words in a policy."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from policies.durations import Duration, parse_duration
from policies.errors import Refused


class Channel(StrEnum):
    """How a touch leaves."""

    EMAIL = "email"
    SMS = "sms"
    LETTER = "letter"
    CALL = "call"
    FAX = "fax"
    MEETING = "meeting"


PREFERRED: Final = "preferred"  # in a step's list: the lead's own preferred channel
SPOKEN: Final = frozenset({Channel.CALL, Channel.MEETING})


class Holidays(StrEnum):
    """Whether public holidays of the lead's country and own closed days are working days."""

    SKIP = "skip"
    IGNORE = "ignore"


class Late(StrEnum):
    """What becomes of a touch past its `send_within`: it and the following ones move, or it expires."""

    SHIFT = "shift"
    DROP = "drop"


class Spread(StrEnum):
    """How touches without days of their own are placed in the decision window."""

    FRONT_LOADED = "front-loaded"
    EVEN = "even"


class StopOn(StrEnum):
    """Activities that end an enrollment. An opt-out always does."""

    PURCHASE = "purchase"
    OPT_OUT = "opt_out"
    REPLY = "reply"
    VISIT = "visit"
    COMPLAINT = "complaint"


class PauseOn(StrEnum):
    """What holds an enrollment until it is settled."""

    COMPLAINT = "complaint"
    BROKEN_PROMISE = "broken_promise"


@dataclass(frozen=True, slots=True)
class ReEnroll:
    """Whether a lead may come again. `after` is set for `after 90 days` alone; `always` has no wait."""

    allowed: bool
    after: Duration | None = None

    def __str__(self) -> str:
        if self.after is not None:
            return f"after {self.after}"
        return "always" if self.allowed else "never"


def parse_re_enroll(text: str) -> ReEnroll:
    """Read `never`, `always` or `after 90 days`; raises `Refused`."""
    plain = " ".join(text.split())
    if plain in {"never", "always"}:
        return ReEnroll(plain == "always")
    if plain.startswith("after "):
        return ReEnroll(True, parse_duration(plain.removeprefix("after ")))
    raise Refused(found=text, expected="is not known here (write never, always, or e.g. after 90 days)")
