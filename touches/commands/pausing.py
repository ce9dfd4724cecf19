"""Who is followed up no more, for a while or for good: `pause`, `resume`, `stop`."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from touches.commands.at_work import day_begins
from touches.commands.choosing import Whom, wanted, whom
from touches.commands.options import App, app, dry_run
from touches.commands.output import Document
from touches.wording import counted

if TYPE_CHECKING:
    from touches.model.cadence import Enrollment
    from touches.store.units import Unit


def _running(this: App, unit: "Unit", people: Whom, policy: str) -> "list[Enrollment]":
    ids = unit.leads.ids() if people.everybody else wanted(this, unit, people)
    found = unit.enrollments.of_leads(ids, running=True)
    return [one for ones in found.values() for one in ones if not policy or one.policy == policy]


@click.command()
@whom
@click.option("--policy", default="", help="Only in this policy.")
@click.option("--until", default="", metavar="DATE", help="Until this day; without it, until `resume`.")
@click.option("--reason", default="by hand", help="Why.")
@dry_run
@click.pass_context
def pause(context: click.Context, people: Whom, policy: str, until: str, reason: str, dry_run: bool) -> Document:
    """Hold leads. `pause --all` is the kill switch: nothing at all leaves until `resume --all`."""
    from touches.engine.stopping import pause as pause_enrollments

    this = app(context)
    now = this.clock.now()
    count = 0
    with this.store().write() as unit:
        if people.everybody:
            unit.switches.set("paused", f"{reason} ({this.actor})", at=now, by=this.actor)
        else:
            found = _running(this, unit, people, policy)
            pause_enrollments(
                unit, found, because=reason, actor=this.actor, at=now, until=day_begins(this, until, "--until")
            )
            count = len(found)
        if dry_run:
            unit.connection.rollback()
    would = "would be " if dry_run else ""
    everything = f"Everything {would or 'is '}held: nothing leaves until `touches resume --all`."
    text = everything if people.everybody else f"{counted(count, 'enrollment')} {would}paused."
    return Document({"paused": "everything" if people.everybody else count, "dry_run": dry_run}, text)


@click.command()
@whom
@click.option("--policy", default="", help="Only in this policy.")
@dry_run
@click.pass_context
def resume(context: click.Context, people: Whom, policy: str, dry_run: bool) -> Document:
    """Let paused leads go on where they were. What became late moves, nothing is sent in a burst.

    What a complaint, a broken promise or a conversation holds waits for its end all the same.
    """
    from touches.care.holds import resume_by_hand
    from touches.wiring import open_office

    this = app(context)
    office = open_office(this.workspace, this.store(), clock=this.clock)
    outcome: dict[str, int] = {}
    with office.store.write() as unit:
        office.library.refresh(unit)
        if people.everybody:
            unit.switches.set("paused", "", at=this.clock.now(), by=this.actor)
        else:
            outcome = resume_by_hand(unit, office, _running(this, unit, people, policy), actor=this.actor)
        if dry_run:
            unit.connection.rollback()
    waiting = {reason: number for reason, number in outcome.items() if reason}
    resumed: Any = "everything" if people.everybody else outcome.get("", 0)
    return Document({"resumed": resumed, "waiting": waiting, "dry_run": dry_run}, _resumed(resumed, waiting, dry_run))


def _resumed(resumed: Any, waiting: Mapping[str, int], dry_run: bool) -> str:
    would = "would be " if dry_run else ""
    if resumed == "everything":
        return "The kill switch would be off." if dry_run else "The kill switch is off: what is due leaves again."
    if not (resumed or waiting):
        return "None of them is paused."
    parts = [f"{counted(resumed, 'enrollment')} {would}resumed"] if resumed else []
    parts += [f"{number} still held by: {reason}" for reason, number in waiting.items()]
    return "; ".join(parts) + "."


@click.command()
@whom
@click.option("--policy", default="", help="Only in this policy.")
@click.option("--reason", default="by hand", help="Why.")
@dry_run
@click.pass_context
def stop(context: click.Context, people: Whom, policy: str, reason: str, dry_run: bool) -> Document:
    """End the follow-up of leads: what waits is cancelled at once."""
    from touches.engine.stopping import stop as stop_enrollments

    this = app(context)
    with this.store().write() as unit:
        found = _running(this, unit, people, policy)
        cancelled = stop_enrollments(unit, found, because=reason, actor=this.actor, at=this.clock.now())
        if dry_run:
            unit.connection.rollback()
    would = "would be " if dry_run else ""
    text = (
        f"{counted(len(found), 'enrollment')} {would}ended, {counted(cancelled, 'touch', 'touches')} {would}cancelled."
    )
    return Document({"stopped": len(found), "cancelled": cancelled, "dry_run": dry_run}, text)


commands = (pause, resume, stop)
