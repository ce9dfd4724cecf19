"""A workspace at work with as many due touches as one likes: one is enrolled by the engine, the others are copies."""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from channels.protocol import Channel
from policies.linter import LintContext
from touches.engine.enrolling import enroll
from touches.engine.office import Office
from touches.engine.passing import TickReport, tick
from touches.model.people import PointKind
from touches.publishing import publish, read_drafts
from touches.store.schema import upgrade
from touches.store.units import Store, Unit
from touches.wiring import open_channels, open_office, open_store
from touches.workspace import Workspace, create_workspace

CONNECTIONS = 10
SCATTER = 7919  # a prime: multiples of it visit every number once, in no order
T = TypeVar("T")
# Every gate is on: hours, stops, opt-outs, caps of lead and company, a gap between two touches.
POLICY = """
policy: follow
hours: {email: {days: mon-sun, from: "00:00", until: "23:59"}}
holidays: ignore
caps: {per_lead: 2 per week, per_company: 20 per day}
touches:
  - {id: first, day: 0, channel: email, news: any, ask: Reply with a time for a call.}
  - {id: second, day: 3, channel: email, news: any, ask: Reply.}
"""
PARAGRAPHS = "\n\n".join(
    f"We have changed many things in our service, and this paragraph tells you, {{{{ lead.first_name }}}}, about "
    f"number {number} of them in **some detail**, so that you know what to expect."
    for number in range(10)
)
NEWS = {"hello": PARAGRAPHS, "price": f"The small plan costs nineteen euros a month.\n\n{PARAGRAPHS}"}
SETTINGS = """
[pacing]
min_gap = "20 hours"
"""


@dataclass(slots=True, kw_only=True)
class Campaign:
    """One workspace. `made` is how many leads there are, each with one touch that is due or will be."""

    workspace: Workspace
    store: Store
    office: Office
    made: int = 0

    def add(self, count: int, *, due_in: float = -60.0, runs_of: int = 0) -> None:
        """So many more leads, each with one touch, the first due in so many seconds and the others a microsecond after
        each other; with `runs_of` so many neighbours a second after each other, and the runs in no order of ids."""
        step = _scattered(count, runs_of) if runs_of else "i"
        shift = f"{int(due_in * 1_000_000)} + {step}"
        with self.store.write() as unit:
            for table, changes in COPIED.items():
                _copy(unit, table, changes, self.made + 1, self.made + count, shift)
            _count_on(unit)
        self.made += count
        self.analyze()

    def write(self, work: Callable[[Unit], T]) -> T:
        """One transaction."""
        with self.store.write() as unit:
            return work(unit)

    def analyze(self) -> None:
        """Let PostgreSQL know its tables, as its own housekeeping would have long done; SQLite has none of it."""
        self._keep_house("ANALYZE")

    def settle(self) -> None:
        """Let PostgreSQL end all that follows from many new rows, as it does in the hours after: rows marked as seen by
        everybody, pages written."""
        self._keep_house("VACUUM ANALYZE", "CHECKPOINT")

    def _keep_house(self, *statements: str) -> None:
        if not self.store.is_sqlite:
            with self.store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                for statement in statements:
                    connection.exec_driver_sql(statement)

    def drain(self, channels: Mapping[str, Channel]) -> TickReport:
        """One whole pass, on the loop that the daemon uses."""
        from touches.daemon.loop import run

        return run(self._pass(channels))

    async def _pass(self, channels: Mapping[str, Channel]) -> TickReport:
        try:
            return await tick(self.office, channels)
        finally:
            await asyncio.gather(*(channel.close() for channel in channels.values()))

    def channels(self) -> dict[str, Channel]:
        """Fresh channels, for a loop of their own."""
        return {"email": open_channels(self.workspace.settings)["email"]}

    def states(self) -> dict[str, int]:
        """How many first touches are in each state."""
        statement = "SELECT state, count(*) FROM touch WHERE step = 'first' GROUP BY state"
        with self.store.read() as unit:
            return {row[0]: row[1] for row in unit.connection.exec_driver_sql(statement)}


@contextmanager
def campaign(folder: Path, port: int, *, url: str = "", lease: int = 30) -> Iterator[Campaign]:
    """A new workspace, published, whose mail goes to a port of this machine. The template lead never gets any."""
    workspace = _workspace(folder, port, url)
    store = open_store(workspace.settings)
    try:
        office = open_office(workspace, store)
        office = replace(office, desk=replace(office.desk, lease_seconds=lease))
        _publish(workspace, office)
        _template(office)
        yield Campaign(workspace=workspace, store=store, office=office)
    finally:
        store.close()


