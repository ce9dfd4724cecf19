"""Connections that wait in the pool for their next use: whether a server is still behind one of them."""

from select import POLLIN, poll
from typing import Any

from sqlalchemy import Engine, event, exc

from touches.clock import SystemClock

LONG = 10.0  # seconds unused; then a silence may be that of a network which has forgotten the connection
_SINCE = "unused since"


def look_before_use(engine: Engine) -> None:
    """A server that has gone has closed its end, which is seen without a trip; only where there is something to be
    read, or a connection was unused for long, is the server asked. One that does not answer takes all those of its
    time with it, and another connection is made."""
    clock = SystemClock()

    @event.listens_for(engine, "checkin")
    def returned(_: Any, record: Any) -> None:
        if record is not None:
            record.info[_SINCE] = clock.monotonic()

    @event.listens_for(engine, "checkout")
    def taken(driver: Any, record: Any, _: Any) -> None:
        since = record.info.get(_SINCE)
        if since is None or (clock.monotonic() - since < LONG and _is_quiet(driver)):
            return
        try:
            engine.dialect.do_ping(driver)
        except engine.dialect.loaded_dbapi.Error as error:
            raise exc.InvalidatePoolError from error


def _is_quiet(driver: Any) -> bool:
    """Whether the server has nothing to say; one that closes a connection says so."""
    if driver.closed:
        return False
    asked = poll()
    asked.register(driver.fileno(), POLLIN)
    return not asked.poll(0)
