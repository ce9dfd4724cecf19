"""Who is followed up: `enroll`."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from touches.commands.choosing import STANDARD_INPUT, chosen, lead_ids
from touches.commands.options import App, app, dry_run
from touches.commands.output import Lines, Result

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
    """Enroll leads in POLICY. It says of each one that is not taken why.

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


commands = (enroll,)
