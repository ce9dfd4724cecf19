"""What publishing would do, before it is done: `plan`."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import click

from touches.commands.options import App, app
from touches.commands.output import Document, Result, Table, Text
from touches.wording import counted

WORDS = (("sooner", "sooner"), ("later", "later"), ("new", "new"), ("no_longer", "no longer"))
MORE = (("other_channel", "by another channel"), ("caps", "moved by a cap"), ("never", "never"))


@click.command()
@click.option("--diff", metavar="POLICY[@N]", default="", help="How the file differs from version N (the current).")
@click.option("--versions", metavar="POLICY", default="", help="The versions of a policy: when, by whom, who runs.")
@click.pass_context
def plan(context: click.Context, diff: str, versions: str) -> Result:
    """Show what publishing would do to everybody inside. If they were moved: sooner, later, new, no longer, by step.

    Nothing is written. `publish` alone leaves those inside in their version; `publish --move all` does what is shown.
    """
    this = app(context)
    if versions:
        return Table(("version", "current", "published_at", "author", "running"), _versions(this, versions))
    if diff:
        return _diff(this, diff)
    data = _effects(this)
    return Document(data, "\n".join(_told(data, this.settings.limits.ask_above)))


def _known(this: App, policy: str) -> list[Any]:
    from touches.errors import UnknownPolicy

    with this.store().read() as unit:
        history = unit.catalog.history(policy)
        if not history:
            raise UnknownPolicy(policy, unit.catalog.current_policies())
    return history


def _versions(this: App, policy: str) -> list[Mapping[str, Any]]:
    history = _known(this, policy)
    with this.store().read() as unit:
        running = unit.enrollments.count_running(policy)
    return [
        {
            "policy": policy,
            "version": version.number,
            "current": version.current,
            "published_at": version.published_at,
            "author": version.author,
            "running": running.get(version.number, 0),
        }
        for version in history
    ]


def _diff(this: App, wanted: str) -> Text:
    from difflib import unified_diff

    from touches.commands.policies import drafts_of
    from touches.errors import UnknownPolicy

    policy, _, number = wanted.partition("@")
    history = _known(this, policy)
    chosen = [one for one in history if (str(one.number) == number if number else one.current)] or history[-1:]
    if number and str(chosen[0].number) != number:
        raise UnknownPolicy(wanted, [f"{policy}@{one.number}" for one in history])
    loaded = drafts_of(this).named.get(policy)
    now = loaded.text if loaded is not None else ""
    before = chosen[0]
    lines = unified_diff(
        before.source.splitlines(),
        now.splitlines(),
        f"{policy}@{before.number} by {before.author}",
        "the file",
        "",
        "",
        3,
        "",
    )
    text = "\n".join(lines)
    return Text(
        text or f"The file is {policy}@{before.number}.", {"policy": policy, "version": before.number, "diff": text}
    )


def _effects(this: App) -> dict[str, Any]:
    from touches.commands.policies import drafts_of, finding_line
    from touches.errors import FindingsError
    from touches.simulation.scripts import Script
    from touches.wiring import open_office

    drafts = drafts_of(this)
    if drafts.errors:
        shown = [finding_line(finding, this.workspace.root) for finding in drafts.errors]
        raise FindingsError(f"{counted(len(shown), 'error')}: `publish` would refuse these files.", shown)
    office = open_office(this.workspace, this.store(), clock=this.clock)
    with office.store.read() as unit:
        script = Script(unit, this.settings.news.language)
        current = unit.catalog.current_policies()
        changed = drafts.changed(current)
        for name in changed:
            script.take_policy(drafts.named[name])
        script.take_news(drafts.pool)
        policies = [_effect(unit, office, script, name, name in current) for name in changed]
    return {
        "policies": policies,
        "unchanged": sorted(set(drafts.named) - set(changed)),
        "retired": sorted(set(current) - set(drafts.named)),
        "warnings": len(drafts.findings),
    }


def _effect(unit: Any, office: Any, script: Any, name: str, known: bool) -> dict[str, Any]:
    from touches.preview.effects import effect_of, rows_of

    effect = effect_of(unit, office, script, name, script.drafts[name])
    return {
        "policy": name,
        "new_policy": not known,
        "running": effect.running,
        "affected": effect.affected,
        "in_hand": effect.in_hand,
        "steps": rows_of(effect),
    }


def _told(data: Mapping[str, Any], ask_above: int) -> Iterator[str]:
    if not data["policies"]:
        yield "No policy has changed."
    for policy in data["policies"]:
        yield from _policy(policy, ask_above)
    if data["retired"]:
        yield f"Nobody would enter {', '.join(data['retired'])} any more: their files are gone."


def _policy(policy: Mapping[str, Any], ask_above: int) -> Iterator[str]:
    if policy["new_policy"]:
        yield f"{policy['policy']}: new."
        return
    yield f"{policy['policy']}: {policy['running']} inside, {policy['affected']} would notice a move."
    for step in policy["steps"]:
        counted = [f"{step[key]} {word}" for key, word in (*WORDS, *MORE) if step[key]]
        yield f"  {step['step']}: {', '.join(counted)}"
        yield from _samples(step["samples"])
    if policy["in_hand"]:
        yield f"  {policy['in_hand']} have a touch in somebody's hand: it goes out as it is."
    if policy["running"] > ask_above:
        yield "  More than [limits] ask_above: `publish --move` will want --yes."


def _samples(samples: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for what, told in samples.items():
        yield from (f"    {what.replace('_', ' ')}: {one}" for one in told[:3])


commands = (plan,)
