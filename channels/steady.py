"""A clock for spans of time alone: it cannot be set, and it goes on while the machine sleeps."""

import time

MARKER_LASTS = 10.0  # seconds between a durable marker and the byte that it stands for


def steady_seconds() -> float:
    """Seconds since some instant; a marker from before a pause of this machine is seen to be old."""
    return time.clock_gettime(time.CLOCK_BOOTTIME) if hasattr(time, "CLOCK_BOOTTIME") else time.monotonic()
