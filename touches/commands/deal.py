"""A lead's deal and owner: lost, reopen, handover. Subcommands of `lead`."""

import click

from touches.commands.at_work import changing, office_of, warn
from touches.commands.options import app, dry_run
from touches.commands.output import Document
from touches.commands.people import living


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
    return Document({"lead": person.key, "lost": True, "moved": len(moved), "dry_run": dry_run})


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
    return Document({"lead": person.key, "lost": False, "moved": len(moved), "dry_run": dry_run})


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
    return Document({**data, "tasks": given.tasks, "dry_run": dry_run})


lead_commands: tuple[click.Command, ...] = (lost, reopen, handover)
