"""What was said, what was promised, what went wrong: log, promise, complaint."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import click

from touches.commands.at_work import changing, go_together, moment, office_of, warn, words_options
from touches.commands.options import App, app, dry_run
from touches.commands.output import Document, Lines, Result, Table
from touches.commands.people import found, living
from touches.commands.values import NUMBER, OneOf, Words

if TYPE_CHECKING:
    from touches.care.contacts import Contact, Logged
    from touches.engine.office import Office
    from touches.model.people import Lead

CHANNELS = ("call", "meeting", "email", "sms", "letter", "fax", "other")
WORDS = ("said", "told", "agreed", "concern", "news")


@click.command()
@click.argument("lead", required=False)
@click.option("--channel", type=OneOf(CHANNELS), default="call", help="By which way.")
@click.option("--from-lead", is_flag=True, help="The lead contacted us.")
@words_options
@click.option("--at", default="", metavar="WHEN", help="When it was; now by default.")
@click.option("--promise", default="", help="What you said we would do; needs --by.")
@click.option("--by", default="", metavar="WHEN", help='By when: "22:00", "tomorrow 12:00", "2 working days".')
@click.option("--confirm", is_flag=True, help="Send the lead what was agreed, in writing.")
@click.option("--show", is_flag=True, help="Show what was written down of LEAD, or of everybody.")
@click.option("--verify", is_flag=True, help="Check that nothing in the record was changed.")
@dry_run
@click.pass_context
def log(context: click.Context, /, lead: str | None, show: bool, verify: bool, dry_run: bool, **entered: Any) -> Result:
    """Write down a contact with LEAD. Who said what, what was agreed, which news was told."""
    this = app(context)
    if verify:
        return _verify(this)
    if show:
        return _show(this, lead)
    if not lead:
        raise click.UsageError("Name the lead, or use --show or --verify.")
    go_together(entered["promise"], entered["by"])
    if entered["minutes"] is None and not any(entered[name] for name in (*WORDS, "promise")):
        raise click.UsageError("Nothing to write down: use --said, --told, --agreed, --minutes or --news.")
    from touches.care.contacts import log_contact

    office = office_of(this)
    with changing(office, dry_run=dry_run) as unit:
        person = living(this, unit, lead)
        logged = log_contact(unit, office, person, _contact(office, person, **entered), actor=this.actor)
    return _logged(person.key, logged, dry_run)


def _contact(
    office: "Office",
    lead: "Lead",
    *,
    channel: str,
    from_lead: bool,
    at: str,
    promise: str,
    by: str,
    confirm: bool,
    **words: Any,
) -> "Contact":
    from touches.care.contacts import Contact
    from touches.care.record import Words

    return Contact(
        words=Words(**words),
        channel=channel,
        direction="in" if from_lead else "out",
        at=moment(at, office, lead, "--at"),
        promise=promise,
        by=moment(by, office, lead, "--by"),
        confirm=confirm,
    )


def _logged(key: str, logged: "Logged", dry_run: bool) -> Document:
    warn(logged.written.warnings)
    data = {
        "lead": key,
        "interaction": logged.written.interaction,
        "promise": logged.promise,
        "confirmed": logged.confirmed,
        "warnings": logged.written.warnings,
        "dry_run": dry_run,
    }
    return Document(data, f"{key}: written down as interaction {logged.written.interaction}")


def _verify(this: App) -> Document:
    from touches.care.record import verify_chain
    from touches.wiring import signer_of

    with this.store().read() as unit:
        found = verify_chain(unit, signer_of(this.workspace))
    data = {"interactions": found.rows, "erased": found.erased, "faults": list(found.faults)}
    text = "\n".join([*found.faults, f"{found.rows} interactions, {found.erased} erased, {len(found.faults)} faults."])
    return Document(data, text, exit_code=1 if found.faults else 0)


def _show(this: App, lead: str | None) -> Lines:
    from touches.care.contacts import contact_rows

    def rows() -> Iterator[Mapping[str, Any]]:
        with this.store().read() as unit:
            yield from contact_rows(unit, lead_ids=[found(this, unit, lead).id] if lead else ())

    return Lines(rows(), _contact_line, prose=True)


def _contact_line(row: Mapping[str, Any]) -> str:
    from touches.commands.plain import shown

    minutes = f"{row['minutes']} min" if row["minutes"] is not None else ""
    whence = "from the lead" if row["direction"] == "in" else row["outcome"]
    head = ", ".join(str(part) for part in (row["lead"], row["who"], row["channel"], whence, minutes) if part)
    texts = [f"{name}: {row[name]}" for name in ("said", "told", "agreed", "news", "concern") if row[name]]
    undone = " (undone)" if row["undone_at"] and row["takes_back"] is None else ""
    return shown("; ".join([f"{shown(row['at'])} {head}{undone}", *texts]))


@click.group()
def promise() -> None:
    """What we said we would do for a lead, each with a clock."""


@promise.command("add")
@click.argument("lead")
@click.argument("text")
@click.option("--by", required=True, metavar="WHEN", help='"22:00", "tomorrow 12:00", "2 working days", a date.')
@click.option("--owner", default="", help="Who keeps it; the lead's owner by default.")
@click.option("--needs", default="", metavar="DEPARTMENT", help="Whose part it needs; they get a clock of their own.")
@click.option("--needs-by", default="", metavar="WHEN", help="By when; three quarters of the time by default.")
@dry_run
@click.pass_context
def add_promise(
    context: click.Context, lead: str, text: str, by: str, owner: str, needs: str, needs_by: str, dry_run: bool
) -> Document:
    """Promise LEAD something by a time, in the lead's zone."""
    from touches.care.deals import known_owner
    from touches.care.departments import Need
    from touches.care.promises import add_promise as add

    this = app(context)
    office = office_of(this)
    if needs_by and not needs:
        raise click.UsageError("--needs-by is the time of a department: name it with --needs.")
    if owner:
        known_owner(owner, office)
    with changing(office, dry_run=dry_run) as unit:
        person = living(this, unit, lead)
        deadline = moment(by, office, person, "--by") or this.clock.now()
        need = Need(department=needs, by=moment(needs_by, office, person, "--needs-by")) if needs else None
        made = add(unit, office, person, text, by=deadline, actor=this.actor, owner=owner, need=need)
    return _promised(this, made, person.key, dry_run)


