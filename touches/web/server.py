"""Runs the application on its address until it is told to stop; shows by a heartbeat that it is there."""

import asyncio
import contextlib
import os
import signal
import socket
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, cast

from starlette.types import ASGIApp

from touches.engine.office import Office
from touches.errors import SettingsError
from touches.logs import configure_logs, logger
from touches.store.switches import SERVE

if TYPE_CHECKING:
    import uvicorn

BEAT: Final = 15.0  # seconds between signs of life
BACKLOG: Final = 512
ASKING: Final = 10.0  # seconds in which whoever is connected has to ask for something
GOODBYE: Final = 10  # seconds that open requests get after SIGTERM


def make_server(app: ASGIApp) -> "uvicorn.Server":
    """A server without a log of requests: their addresses are keys, and belong to people."""
    import uvicorn

    return uvicorn.Server(
        uvicorn.Config(
            app,
            http="h11",
            log_config=None,
            access_log=False,
            server_header=False,
            date_header=True,
            lifespan="off",
            ws="none",
            proxy_headers=True,
            forwarded_allow_ips="127.0.0.1,::1",  # only a proxy on this machine may say who the client is
            limit_concurrency=256,
            h11_max_incomplete_event_size=32 * 1024,
            timeout_keep_alive=20,
            timeout_graceful_shutdown=GOODBYE,
            backlog=BACKLOG,
        )
    )


def listen(bind: str) -> socket.socket:
    """A socket on `host:port` (IPv6 in brackets); SettingsError when the address cannot be had."""
    host, _, port = bind.rpartition(":")
    plain = host.strip("[]")
    family = socket.AF_INET6 if ":" in plain else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((plain, int(port)))
        made.listen(BACKLOG)  # from here on whoever connects is served once the pages are up
    except (OSError, OverflowError) as error:
        made.close()
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise SettingsError(
            f'Cannot listen on "{bind}": {reason.lower()}.',
            hint="Look at [web] bind, and at what else uses this port.",
        ) from None
    return made


def run(app: ASGIApp, office: Office, bind: str, *, verbose: bool = False, ready: Callable[[str], None]) -> None:
    """Serve until SIGTERM or SIGINT; open requests are finished. `ready` is told the address once it is listened on."""
    writer = configure_logs(verbose=verbose)
    listening = listen(bind)
    try:
        host, port = listening.getsockname()[:2]
        ready(f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}")
        server = make_server(app)
        _stop_on_signals(server)
        asyncio.run(_serve(server, office, listening))
    finally:
        listening.close()
        writer.close()


def _stop_on_signals(server: "uvicorn.Server") -> None:
    """The server hands a signal on to whoever listened before it: without us that would be a death by signal."""

    def stop(_number: int, _frame: object) -> None:
        server.should_exit = True

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)


async def _serve(server: "uvicorn.Server", office: Office, listening: socket.socket) -> None:
    beating = asyncio.create_task(_beat(office))
    try:
        await serve_the_asking(server, listening)
    finally:
        await _end(beating)
        await asyncio.to_thread(_sign, office, stopped=True)


async def serve_the_asking(server: "uvicorn.Server", listening: socket.socket, *, asking: float = ASKING) -> None:
    """Serve, and hang up on whoever sends no whole head of a request: the server itself waits for ever, and a few
    hundred that say nothing would have all its places."""
    hanging_up = asyncio.create_task(_hang_up(server, asking))
    try:
        await server.serve(sockets=[listening])
    finally:
        await _end(hanging_up)


async def _hang_up(server: "uvicorn.Server", asking: float) -> None:
    """Who is silent at two looks and was answered nothing between them is gone."""
    before: dict[Any, Any] = {}  # connections, with the last answer that each was given
    while True:
        await asyncio.sleep(asking)
        here = {each: each.cycle for each in cast("set[Any]", server.server_state.connections)}
        silent = {each: last for each, last in here.items() if last is None or last.response_complete}
        for each, last in silent.items():
            if each in before and before[each] is last:
                each.transport.close()
        before = silent


async def _end(task: "asyncio.Task[None]") -> None:
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


async def _beat(office: Office) -> None:
    while True:
        await asyncio.to_thread(_sign, office)
        await asyncio.sleep(BEAT)


def _sign(office: Office, *, stopped: bool = False) -> None:
    try:
        with office.store.write() as unit:
            unit.switches.beat(
                name=f"web:{office.owner_name}",
                host=socket.gethostname(),
                pid=os.getpid(),
                at=office.clock.now(),
                note=SERVE,
                stopped=stopped,
            )
    except Exception as error:  # noqa: BLE001 - pages go on without it; health says what is the matter
        logger().warning("no_heartbeat", error=type(error).__name__)
