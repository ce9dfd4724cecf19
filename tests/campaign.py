"""A small campaign at work: an office over a database of the test's own, leads, files, passes in virtual time."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from channels.protocol import Channel, Sender
from channels.recording import RecordingChannel
from policies.linter import LintContext
from touches.clock import VirtualClock
from touches.engine.enrolling import Entry, enroll
from touches.engine.library import Library
from touches.engine.office import Desk, Office
from touches.engine.passing import TickReport, tick
from touches.model.cadence import Touch
from touches.model.people import PointKind
from touches.people.address_hashes import address_hash
from touches.planning.house import House
from touches.publishing import publish, read_drafts
from touches.store.units import Store
from touches.tokens import Signer

MONDAY_10 = "2026-11-02T08:00:00+00:00"  # ten o'clock in Helsinki

NEWS = {
    "hello": "Who we are and what changes for you in the first week.",
    "hours": "Support answers until ten in the evening from now on.",
    "case": "A bakery in Turku halved its complaints within a month.",
    "price": "The small plan costs nineteen euros a month.",
}

POLICY = """
policy: follow
touches:
  - {id: first, day: 0, channel: email, news: any, ask: Reply.}
  - {id: second, after: 2 days, channel: email, news: any, ask: Reply.}
  - {id: third, after: 2 days, channel: email, news: any, ask: Reply.}
"""


class Campaign:
    """Everything a test of the engine needs, with a virtual clock."""

    def __init__(self, url: str, folder: Path, start: str = MONDAY_10) -> None:
        self.folder = folder
        self.clock = VirtualClock(datetime.fromisoformat(start))
        self.store = Store(url)
        self.channels: dict[str, Channel] = {}
        self.office = Office(
            store=self.store,
            library=Library(),
            house=House(timezone="Europe/Helsinki", country="FI", channels=frozenset()),
            signer=Signer(b"k" * 32),
            clock=self.clock,
            desk=Desk(name="Test", mail_domain="cafe.test", inbound_address="hello@cafe.test"),
            sender=Sender(name="Aino", email="hello@cafe.test", postal_address="Kahvila, Street 1, Helsinki"),
            owner_name="test:1:1",
        )

    def use(self, **channels: Channel) -> None:
        """Set channels up."""
        self.channels.update(channels)
        house = replace(self.office.house, channels=frozenset(self.channels))
        self.office = replace(self.office, house=house)

    def record(self, name: str = "email", **options: Any) -> RecordingChannel:
        """Set up a channel that keeps what it is given."""
        channel = RecordingChannel(name, **options)
        self.use(**{name: channel})
        return channel

    def publish(self, *policies: str, news: Mapping[str, str] = NEWS) -> None:
        """Publish policies (YAML texts) and news (id -> body, or a whole file starting with ---)."""
        for place in ("policies", "news"):
            (self.folder / place).mkdir(exist_ok=True)
            for old in (self.folder / place).iterdir():
                old.unlink()
        for number, text in enumerate(policies or (POLICY,)):
            (self.folder / "policies" / f"p{number}.yaml").write_text(text, encoding="utf-8")
        for name, body in news.items():
            text = body if body.startswith("---") else f"---\nkind: education\nheadline: About {name}\n---\n{body}\n"
            (self.folder / "news" / f"{name}.md").write_text(text, encoding="utf-8")
        drafts = read_drafts(self.folder / "policies", self.folder / "news", LintContext(), similar=lambda items: ())
        with self.store.write() as unit:
            publish(unit, drafts, author="test", at=self.clock.now())

    def lead(
        self, key: str, *, email: str = "", phone: str = "", postal: str = "", company: str = "", **columns: Any
    ) -> int:
        """A lead, by default with an email address made of its key."""
        addresses = {PointKind.EMAIL: email or f"{key}@customer.test", PointKind.PHONE: phone, PointKind.POSTAL: postal}
        with self.store.write() as unit:
            known = {"timezone": "Europe/Helsinki", "country": "FI", "first_name": key.title(), **columns}
            if company:
                known["company_id"] = unit.leads.company(company)
            lead_id = unit.leads.add(created_at=self.clock.now(), external_id=key, **known)
            for kind, address in addresses.items():
                if address and address != "none":
                    hashed = address_hash(self.office.signer, kind, address, _full_name(known))
                    unit.leads.add_point(lead_id=lead_id, kind=kind, address=address, address_hash=hashed)
        return lead_id

    def enroll(self, *lead_ids: int, policy: str = "follow") -> list[Entry]:
        """Enroll by hand."""
        return list(enroll(self.office, policy, lead_ids, by="test"))

    def tick(self) -> TickReport:
        """One pass."""
        return asyncio.run(tick(self.office, self.channels))

    def pass_days(self, days: int, *, every: timedelta = timedelta(hours=3)) -> None:
        """Ticks all day long for so many days."""
        for _ in range(int(timedelta(days=days) / every)):
            self.tick()
            self.clock.advance(every)

    def touches(self, lead_id: int) -> list[Touch]:
        """A lead's touches in order."""
        with self.store.read() as unit:
            return unit.touches.of_leads([lead_id])[lead_id]

    def close(self) -> None:
        """Give the connections back."""
        self.store.close()


def _full_name(columns: Mapping[str, Any]) -> str:
    return str(columns.get("name") or f"{columns['first_name']} {columns.get('last_name', '')}")
