"""People in a real database, with something of everything that may hang on a person."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from touches.model.cadence import TouchDraft
from touches.model.people import Lead
from touches.model.states import LedgerStatus, TouchState
from touches.people.draft import Defaults
from touches.people.editing import Hand, add_lead
from touches.store.hand_overs import AttemptRecord
from touches.store.units import Store, Unit
from touches.tokens import Signer

NOW = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
SIGNER = Signer(b"k" * 32)
HAND = Hand(signer=SIGNER, defaults=Defaults(country="FI", year=2026), now=NOW, actor="test")


@dataclass
class People:
    """Adds people and what happened to them, each call in a transaction of its own."""

    store: Store
    enrolled: int = field(default=0)

    def add(self, external_id: str, **values: str) -> int:
        """A lead; its id."""
        with self.store.write() as unit:
            return add_lead(unit, HAND, {"external_id": external_id, **values}).lead_id

    def lead(self, lead_id: int) -> Lead:
        """As it is now."""
        with self.store.read() as unit:
            found = unit.leads.get(lead_id)
        assert found is not None
        return found

    def enroll(self, lead_id: int, policy: str, *, days_ago: int = 0) -> int:
        """An enrollment; its id."""
        with self.store.write() as unit:
            entered_at = NOW - timedelta(days=days_ago)
            return unit.enrollments.add(
                lead_ids=[lead_id], policy=policy, version=1, priority=50, at=entered_at, by="test"
            )[lead_id]

    def touch(self, lead_id: int, enrollment_id: int | None, step: str, **changes: Any) -> int:
        """A planned email touch; its id."""
        known: dict[str, Any] = {
            "enrollment_id": enrollment_id,
            "lead_id": lead_id,
            "policy": "p",
            "version": 1,
            "step": step,
            "round": 1,
            "number": 1,
            "channel": "email",
            "point_id": None,
            "address": "",
            "news": step,
            "news_class": step,
            "state": TouchState.PLANNED,
            "reason": "",
            "due_at": NOW,
        }
        with self.store.write() as unit:
            return unit.touches.add([TouchDraft(**{**known, **changes})], at=NOW)[0]

    def tell(self, lead_id: int, news: str, *, touch_id: int | None = None, told: bool = True) -> None:
        """A line of the ledger."""
        status = LedgerStatus.TOLD if told else LedgerStatus.RESERVED
        with self.store.write() as unit:
            assert unit.ledger.reserve(
                lead_id=lead_id, news_class=news, news=news, touch_id=touch_id, at=NOW, status=status
            )

    def attempt(self, touch_id: int) -> None:
        """A try that failed."""
        record = AttemptRecord(
            touch_id=touch_id, number=1, owner="o", phase="rcpt", began_at=NOW, ended_at=NOW, outcome="refused"
        )
        with self.store.write() as unit:
            unit.hand_overs.record_attempts([record])


def states(unit: Unit, lead_id: int) -> list[str]:
    """The states of a lead's touches."""
    return [touch.state.value for touch in unit.touches.of_leads([lead_id])[lead_id]]
