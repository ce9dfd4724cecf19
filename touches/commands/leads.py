"""People: add, import, list, show, set, merge, export, erase."""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from touches.commands.deal import lead_commands
from touches.commands.options import App, app, dry_run
from touches.commands.options import yes as yes_option
from touches.commands.output import Document, Lines, Result, Table, Text

if TYPE_CHECKING:
    from touches.model.people import Lead
    from touches.people.draft import Defaults, ImportReport
    from touches.people.editing import Hand
    from touches.store.units import Unit

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
LISTED = ("lead", "name", "email", "phone", "company", "segment", "owner", "country")


@click.group()
def lead() -> None:
    """People: add, import, change, merge, export, erase them."""


def defaults_of(this: App, *, segment: str = "", source: str = "") -> "Defaults":
    """What holds for rows that do not say."""
    from touches.people.draft import Defaults

    owners: dict[str, str] = {}
    for key, owner in this.settings.owners.items():
        owners |= {spelling.casefold(): key for spelling in (owner.name, owner.email)}
    owners |= {key.casefold(): key for key in this.settings.owners}
    return Defaults(
        country=this.settings.workspace.country,
        year=this.clock.now().astimezone(this.settings.zone).year,
        segment=segment,
        source=source,
        owners=owners,
    )


def hand_of(this: App) -> "Hand":
    """Who changes something now."""
    from touches.people.editing import Hand
    from touches.wiring import signer_of

    signer = signer_of(this.workspace)
    return Hand(signer=signer, defaults=defaults_of(this), now=this.clock.now(), actor=this.actor)


def found(this: App, unit: "Unit", key: str) -> "Lead":
    """The one lead that is meant."""
    from touches.people.finding import lead_of

    return lead_of(unit, key, country=this.settings.workspace.country)


@lead.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--encoding", default="", help="The file's encoding, if not what it looks like.")
@click.option("--segment", default="", help="For rows without a segment.")
@click.option("--source", default="", help="For rows without a source.")
@dry_run
@click.pass_context
def import_file(
    context: click.Context, file: Path, encoding: str, segment: str, source: str, dry_run: bool
) -> Document:
    """Import people from a CSV or .xlsx FILE; again is harmless.

    Rows that cannot be taken are written to FILE.rejected.csv with line and reason; the others go in. Exits with 1
    only when every row was refused.
    """
    from touches.commands.progress import progress
    from touches.people.importing import ImportOrder, import_leads
    from touches.wiring import signer_of

    this = app(context)
    order = ImportOrder(
        file=file,
        defaults=defaults_of(this, segment=segment, source=source),
        now=this.clock.now(),
        actor=this.actor,
        encoding=encoding,
        dry_run=dry_run,
    )
    store, signer = this.store(), signer_of(this.workspace)
    with progress("importing") as advance:
        report = import_leads(store, signer, order, advance)
    tell_import(report)
    return import_document(report, dry_run=dry_run)


def tell_import(report: "ImportReport") -> None:
    """The first refusals and warnings, for people."""
    if report.guessed:
        click.echo(f"Read as {report.encoding}; if names look wrong, name the encoding with --encoding.", err=True)
    for rejection in report.first_rejections:
        click.echo(f"line {rejection.line}: not taken: {rejection.reason}", err=True)
    if report.rejected > len(report.first_rejections):
        click.echo(f"… and {report.rejected - len(report.first_rejections)} more rows not taken", err=True)
    for remark in report.first_remarks:
        click.echo(f"line {remark.line}: warning: {remark.text}", err=True)
    if report.warnings > len(report.first_remarks):
        click.echo(f"… and {report.warnings - len(report.first_remarks)} more warnings", err=True)


def import_document(report: "ImportReport", *, dry_run: bool) -> Document:
    """The summary: all counts, and where the refused rows are."""
    data = {
        "read": report.read,
        "new": report.new,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "rejected": report.rejected,
        "warnings": report.warnings,
        "rejected_file": str(report.rejected_file) if report.rejected_file else None,
        "encoding": report.encoding,
        "dry_run": dry_run,
    }
    would = " (nothing was written)" if dry_run else ""
    text = (
        f"{report.read} rows read{would}: {report.new} new, {report.changed} changed, {report.unchanged} unchanged, "
        f"{report.rejected} not taken, {report.warnings} warnings."
    )
    if report.rejected_file:
        text += f"\nRows not taken, with line and reason: {report.rejected_file}"
    return Document(data, text, exit_code=1 if report.all_rejected else 0)


