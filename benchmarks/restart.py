"""From starting the daemon to its first mail, with many open touches and a batch that a dead one left in hand."""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.campaigns import Campaign, campaign
from benchmarks.figures import Figure
from benchmarks.receiver import ROOT, Receiver, receiving

OPEN = 100_000
DUE = 2000
LEFT = """UPDATE touch SET state = 'prepared', lease_owner = 'gone:1:1#1', claimed_at = due_at, fence = 1
WHERE id IN (SELECT id FROM touch WHERE state = 'planned' ORDER BY due_at LIMIT 500)"""
ROUNDS = 3


def measure(scale: float) -> Iterator[Figure]:  # noqa: ARG001 - the full scale takes seconds
    """Seconds from the start of the process."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        with receiving(folder) as receiver, campaign(folder / "w", receiver.port) as ours:
            ours.add(OPEN - DUE, due_in=86_400)
            taken = [_first_mail(ours, receiver) for _ in range(ROUNDS)]
    how = f"SQLite, {OPEN} open touches, {DUE} of them due, 500 left by a dead daemon; from `touches daemon` on"
    value = round(statistics.median(taken), 2)
    yield Figure(name="first mail after a restart", value=value, floor=2.0, at_most=True, unit="s", how=how)


def _first_mail(ours: Campaign, receiver: Receiver) -> float:
    ours.add(DUE)
    with ours.store.write() as unit:
        unit.connection.exec_driver_sql(LEFT)
    size = receiver.file.stat().st_size if receiver.file.exists() else 0
    started = time.perf_counter()
    command = [sys.executable, "-c", "from cli import main; main()", "--workspace", str(ours.workspace.root), "daemon"]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
    try:
        while not receiver.file.exists() or receiver.file.stat().st_size == size:
            if time.perf_counter() - started > 120 or process.poll() is not None:
                raise SystemExit("the run is void: the daemon sent nothing")
            time.sleep(0.005)
        taken = time.perf_counter() - started
        while ours.states().get("planned", 0) > OPEN - DUE + 1:
            time.sleep(0.1)
    finally:
        process.terminate()
        process.wait()
    return taken
