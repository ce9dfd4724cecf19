"""The engine at work: one pass for cron, the service, and what is in the outbox."""

import gc
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict
from typing import Any

import click

from touches.commands.at_work import changing, office_of
from touches.commands.options import NUMBER, App, app, dry_run
from touches.commands.output import Document, Result, Table

OUTBOX = [
    "touch",
    "lead",
    "lead_id",
    "enrollment",
    "policy",
    "version",
    "step",
    "round",
    "number",
    "kind",
    "channel",
    "address",
    "news",
    "state",
    "reason",
    "due_at",
    "handed_over_at",
    "message_id",
    "attempts",
    "reference",
]
DOUBTS = ("touch", "lead", "channel", "address", "doubt_age", "evidence", "reason")
SHOWN = ("touch", "lead", "policy", "step", "channel", "news", "state", "due_at", "reason")


def dispatch_lock(this: App) -> AbstractContextManager[Any]:
    """On SQLite, the lock of the one process that sends; on PostgreSQL nothing is needed."""
    if this.settings.database_file is None:
        return nullcontext()
    from touches.engine.lock import DispatchLock
    from touches.wiring import process_name

    this.workspace.make_state()
    return DispatchLock(str(this.workspace.dispatch_lock), process_name(this.clock))


@click.command()
@click.pass_context
def tick(context: click.Context) -> Document:
    """One pass: what came back, what leads did, and everything that is due now. For cron."""
    from touches.daemon.loop import run
    from touches.engine.alarms import watch
    from touches.engine.backlog import begin_pass
    from touches.engine.between_passes import clock_jumped
    from touches.store.mark import keep_mark
    from touches.wiring import chores_of, open_channels, open_office

    this = app(context)
    store = this.store()
    with dispatch_lock(this):
        held = keep_mark(store, this.workspace.make_state(), now=this.clock.now())
        office = open_office(this.workspace, store, clock=this.clock)
        jumped = clock_jumped(office, this.workspace.state)
        paced = begin_pass(office)
        channels = {} if jumped else open_channels(this.settings)
        report = run(_tick(office, channels, chores_of(this.workspace).of_a_pass))
        watch(office)
        keep_mark(store, this.workspace.state, now=this.clock.now())
    notes = [f"{channel}: at most {pace} an hour while a backlog drains" for channel, pace in paced.items()]
    for note in [*filter(None, (held, jumped)), *notes, *report.notes]:
        click.echo(note, err=True)
    data = {name: value for name, value in asdict(report).items() if name != "notes"}
    return Document(data, ", ".join(f"{name} {value}" for name, value in data.items()))


async def _tick(office: Any, channels: Mapping[str, Any], chores: Any) -> Any:
    from touches.engine.passing import tick as one_pass

    try:
        return await one_pass(office, channels, chores=chores)
    finally:
        for channel in channels.values():
            await channel.close()


@click.command()
@click.pass_context
def daemon(context: click.Context) -> None:
    """Run as a service until SIGTERM: every line of [schedule] is a job."""
    gc.disable()  # nothing of what is loaded now goes away again: the daemon settles when the first mail has left
    from touches.daemon.loop import run
    from touches.daemon.service import serve
    from touches.wiring import open_office

    this = app(context)
    store = this.store()
    with dispatch_lock(this):
        office = open_office(this.workspace, store, clock=this.clock)
        run(serve(this.workspace, office, verbose=this.verbose))


@click.group(invoke_without_command=True)
@click.option("--state", multiple=True, help="Only touches in this state; may be repeated.")
@click.option("--lead", default="", help="Only touches of this lead.")
@click.pass_context
def outbox(context: click.Context, state: tuple[str, ...], lead: str) -> Result | None:
    """Touches by state, all of them: what is planned, in hand, sent, in doubt, held."""
    if context.invoked_subcommand is not None:
        return None
    from touches.engine.outbox import outbox_rows

    this = app(context)
    store = this.store()
    states = _states(state)

    def rows() -> Iterator[Mapping[str, Any]]:
        with store.read() as unit:
            lead_id = None
            if lead:
                from touches.commands.people import found

                lead_id = found(this, unit, lead).id
            yield from outbox_rows(unit, now=this.clock.now(), states=states, lead_id=lead_id)

    return Table(DOUBTS if state == ("in_doubt",) else SHOWN, rows(), "Nothing in the outbox.")


def _states(names: tuple[str, ...]) -> list[Any]:
    from touches.errors import did_you_mean
    from touches.model.states import TouchState

    known = [state.value for state in TouchState]
    for name in names:
        if name not in known:
            raise click.BadParameter(f'there is no state "{name}".{did_you_mean(name, known)}', param_hint="--state")
    return [TouchState(name) for name in names]


@outbox.command()
@click.argument("touches", nargs=-1, type=NUMBER, required=True)
@click.option("--arrived/--not-arrived", required=True, help="What became of it, by your own proof.")
@click.option("--because", default="by hand", help="The proof.")
@dry_run
@click.pass_context
def resolve(context: click.Context, touches: tuple[int, ...], arrived: bool, because: str, dry_run: bool) -> Document:
    """Decide touches in doubt: they arrived, or they did not and go out again under the same id."""
    from touches.engine.outbox import decide_doubts

    this = app(context)
    office = office_of(this)
    with changing(office, dry_run=dry_run) as unit:
        done = decide_doubts(unit, office, touches, arrived=arrived, because=because, actor=this.actor)
    return Document({"resolved": done, "arrived": arrived, "dry_run": dry_run})


@outbox.command()
@click.argument("touches", nargs=-1, required=True)
@dry_run
@click.pass_context
def returned(context: click.Context, touches: tuple[str, ...], dry_run: bool) -> Document:
    """Letters that came back: their news is new again. Takes touch numbers, or the codes scanned from the letter."""
    from touches.engine.outbox import mark_returned
    from touches.wiring import signer_of

    this = app(context)
    with this.store().write() as unit:
        done = mark_returned(unit, touches, signer=signer_of(this.workspace), actor=this.actor, at=this.clock.now())
        if dry_run:
            unit.connection.rollback()
    return Document({"returned": done, "dry_run": dry_run})


@outbox.command()
@dry_run
@click.pass_context
def release(context: click.Context, dry_run: bool) -> Document:
    """End the hold after a restore, and the rest of a channel: touches may leave again.

    A channel rests after too many complaints, and for some minutes after its server refused us: a password, a blocked
    sender. What was refused itself is tried again at its own time.
    """
    from touches.engine.resting import end_rests
    from touches.inbound.watching import release as release_channels

    this = app(context)
    now = this.clock.now()
    with this.store().write() as unit:
        held = unit.switches.get("hold")
        if held:
            unit.switches.set("hold", "", at=now, by=this.actor)
        channels = end_rests(unit, at=now, by=this.actor) | release_channels(unit, at=now, by=this.actor)
        if dry_run:
            unit.connection.rollback()
    released = bool(held or channels)
    return Document({"released": released, "hold": held, "channels": channels, "dry_run": dry_run})


@outbox.command()
@click.argument("touches", nargs=-1, type=NUMBER, required=True)
@dry_run
@click.pass_context
def retry(context: click.Context, touches: tuple[int, ...], dry_run: bool) -> Document:
    """Try quarantined touches again, after their cause was mended."""
    from touches.engine.outbox import retry_quarantined

    this = app(context)
    with this.store().write() as unit:
        done = retry_quarantined(unit, touches, actor=this.actor, at=this.clock.now())
        if dry_run:
            unit.connection.rollback()
    return Document({"retried": done, "dry_run": dry_run})


commands = (tick, daemon, outbox)
