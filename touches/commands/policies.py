"""Files of marketers: check them, publish them, go back."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from touches.commands.options import App, app, dry_run, yes
from touches.commands.output import Document, Lines, Result
from touches.commands.values import OneOf, Whole
from touches.wording import counted

if TYPE_CHECKING:
    from policies.findings import Finding
    from touches.publishing import Drafts
    from touches.store.units import Unit

WEEKS_AHEAD = 28  # days: a first decision window


def drafts_of(this: App) -> "Drafts":
    """The workspace's files, checked against what is published and who the leads are."""
    from functools import partial

    from policies.similar_news import similar_news
    from touches.newsroom.likeness import embedder_of
    from touches.publishing import context_of, read_drafts
    from touches.wiring import channels_set_up

    settings = this.settings
    with this.store().read() as unit:
        kinds = settings.news.kinds
        channels, country = channels_set_up(settings), settings.workspace.country
        context = context_of(unit, kinds=kinds, channels=channels, country=country, now=this.clock.now())
    similar = partial(similar_news, embedder=embedder_of(settings.news.likeness))
    return read_drafts(this.workspace.policies, this.workspace.news, context, similar)


@click.command()
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@click.option(
    "--ahead",
    type=Whole(0, 366),
    default=WEEKS_AHEAD,
    show_default=True,
    help="Play so many days with the leads there are, and warn of steps that will run out of news; 0: do not.",
)
@click.option("--schema", is_flag=True, help="Print the JSON Schema of a policy file, for editors.")
@click.option("--news-schema", is_flag=True, help="Print the JSON Schema of news front matter.")
@click.pass_context
def check(context: click.Context, strict: bool, ahead: int, schema: bool, news_schema: bool) -> Result:
    """Show what is wrong with policies and news. Each finding has its file, line and column.

    Policies with assertions (`expect:`) are played for a sample of the leads; what breaks one is an error. Exits with 1
    where `publish` would refuse; with --strict, where anything is found.
    """
    if schema or news_schema:
        from policies.json_schema import front_matter_schema, policy_schema

        document = policy_schema() if schema else front_matter_schema()
        import json

        return Document(document, json.dumps(document, indent=2, ensure_ascii=False))
    this = app(context)
    drafts = drafts_of(this)
    played = _broken(this, drafts)
    findings = sorted({*drafts.findings, *played, *_running_out(this, drafts, ahead)})
    rows = [finding_row(finding, this.workspace.root) for finding in findings]
    wrong = findings if strict else [*drafts.errors, *played]
    if not rows and not this.json:
        looked_at = f"{counted(len(drafts.named), 'policy', 'policies')} and {_pieces(len(drafts.pool))}"
        click.echo(f"{looked_at}: nothing to say.", err=True)
    return Lines(rows, _finding_line, exit_code=1 if wrong else 0)


def _broken(this: App, drafts: "Drafts", *, changed: bool = False) -> "Sequence[Finding]":
    """What breaks the assertions of policies; of those alone that publishing would change."""
    from touches.forecast.asserting import broken_assertions
    from touches.wiring import open_office

    if not any(one.policy is not None and one.policy.expect for one in drafts.policies):
        return ()
    office = open_office(this.workspace, this.store(), clock=this.clock)
    with office.store.read() as unit:
        office.library.refresh(unit)
        only = drafts.changed(unit.catalog.current_policies()) if changed else None
        return broken_assertions(unit, office, drafts, start=this.clock.now(), only=only)


def _running_out(this: App, drafts: "Drafts", days: int) -> "Sequence[Finding]":
    from touches.forecast.starving import starving
    from touches.wiring import open_office

    if not days:
        return ()
    office = open_office(this.workspace, this.store(), clock=this.clock)
    with office.store.read() as unit:
        office.library.refresh(unit)
        return starving(unit, office, drafts, days=days, start=this.clock.now())


def finding_row(finding: Any, root: Path) -> Mapping[str, Any]:
    """A finding for output; files of the workspace are named from its root, also those that the message names."""
    path = Path(finding.file)
    shown = path.relative_to(root) if path.is_relative_to(root) else path
    return {
        "file": str(shown),
        "line": finding.line,
        "column": finding.column,
        "severity": str(finding.severity),
        "code": finding.code,
        "message": finding.message.replace(f"{root}{os.sep}", ""),
    }


def finding_line(finding: Any, root: Path) -> str:
    """A finding as `check` shows it."""
    return _finding_line(finding_row(finding, root))


def _finding_line(row: Mapping[str, Any]) -> str:
    return f"{row['file']}:{row['line']}:{row['column']}: {row['severity']}: {row['message']} [{row['code']}]"


