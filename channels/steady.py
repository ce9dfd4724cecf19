"""A clock for spans of time alone: it cannot be set, and it goes on while the machine sleeps."""

import time
from typing import Final

_BOOTTIME: Final[int | None] = getattr(time, "CLOCK_BOOTTIME", None)  # Linux alone has it
MARKER_LASTS = 10.0  # seconds between a durable marker and the byte that it stands for


def steady_seconds() -> float:
    """Seconds since some instant; a marker from before a pause of this machine is seen to be old."""
    return time.monotonic() if _BOOTTIME is None else time.clock_gettime(_BOOTTIME)
