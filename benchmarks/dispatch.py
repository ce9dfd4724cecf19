"""Due touches turned into mails that are accepted and recorded, against loops and queues that do less, in turn.

Per round and against one receiver: the product on SQLite (synchronous=FULL, every gate on) and on PostgreSQL, each one
whole pass; a bare aiosmtplib `sendmail` loop over ready-made bytes, with as many connections and nothing recorded; one
APScheduler date job for each mail; huey's SQLite queue. Ratios are taken round by round, the figure is their median.
A round is void, and the run with it, when the receiver did not count what was recorded.
"""

import asyncio
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

from benchmarks.bare import bare_loop
from benchmarks.campaigns import CONNECTIONS, Campaign, campaign
from benchmarks.databases import postgresql
from benchmarks.figures import Figure
from benchmarks.peers import by_apscheduler, by_huey
from benchmarks.receiver import Receiver, receiving
from channels.protocol import Prepared

ROUNDS = 5


def measure(scale: float) -> Iterator[Figure]:
    """Mails a second of each way, as ratios."""
    mails = max(10_000, int(200_000 * scale))
    with tempfile.TemporaryDirectory() as made, ExitStack() as stack:
        folder = Path(made)
        receiver = stack.enter_context(receiving(folder))
        ours = stack.enter_context(campaign(folder / "sqlite", receiver.port))
        server = stack.enter_context(campaign(folder / "pg", receiver.port, url=stack.enter_context(postgresql())))
        payload, size = _payload(ours)
        for each in (ours, server):  # what is loaded, compiled and rendered once
            _drained(each, receiver, 500)
        few = max(500, mails // 10)
        ways: dict[str, Callable[[], float]] = {
            "sqlite": lambda: _drained(ours, receiver, mails),
            "bare": lambda: asyncio.run(bare_loop(receiver.port, payload, mails, CONNECTIONS)),
            "postgresql": lambda: _drained(server, receiver, mails),
            "apscheduler": lambda: by_apscheduler(folder, receiver.port, few),
            "huey": lambda: by_huey(folder, receiver.port, few),
            "bare, uvloop": lambda: _uvloop(receiver.port, payload, mails),
        }
        rounds = [{name: way() for name, way in ways.items()} for _ in range(ROUNDS)]
    yield from _figures(rounds, mails, few, size)


def _payload(ours: Campaign) -> tuple[bytes, int]:
    """A mail exactly as the product composes it."""
    seen: list[Prepared] = []
    channels = ours.channels()
    channel = channels["email"]
    prepare = channel.prepare

    def keeping(outgoing: object) -> Prepared:
        seen.append(prepare(outgoing))  # type: ignore[arg-type]
        return seen[-1]

    channel.prepare = keeping  # type: ignore[method-assign]
    ours.add(1)
    ours.drain(channels)
    return seen[0].payload, len(seen[0].payload)


def _drained(ours: Campaign, receiver: Receiver, mails: int) -> float:
    """Mails a second of one pass over so many due touches."""
    ours.add(mails)
    before = receiver.counted().total()
    channels = ours.channels()
    started = time.perf_counter()
    report = ours.drain(channels)
    rate = report.sent / (time.perf_counter() - started)
    counted = receiver.counted().total() - before
    # A few are withdrawn at the gate, a colleague of theirs being reached just then: they come a minute later.
    if counted != report.sent or counted < 0.99 * mails:
        raise SystemExit(f"the run is void: {report}, {counted} counted, expected {mails}")
    return rate


def _uvloop(port: int, payload: bytes, mails: int) -> float:
    import uvloop

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(bare_loop(port, payload, mails, CONNECTIONS))


def _figures(rounds: list[dict[str, float]], mails: int, few: int, size: int) -> Iterator[Figure]:
    def ratio(one: str, other: str) -> float:
        return round(statistics.median(each[one] / each[other] for each in rounds), 3)

    def rate(name: str) -> float:
        return round(statistics.median(each[name] for each in rounds))

    what = f"{mails} mails of {size} bytes, {CONNECTIONS} connections, median of {ROUNDS} rounds"
    how = f"{what}: {rate('sqlite')} a second against {rate('bare')}"
    yield Figure(
        name="dispatch, of a bare aiosmtplib loop", value=ratio("sqlite", "bare"), floor=1.0, goal=3.0, how=how
    )
    how = f"{what}: against {rate('bare, uvloop')} a second"
    yield Figure(name="dispatch, of a bare aiosmtplib loop on uvloop", value=ratio("sqlite", "bare, uvloop"), how=how)
    for peer, name in (("apscheduler", "APScheduler date jobs"), ("huey", "huey's SQLite queue")):
        how = f"{few} mails by the peer, {rate(peer)} a second"
        yield Figure(name=f"dispatch, of {name}", value=ratio("sqlite", peer), floor=10, goal=30, how=how)
    how = f"{what}: {rate('postgresql')} a second"
    value = ratio("postgresql", "sqlite")
    yield Figure(name="dispatch on PostgreSQL, of SQLite", value=value, floor=0.8, goal=0.95, how=how)
