"""What is in the outbox, and what only a person can decide of it."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from touches.commands.at_work import changing, office_of
from touches.commands.options import App, app, dry_run
from touches.commands.output import Document, Result, Table
from touches.commands.values import NUMBER
from touches.errors import Refused
from touches.wording import counted

if TYPE_CHECKING:
    from touches.store.units import Store

DOUBTS = ("touch", "lead", "channel", "address", "doubt_age", "evidence", "reason")
ONCE_MORE = "If nothing speaks against it, `touches outbox release` once more lets touches leave."
SHOWN = ("touch", "lead", "policy", "step", "channel", "news", "state", "due_at", "reason")


@click.group(invoke_without_command=True)
@click.option("--state", multiple=True, help="Only touches in this state; may be repeated.")
@click.option("--lead", default="", help="Only touches of this lead.")
@click.pass_context
def outbox(context: click.Context, state: tuple[str, ...], lead: str) -> Result | None:
    """All touches by state: planned, in hand, sent, in doubt, held."""
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
            told = f'there is no state "{name}" ({", ".join(known)}).{did_you_mean(name, known)}'
            raise click.BadParameter(told, param_hint="--state")
    return [TouchState(name) for name in names]


@outbox.command()
@click.argument("touches", nargs=-1, type=NUMBER, required=True)
@click.option("--arrived/--not-arrived", default=None, help="What became of it, by your own proof.")
@click.option("--because", default="by hand", help="The proof.")
@dry_run
@click.pass_context
def resolve(
    context: click.Context, touches: tuple[int, ...], arrived: bool | None, because: str, dry_run: bool
) -> Document:
    """Decide touches in doubt. They arrived, or they did not and go out again under the same id."""
    from touches.engine.outbox import decide_doubts

    if arrived is None:
        raise click.UsageError("Say what became of it: --arrived or --not-arrived.")
    this = app(context)
    office = office_of(this)
    with changing(office, dry_run=dry_run) as unit:
        done = decide_doubts(unit, office, touches, arrived=arrived, because=because, actor=this.actor)
    outcome = "it arrived" if arrived else "it did not arrive, and goes out again"
    data = {"resolved": done, "arrived": arrived, "dry_run": dry_run}
    return Document(data, f"{_touches(done)} {'would be ' if dry_run else ''}settled: {outcome}.")


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
    text = f"{counted(done, 'letter')} {'would be ' if dry_run else ''}marked as returned: its news is new again."
    return Document({"returned": done, "dry_run": dry_run}, text)


@outbox.command()
@dry_run
@click.pass_context
def release(context: click.Context, dry_run: bool) -> Document:
    """Let touches leave again. Ends the hold after a restore, and the rest of a channel.

    A channel rests after too many complaints, and for some minutes after its server refused us: a password, a blocked
    sender. What was refused itself is tried again at its own time.
    """
    from touches.engine.resting import end_rests
    from touches.inbound.watching import release as release_channels

    this = app(context)
    now = this.clock.now()
    store = this.store()
    if not dry_run:
        _look_whether_copied(this, store, now)
    with store.write() as unit:
        held = unit.switches.get("hold")
        if held:
            unit.switches.set("hold", "", at=now, by=this.actor)
        channels = end_rests(unit, at=now, by=this.actor) | release_channels(unit, at=now, by=this.actor)
        if dry_run:
            unit.connection.rollback()
    released = bool(held or channels)
    data = {"released": released, "hold": held, "channels": channels, "dry_run": dry_run}
    return Document(data, _released(held, channels, dry_run=dry_run))


def _look_whether_copied(this: App, store: "Store", now: datetime) -> None:
    """What the next pass would find is found now: else it would set a hold that was just released, or that nobody who
    ends a channel's rest knows of. Refused, and in hold, when it was not known before."""
    from touches.store.mark import keep_mark

    with store.read() as unit:
        held = unit.switches.get("hold")
    found = keep_mark(store, this.workspace.make_state(), now=now)
    if found and not held:
        raise Refused(f"In hold from now on: {found}", hint=ONCE_MORE)


def _released(held: str | None, channels: Mapping[str, str], *, dry_run: bool) -> str:
    ended = [f"the hold ({held})"] if held else []
    ended += [f"the rest of {channel} ({because})" for channel, because in channels.items()]
    if not ended:
        return "Nothing was held back."
    return f"{'Would end' if dry_run else 'Ended'}: {', '.join(ended)}."


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
    text = f"{_touches(done)} {'would be ' if dry_run else ''}ready again."
    return Document({"retried": done, "dry_run": dry_run}, text)


def _touches(number: int) -> str:
    return counted(number, "touch", "touches")


commands = (outbox,)