@promise.command("list")
@click.option("--open", "open_only", is_flag=True, help="Those not kept yet.")
@click.option("--overdue", "overdue_only", is_flag=True, help="Those whose time has passed.")
@click.option("--lead", default="", help="Only this lead's.")
@click.pass_context
def list_promises(context: click.Context, open_only: bool, overdue_only: bool, lead: str) -> Table:
    """Promises, the earliest deadline first."""
    from touches.care.promises import promise_rows

    this = app(context)
    with this.store().read() as unit:
        lead_id = found(this, unit, lead).id if lead else None
        rows = promise_rows(unit, this.clock.now(), open_only=open_only, overdue_only=overdue_only, lead_id=lead_id)
        shown = ("promise", "lead", "text", "by", "owner", "state", "overdue", "department", "renewals")
        return Table(shown, list(rows), "No promises.")


@promise.command("keep")
@click.argument("number", type=NUMBER)
@click.option("--evidence", type=Words(), required=True, help="How it was kept.")
@dry_run
@click.pass_context
def keep_promise(context: click.Context, number: int, evidence: str, dry_run: bool) -> Document:
    """Close promise NUMBER as kept."""
    from touches.care.promises import keep_promise as keep

    this = app(context)
    office = office_of(this)
    with changing(office, dry_run=dry_run) as unit:
        kept = keep(unit, office, number, evidence=evidence, actor=this.actor)
        lead = unit.leads.by_ids([kept.lead_id])[kept.lead_id]
    return _promised(this, kept, lead.key, dry_run)


@promise.command("renew")
@click.argument("number", type=NUMBER)
@click.option("--by", required=True, metavar="WHEN", help="The new time, in the lead's zone.")
@click.option("--reason", required=True, help="Why, and what the lead was told.")
@dry_run
@click.pass_context
def renew_promise(context: click.Context, number: int, by: str, reason: str, dry_run: bool) -> Document:
    """Agree on a new time; it is counted."""
    from touches.care.promises import get_promise
    from touches.care.promises import renew_promise as renew

    this = app(context)
    office = office_of(this)
    with changing(office, dry_run=dry_run) as unit:
        known = get_promise(unit, number)
        lead = unit.leads.by_ids([known.lead_id])[known.lead_id]
        deadline = moment(by, office, lead, "--by") or this.clock.now()
        renewed = renew(unit, office, number, by=deadline, reason=reason, actor=this.actor)
    return _promised(this, renewed, lead.key, dry_run)


def _promised(this: App, promise: Any, lead: str, dry_run: bool) -> Document:
    from touches.care.promise_clock import is_overdue
    from touches.care.promises import promise_row
    from touches.commands.plain import shown

    row = promise_row(promise, lead, overdue=is_overdue(promise, this.clock.now()))
    text = f"Promise {promise.id} to {lead}: {promise.text}, by {shown(promise.by)}, {promise.state}"
    return Document({**row, "dry_run": dry_run}, text)


commands: tuple[click.Command, ...] = (log, promise)
