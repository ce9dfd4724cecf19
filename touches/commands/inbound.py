"""What comes back: the filter for mail servers, and the list of messages that a person has to place."""

import sys
from collections.abc import Mapping
from typing import IO, TYPE_CHECKING, Any

import click

from touches.commands.options import App, app, dry_run
from touches.commands.output import Document, Lines, Table
from touches.commands.values import NUMBER

if TYPE_CHECKING:
    from touches.inbound.doing import Taken

SMS_AT_MOST = 64_000  # bytes; far more than any message has
TRY_AGAIN = 75  # EX_TEMPFAIL of sysexits.h: the mail server keeps the message and offers it again
TEXT_SHOWN = 400  # characters of a message; --json has all of it


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
        return _again(app(context), error)


@inbound.command()
@click.option("--from", "sender", required=True, metavar="NUMBER", help="Who wrote it.")
@click.option("--to", default="", metavar="NUMBER", help="Our number that it came to.")
@click.option(
    "--id", "event", default="", help="The gateway's name for it, so that it counts once; else its content's."
)
@click.pass_context
def sms(context: click.Context, sender: str, to: str, event: str) -> Document:
    """Take one text message from a gateway on standard input.

    Exits 0 when it is stored and acted on, 75 when it has to be offered again.
    """
    if sys.stdin.isatty():
        raise click.UsageError("expected a message on standard input")
    text = sys.stdin.buffer.read(SMS_AT_MOST).decode("utf-8", "replace")
    try:
        return _take_sms(app(context), sender, to, event, text)
    except Exception as error:  # noqa: BLE001 - whatever is wrong here, the message must not be lost
        return _again(app(context), error)


def _take_sms(this: App, sender: str, to: str, event: str, text: str) -> Document:
    from channels.inbound.mail import digest_of
    from channels.inbound.webhooks.values import InboundSms, message_text
    from touches.inbound.texting import handle_inbound_sms

    named = event or digest_of(f"{sender}\n{to}\n{text}".encode())
    said = message_text(text.rstrip("\n"))
    message = InboundSms(source="gateway", event_id=named[:200], sender=sender, to=to, text=said, at=this.clock.now())
    return _answer(handle_inbound_sms(_office(this), message))


def _again(this: App, error: Exception) -> Document:
    from touches.commands.failures import describe, print_failure

    print_failure(describe(error), as_json=this.json, verbose=this.verbose)
    return Document({"again": True}, "", exit_code=TRY_AGAIN)


@inbound.command()
@click.pass_context
def addresses(context: click.Context) -> Table:
    """Where each owner sends promises and complaints by mail. Keep them to yourselves: nobody else may use them."""
    from touches.inbound.colleagues import COMPLAINT, PROMISE, address_for

    office = _office(app(context))
    rows = [
        {
            "owner": owner,
            "email": colleague.email,
            "promise": address_for(office, owner, PROMISE),
            "complaint": address_for(office, owner, COMPLAINT),
        }
        for owner, colleague in sorted(office.colleagues.items())
    ]
    return Table(("owner", "promise", "complaint"), rows, "No owners are set: add [owners.NAME] to touches.toml.")


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
    return _answer(take_or_set_aside(office, letter))


def _answer(taken: "Taken") -> Document:
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
def list_(context: click.Context) -> Lines:
    """List what waits for a person, oldest first. Beside it the leads that wait with it."""
    from touches.inbound.review import review_rows

    with app(context).store().read() as unit:
        rows = list(review_rows(unit))
    if not rows and not app(context).json:
        click.echo("Nothing to review.", err=True)
    return Lines(rows, _card)


def _card(row: Mapping[str, Any]) -> str:
    from touches.care.hints import beginning
    from touches.commands.plain import shown

    lines = [f"[{row['message']}] {row['kind']} from {shown(row['sender']) or 'nobody'}, {shown(row['received_at'])}"]
    said = (beginning(shown(row[name]), width=TEXT_SHOWN) for name in ("subject", "text"))
    lines += [f"    {text}" for text in said if text]
    lines.append(f"    {shown(row['because'])}")
    lines += [f"    waiting for it: {shown(row['waiting'])}"] if row["waiting"] else []
    return "\n".join(lines)


@review.command()
@click.argument("message", type=NUMBER)
@click.argument("lead")
@dry_run
@click.pass_context
def assign(context: click.Context, message: int, lead: str, dry_run: bool) -> Document:
    """MESSAGE is from LEAD: what should have followed follows now."""
    from touches.commands.people import living
    from touches.inbound import review as people

    this = app(context)
    office = _office(this)
    with this.store().write() as unit:
        lead_id = living(this, unit, lead).id
        handled = people.assign(unit, office, message, lead_id, actor=this.actor)
        if dry_run:
            unit.connection.rollback()
    return Document({"message": message, "lead": lead, "handled": handled, "dry_run": dry_run})


@review.command()
@click.argument("message", type=NUMBER)
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
