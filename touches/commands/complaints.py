"""Complaints: while one is open, nothing is sold to the lead."""

from typing import Any

import click

from touches.commands.at_work import case_options, changing, office_of
from touches.commands.options import App, app, dry_run
from touches.commands.output import Document, Table
from touches.commands.people import found, living
from touches.commands.values import NUMBER, OneOf, Words

STEPS = ("calm", "cause", "solution", "carry_out", "prove")
SHOWN = ("complaint", "lead", "text", "state", "harm", "reaction", "step", "step_by", "late", "owner")


@click.group()
def complaint() -> None:
    """Cases that stop all selling to a lead. Each has five steps with clocks of their own."""


@complaint.command("open")
@click.argument("lead")
@click.argument("text")
@click.option("--cause", default="", help="Why it happened, if it is known: then nobody has to look for it.")
@case_options
@click.option("--company", is_flag=True, help="Stop selling to everybody in the lead's company.")
@click.option("--owner", default="", help="Who solves it; the lead's owner by default.")
@dry_run
@click.pass_context
def open_case(
    context: click.Context, /, lead: str, text: str, harm: str, reaction: str, owner: str, dry_run: bool, **more: Any
) -> Document:
    """Open a case: every policy and channel for LEAD is frozen at once."""
    from touches.care.complaint_clock import Harm, Reaction
    from touches.care.complaints import open_complaint
    from touches.care.deals import known_owner

    this = app(context)
    office = office_of(this)
    if owner:
        known_owner(owner, office)
    with changing(office, dry_run=dry_run) as unit:
        person = living(this, unit, lead)
        opened = open_complaint(
            unit,
            office,
            person,
            text,
            actor=this.actor,
            harm=Harm(harm),
            reaction=Reaction(reaction),
            owner=owner,
            **more,
        )
    return _shown(this, opened, person.key, dry_run)


@complaint.command()
@click.argument("number", type=NUMBER)
@click.argument("step", type=OneOf(STEPS))
@click.option("--note", default="", help="What was found or done.")
@click.option("--compensation", default="", help="What the customer got for the trouble.")
@dry_run
@click.pass_context
def step(context: click.Context, number: int, step: str, note: str, compensation: str, dry_run: bool) -> Document:
    """STEP is done; the clock of the next one starts."""
    from touches.care.complaint_clock import ComplaintStep
    from touches.care.complaints import step_done

    this = app(context)
    office = office_of(this)
    with changing(office, dry_run=dry_run) as unit:
        after = step_done(
            unit, office, number, ComplaintStep(step), note_text=note, actor=this.actor, compensation=compensation
        )
        lead = unit.leads.by_ids([after.lead_id])[after.lead_id]
    return _shown(this, after, lead.key, dry_run)


@complaint.command()
@click.argument("number", type=NUMBER)
@click.option("--note", type=Words(), required=True, help="How it was solved.")
@click.option("--compensation", default="", help="What the customer got for the trouble.")
@click.option("--cool-off", default="7 days", help="How long nothing is sold afterwards.")
@dry_run
@click.pass_context
def solve(context: click.Context, number: int, note: str, compensation: str, cool_off: str, dry_run: bool) -> Document:
    """Close a case as solved. Policies with complaint_solved begin, the others go on after the time of peace."""
    from policies.durations import parse_duration
    from policies.errors import Refused
    from touches.care.complaints import solve_complaint

    try:
        peace = parse_duration(cool_off)
    except Refused as error:
        raise click.BadParameter(str(error), param_hint="--cool-off") from None
    this = app(context)
    office = office_of(this)
    with changing(office, dry_run=dry_run) as unit:
        solved = solve_complaint(
            unit, office, number, note_text=note, actor=this.actor, compensation=compensation, cool_off=peace
        )
        lead = unit.leads.by_ids([solved.lead_id])[solved.lead_id]
    return _shown(this, solved, lead.key, dry_run)


@complaint.command("list")
@click.option("--open", "open_only", is_flag=True, help="Those not solved yet.")
@click.option("--lead", default="", help="Only this lead's.")
@click.pass_context
def list_cases(context: click.Context, open_only: bool, lead: str) -> Table:
    """Complaints: open ones first, then by priority and age."""
    from touches.care.complaint_list import complaint_rows

    this = app(context)
    with this.store().read() as unit:
        lead_id = found(this, unit, lead).id if lead else None
        rows = complaint_rows(unit, this.clock.now(), open_only=open_only, lead_id=lead_id)
        return Table(SHOWN, list(rows), "No complaints.")


def _shown(this: App, found: Any, lead: str, dry_run: bool) -> Document:
    from touches.care.complaint_list import complaint_row
    from touches.commands.plain import shown

    row = complaint_row(found, lead, this.clock.now())
    clock = f", {found.step} by {shown(found.step_by)}" if found.step_by is not None else ""
    return Document({**row, "dry_run": dry_run}, f"Complaint {found.id} of {lead}: {found.state}{clock}")


commands: tuple[click.Command, ...] = (complaint,)
