"""Who is followed up: enroll, pause, resume, stop."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from touches.commands.choosing import STANDARD_INPUT, chosen, lead_ids, wanted, whom
from touches.commands.options import App, app, dry_run
from touches.commands.output import Document, Lines, Result

if TYPE_CHECKING:
    from touches.engine.office import Office
    from touches.store.units import Unit


@click.command()
@click.argument("names", nargs=-1, metavar="[POLICY] [LEAD]...")
@click.option("--policy", default="", help="The policy, if it is not the first word.")
@click.option("--segment", default="", help="All leads of a segment.")
@click.option("--file", type=click.Path(allow_dash=True, path_type=Path), help="One lead a line; - is standard input.")
@click.option("--all", "everybody", is_flag=True, help="All leads.")
@click.option("--exclude", multiple=True, metavar="LEAD", help="But not this one; may be repeated.")
@dry_run
@click.pass_context
def enroll(
    context: click.Context,
    names: tuple[str, ...],
    policy: str,
    segment: str,
    file: Path | None,
    everybody: bool,
    exclude: tuple[str, ...],
    dry_run: bool,
) -> Result:
    """Enroll leads in POLICY, and say of each one that is not taken why.

    Without a policy, leads enter every policy whose new_lead trigger concerns them. `-` as a LEAD reads leads from
    standard input, one a line.
    """
    from touches.wiring import open_office

    this = app(context)
    office = open_office(this.workspace, this.store(), clock=this.clock)
    with office.store.read() as unit:
        office.library.refresh(unit)
        policy, leads = _policy_and_leads(unit, office.library.current, policy, names)
        if not (leads or segment or file or everybody):
            raise click.UsageError("Name leads, or use --segment, --file or --all.")
        people = chosen(this, unit, leads, segment, file, everybody=everybody)
        excluded = set(lead_ids(this, unit, exclude))
    return Lines(_entries(office, this, policy, people, excluded, dry_run=dry_run), _entry_line)


def _policy_and_leads(
    unit: "Unit", known: Mapping[str, int], policy: str, names: tuple[str, ...]
) -> tuple[str, tuple[str, ...]]:
    """The first word is the policy, unless `--policy` names it or the word is a lead."""
    from touches.errors import UnknownPolicy

    if policy and policy not in known:
        raise UnknownPolicy(policy, known)
    if policy or not names:
        return policy, names
    if names[0] in known:
        return names[0], names[1:]
    if names[0] == STANDARD_INPUT or unit.leads.find(names[0]):
        return "", names
    raise UnknownPolicy(names[0], known)


def _entries(
    office: "Office", this: App, policy: str, people: list[int], excluded: set[int], *, dry_run: bool
) -> Iterator[Mapping[str, Any]]:
    from touches.engine.enrolling import enroll as into_policy
    from touches.engine.enrolling import enroll_by_rules

    if policy:
        entries = into_policy(office, policy, people, by=this.actor, excluded=excluded, dry_run=dry_run)
    else:
        entries = enroll_by_rules(office, people, by=this.actor, excluded=excluded, dry_run=dry_run)
    asked = taken = 0
    for entry in entries:
        asked, taken = asked + 1, taken + (entry.code == "enrolled")
        yield {
            "lead": entry.lead,
            "lead_id": entry.lead_id,
            "policy": entry.policy,
            "enrolled": entry.code == "enrolled",
            "code": entry.code,
            "reason": entry.because,
            "enrollment": entry.enrollment_id,
        }
    if not this.json:
        click.echo(f"{taken} of {asked} {'would be enrolled' if dry_run else 'enrolled'}.", err=True)


def _entry_line(row: Mapping[str, Any]) -> str:
    if row["enrolled"]:
        return f"{row['lead']}: enrolled in {row['policy']}"
    return f"{row['lead']}: not enrolled{' in ' + row['policy'] if row['policy'] else ''}: {row['reason']}"


def _running(unit: "Unit", ids: list[int], policy: str) -> list[Any]:
    found = unit.enrollments.of_leads(ids, running=True)
    return [one for ones in found.values() for one in ones if not policy or one.policy == policy]


@click.command()
@whom
@click.option("--policy", default="", help="Only in this policy.")
@click.option("--until", default="", metavar="DATE", help="Until this day; without it, until `resume`.")
@click.option("--reason", default="by hand", help="Why.")
@dry_run
@click.pass_context
def pause(
    context: click.Context,
    leads: tuple[str, ...],
    segment: str,
    file: Path | None,
    everybody: bool,
    exclude: tuple[str, ...],
    policy: str,
    until: str,
    reason: str,
    dry_run: bool,
) -> Document:
    """Hold leads. `pause --all` is the kill switch: nothing at all leaves until `resume --all`."""
    from touches.engine.stopping import pause as pause_enrollments

    this = app(context)
    now = this.clock.now()
    count = 0
    with this.store().write() as unit:
        if everybody:
            unit.switches.set("paused", f"{reason} ({this.actor})", at=now, by=this.actor)
        else:
            found = _running(unit, wanted(this, unit, leads, segment, file, exclude), policy)
            pause_enrollments(unit, found, because=reason, actor=this.actor, at=now, until=_day(this, until))
            count = len(found)
        if dry_run:
            unit.connection.rollback()
    return Document({"paused": "everything" if everybody else count, "dry_run": dry_run})


def _day(this: App, text: str) -> Any:
    if not text:
        return None
    from datetime import date, time

    from touches.time.local import local_instant

    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f'"{text}" is no date; write e.g. 2027-03-01', param_hint="--until") from None
    return local_instant(day, time(), this.settings.workspace.timezone)


@click.command()
@whom
@click.option("--policy", default="", help="Only in this policy.")
@dry_run
@click.pass_context
def resume(
    context: click.Context,
    leads: tuple[str, ...],
    segment: str,
    file: Path | None,
    everybody: bool,
    exclude: tuple[str, ...],
    policy: str,
    dry_run: bool,
) -> Document:
    """Let paused leads go on where they were; what became late moves, nothing is sent in a burst.

    What a complaint, a broken promise or a conversation holds waits for its end all the same.
    """
    from touches.care.holds import resume_by_hand
    from touches.wiring import open_office

    this = app(context)
    office = open_office(this.workspace, this.store(), clock=this.clock)
    outcome: dict[str, int] = {}
    with office.store.write() as unit:
        office.library.refresh(unit)
        if everybody:
            unit.switches.set("paused", "", at=this.clock.now(), by=this.actor)
        else:
            found = _running(unit, wanted(this, unit, leads, segment, file, exclude), policy)
            outcome = resume_by_hand(unit, office, found, actor=this.actor)
        if dry_run:
            unit.connection.rollback()
    waiting = {reason: number for reason, number in outcome.items() if reason}
    resumed = "everything" if everybody else outcome.get("", 0)
    return Document({"resumed": resumed, "waiting": waiting, "dry_run": dry_run})


@click.command()
@whom
@click.option("--policy", default="", help="Only in this policy.")
@click.option("--reason", default="by hand", help="Why.")
@dry_run
@click.pass_context
def stop(
    context: click.Context,
    leads: tuple[str, ...],
    segment: str,
    file: Path | None,
    everybody: bool,
    exclude: tuple[str, ...],
    policy: str,
    reason: str,
    dry_run: bool,
) -> Document:
    """End the follow-up of leads: what waits is cancelled at once."""
    from touches.engine.stopping import stop as stop_enrollments

    this = app(context)
    with this.store().write() as unit:
        people = unit.leads.ids() if everybody else wanted(this, unit, leads, segment, file, exclude)
        found = _running(unit, people, policy)
        cancelled = stop_enrollments(unit, found, because=reason, actor=this.actor, at=this.clock.now())
        if dry_run:
            unit.connection.rollback()
    return Document({"stopped": len(found), "cancelled": cancelled, "dry_run": dry_run})


commands = (enroll, pause, resume, stop)
