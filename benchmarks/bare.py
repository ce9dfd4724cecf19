"""The loop that everybody writes first: aiosmtplib's `sendmail` over ready-made bytes, nothing checked or recorded."""

import asyncio
import time
from collections.abc import Iterator

from aiosmtplib import SMTP


async def bare_loop(port: int, payload: bytes, mails: int, connections: int) -> float:
    """Mails a second over so many kept connections; connecting is not counted."""
    clients = [SMTP(hostname="127.0.0.1", port=port, use_tls=False, start_tls=False) for _ in range(connections)]
    await asyncio.gather(*(client.connect() for client in clients))
    numbers = iter(range(mails))
    started = time.perf_counter()
    await asyncio.gather(*(_send(client, numbers, payload) for client in clients))
    rate = mails / (time.perf_counter() - started)
    await asyncio.gather(*(client.quit() for client in clients))
    return rate


async def _send(client: SMTP, numbers: Iterator[int], payload: bytes) -> None:
    for number in numbers:
        await client.sendmail("hello@bench.test", [f"lead{number}@customer.test"], payload)
