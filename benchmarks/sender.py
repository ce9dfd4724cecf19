"""A process that sends what is due in a workspace, told when to begin.

python -m benchmarks.sender WORKSPACE [--database URL] [--once]

It says `ready`, waits for a line, and makes passes until it is killed; with `--once` until nothing is due.
"""

import argparse
import asyncio
import os
import sys
from dataclasses import replace
from pathlib import Path

from touches.daemon.loop import run
from touches.engine.office import Office
from touches.engine.passing import tick
from touches.wiring import open_channels, open_office, open_store
from touches.workspace import Workspace


async def send(office: Office, workspace: Workspace, *, once: bool) -> None:
    """Pass after pass."""
    email = open_channels(workspace.settings)["email"]
    while (await tick(office, {"email": email})).claimed or not once:
        await asyncio.sleep(0)
    await email.close()


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("workspace", type=Path)
    parser.add_argument("--database", default="")
    parser.add_argument("--once", action="store_true")
    told = parser.parse_args()
    workspace = Workspace(told.workspace, environment={"TOUCHES_DATABASE": told.database} if told.database else {})
    store = open_store(workspace.settings)
    office = open_office(workspace, store)
    office = replace(office, owner_name=f"{office.owner_name}-{os.getpid()}")
    print("ready", flush=True)
    sys.stdin.readline()
    run(send(office, workspace, once=told.once))
    store.close()


if __name__ == "__main__":
    main()
