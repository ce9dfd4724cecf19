"""A campaign with calls, owners and alerts, for tests of what people do."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from channels.tasks import CallChannel, MeetingChannel
from policies.times import parse_date_range
from tests.campaign import NEWS, Campaign
from touches.care.call_in_hand import CallResult
from touches.care.calls import Done, finish_call
from touches.care.chores import chores
from touches.care.outcomes import Outcome
from touches.care.record import Words
from touches.care.undoing import undo_call
from touches.care.worklist import tasks_of_today
from touches.engine.office import Colleague
from touches.engine.passing import TickReport, tick
from touches.model.cadence import Touch
from touches.model.people import Lead
from touches.store.notices import NOTICE
from touches.store.units import Unit

PHONE = "+358401234567"
CALLS = """
policy: follow
touches:
  - {id: call, day: 0, channel: call, news: any, ask: Agree on a date.}
  - {id: mail, after: 2 days, channel: email, news: any, ask: Reply.}
  - {id: again, after: 2 days, channel: call, news: any, ask: Decide.}
then: {every: 1 week, channel: email, news: any, ask: Read.}
"""


class CareCampaign(Campaign):
    """Owner aino with alerts to the boss; passes do the chores of people's work."""

    def __init__(self, url: str, folder: Path, **options: Any) -> None:
        super().__init__(url, folder, **options)
        self.mails = self.record("email")
        self.use(call=CallChannel(), meeting=MeetingChannel())
        desk = replace(
            self.office.desk,
            alerts=("boss@cafe.test",),
            departments={"billing": "billing@cafe.test"},
            letter_spool=str(folder / "letters"),
        )
        absent = (parse_date_range("2026-11-09..2026-11-13"),)
        people = {
            "aino": Colleague(name="Aino Virtanen", email="aino@cafe.test", phone="+358400000001"),
            "bo": Colleague(name="Bo Berg", email="bo@cafe.test", absent=absent),
        }
        self.office = replace(self.office, desk=desk, colleagues=people)

    def tick(self) -> TickReport:
        """One pass with the chores."""
        import asyncio

        return asyncio.run(tick(self.office, self.channels, chores=chores()))

    def caller(self, key: str = "ann", **columns: Any) -> int:
        """A lead of aino's with a phone."""
        return self.lead(key, **{"phone": PHONE, "owner": "aino", **columns})

    @contextmanager
    def changing(self) -> Iterator[Unit]:
        """A writing transaction with what is published at hand."""
        with self.store.write() as unit:
            self.office.library.refresh(unit)
            yield unit

    def person(self, lead_id: int) -> Lead:
        """The lead as it is now."""
        with self.store.read() as unit:
            return unit.leads.by_ids([lead_id])[lead_id]

    def done(self, touch: Touch | int, outcome: str, *, actor: str = "aino", **entered: Any) -> Done:
        """Enter a call's result; `said`, `told`, `news` … are words."""
        words = {name: entered.pop(name) for name in Words.__dataclass_fields__ if name in entered}
        result = CallResult(outcome=Outcome(outcome), words=Words(**words), **entered)
        with self.changing() as unit:
            return finish_call(unit, self.office, getattr(touch, "id", touch), result, actor=actor)  # type: ignore[arg-type]

    def undo(self, touch: Touch) -> Done:
        """Take a result back."""
        with self.changing() as unit:
            return undo_call(unit, self.office, touch.id, actor="aino")

    def today(self) -> list[dict[str, Any]]:
        """The rows of `today` of everybody."""
        with self.store.read() as unit:
            return [dict(task.row(self.clock.now())) for task in tasks_of_today(unit, self.office)]

    def told(self, lead_id: int) -> dict[str, str]:
        """News -> status in the ledger, of what is told or reserved."""
        with self.store.read() as unit:
            return {entry.news: entry.status.value for entry in unit.ledger.told([lead_id])[lead_id].values()}

    def notices(self, purpose: str = "") -> list[tuple[str, str, str]]:
        """Recipient, subject and body of all notices of a purpose, in order of making."""
        with self.store.read() as unit:
            rows = unit.connection.execute(NOTICE.select().order_by(NOTICE.c.id)).mappings()
            return [(row["recipient"], row["subject"], row["body"]) for row in rows if purpose in ("", row["purpose"])]

    def actions(self, lead_id: int) -> list[tuple[str, str]]:
        """Action and actor of the lead's events."""
        with self.store.read() as unit:
            return [(event.action, event.actor) for event in unit.events.of_lead(lead_id)]

    def at(self, text: str) -> None:
        """Set the clock (UTC)."""
        self.clock.set(datetime.fromisoformat(text + "+00:00"))


def listed(campaign: CareCampaign, lead_id: int) -> Touch:
    """The lead's call, put on the list by a pass."""
    campaign.publish(CALLS, news=NEWS)
    campaign.enroll(lead_id)
    campaign.tick()
    return campaign.touches(lead_id)[-1]
