"""A touch that this process holds: claimed, decided, composed."""

from dataclasses import dataclass
from datetime import datetime

from channels.protocol import Prepared
from touches.engine.gathering import Gathered
from touches.model.cadence import Touch
from touches.planning.gates import Passing


@dataclass(frozen=True, slots=True, kw_only=True)
class InHand:
    """One touch, ready to be offered. `gathered` is what its decision looked at: its next touch is planned from it."""

    touch: Touch
    prepared: Prepared
    passing: Passing
    lease: str
    gathered: Gathered
    claimed_at: datetime
    message_id: str
    address: str
    news: str
    news_class: str
    point_id: int | None
