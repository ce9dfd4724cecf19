"""The look back, and what is coming: `report` and `forecast`."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from touches.commands.at_work import day_begins
from touches.commands.options import App, app
from touches.commands.output import Document, Result, Table
from touches.commands.values import Whole
from touches.wording import counted

SECTIONS = (
    ("by_number", "By number of the touch"),
    ("by_channel", "By channel"),
    ("by_policy", "By policy"),
    ("by_news", "By news"),
    ("by_variant", "By variant"),
    ("by_owner", "By owner"),
    ("given_up_after_three", "Given up after three touches or fewer, without a purchase"),
    ("won_back", "Lapses won back"),
    ("complaints", "Complaints, beside a study of bulk purchases"),
    ("calls", "Calls and meetings over 15 minutes"),
)
SHARES = frozenset({"answer_rate", "purchase_rate", "rate", "study", "not_bought_yet", "low", "high"})
EVAPORATED = ("lead", "name", "owner", "segment", "since", "because")


@click.command()
@click.option("--no-next-touch", is_flag=True, help="List the leads for whom nothing comes: those who evaporate.")
@click.option("--since", default="", metavar="DATE", help="Only enrollments that began on this day or later.")
@click.option("--svg", type=click.Path(path_type=Path, dir_okay=False), help="Draw the way to a purchase (.svg, .png).")
@click.option("--csv", type=click.Path(path_type=Path, dir_okay=False), help="Write the figures as a table.")
@click.pass_context
def report(context: click.Context, no_next_touch: bool, since: str, svg: Path | None, csv: Path | None) -> Result:
    """Look back at what came of it. By number, channel, news, variant, owner, policy; when people buy; promises;
    complaints."""
    from touches.report.charts import check_chart, write_chart
    from touches.report.making import chart_of, report_of
    from touches.report.table_file import write_csv

    this = app(context)
    if no_next_touch:
        return Table(EVAPORATED, _evaporating(this), "Something comes for every lead.")
    check_chart(svg)
    with this.store().read() as unit:
        data = report_of(unit, now=this.clock.now(), since=day_begins(this, since, "--since"))
    if svg is not None:
        write_chart(chart_of(data), svg)
    if csv is not None:
        write_csv(data, csv)
    return Document(data, "\n".join(_told(data)))


def _evaporating(this: App) -> Iterator[Mapping[str, Any]]:
    from touches.report.making import evaporating

    with this.store().read() as unit:
        yield from evaporating(unit)


def _told(data: Mapping[str, Any]) -> Iterator[str]:
    from touches.commands.columns import columns

    yield f"{counted(data['leads'], 'lead')} {'was' if data['leads'] == 1 else 'were'} ever enrolled."
    for key, title in SECTIONS:
        if data[key]:
            yield f"\n{title}"
            yield from columns(data[key], shares=SHARES)
    yield from _survival("all touches", data["survival"])
    yield from _survival("spoken touches", data["survival_spoken"])
    promises = data["promises"]
    rate = f"; {promises['kept_rate']:.0%} kept in time" if promises["kept_rate"] is not None else ""
    counts = ", ".join(f"{promises[name]} {name}" for name in ("open", "kept", "late", "broken"))
    yield f"\nPromises: {counts}; put off {promises['renewals']} times{rate}."


def _survival(title: str, part: Mapping[str, Any]) -> Iterator[str]:
    from touches.commands.columns import columns

    yield f"\nUntil the purchase, {title} counted ({part['rule']})"
    if not part["buyers"]:
        yield f"Nobody of {part['enrollments']} bought yet."
        return
    yield (
        f"{part['buyers']} of {part['enrollments']} bought, on average after {part['average_touches_to_purchase']} "
        f"touches; {part['buyers_after_the_third']:.0%} of them after the third, "
        f"{part['buyers_from_the_seventh']:.0%} with the seventh or later."
    )
    yield from columns(part["curve"], shares=SHARES)


@click.command()
@click.option("--days", type=Whole(1, 3660), default=30, show_default=True, help="How far to look.")
@click.pass_context
def forecast(context: click.Context, days: int) -> Document:
    """What is coming, and who runs out of news. Load by channel and owner, at which touch news ends and when, missed
    windows.

    Plays the days in memory, as `simulate` does.
    """
    from touches.forecast.outlook import forecast as look_ahead
    from touches.wiring import open_office

    this = app(context)
    office = open_office(this.workspace, this.store(), clock=this.clock)
    with office.store.read() as unit:
        data = look_ahead(unit, office, days=days, start=this.clock.now())
    return Document(data, "\n".join(_coming(data)))


COMING = (
    ("load", "Touches by day"),
    ("owners", "Calls and meetings by owner"),
    ("held_now", "Held already"),
    ("without_news", "Will have nothing new to tell"),
    ("kinds_wanted", "Kinds of news that would feed them"),
    ("windows_missed", "Will leave after the decision window"),
)


def _coming(data: Mapping[str, Any]) -> Iterator[str]:
    from touches.commands.columns import columns

    yield f"{data['days']} days from {data['from']:%Y-%m-%d}"
    for key, title in COMING:
        if data[key]:
            yield f"\n{title}"
            yield from columns(data[key])
    if not data["load"]:
        yield "Nothing is planned."
    if not data["without_news"]:
        yield "\nEvery touch has something new to tell."


commands = (report, forecast)