def _field_options(command: Any) -> Any:
    for name, text in reversed(FIELDS.items()):
        command = click.option(f"--{name.replace('_', '-')}", name, default="", metavar="TEXT", help=text)(command)
    return command


@lead.command()
@_field_options
@click.option("--set", "attributes", multiple=True, metavar="NAME=VALUE", help="An attribute; may be repeated.")
@dry_run
@click.pass_context
def add(context: click.Context, /, attributes: tuple[str, ...], dry_run: bool, **fields: str) -> Document:
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
    """What is known of LEAD: addresses, consent, time zone and why, policies, the next touch."""
    from touches.commands.plain import shown
    from touches.people.showing import card, card_text
    from touches.wiring import house_of

    this = app(context)
    with this.store().read() as unit:
        data = card(unit, found(this, unit, key), house_of(this.settings), this.clock.now())
    return Document(data, card_text(data, shown))


@lead.command("set")
@click.argument("key", metavar="LEAD")
@click.argument("changes", nargs=-1, metavar="[FIELD=VALUE]...")
@click.option("--opt-out", "closed", multiple=True, metavar="CHANNEL", help="Close a channel, or all.")
@click.option("--opt-in", "opened", multiple=True, metavar="CHANNEL", help="Open it again, on the lead's own wish.")
@dry_run
@click.pass_context
def set_values(
    context: click.Context,
    key: str,
    changes: tuple[str, ...],
    closed: tuple[str, ...],
    opened: tuple[str, ...],
    dry_run: bool,
) -> Document:
    """Change what is known of LEAD: `city=Turku`, `phone=` (takes it away), `attribute.colour=red`, `died=yes`."""
    from touches.people.editing import set_fields
    from touches.people.opt_out import opt_in, opt_out

    this = app(context)
    values = _pairs(changes)
    closing, opening = [_channel(name) for name in closed], [_channel(name) for name in opened]
    if not (values or closing or opening):
        raise click.UsageError("Nothing to change: say FIELD=VALUE, --opt-out or --opt-in.")
    hand = hand_of(this)
    with this.store().write() as unit:
        person = found(this, unit, key)
        done = list(set_fields(unit, hand, person, values).changes) if values else []
        for channel in closing:
            opt_out(unit, hand.signer, person.id, channel, "by hand", at=hand.now, actor=this.actor)
        for channel in opening:
            opt_in(unit, hand.signer, person.id, channel, f"by hand, {this.actor}", at=hand.now)
        if dry_run:
            unit.connection.rollback()
    data = {"lead": person.key, "lead_id": person.id, "changed": done, "opted_out": closing, "opted_in": opening}
    said = done + [f"opted out of {name}" for name in closing] + [f"opted in to {name}" for name in opening]
    return Document(data, f"{'Would change' if dry_run else 'Changed'}: {', '.join(said) or 'nothing'}.")


@lead.command()
@click.argument("gone", metavar="FROM")
@click.argument("kept", metavar="INTO")
@dry_run
@click.pass_context
def merge(context: click.Context, gone: str, kept: str, dry_run: bool) -> Document:
    """Make one lead of two records of one person: all that hangs on FROM becomes INTO's.

    FROM's external id means INTO from then on, also for imports.
    """
    from touches.people.joining import merge_leads

    this = app(context)
    with this.store().write() as unit:
        one, other = found(this, unit, gone), found(this, unit, kept)
        merge_leads(unit, one, other, actor=this.actor, at=this.clock.now())
        if dry_run:
            unit.connection.rollback()
    data = {"merged": one.key, "merged_id": one.id, "lead": other.key, "lead_id": other.id}
    return Document(data, f'"{one.key}" {"would be" if dry_run else "is"} merged into "{other.key}".')


@lead.command()
@click.argument("key", metavar="[LEAD]", required=False)
@click.option("--all", "everybody", is_flag=True, help="Everybody.")
@click.option(
    "--format", "form", type=click.Choice(["json", "csv"]), default="json", show_default=True, help="Which of the two."
)
@click.pass_context
def export(context: click.Context, key: str | None, everybody: bool, form: str) -> Result:
    """Everything that is held about LEAD (json), or a list that `lead import` reads (csv)."""
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
    """Forget LEAD for good, everywhere; only keyed hashes stay, so that nobody writes to them again.

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


for command in lead_commands:
    lead.add_command(command)
commands: tuple[click.Command, ...] = (lead,)
