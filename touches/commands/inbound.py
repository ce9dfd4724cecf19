"""What comes back: the filter for mail servers, and the list of messages that a person has to place."""

import sys
from typing import IO, Any

import click

from touches.commands.options import App, app, dry_run
from touches.commands.output import Document, Table

TRY_AGAIN = 75  # EX_TEMPFAIL of sysexits.h: the mail server keeps the message and offers it again
SHOWN = ("message", "kind", "received_at", "sender", "subject", "waiting", "because")


@click.group()
def inbound() -> None:
    """What comes back: answers, bounces, opt-outs."""


@inbound.command()
@click.option("--recipient", default="", metavar="ADDRESS", help="The envelope's recipient, if the server tells it.")
@dry_run
@click.pass_context
def mail(context: click.Context, recipient: str, dry_run: bool) -> Document:
    """Take one message from a mail server on standard input.

    Exits 0 when it is stored and acted on, 75 when it has to be offered again: the server keeps it meanwhile.
    """
    if sys.stdin.isatty():
        raise click.UsageError("expected a message on standard input")
    raw, size = _read(sys.stdin.buffer)
    if not raw.strip():
        raise click.UsageError("the message on standard input is empty")
    try:
        return _take(app(context), raw, size, recipient, dry_run=dry_run)
    except Exception as error:  # noqa: BLE001 - whatever is wrong here, the message must not be lost
        from touches.commands.failures import describe, print_failure

        print_failure(describe(error), as_json=app(context).json, verbose=app(context).verbose)
        return Document({"again": True}, "", exit_code=TRY_AGAIN)


def _read(source: IO[bytes]) -> tuple[bytes, int]:
    """What is looked at of a message, and its whole size; the rest is read and let go."""
    from channels.inbound.limits import READ_AT_MOST

    raw = source.read(READ_AT_MOST)
    size = len(raw)
    while rest := source.read(READ_AT_MOST):
        size += len(rest)
    return raw, size


def _take(this: App, raw: bytes, size: int, recipient: str, *, dry_run: bool) -> Document:
    from channels.inbound.worker import MailWorker
    from touches.inbound.mail import preview
    from touches.inbound.reading import read, take_or_set_aside
    from touches.wiring import open_office

    office = open_office(this.workspace, this.store(), clock=this.clock)
    with MailWorker() as worker:
        letter = read(office, worker, raw, size=size, recipient=recipient)
    if dry_run:
        kind, found, _ = preview(office, letter)
        data = {"kind": kind, "lead_id": found.lead_id, "touch": found.touch_id, "because": found.because}
        return Document({**data, "dry_run": True})
    taken = take_or_set_aside(office, letter)
    answer = {
        "message": taken.inbound_id,
        "kind": taken.kind,
        "lead_id": taken.lead_id,
        "touch": taken.touch_id,
        "handled": taken.handled,
        "known": taken.again,
    }
    return Document(answer, f"{taken.kind}: {taken.handled}", exit_code=TRY_AGAIN if taken.later else 0)


@inbound.group()
def review() -> None:
    """Messages of which nobody can tell whose they are."""


@review.command("list")
@click.pass_context
def list_(context: click.Context) -> Table:
    """What waits for a person, oldest first, and which leads wait with it."""
    from touches.inbound.review import review_rows

    with app(context).store().read() as unit:
        rows = list(review_rows(unit))
    return Table(SHOWN, rows, "Nothing to review.")


@review.command()
@click.argument("message", type=int)
@click.argument("lead")
@dry_run
@click.pass_context
def assign(context: click.Context, message: int, lead: str, dry_run: bool) -> Document:
    """MESSAGE is from LEAD: what should have followed follows now."""
    from touches.commands.people import found
    from touches.inbound import review as people

    this = app(context)
    office = _office(this)
    with this.store().write() as unit:
        lead_id = found(this, unit, lead).id
        handled = people.assign(unit, office, message, lead_id, actor=this.actor)
        if dry_run:
            unit.connection.rollback()
    return Document({"message": message, "lead": lead, "handled": handled, "dry_run": dry_run})


@review.command()
@click.argument("message", type=int)
@click.option("--because", default="concerns nobody", help="Why, for those who look later.")
@dry_run
@click.pass_context
def dismiss(context: click.Context, message: int, because: str, dry_run: bool) -> Document:
    """MESSAGE concerns nobody: whoever waited for it goes on."""
    from touches.inbound import review as people

    this = app(context)
    office = _office(this)
    with this.store().write() as unit:
        resumed = people.dismiss(unit, office, message, because=because, actor=this.actor)
        if dry_run:
            unit.connection.rollback()
    return Document({"message": message, "resumed": resumed, "dry_run": dry_run})


def _office(this: App) -> Any:
    from touches.wiring import open_office

    return open_office(this.workspace, this.store(), clock=this.clock)


commands = (inbound,)
