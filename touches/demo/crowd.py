"""What the people of the demo do with what reaches them. Pure: dice, no database."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from touches.demo.arrivals import Arrival
from touches.demo.chance import Chance

COFFEES = ("3.20", "4.10", "4.60", "7.90")
FURNITURE = ("420.00", "690.00", "1250.00", "2480.00")
LICENCES = ("1900.00", "4800.00", "12500.00")


class Kind(StrEnum):
    """What somebody does."""

    REPLY = "reply"
    AWAY = "away"  # an absence note
    OPT_OUT = "opt_out"  # by the mailto of List-Unsubscribe, by words, or by STOP
    LATE_BOUNCE = "late_bounce"  # their server took the mail and gives it back
    PURCHASE = "purchase"
    COMPLAINT = "complaint"
    LETTER_BACK = "letter_back"  # the post brings a letter back


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Deed:
    """Something somebody does at an instant. `arrival` is what it answers, `touch` the letter that comes back."""

    at: datetime
    kind: Kind = field(compare=False)
    lead: str = ""
    amount: str = field(default="", compare=False)
    arrival: Arrival | None = field(default=None, compare=False)
    touch: int = field(default=0, compare=False)


MAIL = ((Kind.REPLY, 0.06), (Kind.OPT_OUT, 0.012), (Kind.AWAY, 0.025))
SMS = ((Kind.REPLY, 0.08), (Kind.OPT_OUT, 0.03))
COMES_BACK = 0.4  # of the guests whom a message reached
BUYS = {"furniture": 0.12, "b2b-software": 0.008}  # after one mail or letter
COMPLAINS = 0.35  # of those who bought something large
LOST_IN_THE_POST = 0.03


@dataclass(slots=True, kw_only=True)
class Guest:
    """A guest of the café: comes on working days, until `leaves_at`, and again from `returns_at`."""

    lead: str
    leaves_at: datetime | None
    returns_at: datetime | None = None

    def comes(self, at: datetime) -> bool:
        """Whether this guest comes on that day."""
        if self.returns_at is not None and at >= self.returns_at:
            return True
        return self.leaves_at is None or at < self.leaves_at


class Crowd:
    """Everybody. `guests` are those of the café."""

    def __init__(self, chance: Chance) -> None:
        self._chance = chance
        self._segments: Mapping[str, str] = {}
        self.guests: dict[str, Guest] = {}

    def settle(self, segments: Mapping[str, str], last_seen: Mapping[str, datetime], starts_at: datetime) -> None:
        """Get to know them: `segments` of the leads, and when the café's guests bought last."""
        self._segments = segments
        self.guests = {lead: self._guest(lead, at, starts_at) for lead, at in last_seen.items()}

    def has_mailbox(self, address: str) -> bool:
        """Whether a mailbox exists; a few of any list do not."""
        return address.endswith("@kolmeovea.example") or not self._chance.happens(0.03, "no mailbox", address)

    def coffees(self, day: datetime) -> list[Deed]:
        """Who drinks coffee on a day (its midnight, UTC)."""
        deeds = []
        for lead, guest in self.guests.items():
            at = day + timedelta(minutes=int(self._chance.between(300, 780, "coffee", lead)))
            if day.weekday() < 5 and guest.comes(at) and self._chance.happens(0.97, "coffee", lead, day):
                amount = self._chance.pick(COFFEES, "price", lead, day)
                deeds.append(Deed(at=at, kind=Kind.PURCHASE, lead=lead, amount=amount))
        return deeds

    def reactions(self, lead: str, arrival: Arrival) -> list[Deed]:
        """What a mail or an SMS leads to."""
        question = (lead, arrival.channel, arrival.subject or arrival.text)
        if arrival.channel == "email" and self._chance.happens(0.015, "moved away", arrival.address):
            return [Deed(at=arrival.at + timedelta(minutes=7), kind=Kind.LATE_BOUNCE, lead=lead, arrival=arrival)]
        kind = self._chance.first_of(MAIL if arrival.channel == "email" else SMS, "answer", *question)
        answers = (
            [Deed(at=self._soon(arrival.at, kind, question), kind=kind, lead=lead, arrival=arrival)] if kind else []
        )
        return answers + self.after_reading(lead, arrival.at, question)

    def after_reading(self, lead: str, at: datetime, question: Sequence[object]) -> list[Deed]:
        """Whether somebody buys, or comes back, because of what they read or heard."""
        guest = self.guests.get(lead)
        if guest is not None:
            if not guest.comes(at) and self._chance.happens(COMES_BACK, "comes back", *question):
                guest.returns_at = at + timedelta(days=1)
            return []
        share = BUYS.get(self._segments.get(lead, ""), 0.0)
        if not self._chance.happens(share, "buys", *question):
            return []
        later = timedelta(days=self._chance.between(1, 6, "when", *question))
        return self.purchase(lead, at + later)

    def purchase(self, lead: str, at: datetime) -> list[Deed]:
        """Somebody buys something large; some complain of it afterwards."""
        prices = FURNITURE if self._segments.get(lead) == "furniture" else LICENCES
        amount = self._chance.pick(prices, "amount", lead, at)
        return [Deed(at=at, kind=Kind.PURCHASE, lead=lead, amount=amount), *self.after_purchase(lead, at)]

    def after_purchase(self, lead: str, at: datetime) -> list[Deed]:
        """Whether somebody complains of what they bought at `at`."""
        if lead in self.guests or not self._chance.happens(COMPLAINS, "complains", lead, at):
            return []
        later = timedelta(days=self._chance.between(2, 8, "complains when", lead, at))
        return [Deed(at=at + later, kind=Kind.COMPLAINT, lead=lead)]

    def letter_read(self, lead: str, touch: int, at: datetime) -> list[Deed]:
        """What a letter leads to that leaves at `at`; a few come back, the others arrive after two days."""
        if self._chance.happens(LOST_IN_THE_POST, "letter", lead, at):
            return [Deed(at=at + timedelta(days=6), kind=Kind.LETTER_BACK, lead=lead, touch=touch)]
        return self.after_reading(lead, at + timedelta(days=2), (lead, "letter", at))

    def _guest(self, lead: str, last_seen: datetime, starts_at: datetime) -> Guest:
        if last_seen < starts_at - timedelta(days=4):
            return Guest(lead=lead, leaves_at=last_seen)
        if self._chance.happens(0.3, "stays away", lead):
            return Guest(lead=lead, leaves_at=starts_at + timedelta(days=self._chance.between(2, 30, "from", lead)))
        return Guest(lead=lead, leaves_at=None)

    def _soon(self, at: datetime, kind: Kind | None, question: Sequence[object]) -> datetime:
        if kind is Kind.AWAY:
            return at + timedelta(minutes=1)
        return at + timedelta(minutes=self._chance.between(20, 1500, "minutes", *question))
