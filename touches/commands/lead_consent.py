"""`lead consent`: the legal basis for one contact point."""

from typing import TYPE_CHECKING

import click

from touches.commands.options import app, dry_run
from touches.commands.output import Document
from touches.commands.people import living
from touches.commands.values import OneOf

if TYPE_CHECKING:
    from datetime import datetime

BASES = ("express", "implied", "soft_opt_in", "b2b_corporate", "legitimate_interest", "none")


@click.command()
@click.argument("key", metavar="LEAD")
@click.argument("basis", type=OneOf(BASES))
@click.option("--point", default="", metavar="TEXT", help="An address, or email, phone, postal, fax; all by default.")
@click.option("--source", default="", metavar="TEXT", help="Where it was given, as web form, purchase.")
@click.option("--evidence", default="", metavar="TEXT", help="What proves it, as the number of a recording.")
@click.option("--at", "given_at", default="", metavar="DATE", help="The day it was given; today by default.")
@click.option("--until", default="", metavar="DATE", help="The day from which it no longer holds.")
@dry_run
@click.pass_context
def consent(
    context: click.Context,
    key: str,
    basis: str,
    point: str,
    source: str,
    evidence: str,
    given_at: str,
    until: str,
    dry_run: bool,
) -> Document:
    """Put on record why we may write to or call LEAD. At one address or at all; `none` takes it back."""
    from touches.law.values import Basis
    from touches.people.consenting import Given, points_meant, record_consent, require_possible

    this = app(context)
    if evidence and not source:
        raise click.UsageError("Evidence of what? Say with --source where the consent was given.")
    now = this.clock.now()
    given = Given(
        basis=Basis(basis),
        source=source,
        evidence=evidence,
        at=_day("--at", given_at) or now,
        until=_day("--until", until),
    )
    require_possible(given)
    store = this.store()
    with store.read() if dry_run else store.write() as unit:
        person = living(this, unit, key)
        points = points_meant(person, point)
        if not dry_run:
            record_consent(unit, person, points, given, actor=this.actor, now=now)
    data = {"lead": person.key, "lead_id": person.id, "consent": basis, "points": [each.address for each in points]}
    kinds = ", ".join(dict.fromkeys(each.kind.value for each in points))
    verb = "Would put on record" if dry_run else "On record"
    return Document(data | {"until": given.until}, f"{verb} for {kinds}: {basis}.")


def _day(option: str, text: str) -> "datetime | None":
    from touches.people.meanings import day_of
    from touches.people.words import NotUnderstood

    if not text:
        return None
    try:
        return day_of(text)
    except NotUnderstood as error:
        raise click.UsageError(f'{option}: "{text}" {error}.') from None
