"""What one lead asked, kept for others like them."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a lead worried about or said in a contact. `policies` are those the lead is or was in."""

    lead_id: int
    at: datetime
    segment: str = ""
    policies: frozenset[str] = frozenset()
    concern: str = ""
    said: str = ""
