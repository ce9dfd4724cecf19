"""The engine at work: one pass for cron, and the service."""

import gc
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict
from typing import Any

import click

from touches.commands.options import App, app
from touches.commands.output import Document


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
    """One pass, for cron, over everything that is due now. What came back and what leads did is looked at first."""
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
        click.echo(_with_advice(note), err=True)
    data = {name: value for name, value in asdict(report).items() if name != "notes"}
    return Document(data, ", ".join(f"{name} {value}" for name, value in data.items()))


WAYS_OUT = {
    "in hold": "look at what left meanwhile, then `touches outbox release`",
    "everything is paused": "`touches resume --all` ends it",
}


def _with_advice(note: str) -> str:
    """Why nothing leaves, and what a person does about it."""
    advice = next((way_out for begins, way_out in WAYS_OUT.items() if note.startswith(begins)), "")
    return f"{note} ({advice})" if advice else note


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
    """Run as a service until SIGTERM. Every line of [schedule] is a job."""
    gc.disable()  # nothing of what is loaded now goes away again: the daemon settles when the first mail has left
    from touches.daemon.loop import run
    from touches.daemon.service import serve
    from touches.wiring import open_office

    this = app(context)
    store = this.store()
    with dispatch_lock(this):
        office = open_office(this.workspace, store, clock=this.clock)
        run(serve(this.workspace, office, verbose=this.verbose))


commands = (tick, daemon)
