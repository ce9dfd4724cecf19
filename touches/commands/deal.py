"""A lead's deal and owner: lost, reopen, handover. Subcommands of `lead`."""

from collections.abc import Sequence

import click

from touches.commands.at_work import changing, office_of, warn
from touches.commands.options import app, dry_run
from touches.commands.output import Document
from touches.commands.people import living
from touches.wording import counted


@click.command()
@click.argument("lead")
@click.option("--reason", default="by hand", help="Why.")
@dry_run
@click.pass_context
def lost(context: click.Context, lead: str, reason: str, dry_run: bool) -> Document:
    """The sale has not come: LEAD moves to the `then` of its policies."""
    from touches.care.deals import lose

    this = app(context)
    office = office_of(this)
    with changing(office, dry_run=dry_run) as unit:
        person = living(this, unit, lead)
        moved = lose(unit, office, person, reason=reason, actor=this.actor)
    data = {"lead": person.key, "lost": True, "moved": len(moved), "dry_run": dry_run}
    return Document(data, f"{person.key} {_would_be(dry_run)} lost: {_on(moved)} on to `then`.")


@click.command()
@click.argument("lead")
@click.option("--reason", default="by hand", help="Why.")
@dry_run
@click.pass_context
def reopen(context: click.Context, lead: str, reason: str, dry_run: bool) -> Document:
    """The deal is open again: the steps that are left go on."""
    from touches.care.deals import reopen as open_again

    this = app(context)
    office = office_of(this)
    with changing(office, dry_run=dry_run) as unit:
        person = living(this, unit, lead)
        moved = open_again(unit, office, person, actor=this.actor, reason=reason)
    data = {"lead": person.key, "lost": False, "moved": len(moved), "dry_run": dry_run}
    return Document(
        data, f"{person.key} {_would_be(dry_run)} open again: {_on(moved)} on with the steps that are left."
    )


@click.command()
@click.argument("lead")
@click.argument("owner", metavar="NEW_OWNER")
@dry_run
@click.pass_context
def handover(context: click.Context, lead: str, owner: str, dry_run: bool) -> Document:
    """Give LEAD to NEW_OWNER, announced to the lead first. Open tasks move once the announcement has left."""
    from touches.care.deals import hand_over

    this = app(context)
    office = office_of(this)
    with changing(office, dry_run=dry_run) as unit:
        person = living(this, unit, lead)
        given = hand_over(unit, office, person, owner, actor=this.actor)
    if not given.announced:
        warn([f"{person.key} has no mailbox that can be used, so it holds at once: announce it in a call"])
    data = {"lead": person.key, "from": given.old, "to": given.new, "announced": given.announced}
    when = "once the announcement has left" if given.announced else f"at once, {counted(given.tasks, 'open task')} too"
    text = f"{person.key} {_would_be(dry_run)} handed over to {given.new} {when}."
    return Document({**data, "tasks": given.tasks, "dry_run": dry_run}, text)


def _would_be(dry_run: bool) -> str:
    return "would be" if dry_run else "is"


def _on(moved: Sequence[int]) -> str:
    return f"{counted(len(moved), 'enrollment')} {'goes' if len(moved) == 1 else 'go'}"


lead_commands: tuple[click.Command, ...] = (lost, reopen, handover)
