"""What leads did: purchases, visits, and other activities."""

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from touches.commands.lead_import import import_document, tell_import
from touches.commands.options import App, app, dry_run
from touches.commands.output import Document
from touches.commands.people import living

if TYPE_CHECKING:
    from datetime import datetime

    from touches.people.deeds import DeedRules


@click.group()
def activity() -> None:
    """What leads did: purchases, visits."""


def _rules(this: App, kind: str = "") -> "DeedRules":
    from touches.people.deeds import BadDeed, DeedRules, kind_of

    settings = this.settings
    try:
        kind = kind_of(kind) if kind else ""
    except BadDeed as error:
        raise click.UsageError(f'"{kind}" {error}.') from None
    return DeedRules(
        zone=settings.workspace.timezone, country=settings.workspace.country, now=this.clock.now(), kind=kind
    )


@activity.command()
@click.argument("key", metavar="LEAD")
@click.argument("kind", metavar="KIND")
@click.option("--at", "when", default="", metavar="TIME", help="When, if not now; without an offset in our zone.")
@click.option("--amount", default="", metavar="NUMBER", help="How much money.")
@dry_run
@click.pass_context
def add(context: click.Context, key: str, kind: str, when: str, amount: str, dry_run: bool) -> Document:
    """Note that LEAD did something. KIND is `purchase`, `visit`, or another word. The same again changes nothing.

    `opt_out` closes every channel for LEAD, as if they had said so to us.
    """
    from touches.store.activity_imports import ActivityImports, Done
    from touches.store.planned_imports import PlannedActivityImports

    this = app(context)
    rules = _rules(this, kind)
    at, money = _when_and_how_much(rules, when, amount)
    store = this.store()
    with store.read() if dry_run else store.write() as unit:
        lead = living(this, unit, key)
        done = Done(lead.id, rules.kind, at, money, f"by hand, {this.actor}")
        imports = PlannedActivityImports(unit.connection, set()) if dry_run else ActivityImports(unit.connection)
        new = imports.put([done])
    _ask_about(rules.kind)
    data = {
        "lead": lead.key,
        "lead_id": lead.id,
        "kind": rules.kind,
        "at": at,
        "amount": _shown(money),
        "new": bool(new),
    }
    said = "noted" if new else "known already"
    return Document(data, f"{rules.kind} of {lead.key}: {'would be ' if dry_run and new else ''}{said}.")


def _when_and_how_much(rules: "DeedRules", when: str, amount: str) -> "tuple[datetime, Decimal | None]":
    from touches.people.deeds import BadDeed, amount_of, past_instant

    name, text = "--at", when
    try:
        at = past_instant(when, rules) if when else rules.now
        name, text = "--amount", amount
        return at, amount_of(amount) if amount else None
    except BadDeed as error:
        raise click.UsageError(f'{name} "{text}" {error}.') from None


def _ask_about(kind: str) -> None:
    """A kind of the user's own is fine; one that looks like a kind of ours is perhaps a slip."""
    from touches.engine.reacting import KINDS
    from touches.errors import near_words

    for meant in () if kind in KINDS else near_words(kind, KINDS):
        click.echo(f'Note: "{kind}" is a kind of its own; if "{meant}" is meant, enter that as well.', err=True)


def _shown(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:.2f}"


@activity.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--kind", default="", help="The kind of all rows, where the list has no column for it.")
@click.option("--encoding", default="", help="The file's encoding, if not what it looks like.")
@dry_run
@click.pass_context
def import_file(context: click.Context, file: Path, kind: str, encoding: str, dry_run: bool) -> Document:
    """Import activities from a CSV or .xlsx FILE. Its columns are lead, kind, at, amount; again is harmless.

    Rows that cannot be taken are written to FILE.rejected.csv. Exits with 1 only when every row was refused.
    """
    from touches.commands.progress import progress
    from touches.people.deed_import import DeedOrder, import_deeds

    this = app(context)
    order = DeedOrder(file=file, rules=_rules(this, kind), actor=this.actor, encoding=encoding, dry_run=dry_run)
    store = this.store()
    with progress("importing") as advance:
        report = import_deeds(store, order, advance)
    tell_import(report)
    return import_document(report, dry_run=dry_run)


commands: tuple[click.Command, ...] = (activity,)
