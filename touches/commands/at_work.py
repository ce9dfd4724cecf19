"""What commands about people's work share: the office, a transaction, times as people write them."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from touches.commands.options import App
from touches.commands.values import OneOf, Whole

if TYPE_CHECKING:
    from datetime import datetime

    from touches.engine.office import Office
    from touches.model.people import Lead
    from touches.store.units import Unit


def office_of(this: App) -> "Office":
    """The workspace at work, for commands that decide something."""
    from touches.wiring import open_office

    return open_office(this.workspace, this.store(), clock=this.clock)


@contextmanager
def changing(office: "Office", *, dry_run: bool = False) -> Iterator["Unit"]:
    """A writing transaction with published policies and news at hand; a dry run leaves nothing of it."""
    with office.store.write() as unit:
        office.library.refresh(unit)
        yield unit
        if dry_run:
            unit.connection.rollback()


def moment(text: str, office: "Office", lead: "Lead", option: str) -> "datetime | None":
    """A time as people write it, in the lead's zone; None for no text."""
    if not text:
        return None
    from policies.errors import Refused
    from touches.care.local import clock_of, instant_of

    try:
        return instant_of(text, now=office.clock.now(), clock=clock_of(lead, office.house))
    except Refused as error:
        raise click.BadParameter(str(error), param_hint=option) from None


def day_begins(this: App, text: str, option: str) -> "datetime | None":
    """The first instant of a day as 2027-03-01, in the workspace's zone; None for no text."""
    if not text:
        return None
    from datetime import date, time

    from touches.time.local import local_instant

    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f'"{text}" is no date; write e.g. 2027-03-01', param_hint=option) from None
    return local_instant(day, time(), this.settings.workspace.timezone)


def go_together(promise: str, by: str) -> None:
    """A promise has a time, and a time is for a promise."""
    if bool(promise) != bool(by):
        raise click.UsageError("--promise and --by go together.")


def warn(warnings: Iterable[str]) -> None:
    """Sentences for whoever runs the command, beside its answer."""
    for warning in warnings:
        click.echo(f"Note: {warning}.", err=True)


def case_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """How a complaint hurts and how the customer takes it: `harm, reaction`."""
    harm = OneOf(("low", "middle", "high"))
    reaction = OneOf(("calm", "angry", "leaving"))
    how_it_is_taken = "How the customer takes it: who is angry or means to leave is answered sooner."
    command = click.option("--reaction", type=reaction, default="calm", help=how_it_is_taken)(command)
    return click.option("--harm", type=harm, default="middle", help="How much it hurts; sets the case's clocks.")(
        command
    )


def words_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """What somebody writes down of a contact: `said, told, agreed, minutes, concern, news`."""
    options = (
        click.option("--said", default="", help="What the lead said."),
        click.option("--told", default="", help="What you told the lead."),
        click.option("--agreed", default="", help="What was agreed."),
        click.option("--minutes", type=Whole(0, 1440), help="How long it took."),
        click.option("--concern", default="", help="What the lead worries about; news that answers it comes first."),
        click.option("--news", multiple=True, metavar="ID", help="Which news was told; may be repeated."),
    )
    for decorate in reversed(options):
        command = decorate(command)
    return command
