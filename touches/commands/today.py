"""Today's work: the list, and going through it."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from touches.commands.at_work import changing, moment, office_of, warn
from touches.commands.done import OUTCOMES
from touches.commands.options import App, app, dry_run
from touches.commands.output import Document, Lines, Result
from touches.commands.values import OneOf
from touches.commands.wrapping import for_reading
from touches.wording import counted

if TYPE_CHECKING:
    from touches.care.record import Words
    from touches.care.tasks import Task
    from touches.engine.office import Office

DAY = 1440  # minutes: no call is longer
SPOKEN = ("reached", "meeting", "not-interested", "bought")


@click.group(invoke_without_command=True)
@click.option("--owner", default="", metavar="NAME", help="Whose list; by default yours, if you own leads, else all.")
@click.option("--all", "everybody", is_flag=True, help="Everybody's list.")
@click.option("--work", is_flag=True, help="Go through the list, task by task.")
@click.option("--ical", type=click.Path(path_type=Path, allow_dash=True), help="Write it as a calendar file.")
@click.pass_context
def today(context: click.Context, owner: str, everybody: bool, work: bool, ical: Path | None) -> Result | None:
    """What people have to do today, in working order. Complaints, what is owed, then the day's calls by the clock."""
    if context.invoked_subcommand is not None:
        return None
    from touches.care.worklist import absent_owners, of_owner, owners_known, tasks_of_today

    this = app(context)
    office = office_of(this)
    now = this.clock.now()
    with office.store.read() as unit:
        tasks = tasks_of_today(unit, office)
        whose = "" if everybody else _owner(this, owner, owners_known(unit, office))
    tasks = of_owner(tasks, whose) if whose else tasks
    for warning in absent_owners(office, tasks, now):
        click.echo(warning, err=True)
    if ical is not None:
        return _write_calendar(office, tasks, ical, whose)
    if work:
        return _work(this, office, tasks)
    if not tasks and not this.json:
        click.echo("Nothing to do today.", err=True)
    return Lines([task.row(now) for task in tasks], _card, prose=True)


def _owner(this: App, named: str, known: list[str]) -> str:
    """The owner that is named, else whoever runs the command; empty for everybody's."""
    from touches.care.deals import UnknownOwner

    if named and named not in known:
        raise UnknownOwner(named, known)
    return named or (this.actor if this.actor in known else "")


def _card(row: Mapping[str, Any]) -> str:
    from touches.commands.plain import shown

    late = "  LATE" if row["overdue"] else ""
    who = ", ".join(shown(part) for part in (row["name"] or row["lead"], row["company"], row["phone"]) if part)
    there = f"{row['local_time']} there ({row['zone']})"
    lines = [f"[{row['touch']}] {row['kind']}: {who}", f"    {there}, owner {row['owner'] or 'nobody'}{late}"]
    lines += [f"    {shown(line)}" for line in str(row["script"]).splitlines() if line.strip()]
    if row["ask"] and row["ask"] not in row["script"]:
        lines.append(f"    -> {shown(row['ask'])}")
    lines += [f"    before: {shown(said)}" for said in row["last"]]
    return "\n".join(lines) + "\n"


def _write_calendar(office: "Office", tasks: "list[Task]", file: Path, owner: str) -> Document | None:
    from touches.care.morning import calendar_of
    from touches.errors import FileError

    name = f"{office.desk.name}: {owner or 'today'}"
    data = calendar_of(tasks, name=name, domain=office.desk.mail_domain, now=office.clock.now())
    if str(file) == "-":
        click.echo(data.decode("utf-8"), nl=False)
        return None
    try:
        file.write_bytes(data)
    except OSError as error:
        raise FileError.from_os(error, "write to") from None
    return Document({"file": file, "tasks": len(tasks)})


