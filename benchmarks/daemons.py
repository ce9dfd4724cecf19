"""One, two and four senders on one PostgreSQL, to a receiver that answers everything 20 ms late: does more help?

Each is a process with ten connections. All have more than enough to do; what the receiver takes is counted over some
seconds in full swing. At the end every Message-ID must have come once.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.campaigns import Campaign, campaign
from benchmarks.databases import postgresql
from benchmarks.figures import Figure
from benchmarks.receiver import ROOT, Receiver, receiving

LATE = 0.020
MOST_A_SECOND = 500  # of one sender with ten connections: a round trip a mail
WARM = 2.0


def measure(scale: float) -> Iterator[Figure]:
    """Mails a second of two and four senders, of one."""
    seconds = 5.0 if scale < 1 else 30.0
    rates: dict[int, float] = {}
    with tempfile.TemporaryDirectory() as made, postgresql() as url:
        folder = Path(made)
        with receiving(folder, late=LATE) as receiver, campaign(folder / "w", receiver.port, url=url) as ours:
            for count in (1, 2, 4):
                rates[count] = _rate(ours, url, receiver, count, seconds)
            twice = sum(times > 1 for times in receiver.counted().values())
            total = receiver.counted().total()
    how = f"replies {LATE * 1000:.0f} ms late, {seconds:.0f} s each: " + ", ".join(
        f"{count}: {rate:.0f} a second" for count, rate in rates.items()
    )
    for count, floor in ((2, 1.8), (4, 3.2)):
        value = round(rates[count] / rates[1], 2)
        yield Figure(name=f"{count} daemons on PostgreSQL, of one", value=value, floor=floor, how=how)
    how = f"{total} messages counted by the receiver; the senders are killed in full swing"
    yield Figure(name="sent twice by several daemons", value=twice, floor=0, at_most=True, unit="", how=how)


def _rate(ours: Campaign, url: str, receiver: Receiver, count: int, seconds: float) -> float:
    ours.add(int(MOST_A_SECOND * count * (seconds + WARM + 3)) + 500 * count)
    with _senders(ours.workspace.root, url, count):
        _wait_for(receiver, receiver.counted().total() + 100 * count)
        first = _counted_after(receiver, WARM)
        last = _counted_after(receiver, seconds)
    with ours.store.write() as unit:  # the next ones begin with a clean table: no rescue in the middle of the count
        unit.connection.exec_driver_sql("UPDATE touch SET due_at = due_at + 3600000000000 WHERE state = 'planned'")
    return (last - first) / seconds


def _wait_for(receiver: Receiver, total: int) -> None:
    deadline = time.monotonic() + 60
    while receiver.counted().total() < total:
        if time.monotonic() > deadline:
            raise SystemExit("the run is void: the senders do not begin")
        time.sleep(0.1)


def _counted_after(receiver: Receiver, seconds: float) -> int:
    time.sleep(seconds)
    return receiver.counted().total()


@contextmanager
def _senders(root: Path, url: str, count: int) -> Iterator[None]:
    command = [sys.executable, "-m", "benchmarks.sender", str(root), "--database", url]
    made = [
        subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(count)
    ]
    try:
        for each in made:
            each.stdout.readline()  # type: ignore[union-attr]
        for each in made:
            each.stdin.write("go\n")  # type: ignore[union-attr]
            each.stdin.flush()  # type: ignore[union-attr]
        yield
    finally:
        for each in made:
            each.kill()
        for each in made:
            each.wait()
            each.stdin.close()  # type: ignore[union-attr]
            each.stdout.close()  # type: ignore[union-attr]
