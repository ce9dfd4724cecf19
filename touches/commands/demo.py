"""A whole campaign played in a minute."""

from pathlib import Path

import click

from touches.commands.options import app
from touches.commands.output import Document
from touches.commands.values import Whole


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), default=Path("touches-demo"), metavar="[DIR]")
@click.option("--days", type=Whole(1, 120), default=45, show_default=True, help="How many days to play.")
@click.option("--seed", type=int, default=1, show_default=True, help="Other dice, another campaign.")
@click.option("--force", is_flag=True, help="Replace a former demo in DIR.")
@click.pass_context
def demo(context: click.Context, folder: Path, days: int, seed: int, force: bool) -> Document:
    """Play a whole campaign in a minute. 198 leads, into DIR (./touches-demo, by default).

    Real engine, real channels, a virtual clock; the mail server and the SMS gateway are on this machine and take
    everything. Nothing leaves it. Afterwards DIR is an ordinary workspace to look around in.

    Exits with 1 if a promise was broken.
    """
    from touches.commands.progress import progress
    from touches.demo.playing import Order, play
    from touches.demo.summary import document, text

    order = Order(folder=folder.absolute(), now=app(context).clock.now(), days=days, seed=seed, force=force)
    with progress(f"Playing {days} days", total=days) as advance:
        played = play(order, advance)
    data = document(played)
    return Document(data, text(played, _command()), exit_code=0 if data["kept"] else 1)


def _command() -> str:
    """How this program is called from here: by its name where the shell finds it, else by its path, as make does."""
    import shlex
    import shutil
    import sys

    called = Path(sys.argv[0])
    found = shutil.which(called.name)
    known = found is not None and called.exists() and Path(found).samefile(called)
    return called.name if known or not called.exists() else shlex.quote(str(called))


commands = (demo,)
