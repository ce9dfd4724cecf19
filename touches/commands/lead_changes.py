"""`lead add`, `lead set`, `lead merge`."""

from typing import Any

import click

from touches.commands.at_work import changing, office_of
from touches.commands.options import app, dry_run
from touches.commands.output import Document
from touches.commands.people import found, hand_of, living

FIELDS = {
    "external_id": "The id of the lead in your other programs.",
    "email": "A mailbox.",
    "phone": "A phone number, as dialled in the lead's country.",
    "mobile": "A mobile number, preferred for SMS and calls.",
    "fax": "A fax number.",
    "first_name": "The given name.",
    "last_name": "The family name.",
    "name": "The full name, where it is not known which part is which.",
    "company": "Where the lead works.",
    "company_size": "How many people work there.",
    "birth_year": "The year of birth.",
    "age": "The age today; kept as a year of birth.",
    "country": "A code of two letters, or a name.",
    "region": "The state or province.",
    "timezone": "A time zone, as Europe/Helsinki.",
    "language": "A language, as fi or en-GB.",
    "segment": "The segment.",
    "owner": "The colleague whose lead it is.",
    "street": "Street and number.",
    "postal_code": "The postal code.",
    "city": "The town.",
    "preferred_channel": "How the lead likes to be reached.",
    "consent": "The legal basis for contact, as express.",
    "consent_source": "Where the consent was given.",
    "consent_at": "The day it was given, as 2026-11-30.",
    "source": "Where the lead comes from.",
}


def _field_options(command: Any) -> Any:
    for name, text in reversed(FIELDS.items()):
        command = click.option(f"--{name.replace('_', '-')}", name, metavar="TEXT", help=text)(command)
    return command


@click.command()
@_field_options
@click.option("--set", "attributes", multiple=True, metavar="NAME=VALUE", help="An attribute; may be repeated.")
@dry_run
@click.pass_context
def add(context: click.Context, /, attributes: tuple[str, ...], dry_run: bool, **fields: str | None) -> Document:
    """Add one lead. It needs an external id, an email or a phone."""
    from touches.people.editing import ATTRIBUTE, add_lead

    this = app(context)
    values = {name: value for name, value in fields.items() if value}
    values |= {f"{ATTRIBUTE}{name}": value for name, value in _pairs(attributes).items()}
    if not values:
        raise click.UsageError("Nothing is said of the lead: name at least --email, --phone or --external-id.")
    hand = hand_of(this)
    with this.store().write() as unit:
        done = add_lead(unit, hand, values)
        made = unit.leads.get(done.lead_id)
        data = {"lead": made.key if made else "", "lead_id": done.lead_id, "warnings": list(done.remarks)}
        if dry_run:
            unit.connection.rollback()
    for remark in done.remarks:
        click.echo(f"warning: {remark}", err=True)
    return Document(data, f'Lead "{data["lead"]}" {"would be" if dry_run else "is"} added as #{done.lead_id}.')


@click.command("set")
@click.argument("key", metavar="LEAD")
@click.argument("changes", nargs=-1, metavar="[FIELD=VALUE]...")
@_field_options
@click.option("--opt-out", "closed", multiple=True, metavar="CHANNEL", help="Close a channel, or all.")
@click.option("--opt-in", "opened", multiple=True, metavar="CHANNEL", help="Open it again, on the lead's own wish.")
@dry_run
@click.pass_context
def set_values(
    context: click.Context,
    /,
    key: str,
    changes: tuple[str, ...],
    closed: tuple[str, ...],
    opened: tuple[str, ...],
    dry_run: bool,
    **fields: str | None,
) -> Document:
    """Change what is known of LEAD. `city=Turku`, `phone=` (takes it away), `attribute.colour=red`, `died=yes`.

    `--city Turku` says the same as `city=Turku`.
    """
    from touches.care.holds import apply_holds
    from touches.people.editing import set_fields
    from touches.people.opt_out import opt_in, opt_out

    this = app(context)
    values = _pairs(changes) | {name: value.strip() for name, value in fields.items() if value is not None}
    closing, opening = [_channel(name) for name in closed], [_channel(name) for name in opened]
    if not (values or closing or opening):
        raise click.UsageError("Nothing to change: say FIELD=VALUE, --opt-out or --opt-in.")
    hand, office = hand_of(this), office_of(this)
    with changing(office, dry_run=dry_run) as unit:
        person = living(this, unit, key)
        done = list(set_fields(unit, hand, person, values).changes) if values else []
        for channel in closing:
            opt_out(unit, hand.signer, person.id, channel, "by hand", at=hand.now, actor=this.actor)
        for channel in opening:
            opt_in(unit, hand.signer, person.id, channel, f"by hand, {this.actor}", at=hand.now)
        if "company" in values:  # a complaint of the one that was left, or of the new one
            apply_holds(unit, office, [person.id], because="works for another company", actor=this.actor)
    data = {"lead": person.key, "lead_id": person.id, "changed": done, "opted_out": closing, "opted_in": opening}
    said = done + [f"opted out of {name}" for name in closing] + [f"opted in to {name}" for name in opening]
    return Document(data, f"{'Would change' if dry_run else 'Changed'}: {', '.join(said) or 'nothing'}.")


@click.command()
@click.argument("gone", metavar="FROM")
@click.argument("kept", metavar="INTO")
@dry_run
@click.pass_context
def merge(context: click.Context, gone: str, kept: str, dry_run: bool) -> Document:
    """Make one lead of two records of one person. All that hangs on FROM becomes INTO's.

    FROM's external id means INTO from then on, also for imports.
    """
    from touches.care.one_person import join_records

    this = app(context)
    office = office_of(this)
    with changing(office, dry_run=dry_run) as unit:
        one, other = found(this, unit, gone), found(this, unit, kept)
        join_records(unit, office, one, other, actor=this.actor)
    data = {"merged": one.key, "merged_id": one.id, "lead": other.key, "lead_id": other.id}
    return Document(data, f'"{one.key}" {"would be" if dry_run else "is"} merged into "{other.key}".')


def _pairs(texts: tuple[str, ...]) -> dict[str, str]:
    found_pairs: dict[str, str] = {}
    for text in texts:
        name, sign, value = text.partition("=")
        if not sign or not name.strip():
            raise click.UsageError(f'"{text}" is no change: expected FIELD=VALUE, as city=Turku.')
        found_pairs[name.strip()] = value.strip()
    return found_pairs


def _channel(name: str) -> str:
    from touches.errors import did_you_mean
    from touches.model.people import CHANNELS

    if name not in (*CHANNELS, "all"):
        known = (*CHANNELS, "all")
        raise click.UsageError(f'There is no channel "{name}": expected {", ".join(known)}.{did_you_mean(name, known)}')
    return name
