"""What durability costs: commits for each mail, and group commit where an fsync takes a millisecond longer.

The machine's own disk may sync in no time, so a small library is put before the C library's (it needs a C compiler;
without one the second figure is left out). The pace of marking in small groups is compared with one commit for all of
a batch of 500, which would put up to 500 touches in doubt at a kill.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.campaigns import Campaign, campaign
from benchmarks.figures import Figure
from benchmarks.receiver import ROOT, receiving

ROUNDS = 3
SLOW = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <time.h>
static void rest(void) { struct timespec t = {0, 1000000}; nanosleep(&t, 0); }
int fsync(int fd) { rest(); return ((int (*)(int))dlsym(RTLD_NEXT, "fsync"))(fd); }
int fdatasync(int fd) { rest(); return ((int (*)(int))dlsym(RTLD_NEXT, "fdatasync"))(fd); }
"""


def measure(scale: float) -> Iterator[Figure]:
    """Commits a mail, and the rate under slow syncs."""
    mails = max(2000, int(100_000 * scale))
    with tempfile.TemporaryDirectory() as made:
        commits = _commits(Path(made), mails)
        rates = _slowed(Path(made), mails)
    how = f"{mails} mails in one pass, every commit of the process counted"
    yield Figure(name="commits for each mail", value=round(commits, 4), floor=0.05, at_most=True, unit="", how=how)
    if rates:
        ratio = statistics.median(group / batch for group, batch in rates)
        how = f"{mails} mails, each fsync 1 ms slower; group {rates[0][0]:.0f} a second, one for 500 {rates[0][1]:.0f}"
        yield Figure(name="group commit, of one commit for 500", value=round(ratio, 3), floor=0.8, how=how)


def _commits(folder: Path, mails: int) -> float:
    from sqlalchemy import event

    with receiving(folder) as receiver, campaign(folder / "counted", receiver.port) as ours:
        ours.add(500)
        ours.drain(ours.channels())
        ours.add(mails)
        seen = 0

        def count(_connection: object) -> None:
            nonlocal seen
            seen += 1

        event.listen(ours.store.engine, "commit", count)
        report = ours.drain(ours.channels())
        return seen / report.sent


def _slowed(folder: Path, mails: int) -> list[tuple[float, float]]:
    """Pairs of rates (group, one commit for 500), each in a process of its own."""
    library = _library(folder)
    if library is None:
        print("commits: no C compiler, so nothing was measured with slow syncs", file=sys.stderr)
        return []
    environment = {**os.environ, "LD_PRELOAD": str(library)}
    pairs = []
    for _ in range(ROUNDS):
        rates = []
        for ahead in ("group", "500"):
            command = [sys.executable, "-m", "benchmarks.commits", ahead, str(mails)]
            ended = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True, text=True)
            rates.append(float(ended.stdout))
        pairs.append((rates[0], rates[1]))
    return pairs


def _library(folder: Path) -> Path | None:
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        return None
    source, library = folder / "slow.c", folder / "slow.so"
    source.write_text(SLOW, encoding="ascii")
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", library, source, "-ldl"], check=True)
    return library


def _mark_batches() -> None:
    """One commit for a batch: everything of it is marked at once, and recorded at once."""
    from touches.engine import belt, committing, waiting

    belt.MOST_AHEAD, belt.STRETCH = 500, 1e9
    committing.MARK_LASTS, committing.LINGER, waiting.MOST_WAITING = 1e9, 1e9, 500


def _rate(ours: Campaign, mails: int) -> float:
    ours.add(500)
    ours.drain(ours.channels())
    ours.add(mails)
    started = time.perf_counter()
    report = ours.drain(ours.channels())
    return report.sent / (time.perf_counter() - started)


def main(ahead: str, mails: int) -> None:
    """One rate, in this process."""
    if ahead == "500":
        _mark_batches()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        with receiving(folder) as receiver, campaign(folder / "w", receiver.port) as ours:
            print(_rate(ours, mails))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
