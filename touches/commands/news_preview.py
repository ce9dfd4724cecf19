"""A look at a piece of news as one lead would get it: `news preview`, a subcommand of `news`."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from touches.commands.news_files import drafts_of
from touches.commands.options import App, app
from touches.commands.output import Document

if TYPE_CHECKING:
    from touches.engine.office import Office
    from touches.model.people import Lead
    from touches.newsroom.previewing import Preview
    from touches.planning.news_choice import Item

TESTED = ("email", "sms")  # ways that --to can take


@click.command()
@click.argument("name")
@click.option("--lead", required=True, help="As this lead would get it.")
@click.option("--channel", default="email", help="email, sms, letter, call, …")
@click.option("--ask", default="", help="The ask that ends it.")
@click.option(
    "--out", type=click.Path(path_type=Path), help="Write into this folder, or to a .html, .eml, .pdf or .txt file."
)
@click.option("--to", default="", help="Send it here by email or SMS, marked as a test.")
@click.option("--open/--no-open", "look", default=None, help="Show it in the browser; default: in a terminal.")
@click.pass_context
def preview(
    context: click.Context, name: str, lead: str, channel: str, ask: str, out: Path | None, to: str, look: bool | None
) -> Document:
    """Show a touch as one lead would get it. A mail in the browser, a letter as PDF, an SMS with its segments.

    Nothing is recorded: no ledger, no log.
    """
    from touches.newsroom.previewing import preview as compose
    from touches.newsroom.showing import readable
    from touches.wiring import open_channels, open_office

    this = app(context)
    channels = open_channels(this.settings)
    _require(channel, sorted(channels), to)
    office = open_office(this.workspace, this.store(), clock=this.clock)
    item, person = _item_and_lead(this, office, name, lead)
    made = compose(office, channels[channel], item, person, ask=ask, to=to, now=this.clock.now())
    sent = _send(channels[channel], made.prepared) if to else False
    files = [] if to and out is None else _written(made, out, f"{name}-{person.key}")
    if _is_to_be_shown(this, look, files):
        _show(files)
    text = readable(made.prepared.payload, channel)
    data: dict[str, Any] = {"news": name, "lead": person.key, "channel": channel}
    data |= {"language": made.language or "original"}
    data |= {"address": made.prepared.address, "parts": made.prepared.parts, "sent": sent, "files": files, "text": text}
    return Document(data, _in_words(data))


def _require(channel: str, known: list[str], to: str) -> None:
    from touches.errors import ChannelUnavailable

    if channel not in known:
        raise ChannelUnavailable(f'The channel "{channel}" is not set up; there are {", ".join(known)}.')
    if to and channel not in TESTED:
        told = f"a test goes out by {' or '.join(TESTED)}, not by {channel}; --out FILE keeps it for a look"
        raise click.BadParameter(told, param_hint="--to")


def _item_and_lead(this: App, office: "Office", name: str, lead: str) -> "tuple[Item, Lead]":
    from touches.commands.people import found
    from touches.newsroom.previewing import item_of

    drafts = drafts_of(this).items
    with office.store.read() as unit:
        office.library.refresh(unit)
        item = item_of(name, unit.catalog.news(), drafts, this.clock.now(), language=this.settings.news.language)
        return item, found(this, unit, lead)


def _send(channel: Any, prepared: Any) -> bool:
    import asyncio

    from channels.protocol import Accepted
    from touches.errors import ChannelUnavailable

    async def send() -> Any:
        async def marker() -> bool:
            return True

        try:
            return await channel.hand_over(prepared, marker)
        finally:
            await channel.close()

    result = asyncio.run(send())
    if not isinstance(result, Accepted):
        raise ChannelUnavailable(f"The test was not accepted: {getattr(result, 'text', '') or type(result).__name__}.")
    return True


def _written(made: "Preview", out: Path | None, stem: str) -> list[Path]:
    """The files: in the folder that was named, or one of the name that was given, or in a fresh folder."""
    import re
    import tempfile

    from touches.newsroom.showing import files_of, write_files

    files = files_of(made.prepared.payload, made.prepared.channel)
    if out is not None and out.suffix and not out.is_dir():
        return write_files(_one_of(files, out.suffix[1:].casefold()), out.parent, out.stem)
    folder = out or Path(tempfile.mkdtemp(prefix="touches-preview-"))
    return write_files(files, folder, re.sub(r"[^\w.@+-]+", "_", stem))


def _one_of(files: Mapping[str, bytes], suffix: str) -> Mapping[str, bytes]:
    if suffix not in files:
        told = f"there is no .{suffix} of it, only {', '.join(f'.{known}' for known in files)}"
        raise click.BadParameter(told, param_hint="--out")
    return {suffix: files[suffix]}


def _is_to_be_shown(this: App, look: bool | None, files: list[Path]) -> bool:
    wanted = sys.stdout.isatty() and not this.json if look is None else look
    return wanted and bool(files)


def _show(files: list[Path]) -> None:
    """Have the browser show the page or PDF; say so where there is none."""
    import webbrowser

    from touches.newsroom.showing import LOOKED_AT

    page = next((path for path in files if path.suffix[1:] in LOOKED_AT), None)
    if page is not None and not webbrowser.open(page.resolve().as_uri()):
        click.echo(f"No browser was found: open {page} yourself.", err=True)


def _in_words(data: Mapping[str, Any]) -> str:
    said = ("news", "lead", "channel", "language", "parts")
    head = ", ".join(f"{key} {data[key]}" for key in said)
    ends = [f"Sent to {data['address']} as a test."] if data["sent"] else []
    ends += [f"Wrote {path}" for path in data["files"]]
    return "\n".join([head, "", data["text"].rstrip(), "", *ends])
