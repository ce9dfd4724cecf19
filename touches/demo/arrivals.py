"""What arrived at the other end, as the world outside sees it."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A mail or an SMS that somebody received. `at` is virtual time; `back_to` is the envelope sender of a mail."""

    channel: str
    address: str
    at: datetime
    text: str
    path: Path
    subject: str = ""
    message_id: str = ""
    back_to: str = ""
    reply_to: str = ""
    opt_out_to: str = ""
