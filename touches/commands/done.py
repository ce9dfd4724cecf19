"""Enter what became of a task, or take it back."""

from typing import TYPE_CHECKING, Any

import click

from touches.commands.at_work import case_options, changing, go_together, moment, office_of, warn, words_options
from touches.commands.options import app, dry_run
from touches.commands.output import Document
from touches.commands.values import OneOf

if TYPE_CHECKING:
    from datetime import datetime

    from touches.care.calls import Done
    from touches.care.doing import Report
    from touches.care.tasks import TaskName
    from touches.engine.office import Office
    from touches.store.units import Unit

OUTCOMES = (
    "reached",
    "voicemail",
    "no-answer",
    "busy",
    "wrong-number",
    "call-back",
    "meeting",
    "not-interested",
    "bought",
    "ended",
    "noted",
)


@click.command()
@click.argument("touch", metavar="TOUCH")
@click.option("--outcome", type=OneOf(OUTCOMES), help="What became of it.")
@words_options
@click.option(
    "--call-back", default="", metavar="WHEN", help='When to call again, in the lead\'s zone: "2027-03-01 10:00".'
)
@click.option("--wished", is_flag=True, help="The lead asked for that hour, though it lies outside the open hours.")
@click.option("--channel", default="email", help="By which way an answer went.")
@click.option("--complaint", default="", help="What the lead complained of: opens a case and stops all selling.")
@case_options
@click.option("--promise", default="", help="What you said we would do; needs --by.")
@click.option("--by", default="", metavar="WHEN", help='By when: "22:00", "tomorrow 12:00", "2 working days".')
@click.option("--undo", is_flag=True, help="Take back what was entered, within a day.")
@dry_run
@click.pass_context
def done(context: click.Context, /, touch: str, undo: bool, dry_run: bool, **entered: Any) -> Document:
    """Enter what became of TOUCH. A call's number, or answer-12, promise-7, complaint-3, news-1234, letters.

    By default the news of the call counts as told; --news ID names another, --news none says that it was not told.
    """
    go_together(entered["promise"], entered["by"])
    from touches.care.doing import finish_task, undo_task

    this, name = app(context), _name(touch)
    office = office_of(this)
    with changing(office, dry_run=dry_run) as unit:
        if undo:
            return _document(undo_task(unit, office, name, actor=this.actor), dry_run)
        report = _report(unit, office, name, dry_run=dry_run, **entered)
        return _document(finish_task(unit, office, name, report, actor=this.actor), dry_run)


def _report(
    unit: "Unit",
    office: "Office",
    name: "TaskName",
    *,
    outcome: str | None,
    call_back: str,
    by: str,
    harm: str,
    reaction: str,
    wished: bool,
    channel: str,
    complaint: str,
    promise: str,
    dry_run: bool,
    **words: Any,
) -> "Report":
    from touches.care.along import Along
    from touches.care.complaint_clock import Harm, Reaction
    from touches.care.doing import Report
    from touches.care.record import Words

    return Report(
        outcome=outcome or ("call-back" if call_back else ""),
        words=Words(**words),
        call_back=_moment(unit, office, name, call_back, "--call-back"),
        wished=wished,
        channel=channel,
        dry_run=dry_run,
        along=Along(
            promise=promise,
            by=_moment(unit, office, name, by, "--by"),
            complaint=complaint,
            harm=Harm(harm),
            reaction=Reaction(reaction),
        ),
    )


def _name(touch: str) -> "TaskName":
    from policies.errors import Refused as BadText
    from touches.care.tasks import task_name

    try:
        return task_name(touch)
    except BadText as error:
        raise click.BadParameter(str(error), param_hint="TOUCH") from None


def _moment(unit: "Unit", office: "Office", name: "TaskName", text: str, option: str) -> "datetime | None":
    from touches.care.doing import lead_of_task

    lead = lead_of_task(unit, name) if text else None
    return moment(text, office, lead, option) if lead is not None else None


def _document(done: "Done", dry_run: bool) -> Document:
    from touches.commands.plain import shown

    warn(done.warnings)
    data = {
        "touch": int(done.task) if done.task.isdecimal() else done.task,
        "lead": done.lead,
        "outcome": done.outcome,
        "state": str(done.state),
        "next_at": done.next_at,
        "next_touch": done.next_touch,
        "interaction": done.interaction,
        "warnings": done.warnings,
        "dry_run": dry_run,
    }
    then = f"; next: {shown(done.next_at)}" if done.next_at is not None else ""
    return Document(data, f"{done.task}: {done.outcome}, {done.state}{then}")


commands: tuple[click.Command, ...] = (done,)
