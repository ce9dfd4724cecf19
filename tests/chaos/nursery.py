"""A process that has loaded everything and forks senders on demand: real processes, without a second of imports each.

It reads one JSON document a line: `{"life": NAME, "workspace": FOLDER, "database": URL, "lease": SECONDS}` starts one
and answers `{"pid": N}`; `{"reap": PID}` waits for its end and answers `{"signal": N}` or `{"code": N}`.
"""

import asyncio
import faulthandler
import json
import os
import signal
import sys
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import Any

from channels.smtp import SmtpChannel
from tests.chaos.controls import mark_then_send, send_then_mark
from touches.clock import SystemClock
from touches.daemon.service import serve
from touches.engine.lock import DispatchLock
from touches.engine.office import Office
from touches.engine.passing import tick
from touches.wiring import open_channels, open_office, open_store, process_name
from touches.workspace import Workspace

BATCH = 100  # a claim takes a tenth of a second then, so that kills also find the connections at work


def _ticks(workspace: Workspace, office: Office) -> None:
    """`touches tick`, until nothing is due."""

    async def until_idle() -> None:
        channels = open_channels(workspace.settings)
        while (await tick(office, channels)).claimed:
            pass
        for channel in channels.values():
            await channel.close()

    asyncio.run(until_idle())


def _daemon(workspace: Workspace, office: Office) -> None:
    asyncio.run(serve(workspace, office))


def _wrongly(design: Callable[[Office, SmtpChannel], Any]) -> Callable[[Workspace, Office], None]:
    def run(workspace: Workspace, office: Office) -> None:
        channel = open_channels(workspace.settings)["email"]
        assert isinstance(channel, SmtpChannel)
        asyncio.run(design(office, channel))

    return run


LIVES: Mapping[str, Callable[[Workspace, Office], None]] = {
    "tick": _ticks,
    "daemon": _daemon,
    "send then mark": _wrongly(send_then_mark),
    "mark then send": _wrongly(mark_then_send),
}


def _lock(workspace: Workspace, store: Any) -> AbstractContextManager[Any]:
    if not store.is_sqlite:
        return nullcontext()
    return DispatchLock(str(workspace.dispatch_lock), process_name(SystemClock()))


def _live(order: Mapping[str, Any]) -> None:
    environment = {"TOUCHES_DATABASE": order["database"]} if order["database"] else {}
    workspace = Workspace(Path(order["workspace"]), environment=environment)
    store = open_store(workspace.settings)
    with _lock(workspace, store):
        office = open_office(workspace, store)
        desk = replace(office.desk, batch=BATCH, lease_seconds=order["lease"])
        LIVES[order["life"]](workspace, replace(office, desk=desk))


def _begin(order: Mapping[str, Any]) -> int:
    pid = os.fork()
    if pid:
        return pid
    log = os.open(Path(order["workspace"]) / "lives.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(log, 1)
    os.dup2(log, 2)
    faulthandler.register(signal.SIGUSR1, file=sys.stderr)  # where does it hang?
    code = 1
    try:
        _live(order)
        code = 0
    except BaseException:  # noqa: BLE001 - a fork must never return into its parent's loop
        import traceback

        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)


def _reaped(pid: int) -> Mapping[str, int]:
    _, status = os.waitpid(pid, 0)
    return {"signal": os.WTERMSIG(status)} if os.WIFSIGNALED(status) else {"code": os.WEXITSTATUS(status)}


def main() -> None:
    """Serve until standard input ends."""
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        order = json.loads(line)
        answer = _reaped(order["reap"]) if "reap" in order else {"pid": _begin(order)}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