def _work(this: App, office: "Office", tasks: "list[Task]") -> Document:
    """Ask about each task in turn; each answer is entered at once, so that leaving loses nothing."""
    counts = {"done": 0, "skipped": 0}
    for number, task in enumerate(tasks, start=1):
        click.echo(f"--- {number} of {len(tasks)}", err=True)
        click.echo(for_reading(_card(task.row(this.clock.now())), sys.stderr), err=True)
        answer = click.prompt("outcome", type=OneOf([*_choices(task), "skip", "quit"]), default="skip", err=True)
        if answer == "quit":
            break
        if answer == "skip":
            counts["skipped"] += 1
            continue
        counts["done"] += _enter(this, office, task, answer)
    return Document(counts, f"{counts['done']} done, {counts['skipped']} skipped.")


def _choices(task: "Task") -> tuple[str, ...]:
    kind = task.kind.value
    if kind in ("call", "meeting"):
        return OUTCOMES[:-2]
    return (*SPOKEN, "ended", "noted") if kind == "answer" else ("done",)


def _enter(this: App, office: "Office", task: "Task", outcome: str) -> bool:
    """One task by questions; a refusal is shown with what was typed, and the walk goes on."""
    from touches.care.doing import Report, finish_task
    from touches.care.tasks import task_name
    from touches.errors import TouchesError

    words = _words(task, outcome)
    at = _ask("call back at") if outcome == "call-back" else ""
    try:
        with changing(office) as unit:
            lead = unit.leads.get(task.lead_id) if task.lead_id is not None else None
            report = Report(
                outcome="" if outcome == "done" else outcome,
                words=words,
                call_back=moment(at, office, lead, "call back at") if lead is not None else None,
            )
            done = finish_task(unit, office, task_name(str(task.task)), report, actor=this.actor)
    except (TouchesError, click.BadParameter) as error:
        click.echo(" ".join(part for part in (str(error), getattr(error, "hint", "")) if part), err=True)
        give_back(words)
        return False
    warn(done.warnings)
    return True


def _words(task: "Task", outcome: str) -> "Words":
    from touches.care.record import Words

    spoken = outcome in SPOKEN or outcome == "done"
    said = _ask("what the lead said" if outcome != "done" else "evidence or note") if spoken else ""
    agreed = _ask("agreed") if outcome in SPOKEN else ""
    told = _ask("the news you found") if task.kind.value == "find-news" else ""
    minutes = _minutes() if outcome in SPOKEN and task.kind.value != "answer" else None
    return Words(said=said, told=told, agreed=agreed, minutes=minutes)


def give_back(words: "Words") -> None:
    """What was typed and not entered, so that it can be entered otherwise."""
    for name in ("said", "told", "agreed"):
        if text := getattr(words, name):
            click.echo(f"not entered: {name}: {text}", err=True)


def _minutes() -> int | None:
    """A number, or nothing; asked again for anything else."""
    while text := _ask("minutes"):
        if text.isdecimal() and int(text) <= DAY:
            return int(text)
        click.echo(f'"{text}" is no number of minutes; press Enter if you do not know.', err=True)
    return None


def _ask(what: str) -> str:
    return str(click.prompt(what, default="", show_default=False, err=True)).strip()


@today.command()
@click.argument("old", metavar="FROM")
@click.argument("new", metavar="TO")
@dry_run
@click.pass_context
def reassign(context: click.Context, old: str, new: str, dry_run: bool) -> Document:
    """Give all leads of FROM and their open tasks to TO. At once, and without a word to the leads."""
    from touches.care.deals import reassign as give

    this = app(context)
    office = office_of(this)
    with changing(office, dry_run=dry_run) as unit:
        leads, tasks = give(unit, office, old, new, actor=this.actor)
    data = {"from": old, "to": new, "leads": leads, "tasks": tasks, "dry_run": dry_run}
    verb = "would go" if dry_run else "went"
    return Document(data, f"{counted(leads, 'lead')} and {counted(tasks, 'open task')} {verb} from {old} to {new}.")


commands: tuple[click.Command, ...] = (today,)
