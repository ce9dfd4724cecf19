"""Memory while many due touches are drained: the peak, and whether the end holds more than the middle.

The touches are written by one process and drained by another, whose resident memory is looked at ten times a second.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.campaigns import campaign
from benchmarks.figures import Figure
from benchmarks.receiver import ROOT, receiving


def measure(scale: float) -> Iterator[Figure]:
    """Peak in megabytes, and end to middle."""
    mails = int(1_000_000 * scale)
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        with receiving(folder) as receiver:
            with campaign(folder / "w", receiver.port) as ours:
                for start in range(0, mails, 100_000):
                    ours.add(min(100_000, mails - start))
            seen = _drained(folder / "w")
            counted = receiver.counted()
            if counted.total() < 0.99 * mails or max(counted.values()) > 1:  # a few may have to be tried again later
                raise SystemExit(f"the run is void: {counted.total()} counted, expected {mails}")
    middle, end = seen[len(seen) // 2], seen[-1]
    how = f"{mails} due touches, SQLite; at 25/50/75/100 %: {', '.join(f'{each:.0f}' for each in _quarters(seen))} MB"
    yield Figure(
        name="memory while draining", value=round(max(seen)), floor=150, goal=130, at_most=True, unit="MB", how=how
    )
    yield Figure(
        name="memory at the end, of the middle", value=round(end / middle, 3), floor=1.05, at_most=True, how=how
    )


def _quarters(seen: list[float]) -> list[float]:
    return [seen[(len(seen) - 1) * quarter // 4] for quarter in (1, 2, 3, 4)]


def _drained(root: Path) -> list[float]:
    """Megabytes of the draining process over its run, from the first mail on."""
    command = [sys.executable, "-m", "benchmarks.sender", str(root), "--once"]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    if process.stdin is None or process.stdout is None:
        raise RuntimeError("no pipes to the sender")
    process.stdout.readline()
    process.stdin.write("go\n")
    process.stdin.flush()
    seen: list[float] = []
    while process.poll() is None:
        if (now := _resident(process.pid)) is not None:
            seen.append(now)
        time.sleep(0.1)
    process.stdin.close()
    process.stdout.close()
    if process.returncode:
        raise SystemExit(f"the run is void: the sender ended with {process.returncode}")
    return seen[: -(len(seen) // 50) or None]  # without its last breath


def _resident(pid: int) -> float | None:
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:")), None)
