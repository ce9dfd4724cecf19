"""Warnings of `check` about news that will run out: the coming weeks are played with the files as they are."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import groupby
from typing import Any

from policies.findings import Finding, Severity
from policies.loader import LoadedPolicy
from touches.engine.office import Office
from touches.forecast.outlook import Dryness
from touches.forecast.sampling import PLAYED_WHOLE, sample_of
from touches.publishing import Drafts
from touches.simulation.playing import Order, Simulation
from touches.simulation.scripts import Script
from touches.store.units import Unit
from touches.wording import counted

SHOWN = 4  # groups of leads in one message


def starving(
    unit: Unit, office: Office, drafts: Drafts, *, days: int, start: datetime, most: int = PLAYED_WHOLE
) -> list[Finding]:
    """For each step that will have nothing new to tell, whom, how many and from which date on.

    Plays what `forecast` plays, with the files in place of what is published; of more leads than can be played in a few
    seconds, a sample of each group, and the numbers are about right then. Nothing for files with errors.
    """
    if drafts.errors:
        return []
    dryness, sample = Dryness(), sample_of(unit.lead_groups.all(), most=most)
    order = Order(days=days, start=start, among=None if sample.is_whole else list(sample.weights))
    for played in Simulation(office, _script(unit, office, drafts), order).run(unit):
        dryness.add(played, times=sample.weights.get(played.lead.id, 1))
    return sorted(_findings(dryness.rows(), drafts, about="" if sample.is_whole else "about "))


def _script(unit: Unit, office: Office, drafts: Drafts) -> Script:
    script = Script(unit, office.library.language)
    for name in drafts.changed(unit.catalog.current_policies()):
        script.take_policy(drafts.named[name])
    script.take_news(drafts.pool)
    return script


def _findings(rows: Iterable[Mapping[str, Any]], drafts: Drafts, *, about: str) -> Iterator[Finding]:
    def by_step(row: Mapping[str, Any]) -> tuple[str, str]:
        return row["policy"], row["step"]

    for (policy, step), found in groupby(sorted(rows, key=by_step), key=by_step):
        loaded = drafts.named.get(policy)
        if loaded is not None:
            yield _finding(loaded, step, sorted(found, key=lambda row: (row["from"], -row["leads"])), about=about)


def _finding(loaded: LoadedPolicy, step: str, rows: list[Mapping[str, Any]], *, about: str) -> Finding:
    places, wanted = _step(loaded, step)
    line, column = loaded.place(*places)
    groups = [f"{about}{_group(row)} from {row['from']} on" for row in rows[:SHOWN]]
    more = [f"{len(rows) - SHOWN} more groups"] if len(rows) > SHOWN else []
    told = (
        f'touch {rows[0]["touch"]}, "{step}", will have nothing new to tell: {"; ".join([*groups, *more])};'
        f" write more of: {wanted}"
    )
    return Finding(str(loaded.path), line, column, Severity.WARNING, "news-runs-out", told)


def _group(row: Mapping[str, Any]) -> str:
    number = counted(row["leads"], "touch", "touches")
    of = [f'segment "{row["segment"]}"'] if row["segment"] else []
    of += [f'language "{row["language"]}"'] if row["language"] else []
    return f"{number} ({', '.join(of)})" if of else number


def _step(loaded: LoadedPolicy, step: str) -> tuple[tuple[str, ...], str]:
    """Names of the step's place, the most exact first, and what news it asks for."""
    contacts = loaded.policy.contacts if loaded.policy is not None else ()
    for index, contact in enumerate(contacts):
        if contact.id == step and loaded.policy is not None:
            where = "then" if index == len(loaded.policy.touches) else f"touches[{index}]"
            return (f"{where}.news", where), str(contact.news)
    return ("touches",), "any"
