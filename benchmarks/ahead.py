"""What `check` does with the leads there are: play the coming four weeks of a large base. Seconds of one core, SQLite.

python -m benchmarks ahead [--scale full]

A new workspace with the starter policies and news; the leads are of three segments and four languages, stand in
`new-lead` after their first touch and came in over the last twenty days. A tenth of the goal's 100,000 by default.
"""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import Figure
from policies.linter import LintContext
from touches.engine.office import Office
from touches.forecast.starving import starving
from touches.publishing import Drafts, publish, read_drafts
from touches.store.schema import upgrade
from touches.store.types import to_micros
from touches.wiring import open_office, open_store
from touches.workspace import Workspace, create_workspace

GOAL_LEADS, GOAL_SECONDS = 100_000, 10.0
DAYS = 28
SEGMENTS, LANGUAGES = ("b2b-software", "cafe", "furniture"), ("en", "fi", "de", "")
DAY = 86_400_000_000


def measure(scale: float) -> Iterator[Figure]:
    """Seconds for as many leads as asked."""
    leads = max(20_000, int(GOAL_LEADS * scale))
    with tempfile.TemporaryDirectory() as name:
        made = create_workspace(Path(name) / "shop", prepare_database=upgrade)
        workspace = Workspace(made.root)
        store = open_store(workspace.settings)
        office = open_office(workspace, store)
        drafts = read_drafts(workspace.policies, workspace.news, LintContext(), similar=lambda _items: ())
        _fill(office, drafts, leads)
        seconds, warned = _looked_ahead(office, drafts)
        store.close()
    how = f"{leads} leads, {DAYS} days, {warned} warnings"
    yield Figure(name="check --ahead", value=round(seconds, 1), floor=GOAL_SECONDS, at_most=True, unit="s", how=how)


def _looked_ahead(office: Office, drafts: Drafts) -> tuple[float, int]:
    with office.store.read() as unit:
        office.library.refresh(unit)
        started = time.process_time()
        found = starving(unit, office, drafts, days=DAYS, start=office.clock.now())
        return time.process_time() - started, len(found)


def _fill(office: Office, drafts: Drafts, leads: int) -> None:
    """Everybody was told the welcome; the second touch is planned."""
    instant = office.clock.now()
    now = to_micros(instant)
    with office.store.write() as unit:
        publish(unit, drafts, author="bench", at=instant)
        raw = unit.connection.connection
        raw.executemany(
            "INSERT INTO lead (id, external_id, segment, language, timezone, country, created_at, updated_at,"
            " triggered_at) VALUES (?, ?, ?, ?, 'Europe/Helsinki', 'FI', ?, ?, ?)",
            ((n + 1, f"l{n}", SEGMENTS[n % 3], LANGUAGES[n // 3 % 4], now, now, now) for n in range(leads)),
        )
        raw.executemany(
            "INSERT INTO contact_point (lead_id, kind, address, address_hash) VALUES (?, ?, ?, ?)",
            (
                (n + 1, kind, address, f"{kind}{n}")
                for n in range(leads)
                for kind, address in (("email", f"l{n}@x.test"), ("phone", f"+35840{n:07d}"))
            ),
        )
        raw.executemany(
            "INSERT INTO enrollment (id, lead_id, policy, version, state, phase, entered_at)"
            " VALUES (?, ?, 'new-lead', 1, 'active', 'steps', ?)",
            ((n + 1, n + 1, now - n % 20 * DAY - n * 7_919_000_003 % DAY) for n in range(leads)),
        )
        raw.executemany(
            "INSERT INTO touch (kind, enrollment_id, lead_id, policy, version, step, round, number, channel, state,"
            " news, due_at, handed_over_at, finished_at, created_at)"
            " VALUES ('touch', ?, ?, 'new-lead', 1, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                row
                for n in range(leads)
                for entered in [now - n % 20 * DAY - n * 7_919_000_003 % DAY]
                for row in (
                    (n + 1, n + 1, "welcome", 1, "email", "sent", "welcome-pack", *[entered] * 4),
                    (n + 1, n + 1, "first-call", 2, "call", "planned", "", now + n % 5 * DAY, None, None, entered),
                )
            ),
        )
        raw.executemany(
            "INSERT INTO ledger (lead_id, news_class, news, at, by, status)"
            " VALUES (?, 'welcome-pack', 'welcome-pack', ?, 'engine', 'told')",
            ((n + 1, now - DAY) for n in range(leads)),
        )