def _workspace(folder: Path, port: int, url: str) -> Workspace:
    made = create_workspace(folder, prepare_database=None if url else upgrade)
    file = made.root / "touches.toml"
    settings = file.read_text(encoding="utf-8")
    for old, new in (
        ('host = "localhost"', 'host = "127.0.0.1"'),
        ("port = 25", f"port = {port}"),
        ("connections = 8", f"connections = {CONNECTIONS}"),
        ('email = "every 5 seconds"', 'email = "every 1 second"'),
    ):
        settings = settings.replace(old, new, 1)
    file.write_text(settings, encoding="utf-8")
    for place in ("policies", "news"):
        for old_file in (made.root / place).iterdir():
            old_file.unlink()
    (made.root / "policies" / "follow.yaml").write_text(POLICY, encoding="utf-8")
    for name, body in NEWS.items():
        text = f"---\nkind: education\nheadline: About {name}\n---\n{body}\n"
        (made.root / "news" / f"{name}.md").write_text(text, encoding="utf-8")
    return Workspace(made.root, environment={"TOUCHES_DATABASE": url} if url else {})


def _publish(workspace: Workspace, office: Office) -> None:
    drafts = read_drafts(workspace.policies, workspace.news, LintContext(), similar=lambda _items: ())
    with office.store.write() as unit:
        publish(unit, drafts, author="benchmark", at=office.clock.now())


def _template(office: Office) -> None:
    now = office.clock.now()
    with office.store.write() as unit:
        company = unit.leads.company("Firm 0", size=300)
        lead_id = unit.leads.add(
            created_at=now,
            external_id="template",
            first_name="Jürgen",
            last_name="Müller",
            country="FI",
            timezone="Europe/Helsinki",
            segment="cafe",
            company_id=company,
            triggered_at=now,
        )
        hashed = office.signer.address_hash(PointKind.EMAIL, "lead0@customer.test")
        unit.leads.add_point(lead_id=lead_id, kind=PointKind.EMAIL, address="lead0@customer.test", address_hash=hashed)
    entries = list(enroll(office, "follow", [lead_id], by="benchmark"))
    if len(entries) != 1:
        raise RuntimeError("the template could not be enrolled")
    with office.store.write() as unit:
        unit.connection.exec_driver_sql("UPDATE touch SET due_at = due_at + 3600000000000")  # in 41 days


# What differs from the template, in SQL over `i`, the number of the copy; `:shift` moves what is due.
COPIED: Mapping[str, Mapping[str, str]] = {
    "company": {"id": "t.id + i", "key": "'firm ' || i", "name": "'Firm ' || i"},
    "lead": {"id": "t.id + i", "external_id": "'L' || i", "company_id": "t.company_id + (i + 2) / 3"},
    "contact_point": {
        "id": "t.id + i",
        "lead_id": "t.lead_id + i",
        "address": "'lead' || i || '@customer.test'",
        "address_hash": "t.address_hash || i",
    },
    "enrollment": {"id": "t.id + i", "lead_id": "t.lead_id + i"},
    "decision": {"touch_id": "t.touch_id + {newest} + i - {first}"},
    "touch": {
        "id": "t.id + {newest} + i - {first}",
        "enrollment_id": "t.enrollment_id + i",
        "lead_id": "t.lead_id + i",
        "address": "'lead' || i || '@customer.test'",
        "due_at": "{now} + {shift}",
    },
}


def _scattered(count: int, together: int) -> str:
    """Microseconds, from 0 seconds on, for each `i`. Modulo is spelt so that every driver takes it."""
    runs, run = count // together, f"i / {together}"
    place = f"({run} * {SCATTER} - {run} * {SCATTER} / {runs} * {runs})"
    return f"({place} * {together} + i - {run} * {together}) * 1000000"


def _copy(unit: Unit, table: str, changes: Mapping[str, str], first: int, last: int, shift: str) -> None:
    """Copies of the template row, which is the first of its table."""
    from sqlalchemy import inspect

    columns = [column["name"] for column in inspect(unit.connection).get_columns(table)]
    newest = unit.connection.exec_driver_sql("SELECT max(id) FROM touch").scalar_one()
    now = int(unit.database_now().timestamp() * 1_000_000)
    values = [
        changes.get(name, f't."{name}"').format(newest=newest, first=first, now=now, shift=shift) for name in columns
    ]
    series = f"generate_series({first}::bigint, {last}) AS n(i)"
    head = ""
    if unit.connection.dialect.name == "sqlite":
        head = f"WITH RECURSIVE n(i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM n WHERE i < {last}) "
        series = "n"
    named = ", ".join(f'"{name}"' for name in columns)
    template = f"(SELECT * FROM {table} ORDER BY {columns[0]} LIMIT 1) AS t"
    text = f"INSERT INTO {table} ({named}) {head}SELECT {', '.join(values)} FROM {series}, {template}"
    unit.connection.exec_driver_sql(text)


def _count_on(unit: Unit) -> None:
    """Let PostgreSQL number new rows after the copied ones."""
    if unit.connection.dialect.name == "sqlite":
        return
    for table in COPIED.keys() - {"decision"}:
        highest = f"(SELECT max(id) FROM {table})"
        unit.connection.exec_driver_sql(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {highest})")
