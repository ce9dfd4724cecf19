"""People: list, show, export, erase; the group that adds, imports, changes and merges them too."""

import sys
from collections.abc import Iterator, Mapping
from typing import Any

import click

from touches.commands.deal import lead_commands
from touches.commands.lead_changes import add, merge, set_values
from touches.commands.lead_consent import consent
from touches.commands.lead_import import import_file
from touches.commands.options import App, app, dry_run
from touches.commands.options import yes as yes_option
from touches.commands.output import Document, Lines, Result, Table, Text
from touches.commands.people import found
from touches.commands.values import OneOf

LISTED = ("lead", "name", "email", "phone", "company", "segment", "owner", "country")


@click.group()
def lead() -> None:
    """People: add, import, change, merge, export, erase them."""


@lead.command("list")
@click.option("--segment", default="", help="Only this segment.")
@click.option("--owner", default="", help="Only this owner's.")
@click.pass_context
def list_leads(context: click.Context, segment: str, owner: str) -> Result:
    """All leads, one line each; merged and erased ones are left out."""
    from touches.people.showing import list_row

    store = app(context).store()

    def rows() -> Iterator[Mapping[str, Any]]:
        with store.read() as unit:
            for batch in unit.leads.walk():
                for each in batch:
                    gone = each.dead == "erased" or each.dead.startswith("merged")
                    if not gone and segment in ("", each.segment) and owner in ("", each.owner):
                        yield list_row(each)

    return Table(LISTED, rows(), empty="No leads yet: `touches lead import FILE` or `touches lead add`.")


@lead.command()
@click.argument("key", metavar="LEAD")
@click.pass_context
def show(context: click.Context, key: str) -> Document:
    """Show what is known of LEAD. Addresses, consent, time zone and why, policies, the next touch."""
    from touches.commands.plain import shown
    from touches.people.showing import card, card_text
    from touches.wiring import house_of

    this = app(context)
    with this.store().read() as unit:
        data = card(unit, found(this, unit, key), house_of(this.settings), this.clock.now())
    return Document(data, card_text(data, shown))


@lead.command()
@click.argument("key", metavar="[LEAD]", required=False)
@click.option("--all", "everybody", is_flag=True, help="Everybody.")
@click.option(
    "--format", "form", type=OneOf(["json", "csv"]), default="json", show_default=True, help="Which of the two."
)
@click.pass_context
def export(context: click.Context, key: str | None, everybody: bool, form: str) -> Result:
    """Show everything that is held about LEAD. As JSON, or as a list that `lead import` reads (csv)."""
    if bool(key) == everybody:
        raise click.UsageError("Name one lead, or say --all.")
    this = app(context)
    if form == "csv":
        from touches.people.export_list import lines

        return Lines(({"line": line} for line in lines(this.store(), _picked(this, key))), lambda row: row["line"])
    return _documents(this, key)


def _picked(this: App, key: str | None) -> int | None:
    if key is None:
        return None
    with this.store().read() as unit:
        return found(this, unit, key).id


def _documents(this: App, key: str | None) -> Result:
    import json

    from touches.commands.plain import encoded
    from touches.people.exporting import documents

    store = this.store()
    if key is not None:
        with store.read() as unit:
            document = dict(next(documents(unit, [found(this, unit, key).id])))
        return Text(json.dumps(document, default=encoded, ensure_ascii=False, indent=2), document)

    def rows() -> Iterator[Mapping[str, Any]]:
        with store.read() as unit:
            for batch in unit.leads.walk(batch=200):
                living = [each.id for each in batch if not each.dead.startswith("merged")]
                yield from documents(unit, living)

    return Lines(rows(), lambda row: json.dumps(row, default=encoded, ensure_ascii=False))


@lead.command()
@click.argument("key", metavar="LEAD")
@yes_option
@dry_run
@click.pass_context
def erase(context: click.Context, key: str, yes: bool, dry_run: bool) -> Document:
    """Forget LEAD for good, everywhere. Only keyed hashes stay, so that nobody writes to them again.

    Backups and lists of your own are yours to clear.
    """
    from touches.people.erasing import erase_lead, remove_letters
    from touches.store.erasing import wipe
    from touches.wiring import signer_of

    this = app(context)
    store, signer = this.store(), signer_of(this.workspace)
    if not (yes or dry_run):
        _confirm_erasure(this, key)
    with store.write() as unit:
        done = erase_lead(unit, signer, found(this, unit, key), actor=this.actor, at=this.clock.now())
        if dry_run:
            unit.connection.rollback()
    data = {"lead_id": done.lead_id, "addresses": done.addresses, "cancelled": done.cancelled}
    if dry_run:
        return Document({**data, "letters": 0, "wiped": False}, f"Lead #{done.lead_id} would be erased.")
    letters = remove_letters(this.settings.path(this.settings.channels.letter.spool), done.letters)
    wiped = wipe(store.engine)
    if not wiped:
        click.echo("The file is in use: freed pages are wiped by the next `touches db prune`.", err=True)
    text = f"Lead #{done.lead_id} is erased. Backups, and lists outside the workspace, are yours to clear."
    return Document({**data, "letters": letters, "wiped": wiped}, text)


def _confirm_erasure(this: App, key: str) -> None:
    from touches.errors import Refused

    with this.store().read() as unit:
        person = found(this, unit, key)
    if not sys.stdin.isatty():
        raise Refused(f'Erasing "{person.key}" cannot be undone.', hint="Say --yes if it is meant.")
    click.confirm(f'Erase "{person.key}" ({person.full_name}) for good?', abort=True, err=True)


for command in (add, consent, import_file, merge, set_values, *lead_commands):
    lead.add_command(command)

commands: tuple[click.Command, ...] = (lead,)