@click.command()
@click.option(
    "--rollback",
    metavar="POLICY@N",
    default="",
    help="Make version N of a policy the current one; --move takes those inside along.",
)
@click.option(
    "--move",
    type=OneOf(["new-only", "next-step", "all"]),
    default="new-only",
    show_default=True,
    help="Whom to move to the new versions: nobody inside; all from their next step on; all, what is planned included.",
)
@dry_run
@yes
@click.pass_context
def publish(context: click.Context, rollback: str, move: str, dry_run: bool, yes: bool) -> Document:
    """Make new versions of what changed, at once or not at all. All files are validated first.

    Changed policies with assertions (`expect:`) are played first for a sample of the leads: what breaks one stops all.
    Those inside keep their version unless --move says otherwise; `touches plan` shows what moving would do.
    """
    this = app(context)
    if rollback:
        return _roll_back(this, rollback, move, dry_run=dry_run, yes=yes)
    from touches.errors import FindingsError
    from touches.publishing import publish as publish_all

    drafts = drafts_of(this)
    store = this.store()
    broken = _broken(this, drafts, changed=True)
    findings = sorted({*drafts.findings, *broken})
    lines = [finding_line(finding, this.workspace.root) for finding in findings]
    if drafts.errors or broken:
        raise FindingsError(f"{counted(len(drafts.errors) + len(broken), 'error')}: nothing was published.", lines)
    for line in lines:
        click.echo(line, err=True)
    with store.write() as unit:
        made = publish_all(unit, drafts, author=this.actor, at=this.clock.now())
        moved = _move(this, unit, made.policies, move, yes=yes or dry_run)
        if dry_run:
            unit.connection.rollback()
    data = {
        "policies": [f"{name}@{number}" for name, number in made.policies],
        "unchanged": made.unchanged,
        "retired": made.retired,
        "news": made.news,
        "withdrawn": made.withdrawn,
        "moved": moved,
        "dry_run": dry_run,
    }
    return Document(data, _told(data))


def _move(this: App, unit: "Unit", made: Sequence[tuple[str, int]], move: str, *, yes: bool) -> int:
    """Move who runs in older versions of what was just published; Refused for many without --yes."""
    from touches.errors import Refused
    from touches.preview.moving import Moving, move_running, would_move
    from touches.wiring import open_office

    how = Moving(move)
    if how is Moving.NEW_ONLY:
        return 0
    count = sum(would_move(unit, name, number) for name, number in made)
    if count > this.settings.limits.ask_above and not yes:
        raise Refused(
            f"This would move {count} enrollments, more than {this.settings.limits.ask_above}: nothing was published.",
            hint="Look at `touches plan`, then say --yes.",
        )
    office = open_office(this.workspace, this.store(), clock=this.clock)
    office.library.refresh(unit)
    return sum(move_running(unit, office, name, number, how, actor=this.actor) for name, number in made)


def _pieces(number: int) -> str:
    return counted(number, "piece of news", "pieces of news")


def _told(data: Mapping[str, Any]) -> str:
    verb = "would be published" if data["dry_run"] else "published"
    parts = [f"{', '.join(data['policies']) or 'no policy'} {verb}", f"{_pieces(len(data['news']))} {verb}"]
    if data["moved"]:
        parts.append(f"{counted(data['moved'], 'enrollment')} {'would be ' if data['dry_run'] else ''}moved")
    if data["retired"]:
        parts.append(f"nobody enters {', '.join(data['retired'])} any more: their files are gone")
    if data["withdrawn"]:
        parts.append(f"withdrawn: {', '.join(data['withdrawn'])}")
    return "; ".join(parts) + "."


def _roll_back(this: App, wanted: str, move: str, *, dry_run: bool, yes: bool) -> Document:
    from touches.publishing import roll_back

    policy, _, number = wanted.partition("@")
    if not number.isdigit():
        told = f'"{wanted}" names no version: write {policy}@1; `touches plan --versions {policy}` shows them'
        raise click.BadParameter(told, param_hint="--rollback")
    with this.store().write() as unit:
        roll_back(unit, policy, int(number), author=this.actor, at=this.clock.now())
        moved = _move(this, unit, [(policy, int(number))], move, yes=yes or dry_run)
        if dry_run:
            unit.connection.rollback()
    data = {"policy": policy, "version": int(number), "moved": moved, "dry_run": dry_run}
    verb = "would be" if dry_run else "is"
    return Document(data, f"{wanted} {verb} current again; {counted(moved, 'enrollment')} moved.")


commands = (check, publish)
