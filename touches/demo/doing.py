"""Carries out what the people of the demo do, through the use cases that the commands call."""

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

from touches.care.complaints import open_complaint
from touches.demo.answers import answer_to
from touches.demo.arrivals import Arrival
from touches.demo.chance import Chance
from touches.demo.crowd import Deed, Kind
from touches.demo.diary import Diary
from touches.demo.inbox import Inbox
from touches.demo.proof import HANDED_OVER
from touches.demo.wording import COMPLAINTS, REPLIES
from touches.demo.workplace import Stage
from touches.engine.office import Office
from touches.engine.outbox import mark_returned
from touches.model.cadence import Touch
from touches.model.care import Activity
from touches.model.states import TouchState
from touches.people.deed_import import DeedOrder, import_deeds
from touches.people.deeds import DeedRules
from touches.people.draft import Defaults
from touches.people.importing import ImportOrder, import_leads
from touches.tokens import Purpose

ACTOR = "demo"
A_YEAR = timedelta(days=365)
NOTED = {
    "human_reply": "replies",
    "sms_reply": "replies",
    "auto_reply": "absences",
    "unsubscribe": "opt-outs",
    "sms_stop": "opt-outs",
    "hard_bounce": "bounces",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """What the world outside knows of a lead."""

    id: int
    key: str
    name: str
    language: str
    segment: str


@dataclass(slots=True, kw_only=True)
class Doing:
    """`people` are the leads by their keys, `addresses` the keys by mailbox and number."""

    office: Office
    stage: Stage
    chance: Chance
    diary: Diary
    inbox: Inbox
    people: dict[str, Person] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)
    _letters: set[str] = field(default_factory=set)
    _answers: int = 0

    def import_leads(self, name: str) -> None:
        """Import a list of the workspace, and get to know its people."""
        now = self.office.clock.now()
        owners = {key: key for key in self.office.colleagues}
        defaults = Defaults(country=self.office.house.country, year=now.year, owners=owners)
        order = ImportOrder(file=self.stage.workspace.root / name, defaults=defaults, now=now, actor=ACTOR)
        import_leads(self.office.store, self.office.signer, order)
        with self.office.store.read() as unit:
            for batch in unit.leads.walk():
                for lead in batch:
                    self.people[lead.key] = Person(
                        id=lead.id, key=lead.key, name=lead.full_name, language=lead.language, segment=lead.segment
                    )
                    self.addresses |= {point.address: lead.key for point in lead.points}

    @property
    def segments(self) -> dict[str, str]:
        """The segment of each lead."""
        return {key: person.segment for key, person in self.people.items()}

    def import_history(self) -> dict[str, datetime]:
        """Import what customers bought before; the café's guests with their last purchase."""
        file = self.stage.workspace.root / "activities.csv"
        house = self.office.house
        rules = DeedRules(zone=house.timezone, country=house.country, now=self.office.clock.now())
        import_deeds(self.office.store, DeedOrder(file=file, rules=rules, actor=ACTOR))
        last: dict[str, datetime] = {}
        for lead, _, at, _ in _rows(file):
            if self.people[lead].segment == "cafe":
                last[lead] = max(datetime.fromisoformat(at), last.get(lead, self.stage.starts_at - A_YEAR))
        return last

    def lead_at(self, arrival: Arrival) -> str:
        """Whose mailbox or number it is; empty for colleagues."""
        return self.addresses.get(arrival.address, "")

    def new_letters(self) -> Iterator[tuple[str, int, datetime]]:
        """Letters that came into the spool since the last look: lead, touch, when. A PDF's name names its touch."""
        folder = self.stage.letters / "out"
        names = {path.stem for path in folder.glob("*.pdf")} - self._letters if folder.is_dir() else set()
        self._letters |= names
        numbers = [self.office.signer.read(name, Purpose.TOUCH) for name in sorted(names)]
        with self.office.store.read() as unit:
            touches = unit.touches.by_ids(number for number in numbers if number is not None)
        keys = {person.id: person.key for person in self.people.values()}
        now = self.office.clock.now()
        yield from ((keys[touch.lead_id], touch.id, now) for touch in touches.values() if touch.lead_id in keys)

    def do(self, deeds: Sequence[Deed]) -> None:
        """Carry out deeds whose time has come; what was bought goes into the tills first, all at once."""
        self._buy([deed for deed in deeds if deed.kind is Kind.PURCHASE])
        for deed in deeds:
            self._do(self.people[deed.lead], deed)

    def _do(self, person: Person, deed: Deed) -> None:
        match deed.kind:
            case Kind.PURCHASE:
                pass  # in the tills already
            case Kind.COMPLAINT:
                self._complain(person, deed)
            case Kind.LETTER_BACK:
                self._send_back(deed)
            case _ if deed.arrival is not None and deed.arrival.channel == "sms":
                self._text_back(person, deed, deed.arrival)
            case _ if deed.arrival is not None:
                self._write_back(person, deed, deed.arrival)

    def _buy(self, deeds: Sequence[Deed]) -> None:
        if not deeds:
            return
        with self.office.store.write() as unit:
            unit.activities.add(self._purchase(deed) for deed in deeds)
        for deed in deeds:
            self.diary.note(deed.at, "coffees" if self.people[deed.lead].segment == "cafe" else "purchases")

    def _purchase(self, deed: Deed) -> Activity:
        lead_id = self.people[deed.lead].id
        return Activity(lead_id=lead_id, kind="purchase", at=deed.at, amount=Decimal(deed.amount), source="till")

    def _complain(self, person: Person, deed: Deed) -> None:
        text = self.chance.pick(COMPLAINTS.get(person.segment, COMPLAINTS["furniture"]), "complaint", person.key)
        with self.office.store.write() as unit:
            lead = unit.leads.by_ids([person.id])[person.id]
            open_complaint(unit, self.office, lead, text, actor=ACTOR, source="telephone")
        self.diary.note(deed.at, "complaints")

    def _send_back(self, deed: Deed) -> None:
        now = self.office.clock.now()
        with self.office.store.write() as unit:
            mark_returned(unit, [str(deed.touch)], signer=self.office.signer, actor=ACTOR, at=now)
        self.diary.note(deed.at, "returned")

    def _text_back(self, person: Person, deed: Deed, arrival: Arrival) -> None:
        words = REPLIES.get(person.language, REPLIES["en"])
        text = "STOP" if deed.kind is Kind.OPT_OUT else self.chance.pick(words, "sms", person.key)
        kind = self.inbox.take_sms(arrival.address, text)
        self.diary.note(deed.at, NOTED.get(kind, kind))

    def _write_back(self, person: Person, deed: Deed, arrival: Arrival) -> None:
        raw = answer_to(deed, arrival, name=person.name, language=person.language, chance=self.chance)
        self._answers += 1
        path = self.stage.answers / f"{deed.at:%Y-%m-%d}-{self._answers:04d}-{deed.kind}.eml"
        path.write_bytes(raw)
        kind = self.inbox.take_mail(raw)
        self.diary.note(deed.at, NOTED.get(kind, kind))

    def note_sent(self) -> None:
        """Count what was handed over and what failed, by the database, into the diary."""
        with self.office.store.read() as unit:
            for touch in unit.touches.in_states([TouchState.FAILED]):
                if touch.channel == "email" and touch.finished_at is not None:
                    self.diary.note(touch.finished_at, "refused")
        for touch in self._handed_over():
            if touch.handed_over_at is not None:
                self.diary.note(touch.handed_over_at, touch.channel if touch.kind == "touch" else "notices")

    def busiest(self) -> str:
        """A lead to whom much happened: a good one to ask `why` about."""
        counts: Counter[int] = Counter()
        channels: dict[int, set[str]] = {}
        for touch in self._handed_over():
            if touch.lead_id is not None:
                counts[touch.lead_id] += 1
                channels.setdefault(touch.lead_id, set()).add(touch.channel)
        keys = {person.id: key for key, person in self.people.items()}
        best = max(counts, key=lambda lead: (len(channels[lead]), counts[lead], -lead), default=0)
        return keys.get(best, "")

    def _handed_over(self) -> Iterator[Touch]:
        after = 0
        with self.office.store.read() as unit:
            while touches := unit.touches.page(after=after, limit=1000, states=HANDED_OVER):
                yield from touches
                after = touches[-1].id


def _rows(file: Path) -> Iterator[list[str]]:
    with file.open(encoding="utf-8", newline="") as opened:
        reader = csv.reader(opened)
        next(reader)
        yield from reader
