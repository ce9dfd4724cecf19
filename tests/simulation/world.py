"""One simulated workspace with everybody in it: the database, the people, the files, the other side."""

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from channels.protocol import Sender
from policies.linter import LintContext
from tests.simulation.cadences import Plan, draw_plan, first_shelf
from tests.simulation.log import install_on_postgresql, install_on_sqlite
from tests.simulation.nature import Nature
from tests.simulation.network import Network
from tests.simulation.reading import PostgresqlReader, Reader, SqliteReader
from tests.simulation.storage import SimulatedStore
from touches.clock import VirtualClock
from touches.engine.enrolling import enroll
from touches.engine.library import Library
from touches.engine.office import Colleague, Desk, Office
from touches.model.people import PointKind
from touches.people.address_hashes import address_hash
from touches.planning.house import House
from touches.publishing import publish, read_drafts
from touches.store.schema import upgrade
from touches.tokens import Signer

ZONES = ("Europe/Helsinki", "Europe/Helsinki", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe")
STARTS = (datetime(2026, 10, 22, 6, tzinfo=UTC), datetime(2027, 3, 10, 6, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC))
CHANNELS = ("call", "email", "fax", "letter", "sms")
RULES = ("hold", "hold", "assume_sent", "resend")  # of what is in doubt


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A lead, as the world knows it."""

    id: int
    key: str
    email: str
    phone: str
    fax: str
    zone: str
    segment: str
    company: str


@lru_cache(maxsize=1)
def _made() -> Path:
    """A database with all tables, made once."""
    folder = Path(tempfile.mkdtemp(prefix="sim"))
    upgrade(f"sqlite:///{folder / 'made.db'}")
    return folder / "made.db"


def _made_at(file: Path) -> Reader:
    """A new file."""
    shutil.copyfile(_made(), file)
    install_on_sqlite(str(file))
    return SqliteReader(str(file))


def _watched(server: str) -> Reader:
    """A database of a server."""
    address = server.replace("postgresql+psycopg://", "postgresql://")
    install_on_postgresql(address)
    return PostgresqlReader(address)


class World:
    """Drawn by a seed. `people_act` is called where others may come in between two transactions of the engine."""

    def __init__(self, seed: int, folder: Path, *, server: str = "") -> None:
        """`server` is the address of a PostgreSQL database with all tables and no rows; else it is a SQLite file."""
        self.seed, self.folder = seed, folder
        self.nature = Nature(seed)
        self.dice = self.nature.dice
        self.clock = VirtualClock(self.dice.choice(STARTS))
        self.url = server or f"sqlite:///{folder / 'touches.db'}"
        self.network = Network(clock=self.clock, nature=self.nature, mark=self.mark)
        self.reader = _watched(server) if server else _made_at(folder / "touches.db")
        self.people: list[Person] = []
        self.plans: dict[tuple[str, int], Plan] = {}
        self.shelf = first_shelf(self.dice, self.clock.now().date())
        self.gap = timedelta(hours=20) if self.dice.random() < 0.5 else None
        self.in_doubt = {name: self.dice.choice(RULES) for name in ("email", "fax", "sms")}
        self.jumped = False  # whether the wall clock was ever set
        self.lives = 0
        self.trace: list[str] = []
        self.people_act: Callable[[], None] = lambda: None
        self.outside = self.office("people", SimulatedStore(self.url, self.clock))
        self._begin()

    @property
    def journals(self) -> Path:
        """Where journals of hand-overs stand."""
        return self.folder / "state" / "journal"

    def office(self, owner: str, store: SimulatedStore) -> Office:
        """What one process works with."""
        desk = Desk(
            name="Sim",
            mail_domain="cafe.test",
            inbound_address="hello@cafe.test",
            reads_mail=True,
            alerts=("ops@cafe.test",),
            journal_at=str(self.journals) if self.seed % 4 else "",
            batch=5 if self.seed % 3 else 50,
            in_doubt=self.in_doubt,
            per_minute={"sms": 2} if self.seed % 5 == 0 else {},
        )
        return Office(
            store=store,
            library=Library(),
            house=House(timezone="Europe/Helsinki", country="FI", channels=frozenset(CHANNELS), min_gap=self.gap),
            signer=Signer(b"s" * 32),
            clock=self.clock,
            desk=desk,
            sender=Sender(name="Aino", email="hello@cafe.test", postal_address="Kahvila, Street 1, Helsinki"),
            colleagues={"bea": Colleague(name="Bea", email="bea@cafe.test", per_day=6)},
            owner_name=owner,
            steady=self.clock.monotonic,
        )

    def mark(self) -> int:
        """How far the log of the database has come."""
        return int(self.reader.rows("SELECT coalesce(max(seq), 0) AS seq FROM sim_log")[0]["seq"])

    def note(self, text: str) -> None:
        """A line of the trace."""
        self.trace.append(f"{self.clock.now().isoformat()} {text}")

    def between(self) -> None:
        """Somebody else's turn, in the middle of the engine's work."""
        if not self.nature.calm:
            self.people_act()

    def close(self) -> None:
        """Give everything back."""
        self.reader.close()
        self.outside.store.close()

    def _begin(self) -> None:
        for name in ("follow", "nurture"):
            self.plans[name, 1] = draw_plan(self.dice, name)
        self.publish()
        for number in range(self.dice.randrange(4, 12)):
            self.newcomer(number)

    def publish(self) -> None:
        """Write all files and publish them."""
        for place in ("policies", "news"):
            shutil.rmtree(self.folder / place, ignore_errors=True)
            (self.folder / place).mkdir(parents=True)
        newest = {name: max(n for other, n in self.plans if other == name) for name, _ in self.plans}
        for name, number in newest.items():
            (self.folder / "policies" / f"{name}.yaml").write_text(self.plans[name, number].yaml(), encoding="utf-8")
        for item, text in self.shelf.files().items():
            (self.folder / "news" / f"{item}.md").write_text(text, encoding="utf-8")
        drafts = read_drafts(self.folder / "policies", self.folder / "news", LintContext())
        assert not drafts.errors, [str(one) for one in drafts.errors]
        with self.outside.store.write() as unit:
            made = publish(unit, drafts, author="people", at=self.clock.now())
        assert all(key in self.plans for key in made.policies), made.policies
        self.note(f"published {made.policies} {sorted(made.news)} {made.withdrawn}")

    def newcomer(self, number: int) -> Person:
        """A new lead, enrolled in one or both policies."""
        dice = self.dice
        key = f"lead{number}"
        phone = f"+3584012340{number:02}" if dice.random() < 0.7 else ""
        known = {
            "timezone": dice.choice(ZONES),
            "segment": dice.choice(("cafe", "shop")),
            "owner": "bea",
            "first_name": key.title(),
            "preferred_channel": dice.choice(("", "letter", "email")),
        }
        fax = f"+3589123450{number:02}" if dice.random() < 0.4 else ""
        company = f"Firm {number // 3}" if dice.random() < 0.5 else ""
        postal = f"Street {number}\n00100 Helsinki" if dice.random() < 0.6 else ""
        email = f"{key}@customer.test"
        now = self.clock.now()
        with self.outside.store.write() as unit:
            if company:
                known["company_id"] = unit.leads.company(company)
            lead_id = unit.leads.add(created_at=now, external_id=key, **known)
            for kind, address in (
                (PointKind.EMAIL, email),
                (PointKind.PHONE, phone),
                (PointKind.FAX, fax),
                (PointKind.POSTAL, postal),
            ):
                if address:
                    hashed = address_hash(self.outside.signer, kind, address, known["first_name"])
                    unit.leads.add_point(lead_id=lead_id, kind=kind, address=address, address_hash=hashed)
        person = Person(
            id=lead_id,
            key=key,
            email=email,
            phone=phone,
            fax=fax,
            zone=str(known["timezone"]),
            segment=str(known["segment"]),
            company=company,
        )
        self.people.append(person)
        for policy in dice.sample(("follow", "nurture"), dice.choice((1, 1, 2))):
            list(enroll(self.outside, policy, [lead_id], by="people"))
        return person


def another_plan(world: World) -> None:
    """The next version of a policy."""
    name = world.dice.choice(("follow", "nurture"))
    number = max(n for other, n in world.plans if other == name)
    old = world.plans[name, number]
    new = replace(draw_plan(world.dice, name), steps=old.steps)
    if new != old:
        world.plans[name, number + 1] = new
