"""Assertions (`expect:`) that do not hold, as `check` and `publish` find them: policies are played before their use."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Final

from policies.findings import Finding, Severity
from policies.loader import LoadedPolicy
from touches.engine.office import Office
from touches.forecast.sampling import sample_of
from touches.publishing import Drafts
from touches.simulation.expectations import Expectations, Violation
from touches.simulation.playing import Order, Simulation
from touches.simulation.scripts import Script
from touches.store.units import Unit

DAYS: Final = 60
MOST_LEADS: Final = 1000


def broken_assertions(
    unit: Unit, office: Office, drafts: Drafts, *, start: datetime, only: Collection[str] | None = None
) -> list[Finding]:
    """An error for each assertion that a played touch breaks, at its line. Every policy with assertions (of `only`) is
    played alone, for leads of the database who come in at `start` as if for the first time; of many a sample in which
    every group of them is found. Nothing for files with errors, and nothing without leads whom the policy takes."""
    wanted = [] if drafts.errors else [one for name, one in sorted(drafts.named.items()) if _is_asked(name, one, only)]
    if not wanted:
        return []
    people = unit.leads.by_ids(sample_of(unit.lead_groups.all(), most=MOST_LEADS).weights).values()
    script = Script(unit, office.library.language)
    names = [script.take_policy(one) for one in wanted]
    script.take_news(drafts.pool)
    expectations = Expectations()
    for name in names:
        order = Order(days=DAYS, start=start, people=people, entered=name)
        for played in Simulation(office, script, order).run(unit):
            expectations.check(played)
    return sorted(_findings(expectations.violations))


def _is_asked(name: str, loaded: LoadedPolicy, only: Collection[str] | None) -> bool:
    return loaded.policy is not None and bool(loaded.policy.expect) and (only is None or name in only)


def _findings(violations: Sequence[Violation]) -> Iterator[Finding]:
    for one in violations:
        told = (
            f"expected {one.text}, but {one.detail}: step {one.first.step} for {one.first.lead.key};"
            f" {one.count} of the played touches break it"
        )
        yield Finding(one.file, one.line, one.column, Severity.ERROR, "expectation-broken", told)
