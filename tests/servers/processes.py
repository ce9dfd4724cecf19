"""Programs from Debian packages as test peers: started by us, stopped by us, waited for with a deadline."""

import contextlib
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest


def need(*programs: str, package: str) -> None:
    """Skip the test, in one line, where a program is not installed."""
    missing = [program for program in programs if not _found(program)]
    if missing:
        pytest.skip(f"needs {missing[0]} (apt-get install {package})")


@contextlib.contextmanager
def running(
    *command: str, log: Path, environment: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """A child for the length of the block; its output goes to `log`."""
    with log.open("ab") as output:
        child = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, env={**os.environ, **(environment or {})}
        )
    try:
        yield child
    finally:
        child.terminate()
        try:
            child.wait(timeout=5)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def wait_until(true: Callable[[], bool], what: str, *, log: Path, seconds: float = 20) -> None:
    """Poll a foreign process; at the deadline the test fails with the end of its log."""
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            pytest.fail(f"{what} did not happen within {seconds} s; log ends: {log.read_text(errors='replace')[-600:]}")
        time.sleep(0.05)


def listening(port: int) -> bool:
    """Whether somebody accepts connections on loopback."""
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _found(program: str) -> bool:
    return Path(program).exists() if program.startswith("/") else shutil.which(program) is not None
