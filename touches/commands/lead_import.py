"""`lead import`, and how an import is told."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from touches.commands.options import App, app, dry_run
from touches.commands.output import Document
from touches.commands.people import defaults_of
from touches.wording import counted

if TYPE_CHECKING:
    from touches.people.draft import ImportReport
    from touches.store.units import Unit


@click.command("import")
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
        rehoused=partial(_hold_rehoused, this),
    )
    store, signer = this.store(), signer_of(this.workspace)
    with progress("importing") as advance:
        report = import_leads(store, signer, order, advance)
    tell_import(report)
    return import_document(report, dry_run=dry_run)


def _hold_rehoused(this: App, unit: "Unit", lead_ids: Sequence[int]) -> None:
    """A complaint of the company that was left lets go, one of the new company holds."""
    from touches.care.holds import apply_holds
    from touches.commands.at_work import office_of

    office = office_of(this)
    office.library.refresh(unit)
    apply_holds(unit, office, lead_ids, because="works for another company", actor=this.actor)


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
        f"{counted(report.read, 'row')} read{would}: {report.new} new, {report.changed} changed, "
        f"{report.unchanged} unchanged, {report.rejected} not taken, {counted(report.warnings, 'warning')}."
    )
    if report.rejected_file:
        text += f"\nRows not taken, with line and reason: {report.rejected_file}"
    return Document(data, text, exit_code=1 if report.all_rejected else 0)
