"""Whether an enrollment led to a purchase, and which touch it belongs to. Pure."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from touches.store.statistics import LeftTouch

USUAL_WINDOW = timedelta(days=30)  # for policies without a decision window: the longer end of the practitioners' 21-30
CAME_BACK = frozenset({"bounced", "returned"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """The purchase of an enrollment, and the touch that it belongs to."""

    at: datetime
    touch: LeftTouch


def conversion_of(touches: Sequence[LeftTouch], purchases: Sequence[datetime], window: timedelta) -> Conversion | None:
    """The first purchase after the first touch, if it came within `window` of the last touch before it: one at most
    for an enrollment, however often somebody buys. What bounced or was returned reached nobody and gets no credit."""
    reached = [touch for touch in touches if touch.state not in CAME_BACK]
    bought_at = next((at for at in purchases if reached and at >= reached[0].at), None)
    if bought_at is None:
        return None
    last = reached[bisect_right(reached, bought_at, key=lambda touch: touch.at) - 1]
    return Conversion(at=bought_at, touch=last) if bought_at - last.at <= window else None
