"""Months ahead in seconds: `simulate`."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from touches.commands.at_work import day_begins
from touches.commands.options import App, app
from touches.commands.output import Lines, Result
from touches.commands.values import Fraction, Whole

if TYPE_CHECKING:
    from touches.simulation.expectations import Expectations
    from touches.simulation.playing import Simulation
    from touches.simulation.scripts import Script
    from touches.simulation.summary import Summary
    from touches.store.units import Unit

SHARE = Fraction(0, 1)
MOST_BARS = 124


@click.command()
@click.option("--days", type=Whole(1, 3660), default=30, show_default=True, help="How far to play.")
@click.option("--leads", type=click.Path(path_type=Path), help="Play these people (CSV, .xlsx) instead of your leads.")
@click.option("--policy", default="", metavar="FILE", help="Play this file (or published policy), published or not.")
@click.option("--from", "start", default="", metavar="DATE", help="Begin on this day instead of now.")
@click.option("--reply-rate", type=SHARE, default=0.0, help="Share of touches that are answered, 0 to 1.")
@click.option("--purchase-rate", type=SHARE, default=0.0, help="Share of touches that bring a purchase, 0 to 1.")
@click.option("--bounce-rate", type=SHARE, default=0.0, help="Share of touches that bounce, 0 to 1.")
@click.option("--seed", type=int, default=0, help="For the three rates: the same seed, the same answers.")
@click.option("--letter-cost", type=Fraction(0), default=0.0, help="What a letter costs, for the totals.")
@click.option("--chart", type=click.Path(path_type=Path, dir_okay=False), help="Draw the days into this .svg or .png.")
@click.pass_context
def simulate(
    context: click.Context,
    days: int,
    leads: Path | None,
    policy: str,
    start: str,
    reply_rate: float,
    purchase_rate: float,
    bounce_rate: float,
    seed: int,
    letter_cost: float,
    chart: Path | None,
) -> Result:
    """Play days ahead in memory; nothing is written or sent. The engine's own planning, news choice and gates, with a
    virtual clock.

    Touches by day and channel, calls against capacity, what has no news. With --json one line for each touch. Exits
    with 1 where an assertion (`expect:`) of a policy does not hold.
    """
    from touches.report.charts import check_chart
    from touches.simulation.chances import Rates
    from touches.simulation.expectations import Expectations

    this = app(context)
    check_chart(chart)
    rates = Rates(reply=reply_rate, purchase=purchase_rate, bounce=bounce_rate, seed=seed)
    expectations = Expectations()
    begins = day_begins(this, start, "--from") or this.clock.now()
    lines = _play(this, days, leads, policy, begins, rates, letter_cost, chart, expectations)
    return Lines(lines, _line, exit_code=lambda: int(bool(expectations.violations)))


def _line(row: Mapping[str, Any]) -> str:
    return str(row["text"])


def _play(
    this: App,
    days: int,
    leads: Path | None,
    policy: str,
    start: datetime,
    rates: Any,
    letter_cost: float,
    chart: Path | None,
    expectations: "Expectations",
) -> Iterator[Mapping[str, Any]]:
    """The lines of JSON as they are played, or the tables at the end."""
    from touches.simulation.leads_file import leads_of_file
    from touches.simulation.playing import Order, Simulation, line_of, summary_of
    from touches.wiring import open_office

    office = open_office(this.workspace, this.store(), clock=this.clock)
    summary = summary_of(office, letter_cost=letter_cost)
    people = leads_of_file(leads, country=office.house.country, now=start) if leads is not None else None
    with office.store.read() as unit:
        script, entered = _script(this, unit, policy)
        order = Order(days=days, start=start, people=people, entered=entered, rates=rates)
        play = Simulation(office, script, order)
        for played in play.run(unit):
            summary.add(played)
            expectations.check(played)
            if this.json:
                yield line_of(played)
    _say_what_is_broken(expectations, this.workspace.root)
    if chart is not None:
        _draw(chart, summary, play, start, days)
    if not this.json:
        yield from ({"text": text} for text in _told(summary, play, start, days))


def _script(this: App, unit: "Unit", policy: str) -> "tuple[Script, str]":
    """What is played, and the one policy that all enter; people are told where files take the place of versions."""
    from touches.simulation.scripts import script_of

    script, entered = script_of(
        unit,
        policy=policy,
        policies=this.workspace.policies,
        news=this.workspace.news,
        language=this.settings.news.language,
    )
    if script.drafts and not this.json:
        names = ", ".join(sorted(script.drafts))
        click.echo(f"Played from files, not from what is published: {names}.", err=True)
    return script, entered


def _say_what_is_broken(expectations: "Expectations", root: Path) -> None:
    for violation in expectations.violations:
        row = violation.row()
        path = Path(row["file"])
        shown = path.relative_to(root) if path.is_relative_to(root) else path
        click.echo(
            f"{shown}:{row['line']}:{row['column']}: error: expected {row['expected']}, broken {row['broken']} times, "
            f"first for {row['lead']} by step {row['step']}: {row['detail']}",
            err=True,
        )


def _told(summary: "Summary", play: "Simulation", start: datetime, days: int) -> Iterator[str]:
    from touches.commands.columns import columns

    totals = summary.totals()
    yield f"{days} days from {start:%Y-%m-%d}: {totals['touches']} touches to {len(play.people)} leads."
    yield from columns(summary.by_day())
    if summary.by_owner():
        yield "\nCalls and meetings by owner"
        yield from columns(summary.by_owner())
    if summary.starving():
        yield "\nWithout news"
        yield from columns(summary.starving())
    kept = "every touch inside its open hours" if not totals["outside_hours"] else "TOUCHES OUTSIDE THEIR HOURS"
    cost = f" ({totals['letters_cost']:.2f})" if totals["letters_cost"] is not None else ""
    yield (
        f"\n{totals['letters']} letters{cost}, {totals['calls']} calls and meetings, {totals['held']} held "
        f"({totals['starved']} for want of news), {totals['expired']} expired; {kept}."
    )
    if play.door.refused:
        yield (
            "Not enrolled: "
            + ", ".join(_said(code, number) for code, number in sorted(play.door.refused.items()))
            + "."
        )
    answers = {name: number for name, number in play.answers.counts.items() if number}
    if answers:
        yield "Assumed: " + ", ".join(f"{number} {name}" for name, number in answers.items()) + "."


_WHY_NOT = {
    "not_concerned": "whom no trigger of the policy concerns",
    "dead": "to whom nothing goes any more",
    "suppressed": "who opted out of everything",
    "already_in": "who run in it already",
    "customer": "who are customers already",
    "before": "who were in it before",
    "no_channel": "for whom no step has a usable channel",
}


def _said(code: str, number: int) -> str:
    return f"{number} {_WHY_NOT.get(code, code)}"


def _draw(chart: Path, summary: "Summary", play: "Simulation", start: datetime, days: int) -> None:
    """Every day has its place, also those on which nothing leaves; of more than four months every week."""
    from touches.report.charts import StackedBars, write_chart

    step = 1 if days <= MOST_BARS else 7
    labels, series = summary.over_time(play.start, play.end - 1, step=step)
    title = f"Touches by {'day' if step == 1 else 'week'}, {days} days from {start:%Y-%m-%d}"
    write_chart(StackedBars(title=title, labels=[day.isoformat() for day in labels], series=series), chart)


commands = (simulate,)
