"""For machines that watch: whether the database answers and the daemon gives signs of life, and the metrics."""

import ipaddress
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from touches.engine.office import Office
from touches.errors import DatabaseError
from touches.store.switches import Heartbeat
from touches.web.door import Door
from touches.web.site import Site

SILENT_AFTER: Final = timedelta(minutes=2)
FORWARDED: Final = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")
TEXT_FORMAT: Final = "text/plain; version=0.0.4; charset=utf-8"  # of Prometheus


class HealthPages:
    """No login for `/healthz`, which says nothing about anybody; `/metrics` is for this machine and for managers."""

    def __init__(self, site: Site, door: Door, *, metrics: Callable[[Office], str] | None = None) -> None:
        self._site = site
        self._door = door
        self._metrics = metrics

    def routes(self) -> list[Route]:
        """`/metrics` only where there are any."""
        made = [Route("/healthz", self.health)]
        return [*made, Route("/metrics", self.metrics)] if self._metrics is not None else made

    async def health(self, _request: Request) -> Response:
        """200 while all is well; 503 when the database is away, or a daemon fell silent without a goodbye."""
        found = await run_in_threadpool(self._health)
        return JSONResponse(found, 200 if found["status"] == "ok" else 503)

    def _health(self) -> dict[str, Any]:
        try:
            with self._site.office.store.read() as unit:
                beats, stopped = unit.switches.heartbeats(), unit.switches.stopped()
        except DatabaseError:
            return {"status": "database", "daemon": "unknown", "seconds_since_beat": None, "sending": False}
        return health_of(beats, now=self._site.office.clock.now(), stopped=bool(stopped))

    async def metrics(self, request: Request) -> Response:
        """In Prometheus' text format."""
        if not is_from_here(request) and await self._door.visitor(request) is None:
            return Response(status_code=404)
        if self._metrics is None:
            return Response(status_code=404)
        text = await run_in_threadpool(self._metrics, self._site.office)
        return PlainTextResponse(text, media_type=TEXT_FORMAT)


def health_of(beats: Sequence[Heartbeat], *, now: datetime, stopped: bool) -> dict[str, Any]:
    """`daemon` is alive, silent (it ended without saying so), stopped, or none where passes are run by cron."""
    daemons = [beat for beat in beats if beat.is_daemon]
    last = max((beat.beat_at for beat in daemons), default=None)
    running = [beat for beat in daemons if beat.stopped_at is None]
    if not daemons:
        daemon = "none"
    elif not running:
        daemon = "stopped"
    else:
        daemon = "alive" if any(now - beat.beat_at <= SILENT_AFTER for beat in running) else "silent"
    return {
        "status": "silent" if daemon == "silent" else "ok",
        "daemon": daemon,
        "seconds_since_beat": int((now - last).total_seconds()) if last is not None else None,
        "sending": not stopped,
    }


def is_from_here(request: Request) -> bool:
    """Whether the request began on this machine: no proxy brought it, and it asked for a loopback name."""
    client = request.client.host if request.client else ""
    asked = request.headers.get("host", "").rpartition(":")[0].strip("[]") or request.headers.get("host", "")
    if any(name in request.headers for name in FORWARDED):
        return False
    return _is_loopback(client) and (asked == "localhost" or _is_loopback(asked))


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
